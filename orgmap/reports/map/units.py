"""Which units the map shows: a level of the whole, or what hangs below one department."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Exists, OuterRef
from django.http import Http404, QueryDict
from django.urls import reverse

from departments.models import Department
from orgmap.reports import doors
from orgmap.reports.map.choice import Choice
from orgmap.reports.map.grid import MOST, TOP, openest
from orgmap.reports.models import Level, Pair, Unit
from orgmap.users.models import User

COLOURS = 8
CHOICES = 400
"""So many departments are offered to look inside; the others are reached from the picture."""


def department(user: User, choice: Choice) -> Department | None:
    """The department whose inside is shown; None for the whole."""
    if not choice.of:
        return None
    found = Department.objects.visible_to(user).filter(slug=choice.of).first()
    if found is None:
        raise Http404(f"There is no department '{choice.of}'.")
    return found


def level_for(levels: list[Level], query: QueryDict, inside: Department | None) -> Level:
    """The level to show: the one asked for; one below a department; else the first that compares anything."""
    if query.get("level"):
        return doors.level_named(levels, query)
    if inside is None:
        fitting = [one for one in levels if 1 < one.units <= MOST]
        return next((one for one in fitting if one.contested), fitting[0] if fitting else levels[-1])
    depth = Department.objects.above(inside.pk).active().count()
    return next((one for one in levels if one.level == depth + 1), levels[-1])


def shown(level: Level, inside: Department | None) -> list[Unit]:
    """The units to draw, in the same order with their figures: of too many only those with the widest gaps."""
    rows = Unit.objects.filter(level=level).order_by("position")
    if inside is not None:
        return list(rows.filter(unit__in=[unit.unit for unit in placed(level, inside)]))
    return list(rows.filter(unit__in=most_open(level)) if level.units > MOST else rows)


class Placed(NamedTuple):
    """Where a unit stands in the organisation. There are thousands of them, so they are no records."""

    unit: str
    parent: str
    division: str


def placed(level: Level, inside: Department | None) -> list[Placed]:
    """The units of a level in the order of the organisation's tree; inside a department, itself and right below."""
    rows = Unit.objects.filter(level=level).order_by("position").values_list("unit", "parent", "division")
    units = [Placed(*row) for row in rows]
    if inside is None:
        return units
    return [unit for unit in units if inside.slug in (unit.unit, unit.parent)]


def most_open(level: Level) -> set[str]:
    """So many units as a picture holds: those of the widest gaps."""
    return openest(Pair.objects.filter(level=level, rank__lte=TOP).order_by("rank").values_list("a", "b"))


def with_departments_below(units: Sequence[Unit]) -> set[str]:
    """The units that can be opened: they have departments below them."""
    slugs = [unit.unit for unit in units]
    holding = Exists(Department.objects.active().filter(parent=OuterRef("pk")))
    return set(Department.objects.filter(holding, slug__in=slugs).values_list("slug", flat=True))


def colours(level: Level) -> dict[str, int]:
    """The colour of each division, 1 to 8: the same whatever else is shown."""
    divisions = set(Unit.objects.filter(level=level).order_by().values_list("division", flat=True).distinct())
    return {division: at % COLOURS + 1 for at, division in enumerate(sorted(divisions))}


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


def crumbs(inside: Department | None, choice: Choice) -> list[tuple[str, str]]:
    """The way up: from the whole to the department whose inside is shown, under the same filter."""
    if inside is None:
        return []
    above = {one.pk: one for one in Department.objects.above(inside.pk)}
    line = [inside]
    while line[-1].parent_id in above:
        line.append(above[line[-1].parent_id])
    address = reverse("reports:map")

    def to(slug: str) -> str:
        return address + choice.address(of=slug, level="", unit="")

    return [("The whole", to("")), *((one.name, to(one.slug)) for one in reversed(line[1:])), (inside.name, "")]


def choices() -> list[tuple[str, str]]:
    """Departments whose inside can be shown, as an organisation chart reads: (slug, indented name)."""
    holding = Exists(Department.objects.active().filter(parent=OuterRef("pk")))
    holders = Department.objects.active().filter(holding).order_by("name", "pk")
    rows = list(holders.only("pk", "parent_id", "slug", "name")[:CHOICES])
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


@dataclass(frozen=True)
class Lifted:
    """Departments of a proposed agreement as units of the picture."""

    pk: int
    title: str
    units: tuple[str, ...]


def unit_of(departments: set[int], shown_units: set[str]) -> dict[int, str]:
    """For each department the unit of the picture that it is part of, where there is one. One query."""
    rows = {
        pk: (parent, slug)
        for pk, parent, slug in Department.objects.above(*departments).values_list("pk", "parent_id", "slug")
    }
    found = {}
    for pk in departments:
        at: int | None = pk
        while at in rows:
            parent, slug = rows[at]
            if slug in shown_units:
                found[pk] = slug
                break
            at = parent
    return found
