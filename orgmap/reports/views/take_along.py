"""A report to take along: as a PDF that a worker sets."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_GET, require_http_methods

from orgmap.core import htmx
from orgmap.reports import doors, words
from orgmap.reports.models import Level, ReportFile, Snapshot
from orgmap.reports.sending import send_file
from orgmap.reports.services import report_file
from orgmap.users.requests import Request


@require_http_methods(["GET", "POST"])
def report_pdf(request: Request, pk: int) -> HttpResponse:
    """How far the PDF of a report is; sent, it is asked for."""
    snapshot = doors.report(request.user, pk)
    level = doors.level(doors.levels(snapshot), request.GET)
    if request.method == "POST":
        file = report_file.request_file(snapshot=snapshot, level=level, by=request.user, now=timezone.now())
        if file.state in (ReportFile.State.WAITING, ReportFile.State.RUNNING):
            send_file(file.pk)
        if request.headers.get("HX-Request") != "true":
            return redirect(request.get_full_path())
    home = f"{reverse('reports:report_detail', args=[pk])}?level={words.at(level)}"
    context = {
        "snapshot": snapshot,
        "level": level,
        **pdf_state(snapshot, level),
        "crumbs": [(f"Report of {date_format(snapshot.as_of)}", home), ("PDF", "")],
    }
    return htmx.page(request, "reports/report_pdf.html", context, fragments=("pdf_state",))


def pdf_state(snapshot: Snapshot, level: Level) -> dict[str, Any]:
    """What the fragment of a report's PDF shows."""
    file = report_file.file_of(snapshot, level)
    return {
        "pdf": file,
        "pdf_says": report_file.STEPS[file.step] if file else "",
        "pdf_steps": len(report_file.STEPS) - 1,
        "pdf_under_way": file is not None and file.state in (ReportFile.State.WAITING, ReportFile.State.RUNNING),
        "at": words.at(level),
    }


@require_GET
def report_pdf_download(request: Request, pk: int) -> HttpResponse:
    """The finished PDF."""
    snapshot = doors.report(request.user, pk)
    level = doors.level(doors.levels(snapshot), request.GET)
    file = report_file.file_of(snapshot, level)
    if file is None or file.content is None:
        raise Http404("This PDF is not there yet.")
    name = f"orgmap-report-{snapshot.as_of.isoformat()}.pdf"
    answer = HttpResponse(bytes(file.content), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
