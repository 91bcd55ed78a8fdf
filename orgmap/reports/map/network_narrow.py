"""The Network lens on a phone: units below each other in the order of the tree, what is between them as bows beside.

It says the same as the wide picture, with letters as large, on a screen that is too narrow for an oval with names on
both sides. It grows downwards, where a phone is moved anyway.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import sqrt

from orgmap.reports.map import lettering
from orgmap.reports.map.network import MOST_LINES, Between, Chosen, Dot, Line, Network, Unit

WIDTH = 350
MIDDLE = 128
"""Where the dots stand: bows to the left of it, names to the right."""
LETTERS = 14
LINE_HEIGHT = 17
BETWEEN = 13
"""From the words of one unit to those of the next."""
SMALLEST, LARGEST = 4.0, 12.0
THINNEST, THICKEST = 1.5, 9.0
NAME_GAP = 6
NAME_ROOM = WIDTH - MIDDLE - LARGEST - NAME_GAP
NEAREST, FARTHEST = 36.0, 148.0
"""How far a bow is drawn to the left; it comes three quarters of it."""
ASIDE = 10.0
"""So far a proposed line leans beside another one of the same two."""


def narrow(units: Sequence[Unit], between: Iterable[Between]) -> Network:
    """Lay out the same units and lines as `network` on a narrow screen."""
    chosen = Chosen.of(units, between)
    dots, height = _dots(chosen.placed)
    lines = _lines(chosen.shown, {dot.unit.slug: dot for dot in dots}, height)
    return Network(WIDTH, height, dots, lines, chosen.alone, chosen.left_out)


def _dots(units: Sequence[Unit]) -> tuple[list[Dot], int]:
    """One below the other, each with as much room as its words take; and the height of all."""
    most = max((unit.size for unit in units), default=0) or 1
    y = BETWEEN / 2
    found = []
    for unit in units:
        names = lettering.lines(unit.name, LETTERS, NAME_ROOM)
        notes = [lettering.shortened(", ".join(unit.notes), LETTERS - 2, NAME_ROOM)] if unit.notes else []
        room = LINE_HEIGHT * (len(names) + len(notes))
        placed = [(text, round(y + LINE_HEIGHT * at + 13, 1)) for at, text in enumerate([*names, *notes])]
        radius = round(max(LARGEST * sqrt(unit.size / most), SMALLEST), 1)
        text_x = MIDDLE + LARGEST + NAME_GAP
        parts = placed[: len(names)], placed[len(names) :]
        found.append(Dot(unit, MIDDLE, round(y + room / 2, 1), radius, "start", text_x, *parts))
        y += room + BETWEEN
    return found, round(y)


def _lines(shown: Sequence[Between], at: Mapping[str, Dot], height: int) -> list[Line]:
    """Bows, the longer the farther out; uncovered ones over agreed ones."""
    most = {kind: max((one.weight for one in shown if one.kind == kind), default=0) or 1 for kind in MOST_LINES}
    found = []
    for one in shown:
        a, b = at[one.a], at[one.b]
        out = max(FARTHEST * sqrt(abs(a.y - b.y) / height), NEAREST) + (ASIDE if one.kind == "proposed" else 0)
        aside = round(MIDDLE - out, 1)
        path = f"M{a.x} {a.y}C{aside} {a.y} {aside} {b.y} {b.x} {b.y}"
        thickest = THICKEST if one.kind == "uncovered" else THICKEST / 3
        found.append(Line(one, path, round(max(thickest * one.weight / most[one.kind], THINNEST), 1), None, 0))
    order = {"agreed": 0, "proposed": 1, "uncovered": 2}
    return sorted(found, key=lambda line: (order[line.between.kind], line.between.weight))
