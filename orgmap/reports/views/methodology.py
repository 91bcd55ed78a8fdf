"""What every figure means."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from orgmap.reports import doors, words
from orgmap.reports.methodology import Measure, measures
from orgmap.reports.models import Level, Pair, Snapshot
from orgmap.reports.names import names
from orgmap.reports.pair_kept import kept
from orgmap.users.requests import Request


@require_GET
def methodology(request: Request) -> HttpResponse:
    """Each measure with one sentence, an example from the figures that stand, and its limits."""
    snapshot = doors.latest_report(request.user)
    if snapshot is None:
        return render(request, "reports/report_none.html", {"latest": None, "may_compute": False, "shown": 0})
    levels = doors.levels(snapshot)
    level = doors.level(levels, request.GET)
    widest = kept(level).meeting().first()
    known = names(departments=[widest.a, widest.b] if widest else ())
    found = list(measures(level.figures, widest.row if widest else None, known))
    context = {
        "snapshot": snapshot,
        "measures": [(measure, address(measure, snapshot, level, widest)) for measure in found],
        "policy": snapshot.policy,
        "level_name": words.level_name(level, levels),
        "levels": words.switch(levels, level),
        "at": words.at(level),
        "crumbs": [("Report", reverse("reports:report")), ("What the figures mean", "")],
    }
    return render(request, "reports/methodology.html", context)


def address(measure: Measure, snapshot: Snapshot, level: Level, widest: Pair | None) -> str:
    """Where the evidence of an example is; empty where the example is a rule."""
    at = f"?level={words.at(level)}"
    if measure.evidence == "pair" and widest is not None:
        return reverse("reports:pair_detail", args=[snapshot.pk, widest.a, widest.b]) + at
    places = reverse("reports:place_list", args=[snapshot.pk]) + at
    pages = {
        "places": places,
        "blind": f"{places}&blind=1",
        "map": reverse("reports:map") + at,
    }
    return pages.get(measure.evidence, "")
