"""What a report counts of sprawl, account by account and place by place."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from orgmap.reports.names import Names, names
from orgmap.reports.views.evidence import NAMED, PAGE, opened, record
from orgmap.users.requests import Request

FIGURES = {
    "dormant": "Dormant accounts",
    "crowded": "Crowded places",
    "surplus": "Accounts beyond one at each place",
}


@require_GET
def sprawl_list(request: Request, pk: int, figure: str) -> HttpResponse:
    """The accounts that are silent, or the places where several of ours speak to the same people."""
    if figure not in FIGURES:
        raise Http404(f"There is no figure '{figure}'.")
    _, context = opened(request, pk)
    snapshot = context["snapshot"]
    context |= {"figure": figure, "title": FIGURES[figure], "crumbs": [*context["crumbs"], (FIGURES[figure], "")]}
    if figure == "dormant":
        page = Paginator(snapshot.sprawl_part("flags")["dormant"], PAGE).get_page(request.GET.get("page"))
        keys = [f"account:{key}" for key in page]
        known = names(records=keys)
        context |= {"page": page, "rows": [{"records": [record(key, known)]} for key in keys]}
        return render(request, "reports/sprawl_list.html", context)
    asked = request.GET.get("place", "")
    crowded, surplus = snapshot.sprawl_part("crowded"), snapshot.sprawl_part("surplus")
    total = snapshot.sprawl_part("counts")["crowded"]
    places = [row for row in crowded if asked in ("", row["touchpoint"])]
    page = Paginator(places, PAGE).get_page(request.GET.get("page"))
    most = None if asked else NAMED
    known = names(records=[f"account:{key}" for row in page for key in row["accounts"][:most]])
    beyond = sum(len(row["accounts"]) - 1 for row in crowded)
    context |= {
        "page": page,
        "rows": [place(row, known, most) for row in page],
        "asked": asked,
        "total": total,
        "surplus": surplus,
        "elsewhere": surplus - beyond if len(crowded) == total else None,
    }
    return render(request, "reports/sprawl_list.html", context)


def place(row: dict[str, Any], known: Names, most: int | None) -> dict[str, Any]:
    """A place with the accounts that speak there."""
    shown = row["accounts"][:most]
    return {
        "place": known.place(row["touchpoint"]),
        "touchpoint": row["touchpoint"],
        "count": len(row["accounts"]),
        "beyond": len(row["accounts"]) - 1,
        "records": [
            record(f"account:{key}", known) | ({"name": known.accounts[key][0]} if key in known.accounts else {})
            for key in shown
        ],
        "more": len(row["accounts"]) - len(shown),
    }
