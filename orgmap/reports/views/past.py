"""Reports over time: the list, a name that freezes one, and what can be taken along."""

from django.http import FileResponse, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from orgmap.core import htmx, sheets
from orgmap.core.errors import DomainError
from orgmap.reports import doors, reading, words
from orgmap.reports.exports import flat, sections, tables
from orgmap.reports.forms import NameForm
from orgmap.reports.services import freeze
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
        "sides": [("first", "From"), ("second", "To")],
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
            if request.POST.get("back") == "report":
                return htmx.redirect(request, "reports:report_detail", told, pk)
            return htmx.redirect(request, "reports:report_list", told)
    context = {
        "snapshot": snapshot,
        "form": form,
        "crumbs": [*crumbs(), ("Name", "")],
    }
    return htmx.form(request, "reports/report_name.html", context, fragment="name_form")


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


def crumbs() -> list[tuple[str, str]]:
    return [("Report", reverse("reports:report")), ("Over time", reverse("reports:report_list"))]
