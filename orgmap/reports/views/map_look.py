"""One look at the map: what was chosen, the units that it leaves, and what every lens says of them."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.urls import reverse

from channels.models import Account
from departments.models import Department
from orgmap.reports.map import facts, pairs, units
from orgmap.reports.map.choice import Choice, Filters
from orgmap.reports.map.grid import MOST
from orgmap.reports.models import Level, Snapshot, Unit
from orgmap.reports.names import Names, names

ROWS = 40
"""So many rows of a table twin stand on one page."""


class View:
    """One look at the map: what was chosen, and the units that it leaves."""

    def __init__(
        self, snapshot: Snapshot, choice: Choice, known: Filters, level: Level, inside: Department | None, page: str
    ) -> None:
        self.snapshot, self.choice, self.known, self.level, self.inside = snapshot, choice, known, level, inside
        self.is_part = inside is None and level.units > MOST
        self.page = page
        self.colours = units.colours(level)

    @cached_property
    def units(self) -> Sequence[Unit]:
        """The units that are drawn, with their figures."""
        return units.shown(self.level, self.inside)

    @cached_property
    def slugs(self) -> set[str]:
        return {unit.unit for unit in self.units}

    @cached_property
    def silos(self) -> dict[str, Any]:
        """What the report says of islands and keystones."""
        return part_of_figures(self.level, "silos")

    @cached_property
    def names(self) -> Names:
        """What the units are called."""
        return names(departments=self.slugs | {unit.division for unit in self.units}, catalogue=False)

    @cached_property
    def related(self) -> frozenset[tuple[str, str]]:
        """Pairs of which one is part of the other."""
        return units.related(self.units)

    @cached_property
    def below(self) -> set[str]:
        """The units that can be opened."""
        return units.with_departments_below(self.units)

    def rows(self) -> list[pairs.PairRow]:
        """The pairs of the picture, under its filter."""
        if not self.choice.narrows:
            return pairs.stored(self.level, self.slugs, self.names)
        grid = facts.grid(self.level, self.inside.slug if self.inside else "")
        if grid is None:
            return []
        part = facts.part(self.choice, self.known)
        return facts.sliced(grid, part, self.units, self.related, self.names, self.snapshot.policy)


def part_of_figures(level: Level, key: str) -> dict[str, Any]:
    """One part of a level's figures. All of them at 5,000 departments take longer to read than the picture to draw."""
    found: dict[str, Any] = Level.objects.filter(pk=level.pk).values_list(f"figures__{key}", flat=True).get()
    return found


def keyed(view: View, drawn: Sequence[tuple[str, str]], known: Names) -> list[tuple[str, int]]:
    """The colours of divisions, by name, of units (unit, division) that don't all say their division by their name."""
    if all(unit == division for unit, division in drawn):
        return []
    divisions = {division for _, division in drawn}
    found = [(known.department(slug), colour) for slug, colour in view.colours.items() if slug in divisions]
    return sorted(found) if len(found) > 1 else []


def summary(view: View, rows: Sequence[pairs.PairRow]) -> dict[str, object]:
    """The picture in a sentence. Where only a part of the pairs is at hand, the report has counted them all."""
    said = pairs.summary(rows)
    if view.is_part and not view.choice.narrows and not view.choice.unit:
        quadrants = part_of_figures(view.level, "quadrants")
        apart, same = quadrants["left_right_hand"], quadrants["left_right_hand"] + quadrants["aligned"]
        said |= {"same": same, "apart": apart, "few": sum(quadrants.values()) - same}
    return said | {"is_part": view.is_part}


def apart_from(view: View, left: Sequence[Unit]) -> dict[str, Any]:
    """Units that are not drawn: those that meet nobody, and those of which nobody said whom they speak to."""
    nowhere = set(view.silos["unregistered"]) if left else set()
    named = [(u.unit, view.names.department(u.unit), is_known(u) and u.unit not in nowhere) for u in left]
    return {
        "alone": [(slug, name) for slug, name, known in named if known],
        "unknown": [(slug, name) for slug, name, known in named if not known],
    }


def is_known(unit: Unit) -> bool:
    """Whether the map knows for whom anything of a unit is: an account with an audience, or an objective."""
    sprawl = unit.row["sprawl"]
    wanted = any(state != "none" for state in (unit.row["benefits"] or {}).values())
    return wanted or bool(sprawl["accounts"] and sprawl["unplaced"] < 1)


def silence(view: View, is_drawn: bool) -> dict[str, Any]:
    """Where nobody meets anybody: of how many accounts nobody knows whom they speak to, and where to say it."""
    if is_drawn:
        return {}
    accounts = Account.objects.running()
    if view.inside is not None:
        accounts = accounts.run_by(list(Department.objects.below(view.inside.pk).values_list("pk", flat=True)))
    within = f"department={view.inside.slug}&" if view.inside is not None else ""
    return {
        "silent": accounts.without_audience().count(),
        "speaking": accounts.count(),
        "silent_url": f"{reverse('channels:account_list')}?{within}missing=audience&status=active&status=dormant",
    }


def table(view: View, rows: Sequence[Any]) -> Page[Any]:
    """A page of the rows of the table twin."""
    return Paginator(rows, ROWS).get_page(view.page)


def most_met(found: Sequence[Unit], rows: Sequence[pairs.PairRow], most: int) -> list[Unit]:
    """Some units in the order of the tree; of too many those with the widest gaps. rows: the widest gap first."""
    if len(found) <= most:
        return list(found)
    kept: set[str] = set()
    for row in rows:
        if len(kept) < most - 1:
            kept |= {row.a, row.b}
    return [unit for unit in found if unit.unit in kept]
