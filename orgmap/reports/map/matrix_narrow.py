"""The Matrix lens on a phone: a row for each unit, its largest squares beside its name, what they are one tap below.

A matrix wider than the screen would show a corner of itself; here every unit is in sight with what it has to agree.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from orgmap.core.templatetags.figures import AGREED_FROM
from orgmap.reports.map.matrix import AgainstMatrix, Matrix, Place

MOST = 5
"""So many squares stand beside a name; the others are on the page of the unit."""


@dataclass(frozen=True)
class Square:
    """What a unit meets, or where it is."""

    path: str
    """What its address ends in: both units of a pair, or the code of a word."""
    name: str
    side: float
    coverage: float | None
    weight: float

    @property
    def gap(self) -> float:
        """What is left to agree."""
        return 0 if self.coverage is None else self.weight * (1 - self.coverage)


@dataclass(frozen=True)
class Line:
    """One unit with its widest gaps. total: of how many squares; little: how many of all are agreed less than half."""

    place: Place
    squares: Sequence[Square]
    total: int
    little: int


def narrow(wide: Matrix) -> list[Line]:
    """Each unit with all whom it meets: those before it and those after it."""
    names = {place.slug: place.name for place in wide.columns}
    found: dict[str, list[Square]] = {slug: [] for slug in names}
    for _, cells in wide.rows:
        for cell in cells:
            if cell.kind == "pair":
                for unit, other in ((cell.a, cell.b), (cell.b, cell.a)):
                    square = Square(f"{cell.a}/{cell.b}/", names[other], cell.side, cell.coverage, cell.count)
                    found[unit].append(square)
    return [_line(place, found[place.slug]) for place in wide.columns]


def narrow_against(wide: AgainstMatrix, names: Mapping[str, str]) -> list[Line]:
    """Each unit with the words of the catalogue at which it is. names: of the words."""
    found = []
    for place, spots in wide.rows:
        there = [spot for spot in spots if spot is not None]
        squares = [
            Square(each.code, names.get(each.code, each.code), each.side, each.coverage, each.held) for each in there
        ]
        found.append(_line(place, squares))
    return found


def _line(place: Place, squares: Sequence[Square]) -> Line:
    falling = sorted(squares, key=lambda square: (-square.gap, -square.weight, square.name))
    little = sum(square.coverage is not None and square.coverage < AGREED_FROM for square in squares)
    return Line(place, falling[:MOST], len(squares), little)
