"""Pairs of units: what they share, how far agreements cover it, and which quadrant they are in. METHOD 1.4.

The pair stage works in blocks of rows. A block needs the arrays of `PairFacts` only and answers with plain lists, so
blocks can be computed anywhere and merged in any order to the same bytes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from io import BytesIO
from typing import Any

import numpy as np
import scipy.sparse as sp

from .arrays import Flags, Floats, Ints, spread, summed
from .policy import PLACES, rounded
from .prepared import Prepared

QUADRANTS = ("left_right_hand", "aligned", "bridged", "independent")
BLOCK_ROWS = 256
BLOCK_CELLS = 1_300_000
BILLION = 10.0**PLACES


@dataclass(frozen=True)
class PairFacts:
    """The arrays that the pair stage reads, and nothing else: small enough to send to another process.

    starts, places: footprints as sparse rows, unit after unit; weight: (touchpoints,); size: (units,);
    related: (related pairs, 2); division: (units,); first, second, covered, strongest: (tied pairs,);
    limits: min_shared, high_overlap, high_coverage, same_territory in billionths.
    """

    starts: Ints
    places: Ints
    weight: Floats
    size: Floats
    related: Ints
    division: Ints
    first: Ints
    second: Ints
    covered: Floats
    strongest: Floats
    limits: Ints

    @property
    def units(self) -> int:
        """How many units there are."""
        return len(self.size)

    @cached_property
    def weights(self) -> Floats:
        """The weight of each of `places`."""
        return self.weight[self.places]

    @cached_property
    def ones(self) -> Floats:
        """A one for each of `places`."""
        return np.ones(len(self.places))

    def to_bytes(self) -> bytes:
        """All arrays in numpy's own file format."""
        stream = BytesIO()
        np.savez(stream, **{field.name: getattr(self, field.name) for field in fields(self)})
        return stream.getvalue()

    @classmethod
    def from_bytes(cls, packed: bytes) -> "PairFacts":
        """The arrays back from `to_bytes`."""
        with np.load(BytesIO(packed), allow_pickle=False) as arrays:
            return cls(**{field.name: arrays[field.name] for field in fields(cls)})


@dataclass(frozen=True)
class Figures:
    """The figures of some pairs, each of shape (pairs,); a ratio whose divisor is 0 is nan."""

    a: Ints
    b: Ints
    shared: Floats
    overlap: Floats
    jaccard: Floats
    covered: Floats
    gap: Floats
    strength: Floats
    high: Flags
    quadrant: Ints
    one_owner: Flags

    def order(self) -> Ints:
        """Largest gap first, then shared, then overlap, then by units."""
        return np.lexsort(
            (self.b, self.a, -billionths(np.nan_to_num(self.overlap)), -billionths(self.shared), -billionths(self.gap))
        )

    def pick(self, which: Ints | Flags) -> "Figures":
        """Some of the pairs."""
        return Figures(**{field.name: getattr(self, field.name)[which] for field in fields(self)})

    def and_those(self, others: "Figures") -> "Figures":
        """These pairs, then others."""
        names = [field.name for field in fields(self)]
        return Figures(**{name: np.concatenate((getattr(self, name), getattr(others, name))) for name in names})


def billionths(values: Floats) -> Ints:
    """Values as whole billionths, the form in which they are compared."""
    return np.rint(values * BILLION).astype(np.int64)


def pair_facts(prepared: Prepared) -> PairFacts:
    """The arrays of the pair stage."""
    held, policy = prepared.footprints.held, prepared.organisation.policy
    weight = prepared.footprints.places.weight
    limits = (policy.min_shared, policy.high_overlap, policy.high_coverage, policy.same_territory)
    return PairFacts(
        starts=held.indptr,
        places=held.indices,
        weight=weight,
        size=prepared.footprints.sizes,
        related=prepared.units.related,
        division=prepared.units.division,
        first=prepared.tied.first,
        second=prepared.tied.second,
        covered=prepared.totals.by_weight,
        strongest=prepared.tied.strongest,
        limits=np.array([rounded(limit) for limit in limits], dtype=np.int64),
    )


