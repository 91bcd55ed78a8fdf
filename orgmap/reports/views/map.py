"""The map: three lenses on one filter."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from orgmap.core import htmx
from orgmap.reports import doors, reading, words
from orgmap.reports.map import choice as choices
from orgmap.reports.map import facts, flow, flow_narrow, matrix, matrix_narrow, network, network_narrow, pairs, units
from orgmap.reports.map.choice import Choice
from orgmap.reports.map.flows import flowing
from orgmap.reports.models import Unit
from orgmap.reports.names import names
from orgmap.reports.views.map_look import View, apart_from, keyed, most_met, silence, summary, table
from orgmap.reports.views.map_picture import download
from orgmap.users.requests import Request

WIDEST = 5
"""So many gaps stand as rows above a picture that a phone shows in part."""


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
        "narrow": flow_narrow.narrow(drawn),
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
    squares = matrix.matrix(axis(view, drawn), rows, view.related)
    return {
        "matrix": squares,
        "narrow": matrix_narrow.narrow(squares),
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
        "narrow": matrix_narrow.narrow_against(drawn, named) if drawn else [],
        "columns": [(code, named.get(code, code)) for code in drawn.codes] if drawn else [],
        "kind": {"audience": "audience", "platform": "channel", "benefit": "purpose"}[view.choice.by],
        "column": "&audience=" if view.choice.by == "audience" else "&detail=",
        "summary": {"same": 0, "few": 0, "is_part": view.is_part},
        "left_out": (view.level.units if view.is_part else len(view.units)) - rows if rows == matrix.SHOWN else 0,
    }


DRAWN = {"network": network_lens, "flow": flow_lens, "matrix": matrix_lens}
