"""The Matrix lens: units by units, as an atlas prints distances. Pure: from rows of a report to cells of a picture."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Protocol

from orgmap.reports.map import grid as grids
from orgmap.reports.map.grid import Against, Grid, Slice

SIDE = 30
SMALLEST = 7
SHOWN = 36
"""So many units stand along both sides: 630 squares, which a page carries in less than 250 KB."""


@dataclass(frozen=True)
class Place:
    """One unit on an axis."""

    slug: str
    name: str
    division: int
    """1 to 8: its colour among the divisions, in a fixed order."""
    is_first: bool
    """First of its division: a rule stands before it."""
    has_below: bool
    """Whether the map goes one level down from here."""


@dataclass(frozen=True)
class Cell:
    """Two units: the square's side grows with the root of what they share, so that its area shows it."""

    a: str
    b: str
    kind: str
    """pair, none (they don't meet), related (one is part of the other)."""
    side: float = 0
    offset: float = 0
    count: float = 0
    coverage: float | None = None
    label: str = ""


@dataclass(frozen=True)
class Matrix:
    """The lower left half: a row for each unit, with a cell for each unit before it."""

    rows: Sequence[tuple[Place, Sequence[Cell]]]
    columns: Sequence[Place]


class Pair(Protocol):
    """What the picture needs of a pair, a < b."""

    @property
    def a(self) -> str: ...
    @property
    def b(self) -> str: ...
    @property
    def count(self) -> float: ...
    @property
    def coverage(self) -> float | None: ...
    @property
    def label(self) -> str: ...


def matrix(places: Sequence[Place], pairs: Iterable[Pair], related: frozenset[tuple[str, str]]) -> Matrix:
    """The picture of some units and what is known of their pairs. related: pairs (a < b) that are never compared."""
    known = {(pair.a, pair.b): pair for pair in pairs}
    most = max((pair.count for pair in known.values()), default=0)
    rows = [
        (
            row,
            [
                _cell(min(row.slug, column.slug), max(row.slug, column.slug), known, most, related)
                for column in places[:at]
            ],
        )
        for at, row in enumerate(places)
    ]
    return Matrix(rows, places)


@dataclass(frozen=True)
class Spot:
    """One unit at one word of the catalogue. held: the weight of its places there; coverage of its meetings, if any."""

    code: str
    held: float
    side: float
    offset: float
    coverage: float | None


@dataclass(frozen=True)
class AgainstMatrix:
    """Units by audiences, platforms or benefits: a row for each unit that is somewhere, None where it is not."""

    codes: Sequence[str]
    rows: Sequence[tuple[Place, Sequence[Spot | None]]]


def against(
    places: Sequence[Place], grid: Grid, part: Slice, kind: str, related: frozenset[tuple[str, str]]
) -> AgainstMatrix:
    """The picture of some units against the words of a kind (audience, platform, benefit), the most used first."""
    at = {unit: number for number, unit in enumerate(grid.units)}
    kin: dict[int, set[int]] = {}
    for a, b in related:
        if a in at and b in at:
            kin.setdefault(at[a], set()).add(at[b])
            kin.setdefault(at[b], set()).add(at[a])
    found = grids.against(grid, part, kind, {unit: frozenset(those) for unit, those in kin.items()})
    order = sorted(
        range(len(found.codes)), key=lambda column: (-float(found.held[:, column].sum()), found.codes[column])
    )
    order = order[:SHOWN]
    most = float(found.held.max()) if found.held.size else 0
    rows = []
    for place in places:
        if place.slug not in at:
            continue
        row = at[place.slug]
        spots = [_spot(found, row, column, most) for column in order]
        if any(spots):
            rows.append((place, spots))
    return AgainstMatrix([found.codes[column] for column in order], rows[:SHOWN])


def _spot(found: Against, row: int, column: int, most: float) -> Spot | None:
    held, meeting = float(found.held[row, column]), float(found.meeting[row, column])
    if not held:
        return None
    side = round(max(SIDE * sqrt(held / most), SMALLEST), 1)
    coverage = round(min(float(found.agreed[row, column]) / meeting, 1), 9) if meeting else None
    return Spot(found.codes[column], held, side, round((SIDE - side) / 2, 1), coverage)


def _cell(
    a: str, b: str, known: Mapping[tuple[str, str], Pair], most: float, related: frozenset[tuple[str, str]]
) -> Cell:
    if (a, b) in related:
        return Cell(a, b, "related")
    pair = known.get((a, b))
    if pair is None or not pair.count:
        return Cell(a, b, "none")
    side = round(max(SIDE * sqrt(pair.count / most), SMALLEST), 1)
    return Cell(a, b, "pair", side, round((SIDE - side) / 2, 1), pair.count, pair.coverage, pair.label)