def blocks(units: int) -> list[tuple[int, int]]:
    """The row ranges into which the pair stage is cut: about 256 rows, fewer where rows are long."""
    rows = max(1, min(BLOCK_ROWS, BLOCK_CELLS // max(units, 1)))
    return [(start, min(start + rows, units)) for start in range(0, units, rows)]


def pair_block(facts: PairFacts, start: int, stop: int, top: int | None = None) -> dict[str, Any]:
    """All eligible pairs whose first unit is in [start, stop): counts, and the `top` largest gaps (None: all).

    Returns plain lists: quadrants (4 counts), high (pairs within, across divisions), pairs [[a, b], ...] and their gaps
    in billionths.
    """
    block = _Block(facts, start, stop)
    tied, free = block.figures(block.listed & (block.tied >= 0)), block.free()
    met, high = bool(facts.limits[2] <= 0), int(free.high.sum())
    quadrants = np.bincount(tied.quadrant, minlength=4)
    quadrants[1 if met else 0] += high
    quadrants[2 if met else 3] += int(block.listed.sum()) - len(tied.a) - high
    same = [facts.division[some.a[some.high]] == facts.division[some.b[some.high]] for some in (tied, free)]
    gaps = billionths(np.concatenate((tied.gap, free.shared)))
    if top is None or np.count_nonzero(gaps >= facts.limits[0]) < top:
        best = block.figures(block.listed)
        best = best if top is None else best.pick(_widest(billionths(best.gap), top))
    else:
        widest = np.split(_widest(gaps, top), [len(tied.a)])
        best = tied.pick(widest[0]).and_those(free.figures(facts, widest[1]))
    best = best.pick(best.order()[:top])
    return {
        "quadrants": quadrants.tolist(),
        "high": [sum(int(some.sum()) for some in same), sum(int((~some).sum()) for some in same)],
        "pairs": np.stack((best.a, best.b), axis=1).tolist(),
        "gaps": billionths(best.gap).tolist(),
    }


def _widest(gaps: Ints, top: int) -> Flags:
    """The `top` widest gaps, and those that are as wide as the last of them."""
    if len(gaps) <= top:
        return np.ones(len(gaps), dtype=bool)
    found: Flags = gaps >= np.partition(gaps, len(gaps) - top)[len(gaps) - top] if top else gaps < 0
    return found


def merged(parts: Iterable[dict[str, Any]], facts: PairFacts, top: int | None = None) -> dict[str, Any]:
    """Blocks, in whatever order they arrived, as one: counts added up, the largest gaps of all, and their figures."""
    parts = list(parts)
    listed = np.array([pair for part in parts for pair in part["pairs"]], dtype=np.int64).reshape(-1, 2)
    if top is not None:
        listed = listed[_widest(np.array([gap for part in parts for gap in part["gaps"]], dtype=np.int64), top)]
    figures = figures_of(facts, listed[:, 0], listed[:, 1])
    best = figures.order()[:top]
    return {
        "figures": figures.pick(best),
        "quadrants": [sum(part["quadrants"][at] for part in parts) for at in range(4)],
        "high": [sum(part["high"][at] for part in parts) for at in range(2)],
        "pairs": listed[best].tolist(),
    }


def all_pairs(facts: PairFacts, top: int | None = None) -> dict[str, Any]:
    """Every block in this process."""
    return merged((pair_block(facts, start, stop, top) for start, stop in blocks(facts.units)), facts, top)


def figures_of(facts: PairFacts, a: Sequence[int] | Ints, b: Sequence[int] | Ints) -> Figures:
    """The figures of given pairs, computed from their two footprints."""
    first, second = np.asarray(a, dtype=np.int64), np.asarray(b, dtype=np.int64)
    shared = _shared(facts, first, second)
    keys = facts.first * facts.units + facts.second
    wanted = first * facts.units + second
    found = np.minimum(np.searchsorted(keys, wanted), max(len(keys) - 1, 0))
    tied = keys[found] == wanted if len(keys) else np.zeros(len(wanted), dtype=bool)
    return _figures(facts, first, second, shared, np.where(tied, found, -1))


def _shared(facts: PairFacts, first: Ints, second: Ints) -> Floats:
    """(pairs,) weight shared: the places of one unit are marked, and those of all its partners looked up."""
    found, marked, lengths = np.zeros(len(first)), np.zeros(len(facts.weight)), np.diff(facts.starts)
    order = np.argsort(first, kind="stable")
    units, begins = np.unique(first[order], return_index=True)
    for unit, partners in zip(units.tolist(), np.split(order, begins[1:]), strict=False):
        mine = facts.places[facts.starts[unit] : facts.starts[unit + 1]]
        marked[mine] = facts.weight[mine]
        others = second[partners]
        at, row = spread(facts.starts[others], lengths[others])
        found[partners] = summed(row, marked[facts.places[at]], len(partners))
        marked[mine] = 0.0
    return found


def pairs_of(facts: PairFacts, unit: int) -> Figures:
    """All listed pairs of one unit, in the order of pairs."""
    plain = _rows(facts, facts.ones)
    touching = (plain[[unit]] @ plain.T).toarray()[0] > 0
    touching[facts.second[facts.first == unit]] = True
    touching[facts.first[facts.second == unit]] = True
    touching[facts.related[facts.related[:, 0] == unit, 1]] = False
    touching[facts.related[facts.related[:, 1] == unit, 0]] = False
    touching[unit] = False
    others = np.flatnonzero(touching)
    figures = figures_of(facts, np.minimum(others, unit), np.maximum(others, unit))
    return figures.pick(figures.order())


def _rows(facts: PairFacts, values: Floats, start: int = 0) -> sp.csr_array:
    """(units from `start` on, touchpoints) the values at what each holds."""
    first = facts.starts[start]
    shape = (facts.units - start, len(facts.weight))
    return sp.csr_array((values[first:], facts.places[first:], facts.starts[start:] - first), shape=shape)


@dataclass(frozen=True)
class _Free:
    """Pairs without a tie that share enough to matter, most of all pairs: what has to be known of each.

    a, b, shared, high: (pairs,); their gap is all that they share.
    """

    a: Ints
    b: Ints
    shared: Floats
    high: Flags

    def figures(self, facts: PairFacts, which: Flags) -> Figures:
        """All figures of some of them."""
        a, b, shared = self.a[which], self.b[which], self.shared[which]
        return _figures(facts, a, b, shared, np.full(len(a), -1, dtype=np.int64))


class _Block:
    """A range of rows as dense tables (rows, units from `start` on).

    shared: weight shared; listed: eligible and sharing a touchpoint or tied; enough: shared reaches min_shared;
    tied: number of the tied pair, -1 where there is none. Pairs that are listed, but neither share enough nor have a
    tie, are independent, and their gap is below min_shared: mostly they need no further figures.
    """

    def __init__(self, facts: PairFacts, start: int, stop: int) -> None:
        self.facts, self.start = facts, start
        weighted, plain = (_rows(facts, values, start) for values in (facts.weights, facts.ones))
        mine = plain[: stop - start].T.tocsr()  # only these are turned, not all that they are compared with
        self.shared = np.ascontiguousarray((weighted @ mine).toarray().T)
        self.listed = self.shared > 0
        if (facts.weight == 0).any():
            self.listed = (plain @ mine).toarray().T > 0
        ties = slice(*np.searchsorted(facts.first, (start, stop)))
        self.tied = np.full(self.shared.shape, -1, dtype=np.int32)
        self.tied[facts.first[ties] - start, facts.second[ties] - start] = np.arange(len(facts.first))[ties]
        self.listed |= self.tied >= 0
        related = facts.related[(facts.related[:, 0] >= start) & (facts.related[:, 0] < stop)]
        self.listed[related[:, 0] - start, related[:, 1] - start] = False
        for row in range(stop - start):
            self.listed[row, : row + 1] = False
        self.enough = self.shared >= (int(facts.limits[0]) - 0.5) / BILLION

    def free(self) -> _Free:
        """The pairs without a tie that share enough."""
        which = self.listed & self.enough & (self.tied < 0)
        rows, columns = np.nonzero(which)
        a, b, shared = rows + self.start, columns + self.start, self.shared[which]
        enough = billionths(shared) >= self.facts.limits[0]
        overlap = quotient(shared, np.minimum(self.facts.size[a], self.facts.size[b]))
        return _Free(a, b, shared, enough & (billionths(np.nan_to_num(overlap)) >= self.facts.limits[1]))

    def figures(self, which: Flags) -> "Figures":
        """The figures of the pairs flagged."""
        rows, columns = np.nonzero(which)
        tied = self.tied[rows, columns].astype(np.int64)
        return _figures(self.facts, rows + self.start, columns + self.start, self.shared[rows, columns], tied)


def _figures(facts: PairFacts, a: Ints, b: Ints, shared: Floats, tied: Ints) -> Figures:
    min_shared, high_overlap, tau, same_territory = facts.limits.tolist()
    is_tied = tied >= 0
    covered, strength = np.zeros(len(a)), np.zeros(len(a))
    covered[is_tied] = facts.covered[tied[is_tied]]
    strength[is_tied] = facts.strongest[tied[is_tied]]
    size_a, size_b = facts.size[a], facts.size[b]
    overlap, jaccard = quotient(shared, np.minimum(size_a, size_b)), quotient(shared, size_a + size_b - shared)
    coverage = quotient(covered, shared)
    enough = billionths(shared) >= min_shared
    with np.errstate(invalid="ignore"):
        high = enough & ~np.isnan(overlap) & (billionths(np.nan_to_num(overlap)) >= high_overlap)
        met = np.where(high, billionths(np.nan_to_num(coverage)), billionths(strength)) >= tau
        one_owner = enough & ~np.isnan(jaccard) & (billionths(np.nan_to_num(jaccard)) >= same_territory)
    return Figures(
        a=a,
        b=b,
        shared=shared,
        overlap=overlap,
        jaccard=jaccard,
        covered=covered,
        gap=np.where(np.abs(shared - covered) < 1e-12, 0.0, shared - covered),
        strength=strength,
        high=high,
        quadrant=np.where(high, np.where(met, 1, 0), np.where(met, 2, 3)),
        one_owner=one_owner,
    )


def quotient(above: Floats, below: Floats) -> Floats:
    """Division that answers nan where the divisor is 0."""
    found: Floats = np.divide(above, below, out=np.full(len(above), np.nan), where=below > 0)
    return found
