"""What an agreement covers, and what alignment is with and without it: on its page, and while it is being written."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from departments import doors as department_doors
from departments.forms import GroupForm, TieForm
from departments.models import Tie
from orgmap.core import htmx
from orgmap.core.rights import demand
from orgmap.reports import doors, words
from orgmap.reports.engine import Bounds, MalformedOrganisation
from orgmap.reports.models import Level, Snapshot
from orgmap.reports.names import Names, names
from orgmap.reports.tie_effect import MOST_BELOW, NEW, Standing, is_too_wide, layout, plain_tie, standings
from orgmap.reports.views.evidence import record
from orgmap.users.requests import Request

PLACES = 30
PREVIEWED = 5
NAMED = 4


@require_GET
def tie_cover(request: Request, pk: int) -> HttpResponse:
    """What an agreement covers: a part of its page that comes by itself, or a page."""
    tie = department_doors.tie(request.user, pk)
    context = {"tie": tie, **told(request, plain_tie(tie), PLACES)}
    return htmx.page(request, "reports/tie_cover.html", context, fragments=("tie_cover",))


@require_GET
def tie_preview(request: Request) -> HttpResponse:
    """What an agreement would cover that somebody is writing. Only ever a part of a form's page."""
    demand(request, "departments.add_tie")
    return render(request, "reports/_tie_preview.html", told(request, typed(request), PREVIEWED))


def typed(request: Request) -> dict[str, Any] | None:
    """The agreement as far as it is typed; None while it names fewer than two departments."""
    query = request.GET
    if query.get("tie", "").isdecimal():
        return changed(request, department_doors.tie(request.user, int(query["tie"][:17])))
    grouped = "lead" in query
    form = GroupForm(query, by=request.user) if grouped else TieForm(query, by=request.user)
    form.full_clean()
    if len(form.about) < 2:
        return None
    chosen = form.cleaned_data
    filters = form.filters()
    narrowed = any(codes is not None for codes in filters.values())
    named = [chosen.get("objective")] if grouped and not narrowed else list(chosen.get("objectives") or ())
    kind = Tie.Kind.WORKING_GROUP if grouped else chosen.get("kind") or Tie.Kind.HAND_OFF
    return layout(
        NEW, kind, [each.slug for each in form.about], [str(each.pk) for each in named if each is not None], filters
    )


def changed(request: Request, tie: Tie) -> dict[str, Any]:
    """A standing agreement with the scope that somebody is suggesting."""
    sides = [side.department for side in sorted(tie.sides.all(), key=lambda side: side.position)]
    data = request.GET.copy()
    data["departments"] = "\n".join(side.name for side in sides)
    data["kind"] = tie.kind
    grouped = tie.kind == Tie.Kind.WORKING_GROUP
    form = GroupForm(data, by=request.user) if grouped else TieForm(data, by=request.user)
    form.full_clean()
    filters = form.filters()
    narrowed = any(codes is not None for codes in filters.values())
    chosen = form.cleaned_data
    named = [chosen.get("objective")] if grouped and not narrowed else list(chosen.get("objectives") or ())
    objectives = [str(each.pk) for each in named if each is not None]
    return layout(NEW, tie.kind, [side.slug for side in sides], objectives, filters)


def told(request: Request, tie: dict[str, Any] | None, most: int) -> dict[str, Any]:
    """What the standing report says of an agreement."""
    snapshot = doors.latest_report(request.user)
    if snapshot is None or tie is None:
        return {"snapshot": snapshot, "waiting": tie is None}
    levels = list(Level.objects.filter(snapshot=snapshot).defer("actions", "figures").order_by("pk"))
    chosen = shown_levels(levels)
    try:
        found = standings(snapshot, chosen, tie)
    except MalformedOrganisation:
        found = []  # the map has moved on: a department or an objective that the report does not know
    context: dict[str, Any] = {"snapshot": snapshot, "members": len(tie["departments"]), "standings": []}
    if not found:
        return context
    finest = found[-1]
    context["most_below"] = MOST_BELOW
    rows = finest.effect.rows(most, Bounds(places=most, records=NAMED, steps=0))
    places, records = finest.effect.places, finest.effect.records()
    known = names(
        departments={unit for row in rows for unit in row["units"]},
        records={key for row in rows for shown, _ in row["units"].values() for key in shown},
    )
    return context | {
        "standings": [(between(each.level, levels), each) for each in found],
        "left_out": [between(each, levels) for each in chosen if each.level is not None and is_too_wide(tie, each)],
        "counted": finest.counted,
        "strength": finest.effect.alone,
        "scoped": finest.effect.tie.scoped,
        "pairs": finest.effect.meeting,
        "place_count": len(places),
        "more": len(places) - len(rows),
        "accounts": sum(key.startswith("account:") for key in records),
        "objectives": sum(key.startswith("objective:") for key in records),
        "places": [place(row, known) for row in rows],
        "places_url": places_url(snapshot, finest),
    }


def between(level: Level, levels: list[Level]) -> str:
    """Who is compared at a level, in the middle of a sentence."""
    return "department by department" if level.level is None else f"between {words.level_name(level, levels)}"


def shown_levels(levels: Sequence[Level]) -> list[Level]:
    """The level of the headline, and the one at which every department stands for itself."""
    headline = next((each for each in levels if each.contested), levels[-1])
    return [headline] if headline == levels[-1] else [headline, levels[-1]]


def place(row: dict[str, Any], known: Names) -> dict[str, Any]:
    """One place in words, with who meets there by what."""
    return {
        "name": known.place(row["touchpoint"]),
        "pairs": row["pairs"],
        "others": row["others"],
        "units": [
            {
                "name": known.department(unit),
                "slug": unit,
                "records": [described(key, known) for key in shown],
                "more": count - len(shown),
            }
            for unit, (shown, count) in row["units"].items()
        ],
    }


def described(key: str, known: Names) -> dict[str, str]:
    """An account or objective with its page."""
    found = record(key, known)
    if found["kind"] == "objective":
        found["url"] = reverse("reports:objective_detail", args=[key.partition(":")[2]])
    return found


def places_url(snapshot: Snapshot, standing: Standing) -> str:
    """All contested places of the report at the same level."""
    return f"{reverse('reports:place_list', args=[snapshot.pk])}?level={words.at(standing.level)}"
