"""The Matrix lens: units by units, as an atlas prints distances. Pure: from rows of a report to cells of a picture."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

SIDE = 30
SMALLEST = 7
SHOWN = 40


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
    pairs: Sequence[Mapping[str, Any]]


def matrix(places: Sequence[Place], pairs: Iterable[Mapping[str, Any]], related: frozenset[tuple[str, str]]) -> Matrix:
    """The picture of some units and what is known of their pairs.

    pairs: rows with a, b (a < b), count, coverage, label; related: pairs (a < b) that are never compared.
    """
    pairs = list(pairs)
    known = {(pair["a"], pair["b"]): pair for pair in pairs}
    most = max((pair["count"] for pair in pairs), default=0)
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
    return Matrix(rows, places, pairs)


def _cell(
    a: str, b: str, known: Mapping[tuple[str, str], Mapping[str, Any]], most: float, related: frozenset[tuple[str, str]]
) -> Cell:
    if (a, b) in related:
        return Cell(a, b, "related")
    pair = known.get((a, b))
    if pair is None or not pair["count"]:
        return Cell(a, b, "none")
    side = round(max(SIDE * sqrt(pair["count"] / most), SMALLEST), 1)
    return Cell(
        a, b, "pair", side, round((SIDE - side) / 2, 1), pair["count"], pair["coverage"], pair["label"]
    )  # fmt: skip
