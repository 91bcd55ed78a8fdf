"""The report: one page, set like a printed one."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from orgmap.core import htmx
from orgmap.reports import doors, reading, words
from orgmap.reports.models import SharedLink, Snapshot
from orgmap.reports.page import contents
from orgmap.reports.sending import send_rollup
from orgmap.reports.services.requests import request_rollup
from orgmap.reports.views.take_along import pdf_state
from orgmap.users.requests import Request


@require_GET
def report(request: Request) -> HttpResponse:
    """The report that stands."""
    snapshot = doors.latest_report(request.user)
    if snapshot is None:
        return render(request, "reports/report_none.html", freshness(request, None))
    return answer(request, snapshot, is_latest=True)


@require_GET
def report_detail(request: Request, pk: int) -> HttpResponse:
    """A report by its number."""
    snapshot = doors.report(request.user, pk)
    return answer(request, snapshot, is_latest=snapshot == doors.latest_report(request.user))


def answer(request: Request, snapshot: Snapshot, *, is_latest: bool, shared: SharedLink | None = None) -> HttpResponse:
    """The page of a report at the level that the address names. shared: the link by which it is read."""
    levels = doors.levels(snapshot)
    level = doors.level(levels, request.GET)
    context: dict[str, Any] = {
        **contents(snapshot, level, levels),
        "is_latest": is_latest,
        "shared": shared,
        "levels": words.switch(levels, level),
        "may_form": request.user.has_perm("departments.add_tie"),
        "past": reading.past_reports(),
        **pdf_state(snapshot, level),
    }
    return render(request, "reports/report.html", context | freshness(request, snapshot if is_latest else None))


@require_POST
def report_compute(request: Request) -> HttpResponse:
    """Have the figures computed now, out of turn."""
    doors.publishing(request.user)
    wish = request_rollup(reason=f"asked for by {request.user}", now=timezone.now())
    send_rollup(wish.pk)
    return htmx.redirect(
        request, "reports:report", "New figures are on their way. The report shows when they are here."
    )


@require_GET
def report_freshness(request: Request) -> HttpResponse:
    """How fresh the standing report is: a fragment that asks again while figures are under way."""
    return render(request, "reports/_freshness.html", freshness(request, doors.latest_report(request.user)))


def freshness(request: Request, snapshot: Snapshot | None) -> dict[str, Any]:
    """What the freshness fragment shows. ``shown`` is the report on the page that asks."""
    shown = request.GET.get("shown", "")
    return {
        "latest": snapshot,
        "changes": reading.changes_since(snapshot) if snapshot is not None else None,
        "under_way": reading.under_way(),
        "failure": reading.last_failure(),
        "shown": int(shown) if shown.isdecimal() else snapshot.pk if snapshot is not None else 0,
        "may_compute": request.user.has_perm("reports.publish_report"),
    }
