"""Reports over time: the list, a name that freezes one, and the difference of two."""

from typing import Any

from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from orgmap.core import htmx, sheets
from orgmap.core.errors import DomainError
from orgmap.reports import doors, reading, words
from orgmap.reports.difference import Change, difference
from orgmap.reports.exports import flat, sections, tables
from orgmap.reports.forms import NameForm
from orgmap.reports.models import Level
from orgmap.reports.names import Names, names
from orgmap.reports.services import freeze
from orgmap.reports.views.evidence import record
from orgmap.users.requests import Request

SHOWN = 100


@require_GET
def report_list(request: Request) -> HttpResponse:
    """All reports that are kept, the newest first."""
    rows = reading.past_reports(SHOWN)
    index = [row["alignment"] for row in reversed(rows)]
    context = {
        "rows": rows,
        "index": index,
        "newest": rows[0] if rows else None,
        "may_name": request.user.has_perm("reports.publish_report"),
        "crumbs": [("Report", reverse("reports:report")), ("Over time", "")],
    }
    return htmx.page(request, "reports/report_list.html", context)


@require_POST
def report_name(request: Request, pk: int) -> HttpResponse:
    """Freeze a report under a name, or let it go."""
    snapshot = doors.report(request.user, pk)
    doors.publishing(request.user)
    form = NameForm(request.POST)
    if form.is_valid():
        try:
            freeze.name_report(snapshot=snapshot, name=form.cleaned_data["name"])
        except DomainError as refusal:
            form.add_error("name", str(refusal))
        else:
            told = f"The report is kept as “{snapshot.name}”." if snapshot.name else "The report has no name any more."
            return htmx.redirect(request, "reports:report_list", told)
    context = {
        "snapshot": snapshot,
        "form": form,
        "crumbs": [*crumbs(), ("Name", "")],
    }
    return htmx.form(request, "reports/report_name.html", context, fragment="name_form")


@require_GET
def report_difference(request: Request, pk: int, other: int) -> HttpResponse:
    """What is different between two reports, the older one first, whichever way they are named."""
    first, second = sorted(
        (doors.report(request.user, pk), doors.report(request.user, other)), key=lambda one: (one.published_at, one.pk)
    )
    levels = doors.levels(second)
    after = doors.level(levels, request.GET)
    before = next((one for one in doors.levels(first) if one.level == after.level), None)
    if before is None:
        raise Http404(f"The older report has no level '{words.at(after)}'.")
    found = difference(before, after)
    known = names(
        departments={unit for one in found.changes for unit in (one.a, one.b)},
        records={key for one in found.changes for key in (*one.records_new, *one.records_gone)},
        ties={key for one in found.changes for key in (*one.ties_new, *one.ties_gone)},
    )
    context = {
        "first": first,
        "second": second,
        "before": before,
        "after": after,
        "change": None if before.alignment is None or after.alignment is None else after.alignment - before.alignment,
        "trend": after.trend if after.trend and after.trend["since"] == first.pk else None,
        "same_policy": first.policy == second.policy,
        "rows": [row(one, known, second.pk) for one in found.changes],
        "cut": found.cut,
        "at": words.at(after),
        "level_name": words.level_name(after, levels),
        "levels": words.switch(levels, after),
        "figures": figures(before, after),
        "crumbs": [*crumbs(), ("Difference", "")],
    }
    return htmx.page(request, "reports/report_difference.html", context)


@require_GET
def report_export(request: Request, pk: int, kind: str) -> HttpResponseBase:
    """The report at a level, to take along: a workbook with a sheet for each section, one flat list, or JSON."""
    snapshot = doors.report(request.user, pk)
    levels = doors.levels(snapshot)
    level = doors.level(levels, request.GET)
    found = tables(snapshot, level, levels)
    name = f"orgmap-report-{snapshot.as_of.isoformat()}"
    if kind == "xlsx":
        book = sheets.workbook((table.name, table.header, table.rows) for table in found)
        return FileResponse(book, as_attachment=True, filename=f"{name}.xlsx", content_type=sheets.XLSX)
    if kind == "csv":
        return sheets.download("csv", "orgmap-report", ("Section", "About", "Figure", "Value"), flat(found))
    answer = JsonResponse(
        {"report": snapshot.pk, "level": words.at(level), "policy": snapshot.policy, "sections": sections(found)}
    )
    answer["Content-Disposition"] = f'attachment; filename="{name}.json"'
    return answer


def figures(before: Level, after: Level) -> list[tuple[str, Any, Any]]:
    """The counts of two levels beside each other."""
    sprawl = before.figures["sprawl"]["total"], after.figures["sprawl"]["total"]
    apart = before.figures["quadrants"], after.figures["quadrants"]
    return [
        ("Units", before.units, after.units),
        ("Accounts", sprawl[0]["accounts"], sprawl[1]["accounts"]),
        ("Contested places", before.contested, after.contested),
        ("Of them without an agreement that counts", before.blind, after.blind),
        ("Left hand, right hand", apart[0]["left_right_hand"], apart[1]["left_right_hand"]),
        ("Aligned", apart[0]["aligned"], apart[1]["aligned"]),
    ]


def row(one: Change, known: Names, pk: int) -> dict[str, Any]:
    """A changed pair in words."""
    return {
        "change": one,
        "name": f"{known.department(one.a)} and {known.department(one.b)}",
        "before": words.QUADRANTS[one.before][0] if one.before else "did not meet",
        "after": words.QUADRANTS[one.after][0] if one.after else "do not meet",
        "ties_new": [known.tie(key) for key in one.ties_new],
        "ties_gone": [known.tie(key) for key in one.ties_gone],
        "records_new": [record(key, known) for key in one.records_new],
        "records_gone": [record(key, known) for key in one.records_gone],
        "is_there": bool(one.after),
        "pk": pk,
    }


def crumbs() -> list[tuple[str, str]]:
    return [("Report", reverse("reports:report")), ("Over time", reverse("reports:report_list"))]
