"""What the map knows, record by record: behind each figure what lacks it, and what has it."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from orgmap.reports import doors, words
from orgmap.reports.known import UNITS, counted
from orgmap.reports.names import names
from orgmap.reports.views.evidence import PAGE, gone_words, opened, record
from orgmap.users.requests import Request


@require_GET
def known_list(request: Request, pk: int, key: str) -> HttpResponse:
    """The records that a figure misses, as its report saw them; those that it counts, where it misses none."""
    level, context = opened(request, pk)
    if key not in words.KNOWN:
        raise Http404(f"There is no figure '{key}' of what the map knows.")
    said = words.KNOWN[key]
    found = counted(level, key)
    chosen = request.GET.get("show", "")
    lacks = bool(said.lacking) and (chosen == "lacking" or (chosen != "there" and bool(found.lacking)))
    keys = found.lacking if lacks else found.there
    page = Paginator(keys, PAGE).get_page(request.GET.get("page"))
    of_units = key in UNITS
    known = names(departments=page if of_units else (), records=() if of_units else page, seen_by=context["snapshot"])
    title = said.lacking if lacks else said.there
    is_latest = context["snapshot"] == doors.latest_report(request.user)
    return render(
        request,
        "reports/known_list.html",
        context
        | {
            "page": page,
            "rows": [
                {
                    "name": known.department(one),
                    "url": reverse("reports:unit_detail", args=[pk, one]) + f"?level={context['at']}",
                    "gone": "" if known.is_there("department", one) else gone_words(""),
                }
                if of_units
                else record(one, known)
                for one in page
            ],
            "key": key,
            "title": title,
            "lacks": lacks,
            "count": len(keys),
            "counted": found,
            "said": said,
            "directory": f"{reverse(said.page)}{said.query}" if lacks and is_latest and said.query else "",
            "crumbs": [*context["crumbs"], (title, "")],
        },
    )
