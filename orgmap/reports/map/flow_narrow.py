"""The Flow lens on a phone: its three steps below each other, each with the names of both sides at its edges.

It says the same as the wide picture, with letters as large: who says it where, where to whom, to whom why.
"""

from collections.abc import Sequence
from dataclasses import replace

from orgmap.reports.map import lettering
from orgmap.reports.map.flow import BOX, COLUMNS, HEADS, Band, Box, Flow, count, ribbon

WIDTH = 350
LETTERS = 14
LINE = 17
LINES = 3
GAP = 6
ROOM = 120
LEFTS = (ROOM + GAP, WIDTH - ROOM - GAP - BOX)
"""Where the boxes of both sides stand, their names beyond them."""
HEIGHT = 400
SPACE = 8
TOP = 30
BETWEEN = 28
"""From the last name of a step to the head of the next."""
MOST_BANDS = 30
"""So many of a step can be told apart on so little room, at least one for every box; the rest is in the table."""


def narrow(wide: Flow) -> Flow:
    """Lay out the same boxes on a narrow screen, and the widest bands between them."""
    top = 0.0
    boxes: list[Box] = []
    bands: list[Band] = []
    heads = []
    for at in range(len(COLUMNS) - 1):
        sides = [_side(wide, at + side, side, top + TOP) for side in (0, 1)]
        between = [band for band in wide.bands if band.source.column == at]
        heads += [(HEADS[at][0], LEFTS[0] + BOX, top + 14, "end"), (HEADS[at + 1][0], LEFTS[1], top + 14, "start")]
        boxes += [replace(box, is_again=at > 0 and box.column == at) for side in sides for box in side]
        bands += _bands(between, sides, wide.accounts)
        top = max((max(box.y + box.height, box.words[-1][1]) for side in sides for box in side), default=0) + BETWEEN
    left_out = len(wide.bands) - len(bands)
    return replace(wide, width=WIDTH, height=round(top), boxes=boxes, bands=bands, columns=heads, left_out=left_out)


def _side(wide: Flow, column: int, side: int, y: float) -> list[Box]:
    """The boxes of one side from the top down; a thin one takes the room of its name."""
    found = []
    for box in wide.boxes:
        if box.column != column:
            continue
        height = round(max(box.value / wide.accounts * HEIGHT, 1.0), 1)
        words = _words(box)
        room = max(height, LINE * len(words))
        first = y + room / 2 - LINE * len(words) / 2 + 13
        found.append(
            replace(
                box,
                x=LEFTS[side],
                y=round(y + (room - height) / 2, 1),
                height=height,
                label_x=LEFTS[side] + BOX + GAP if side else LEFTS[side] - GAP,
                anchor="start" if side else "end",
                words=tuple((text, round(first + LINE * number, 1)) for number, text in enumerate(words)),
            )
        )
        y += room + SPACE
    return found


def _words(box: Box) -> list[str]:
    """A name on up to three lines, its figure never cut."""
    said = f" {count(box.told)}"
    words = lettering.lines(box.name, LETTERS, ROOM, LINES)
    if len(words) < LINES and lettering.width(words[-1] + said, LETTERS) > ROOM:
        return [*words, said.strip()]
    return [*words[:-1], lettering.shortened(words[-1], LETTERS, ROOM - lettering.width(said, LETTERS)) + said]


def _bands(between: Sequence[Band], sides: Sequence[Sequence[Box]], total: float) -> list[Band]:
    """The widest of every box and the widest of all, each where it would be if all were drawn."""
    out, into = ({box.key: box.y for box in side} for side in sides)
    drawn = _widest(between)
    found = []
    for band in between:
        thick = band.value / total * HEIGHT
        if (band.source.key, band.target.key) in drawn:
            path = ribbon(LEFTS[0] + BOX, out[band.source.key], LEFTS[1], into[band.target.key], thick)
            found.append(replace(band, path=path))
        out[band.source.key] += thick
        into[band.target.key] += thick
    return found


def _widest(between: Sequence[Band]) -> set[tuple[str, str]]:
    """From box to box; no box is left without a band."""
    falling = sorted(between, key=lambda band: -band.value)
    met: set[Box] = set()
    first: list[Band] = []
    others: list[Band] = []
    for band in falling:
        (others if {band.source, band.target} <= met else first).append(band)
        met |= {band.source, band.target}
    return {(band.source.key, band.target.key) for band in [*first, *others][:MOST_BANDS]}
