"""Who meets whom where, for a handful of units: enough to compute every pair under any filter. METHOD 1.2 to 1.4.

A snapshot keeps one grid for each level of at most 60 units; of a larger one a grid for the 60 with the widest gaps,
and one for the units below each department. Plain numpy, so that a page loads nothing of the engine.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from orgmap.reports.map.packing import pack, unpack

MOST = 60
"""So many units stand in one picture."""
TOP = 200
"""So many of the widest gaps are kept of a level with more units than that."""
OPENEST = "~"
"""Instead of a department: the grid of those units of a large level that have the widest gaps."""
ACTIVE, DORMANT, OBJECTIVE = 1, 2, 4
KINDS = ("audience", "channel", "purpose")


def openest(pairs: Iterable[tuple[str, str]]) -> set[str]:
    """The units of the widest gaps, as many as a picture holds. pairs: by rank, at most TOP."""
    found: set[str] = set()
    for a, b in pairs:
        if len(found | {a, b}) > MOST:
            break
        found |= {a, b}
    return found


@dataclass(frozen=True)
class Grid:
    """Units by places.

    held: (units, places) bits: by an active account, a dormant one, an objective; 0 for absent.
    kind, audience, market, detail: (places,) positions in KINDS, audiences, markets, and platforms or benefits.
    weight: (places,). first, second, count: (tied pairs,) two units (first < second) and how many things they have
    agreed; rule, rank: (agreed,) what each is about, pair by pair, the strongest first, and its position in strengths.
    sizes, about: for each rule how many places it is about, and which, rule by rule.
    """

    units: list[str]
    audiences: list[str]
    markets: list[str]
    platforms: list[str]
    benefits: list[str]
    held: npt.NDArray[np.uint8]
    kind: npt.NDArray[np.uint8]
    audience: npt.NDArray[np.uint16]
    market: npt.NDArray[np.uint16]
    detail: npt.NDArray[np.uint16]
    weight: npt.NDArray[np.float64]
    first: npt.NDArray[np.uint16]
    second: npt.NDArray[np.uint16]
    count: npt.NDArray[np.uint32]
    rule: npt.NDArray[np.uint32]
    rank: npt.NDArray[np.uint16]
    sizes: npt.NDArray[np.uint32]
    about: npt.NDArray[np.int32]
    strengths: npt.NDArray[np.float64]

    ARRAYS = (
        "held", "kind", "audience", "market", "detail", "weight",
        "first", "second", "count", "rule", "rank", "sizes", "about", "strengths",
    )  # fmt: skip
    LISTS = ("units", "audiences", "markets", "platforms", "benefits")

    def to_bytes(self) -> bytes:
        return pack(
            {name: getattr(self, name) for name in self.ARRAYS}, {name: getattr(self, name) for name in self.LISTS}
        )

    @classmethod
    def from_bytes(cls, packed: bytes) -> "Grid":
        arrays, lists = unpack(packed)
        if "place" in arrays:
            arrays = by_rules(arrays)
        return cls(**lists, **arrays)  # type: ignore[arg-type]  # by name

    def covered(
        self, present: npt.NDArray[np.bool_]
    ) -> Iterator[tuple[int, int, npt.NDArray[np.int64], npt.NDArray[np.float64]]]:
        """First and second unit of each tied pair, the places where both are present and something is agreed, and
        weight times c there."""
        starts = np.concatenate(([0], np.cumsum(self.sizes, dtype=np.int64))).tolist()
        rules = [self.about[start:stop] for start, stop in pairwise(starts)]
        agreed = [
            (rules[rule], strength)
            for rule, strength in zip(self.rule.tolist(), self.strengths[self.rank].tolist(), strict=True)
        ]
        best, at = np.zeros(len(self.weight)), 0
        for first, second, count in zip(self.first.tolist(), self.second.tolist(), self.count.tolist(), strict=True):
            best.fill(0.0)
            for places, strength in reversed(agreed[at : at + count]):  # the strongest counts
                best[places] = strength
            at += count
            here = np.flatnonzero(present[first] & present[second] & (best > 0))
            yield first, second, here, best[here] * self.weight[here]


def by_rules(arrays: dict[str, Any]) -> dict[str, Any]:
    """A grid as it was kept before, with every place that a pair has covered: all of one strength make a rule."""
    count, place, rank = (arrays.pop(name).astype(np.int64) for name in ("count", "place", "rank"))
    levels = len(arrays["strengths"])
    pair = np.repeat(np.arange(len(count)), count)
    keys = pair * levels + (levels - 1 - rank)  # the strongest first
    order = np.argsort(keys, kind="stable")
    found, sizes = np.unique(keys[order], return_counts=True)
    return arrays | {
        "count": np.bincount(found // max(levels, 1), minlength=len(count)),
        "rule": np.arange(len(found)),
        "rank": levels - 1 - found % max(levels, 1),
        "sizes": sizes,
        "about": place[order],
    }


@dataclass(frozen=True)
class Slice:
    """The part of the places that a filter leaves. None leaves all.

    audiences, markets: codes of leaves; platform and benefit: one code each; bits: which holders count.
    """

    audiences: frozenset[str] | None = None
    markets: frozenset[str] | None = None
    platform: str = ""
    benefit: str = ""
    bits: int = ACTIVE | DORMANT | OBJECTIVE

    def places(self, grid: Grid) -> npt.NDArray[np.bool_]:
        """(places,) which are left. A platform leaves channels alone, a benefit purposes; both leave either."""
        left = np.ones(len(grid.kind), dtype=bool)
        if self.audiences is not None:
            left &= np.array([code in self.audiences for code in grid.audiences], dtype=bool)[grid.audience]
        if self.markets is not None:
            left &= np.array([code in self.markets for code in grid.markets], dtype=bool)[grid.market]
        if self.platform or self.benefit:
            channel = (grid.kind == KINDS.index("channel")) & _is(grid.detail, grid.platforms, self.platform)
            purpose = (grid.kind == KINDS.index("purpose")) & _is(grid.detail, grid.benefits, self.benefit)
            left &= channel | purpose
        return left


def _is(values: npt.NDArray[np.uint16], codes: list[str], code: str) -> npt.NDArray[np.bool_]:
    return values == codes.index(code) if code in codes else np.zeros(len(values), dtype=bool)


@dataclass(frozen=True)
class Between:
    """All pairs of a grid's units under a filter.

    size: (units,) weight of each footprint; count, shared, covered: (units, units), symmetric.
    """

    size: npt.NDArray[np.float64]
    count: npt.NDArray[np.int64]
    shared: npt.NDArray[np.float64]
    covered: npt.NDArray[np.float64]


def between(grid: Grid, part: Slice) -> Between:
    """Sizes of footprints, and shared and covered weight of every pair, over the places that a filter leaves."""
    left = part.places(grid)
    present = ((grid.held & part.bits) != 0) & left
    weighed = present * grid.weight
    counted = present.astype(np.float64)
    covered = np.zeros((len(grid.units), len(grid.units)))
    for first, second, _, gained in grid.covered(present):
        covered[first, second] = gained.sum()
    return Between(
        size=weighed.sum(axis=1),
        count=np.rint(counted @ counted.T).astype(np.int64),
        shared=weighed @ counted.T,
        covered=covered + covered.T,
    )


@dataclass(frozen=True)
class Against:
    """Units against a word of the catalogue: where each stands, with whom, and how much of it is agreed.

    codes: columns; held: (units, columns) weight of the unit's places there; meeting, agreed: (units, columns) weight
    of its meetings there with the other units, and of those that are covered.
    """

    codes: list[str]
    held: npt.NDArray[np.float64]
    meeting: npt.NDArray[np.float64]
    agreed: npt.NDArray[np.float64]


def against(grid: Grid, part: Slice, kind: str, related: Mapping[int, frozenset[int]]) -> Against:
    """Units against audiences, platforms or benefits. Units that are part of one another do not meet."""
    left = part.places(grid)
    wanted = {"audience": "audience", "platform": "channel", "benefit": "purpose"}[kind]
    left &= grid.kind == KINDS.index(wanted)
    column = grid.audience if kind == "audience" else grid.detail
    codes = {"audience": grid.audiences, "platform": grid.platforms, "benefit": grid.benefits}[kind]
    present = ((grid.held & part.bits) != 0) & left
    others = present.sum(axis=0) - present.astype(np.int64)
    for unit, those in related.items():
        others[unit] -= present[sorted(those)].sum(axis=0)
    shape = (len(grid.units), len(codes))
    held, meeting, agreed = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    rows, at = np.nonzero(present)
    np.add.at(held, (rows, column[at]), grid.weight[at])
    np.add.at(meeting, (rows, column[at]), others[rows, at] * grid.weight[at])
    for first, second, places, gained in grid.covered(present):
        here = np.bincount(column[places], weights=gained, minlength=len(codes))
        agreed[first] += here
        agreed[second] += here
    used = np.flatnonzero(held.any(axis=0))
    return Against([codes[at] for at in used], held[:, used], meeting[:, used], agreed[:, used])
