"""The grid that a map draws from: as it is kept now, and as older reports keep it."""

import numpy as np

from orgmap.reports.map.grid import Grid, Slice, between
from orgmap.reports.map.packing import pack

WORDS = {
    "units": ["brand", "care", "sales"],
    "audiences": ["buyers"],
    "markets": ["leeds", "uk"],
    "platforms": ["x"],
    "benefits": ["B01"],
}
PLACES = {
    "held": np.array([[1, 1, 1, 4], [1, 2, 0, 4], [1, 1, 1, 0]], dtype=np.uint8),
    "kind": np.array([0, 0, 1, 2], dtype=np.uint8),
    "audience": np.zeros(4, dtype=np.uint16),
    "market": np.array([0, 1, 1, 1], dtype=np.uint16),
    "detail": np.zeros(4, dtype=np.uint16),
    "weight": np.array([1.0, 2.0, 1.0, 4.0]),
    "strengths": np.array([0.25, 1.0]),
    "first": np.array([0, 0], dtype=np.uint16),
    "second": np.array([1, 2], dtype=np.uint16),
}
EXPECTED = [[0, 2.25, 2.5], [2.25, 0, 0], [2.5, 0, 0]]


def covered(grid: Grid) -> list[list[float]]:
    found: list[list[float]] = between(grid, Slice()).covered.tolist()
    return found


def test_of_what_two_have_agreed_the_strongest_counts_where_both_stand() -> None:
    agreed = {
        "count": np.array([2, 2]),
        "rule": np.array([0, 1, 2, 1]),
        "rank": np.array([1, 0, 1, 0]),
        "sizes": np.array([2, 3, 1]),
        "about": np.array([1, 2, 0, 1, 2, 1]),
    }
    grid = Grid(**WORDS, **PLACES, **agreed)  # type: ignore[arg-type]
    assert covered(grid) == EXPECTED
    assert covered(Grid.from_bytes(grid.to_bytes())) == EXPECTED


def test_a_grid_of_an_older_report_says_the_same() -> None:
    places = {"count": np.array([2, 3]), "place": np.array([0, 1, 0, 1, 2]), "rank": np.array([0, 1, 0, 1, 0])}
    assert covered(Grid.from_bytes(pack(PLACES | places, WORDS))) == EXPECTED
