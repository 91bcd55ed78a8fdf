"""The Matrix lens as a picture to take along: the squares of the page, laid out for a file. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from orgmap.reports.map import lettering
from orgmap.reports.map.matrix import SIDE, AgainstMatrix, Matrix, Place

LETTERS = 14
SMALL = 11
NAME_ROOM = 260
GAP = 10
MARGIN = 24
FEW = 12
WIDE, NARROW = 76, 48
DOT = 5
HEAD_ROOM = 150
NARROWEST = 960
"""Its words stand above it."""


@dataclass(frozen=True)
class Square:
    """One square and the middle and baseline of its figure. label: in words."""

    x: float
    y: float
    side: float
    coverage: float | None
    text_x: float
    text_y: float
    label: str


@dataclass(frozen=True)
class Words:
    """A text in its place. turned: it stands upright, from the bottom to the top."""

    text: str
    x: float
    y: float
    anchor: str = "start"
    division: int = 0
    turned: bool = False


@dataclass(frozen=True)
class Chart:
    """The picture. empty: left and top of cells of two that do not meet; cell: how wide and high they are."""

    width: int
    height: int
    cell: int
    names: Sequence[Words]
    heads: Sequence[Words]
    squares: Sequence[Square]
    empty: Sequence[tuple[float, float]]
    related: Sequence[tuple[float, float]]


def of_matrix(matrix: Matrix) -> Chart:
    """Units by units: a row for each, its name again where its column begins."""
    cell = _cell(len(matrix.rows))
    left = _left([row for row, _ in matrix.rows])
    squares, empty, related, heads = [], [], [], []
    for at, (row, cells) in enumerate(matrix.rows):
        y = float(MARGIN + at * cell)
        for number, one in enumerate(cells):
            x = float(left + number * cell)
            if one.kind == "pair":
                squares.append(_square(x, y, cell, one.side, one.coverage, one.label))
            elif one.kind == "related":
                related.append((x + cell / 2, y + cell / 2))
            else:
                empty.append((x, y))
        if at < len(matrix.rows) - 1:
            heads.append(Words(row.name, left + len(cells) * cell + 4, y + cell - 6))
    last = max((word.x + lettering.width(word.text, SMALL + 1) for word in heads), default=0)
    width = max(last, left + len(matrix.rows) * cell, NARROWEST - MARGIN) + MARGIN
    return Chart(
        round(width), MARGIN * 2 + len(matrix.rows) * cell, cell, _names(matrix.rows, left, MARGIN, cell), heads,
        squares, empty, related,
    )  # fmt: skip


def of_against(against: AgainstMatrix, columns: Sequence[str]) -> Chart:
    """Units by words of the catalogue, which stand upright above their columns."""
    cell = _cell(max(len(columns), FEW))
    left, top = _left([row for row, _ in against.rows]), MARGIN + HEAD_ROOM
    squares = [
        _square(
            float(left + number * cell), float(top + at * cell), cell, spot.side, spot.coverage,
            f"{row.name}, {columns[number]}",
        )
        for at, (row, spots) in enumerate(against.rows)
        for number, spot in enumerate(spots)
        if spot is not None
    ]  # fmt: skip
    heads = [
        Words(lettering.shortened(name, SMALL + 1, HEAD_ROOM), left + (at + 0.5) * cell + 4, top - 8, turned=True)
        for at, name in enumerate(columns)
    ]
    names = _names(against.rows, left, top, cell)
    width, height = max(left + len(columns) * cell + MARGIN, NARROWEST), top + len(against.rows) * cell + MARGIN
    return Chart(width, height, cell, names, heads, squares, (), ())


def _cell(count: int) -> int:
    return WIDE if count < FEW else NARROW


def _left(places: Sequence[Place]) -> int:
    room = min(lettering.widest([place.name for place in places], LETTERS), NAME_ROOM)
    return round(MARGIN + 2 * DOT + GAP + room + GAP)


def _names(rows: Sequence[tuple[Place, object]], left: int, top: int, cell: int) -> list[Words]:
    return [
        Words(
            lettering.shortened(place.name, LETTERS, NAME_ROOM), left - GAP, top + at * cell + cell / 2 + 5, "end",
            place.division,
        )
        for at, (place, _) in enumerate(rows)
    ]  # fmt: skip


def _square(x: float, y: float, cell: int, side: float, coverage: float | None, label: str) -> Square:
    """The side as on the page, where it is at most SIDE, with room for the figure below."""
    drawn = round(side / SIDE * (cell - 22), 1)
    middle = x + cell / 2
    top = y + (cell - 16 - drawn) / 2
    return Square(round(middle - drawn / 2, 1), round(top, 1), drawn, coverage, middle, round(y + cell - 5, 1), label)
