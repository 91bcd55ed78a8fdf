"""The map."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from departments.models import Department
from orgmap.core.templatetags.figures import percent
from orgmap.reports import doors, reading, words
from orgmap.reports.matrix import SHOWN, Place, matrix
from orgmap.reports.models import Level, Pair, Unit
from orgmap.reports.names import Names, names
from orgmap.reports.templatetags.reports import weighed
from orgmap.users.requests import Request

COLOURS = 8


@require_GET
def map(request: Request) -> HttpResponse:
    """Matrix: which units meet the same people, and how much of it is agreed."""
    snapshot = doors.latest_report(request.user)
    if snapshot is None:
        return render(request, "reports/map_none.html", {})
    levels = doors.levels(snapshot)
    inside = department(request)
    level = level_for(levels, request, inside)
    units = shown_units(level, inside)
    known = names(departments={unit.unit for unit in units} | {unit.division for unit in units}, catalogue=False)
    below = with_departments_below(units)
    pairs = pair_rows(level, {unit.unit for unit in units}, known)
    met = {unit for pair in pairs for unit in (pair["a"], pair["b"])}
    drawn = [unit for unit in units if unit.unit in met]
    shown = matrix(axis(drawn, known, below)[:SHOWN], pairs, related(units))
    return render(
        request,
        "reports/map.html",
        {
            "snapshot": snapshot,
            "changes": reading.changes_since(snapshot),
            "level": level,
            "at": words.at(level),
            "level_name": words.level_name(level, levels),
            "levels": words.switch(levels, level),
            "inside": inside,
            "crumbs": crumbs(inside),
            "departments": choices(),
            "matrix": shown,
            "left_out": max(len(drawn) - SHOWN, 0),
            "alone": [(unit.unit, known.department(unit.unit)) for unit in units if unit.unit not in met],
            "as_table": request.GET.get("as") == "table",
            "summary": summary(pairs),
        },
    )


def department(request: Request) -> Department | None:
    """The department whose inside is shown; None for the whole."""
    slug = request.GET.get("of", "")
    if not slug:
        return None
    found = Department.objects.visible_to(request.user).filter(slug=slug).first()
    if found is None:
        raise Http404(f"There is no department '{slug}'.")
    return found


def level_for(levels: list[Level], request: Request, inside: Department | None) -> Level:
    """The level to show: the one asked for; one below a department; else the first that compares anything."""
    if request.GET.get("level"):
        return doors.level(levels, request.GET)
    if inside is None:
        fitting = [one for one in levels if 1 < one.units <= SHOWN]
        return next((one for one in fitting if one.contested), fitting[0] if fitting else levels[-1])
    depth = Department.objects.above(inside.pk).active().count()
    return next((one for one in levels if one.level == depth + 1), levels[-1])


def shown_units(level: Level, inside: Department | None) -> list[Unit]:
    """The units of a level in the order of the organisation's tree; inside a department, itself and those below it."""
    units = list(Unit.objects.filter(level=level).order_by("position"))
    if inside is None:
        return units
    kept: set[str] = set()
    for unit in units:
        if unit.unit == inside.slug or unit.parent in kept or unit.parent == inside.slug:
            kept.add(unit.unit)
    return [unit for unit in units if unit.unit in kept]


def with_departments_below(units: Sequence[Unit]) -> set[str]:
    """The units that can be opened: they have departments below them."""
    slugs = [unit.unit for unit in units]
    return set(
        Department.objects.filter(slug__in=slugs, children__status="active").values_list("slug", flat=True).distinct()
    )


def axis(units: Sequence[Unit], known: Names, below: set[str]) -> list[Place]:
    """The units as they stand along both sides; each division has its colour, in the order of the tree."""
    divisions = list(dict.fromkeys(unit.division for unit in units))
    colour = {division: at % COLOURS + 1 for at, division in enumerate(sorted(divisions))}
    before = [None, *(unit.division for unit in units)]
    several = len(divisions) < len(units)
    return [
        Place(
            unit.unit,
            known.department(unit.unit),
            colour[unit.division],
            several and unit.division != last,
            unit.unit in below,
        )
        for unit, last in zip(units, before, strict=False)
    ]


def related(units: Sequence[Unit]) -> frozenset[tuple[str, str]]:
    """Pairs of which one is part of the other: they are never compared."""
    parent = {unit.unit: unit.parent for unit in units}
    found = set()
    for unit in parent:
        above = parent[unit]
        while above:
            found.add((min(unit, above), max(unit, above)))
            above = parent.get(above, "")
    return frozenset(found)


def pair_rows(level: Level, units: set[str], known: Names) -> list[dict[str, Any]]:
    """The pairs among the units, widest gap first, in words."""
    found = Pair.objects.filter(level=level, a__in=units, b__in=units, shared__gt=0).order_by("rank")
    rows = []
    for a, b, row in found.values_list("a", "b", "row"):
        count = row["shared"] if row["count"] is None else row["count"]
        first, second = known.department(a), known.department(b)
        noun = "place" if count == 1 else "places"
        rows.append(
            {
                "a": a,
                "b": b,
                "a_name": first,
                "b_name": second,
                "count": count,
                "coverage": row["coverage"],
                "overlap": row["overlap"],
                "gap": row["gap"],
                "quadrant": words.QUADRANTS[row["quadrant"]][0],
                "left_right": row["quadrant"] == "left_right_hand",
                "label": f"{first} and {second}: {weighed(count)} {noun} shared, {percent(row['coverage'])} agreed",
            }
        )
    return rows


def summary(pairs: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The picture in a sentence."""
    apart = [pair for pair in pairs if pair["left_right"]]
    return {"meeting": len(pairs), "apart": len(apart), "widest": apart[0] if apart else None}


def crumbs(inside: Department | None) -> list[tuple[str, str]]:
    """The way up: from the whole to the department whose inside is shown."""
    if inside is None:
        return []
    above = {one.pk: one for one in Department.objects.above(inside.pk)}
    line = [inside]
    while line[-1].parent_id in above:
        line.append(above[line[-1].parent_id])
    address = reverse("reports:map")
    up = [(one.name, f"{address}?of={one.slug}") for one in reversed(line[1:])]
    return [("The whole", address), *up, (inside.name, "")]


def choices() -> list[tuple[str, str]]:
    """Departments whose inside can be shown, as an organisation chart reads: (slug, indented name)."""
    rows = list(Department.objects.active().filter(children__status="active").order_by("name", "pk").distinct()[:400])
    children: dict[int | None, list[Department]] = {}
    known = {row.pk for row in rows}
    for row in rows:
        children.setdefault(row.parent_id if row.parent_id in known else None, []).append(row)
    found: list[tuple[str, str]] = []

    def walk(parent: int | None, depth: int) -> None:
        for row in children.get(parent, ()):
            found.append((row.slug, f"{chr(0x2003) * depth}{row.name}"))
            walk(row.pk, depth + 1)

    walk(None, 0)
    return found
