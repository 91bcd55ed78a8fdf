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

from .arrays import Flags, Floats, Ints
from .policy import PLACES
from .prepared import Prepared

QUADRANTS = ("left_right_hand", "aligned", "bridged", "independent")
BLOCK_ROWS = 256
BLOCK_CELLS = 1_300_000
ENTRIES_AT_ONCE = 500_000
"""So much of footprints is looked at together for single pairs."""
CELLS_AT_ONCE = 20_000
"""Of a block so many cells are compared in one go: they stay in the processor's cache."""
BILLION = 10.0**PLACES
BITS = 46
TELLING = 2.0**BITS
DUST = 2e-15
"""How much of a sum adding up in another order may leave."""


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
    limits: Floats

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


def billionths(values: Floats) -> Floats:
    """Values as whole billionths, the form in which they are compared. They may be more than an integer holds: of
    those above TELLING only so many bits that adding up in another order makes no difference."""
    found: Floats = np.rint(values * BILLION)
    if found.max(initial=0.0) > TELLING:
        part, power = np.frexp(found)
        found = np.where(found > TELLING, np.ldexp(np.rint(part * 2.0**BITS), power - BITS), found)
    return found


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
        limits=billionths(np.array([float(limit) for limit in limits])),
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
    tied, free = block.tied, block.high()
    met = bool(facts.limits[2] <= 0)
    quadrants = np.bincount(tied.quadrant, minlength=4)
    quadrants[1 if met else 0] += len(free[0])
    quadrants[2 if met else 3] += block.count - len(tied.a) - len(free[0])
    high = np.concatenate((np.stack((tied.a, tied.b))[:, tied.high], free), axis=1)
    within = int(np.count_nonzero(facts.division[high[0]] == facts.division[high[1]]))
    best = block.widest(top)
    best = best.pick(best.order()[:top])
    return {
        "quadrants": quadrants.tolist(),
        "high": [within, high.shape[1] - within],
        "pairs": np.stack((best.a, best.b), axis=1).tolist(),
        "gaps": billionths(best.gap).tolist(),
    }


def _widest(gaps: Floats, top: int) -> Flags:
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
        listed = listed[_widest(np.array([gap for part in parts for gap in part["gaps"]], dtype=np.float64), top)]
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
    """(pairs,) weight shared, as many pairs at a time as bounded memory holds."""
    weighted, plain, lengths = _rows(facts, facts.weights), _rows(facts, facts.ones), np.diff(facts.starts)
    ends = np.cumsum(lengths[first] + lengths[second], dtype=np.int64) // ENTRIES_AT_ONCE
    parts = np.split(np.arange(len(first)), np.flatnonzero(np.diff(ends)) + 1)
    shared = [weighted[first[some]].multiply(plain[second[some]]).sum(axis=1) for some in parts]
    return np.asarray(np.concatenate(shared), dtype=np.float64)


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


class _Block:
    """A range of rows as one dense table, turned on its side: (units from `start` on, rows).

    shared: weight shared by each pair that is listed and has no tie, 0 elsewhere: their gap is all that they share;
    free: which pairs these are; tied: the figures of the others; count: how many are listed, with a tie or without.
    """

    def __init__(self, facts: PairFacts, start: int, stop: int) -> None:
        self.facts, self.start, self.rows = facts, start, stop - start
        weighted, plain = (_rows(facts, values, start) for values in (facts.weights, facts.ones))
        mine = plain[: self.rows].T.tocsr()  # only these are turned, not all that they are compared with
        self.shared = (weighted @ mine).toarray()
        numbers = np.arange(*np.searchsorted(facts.first, (start, stop)))
        first, second = facts.first[numbers], facts.second[numbers]
        self.tied = _figures(facts, first, second, self.shared[second - start, first - start], numbers)
        self._leave_out(self.shared, first, second)
        self.free = self.shared > 0
        if (facts.weight == 0).any():
            self.free = (plain @ mine).toarray() > 0
            self._leave_out(self.free, first, second)
        self.count = int(np.count_nonzero(self.free)) + len(numbers)

    def _leave_out(self, table: Floats | Flags, first: Ints, second: Ints) -> None:
        """Pairs that have a tie, are related, or stand in the table of another row."""
        related = self.facts.related
        related = related[(related[:, 0] >= self.start) & (related[:, 0] < self.start + self.rows)] - self.start
        table[second - self.start, first - self.start] = 0
        table[related[:, 1], related[:, 0]] = 0
        for row in range(self.rows):
            table[: row + 1, row] = 0

    def high(self) -> Ints:
        """(2, pairs) the pairs without a tie whose overlap is high.

        The table is compared without a division, a little too generously, then the few that are left exactly.
        """
        size, limits = self.facts.size, self.facts.limits
        least, step = max(int(limits[1]) - 1, 0) / BILLION, max(1, CELLS_AT_ONCE // max(self.rows, 1))
        mine, found = least * size[self.start : self.start + self.rows], [np.zeros((2, 0), dtype=np.int64)]
        for at in range(0, len(self.shared), step):
            part = slice(at, at + step)
            theirs = least * size[self.start + at : self.start + at + step, np.newaxis]
            near = (self.shared[part] >= np.minimum(theirs, mine)) & self.free[part]
            others, rows = np.nonzero(near)
            found.append(np.stack((rows + self.start, others + self.start + at)))
        a, b = np.concatenate(found, axis=1)
        figures = self._without_ties(a, b)
        return np.stack((a, b))[:, figures.high]

    def widest(self, top: int | None) -> Figures:
        """All listed pairs, or at least the `top` with the widest gaps."""
        least = 0.0
        if top is not None and len(self.shared) > top:  # each of so many units has a pair at least as wide as this
            most = self.shared.max(axis=1)
            least = float(np.partition(most, len(most) - top)[len(most) - top]) if top else float(most.max())
        others, rows = np.nonzero(
            self.shared >= least * (1 - 1 / TELLING) - 1 / BILLION if least > 1 / BILLION else self.free
        )
        found = self._without_ties(rows + self.start, others + self.start).and_those(self.tied)
        return found if top is None else found.pick(_widest(billionths(found.gap), top))

    def _without_ties(self, a: Ints, b: Ints) -> Figures:
        shared = self.shared[b - self.start, a - self.start]
        return _figures(self.facts, a, b, shared, np.full(len(a), -1, dtype=np.int64))


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
        gap=np.where(np.abs(shared - covered) < np.maximum(1e-12, DUST * shared), 0.0, shared - covered),
        strength=strength,
        high=high,
        quadrant=np.where(high, np.where(met, 1, 0), np.where(met, 2, 3)),
        one_owner=one_owner,
    )


def quotient(above: Floats, below: Floats) -> Floats:
    """Division that answers nan where the divisor is 0."""
    found: Floats = np.divide(above, below, out=np.full(len(above), np.nan), where=below > 0)
    return found
