"""The map: three lenses on one filter."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from channels.models import Account
from departments.models import Department
from orgmap.core import htmx
from orgmap.reports import doors, reading, words
from orgmap.reports.map import choice as choices
from orgmap.reports.map import facts, flow, matrix, network, network_narrow, pairs, units
from orgmap.reports.map.choice import Choice, Filters
from orgmap.reports.map.flows import flowing
from orgmap.reports.map.grid import MOST
from orgmap.reports.models import Level, Snapshot, Unit
from orgmap.reports.names import Names, names
from orgmap.reports.views.map_picture import download
from orgmap.users.requests import Request

WIDEST = 5
"""So many gaps stand as rows above a picture that a phone shows in part."""
ROWS = 40
"""So many rows of a table twin stand on one page."""


@require_GET
def map(request: Request) -> HttpResponse:
    """Who meets the same people, where and why, and how much of it is agreed."""
    snapshot = doors.latest_report(request.user)
    if snapshot is None:
        return render(request, "reports/map_none.html", {})
    choice = Choice.of_query(request.GET)
    known = choices.filters(choice)
    levels = doors.levels(snapshot)
    inside = units.department(request.user, choice)
    level = units.level_for(levels, request.GET, inside)
    view = View(snapshot, choice, known, level, inside, request.GET.get("page", ""))
    context = {
        "snapshot": snapshot,
        "changes": reading.changes_since(snapshot),
        "choice": choice,
        "level": level,
        "at": words.at(level),
        "level_name": words.level_name(level, levels),
        "levels": words.switch(levels, level),
        "inside": inside,
        "crumbs": units.crumbs(inside, choice),
        "departments": units.choices(),
        "lenses": [
            {"key": key, "name": name, "icon": icon, "url": choice.address(lens=key), "here": key == choice.lens}
            for key, name, icon in choices.LENSES
        ],
        "picture_url": choice.address(show=""),
        "table_url": choice.address(show="table"),
        "chips": choices.chips(choice, known),
        "options": known.options,
        "statuses": choices.STATUSES,
        "tie_states": choices.TIES,
        "axes": choices.AXES,
        **DRAWN[choice.lens](view),
    }
    if request.GET.get("as") == "svg":
        return download(request, context)
    return htmx.page(request, "reports/map.html", context, fragments=("map_page",))


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


def network_lens(view: View) -> dict[str, Any]:
    """Units as dots, and what is between them as lines."""
    rows = view.rows()
    offered = pairs.proposed(view.slugs, view.related)
    if view.choice.unit:
        rows = [row for row in rows if view.choice.unit in (row.a, row.b)]
        offered = [one for one in offered if view.choice.unit in (one.a, one.b)]
    silos = view.silos
    gaps = [row for row in rows if row.left_right] if view.choice.ties in ("", "none") else []
    widest = {gaps[0].a, gaps[0].b} if gaps else set()
    dots = [network_unit(view, unit, silos, widest) for unit in most_met(view.units, rows, network.MOST_UNITS)]
    between = [*lines(rows, view.choice.ties), *proposed_lines(offered, view)]
    drawn = network.network(dots, between)
    return {
        "picture": drawn,
        "narrow": network_narrow.narrow(dots, between),
        "page": table(view, [row for row in rows if row.count or row.has_ties]),
        "summary": summary(view, rows),
        "widest": gaps[:WIDEST],
        "divisions": keyed(view, drawn_units(view, drawn), view.names),
        **apart_from(view, [unit for unit in view.units if unit.unit in {one.slug for one in drawn.alone}]),
        **silence(view, bool(drawn.lines)),
        "below": view.below,
        "focus": view.names.department(view.choice.unit) if view.choice.unit else "",
        "unfocused_url": view.choice.address(unit=""),
        "keystones": [view.names.department(row["unit"]) for row in silos["keystones"] if row["unit"] in view.slugs],
        "islands": islands(silos, view),
    }


def drawn_units(view: View, picture: network.Network) -> list[tuple[str, str]]:
    """The units of the picture, each with its division."""
    dots = {dot.unit.slug for dot in picture.dots}
    return [(unit.unit, unit.division) for unit in view.units if unit.unit in dots]


def most_met(found: Sequence[Unit], rows: Sequence[pairs.PairRow], most: int) -> list[Unit]:
    """Some units in the order of the tree; of too many those with the widest gaps. rows: the widest gap first."""
    if len(found) <= most:
        return list(found)
    kept: set[str] = set()
    for row in rows:
        if len(kept) < most - 1:
            kept |= {row.a, row.b}
    return [unit for unit in found if unit.unit in kept]


def network_unit(view: View, unit: Unit, silos: dict[str, Any], widest: set[str]) -> network.Unit:
    """One dot: as large as what it holds, with what the silo report says of it, and whether the widest gap is here."""
    notes = [network.WIDEST_GAP] if unit.unit in widest else []
    if unit.unit in {row["unit"] for row in silos["keystones"]}:
        notes.append("keystone")
    if unit.unit in silos["isolates_exposed"]:
        notes.append("no agreement")
    else:
        for number, island in enumerate(silos["islands"], start=1):
            if number > 1 and len(island) > 1 and unit.unit in island:
                notes.append(f"island {number}")
    return network.Unit(
        slug=unit.unit,
        name=view.names.department(unit.unit),
        division=view.colours[unit.division],
        size=unit.row.get("size") or unit.contested,
        notes=tuple(notes),
    )


def islands(silos: dict[str, Any], view: View) -> list[str]:
    """Islands of several units beside the largest, each as a list of names."""
    found = [island for island in silos["islands"] if len(island) > 1 and view.slugs & set(island)]
    return [", ".join(view.names.department(unit) for unit in island if unit in view.slugs) for island in found[1:]]


def lines(rows: Sequence[pairs.PairRow], ties: str) -> list[network.Between]:
    """Red for what meets without enough agreement, green for what has agreed."""
    found = []
    for row in rows:
        if row.left_right and ties in ("", "none"):
            found.append(network.Between(row.a, row.b, "uncovered", row.gap, row.label, agreed(row)))
        elif not row.left_right and row.has_ties and ties in ("", "active"):
            found.append(network.Between(row.a, row.b, "agreed", row.covered, row.label, agreed(row)))
    return found


def agreed(row: pairs.PairRow) -> str:
    return f"{round(100 * (row.coverage or 0))} % agreed"


def proposed_lines(offered: Sequence[pairs.Proposed], view: View) -> list[network.Between]:
    """Dashed: an agreement that waits for an answer."""
    if view.choice.ties not in ("", "proposed"):
        return []
    name = view.names.department
    return [
        network.Between(
            one.a,
            one.b,
            "proposed",
            0,
            f"Proposed between {name(one.a)} and {name(one.b)}: {one.tie.title}",
            "proposed",
        )
        for one in offered
    ]


def flow_lens(view: View) -> dict[str, Any]:
    """Accounts as bands."""
    placed = units.placed(view.level, view.inside)
    found = flowing(view.snapshot, view.choice, view.known, placed)
    rows = found.rows(flow.MOST) if found else []
    kept = flow.kept(rows, 0)
    boxes = [unit for unit in placed if unit.unit in kept]
    known = names(departments=kept | {unit.division for unit in boxes})
    named = dict(known.catalogue) | {("department", slug): known.department(slug) for slug in kept}
    order = [unit.unit for unit in boxes]
    colour = {unit.unit: view.colours[unit.division] for unit in boxes}
    drawn = flow.flow(rows, named, order, colour, found.unit_count if found else None)
    return {
        "picture": drawn,
        "accounts": found.count if found else 0,
        "divisions": keyed(view, [(unit.unit, unit.division) for unit in boxes], known),
        "is_kept": found is not None,
        "page": table(view, drawn.bands),
    }


def matrix_lens(view: View) -> dict[str, Any]:
    """Units by units as squares, or units by words of the catalogue."""
    if view.choice.by:
        return against_lens(view)
    found = view.rows()
    rows = [row for row in found if row.count]
    met = {unit for row in rows for unit in (row.a, row.b)}
    meeting = [unit for unit in view.units if unit.unit in met]
    drawn = most_met(meeting, rows, matrix.SHOWN)
    if view.choice.order == "island":
        islands = view.silos["islands"]
        island = {unit: number for number, members in enumerate(islands) for unit in members}
        drawn.sort(key=lambda unit: island.get(unit.unit, len(islands)))
    return {
        "matrix": matrix.matrix(axis(view, drawn), rows, view.related),
        "pairs": rows,
        "page": table(view, rows),
        "summary": summary(view, found),
        **silence(view, bool(rows)),
        "left_out": (view.level.units if view.is_part else len(meeting)) - len(drawn),
        **apart_from(view, [unit for unit in view.units if unit.unit not in met]),
    }


def axis(view: View, drawn: Sequence[Unit]) -> list[matrix.Place]:
    """The units as they stand along both sides; each division has its colour, in the order of the tree."""
    before = [None, *(unit.division for unit in drawn)]
    several = len({unit.division for unit in drawn}) < len(drawn)
    return [
        matrix.Place(
            unit.unit,
            view.names.department(unit.unit),
            view.colours[unit.division],
            several and unit.division != last,
            unit.unit in view.below,
        )
        for unit, last in zip(drawn, before, strict=False)
    ]


def against_lens(view: View) -> dict[str, Any]:
    """Units by audiences, platforms or benefits: how much they hold there, and how much of their meetings is agreed."""
    grid = facts.grid(view.level, view.inside.slug if view.inside else "")
    part = facts.part(view.choice, view.known)
    drawn = matrix.against(axis(view, view.units), grid, part, view.choice.by, view.related) if grid else None
    rows = len(drawn.rows) if drawn else 0
    named = dict(view.known.options[view.choice.by])
    return {
        "against": drawn,
        "columns": [(code, named.get(code, code)) for code in drawn.codes] if drawn else [],
        "kind": {"audience": "audience", "platform": "channel", "benefit": "purpose"}[view.choice.by],
        "column": "&audience=" if view.choice.by == "audience" else "&detail=",
        "summary": {"same": 0, "few": 0, "is_part": view.is_part},
        "left_out": (view.level.units if view.is_part else len(view.units)) - rows if rows == matrix.SHOWN else 0,
    }


DRAWN = {"network": network_lens, "flow": flow_lens, "matrix": matrix_lens}
