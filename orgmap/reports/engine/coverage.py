"""Coverage: for each tied pair, which shared touchpoints an agreement covers, and how well. METHOD 1.3.

c(a, b, f) is the strongest tie that holds a and b and whose scope contains f, else 0: a maximum, never a sum.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .arrays import Floats, Ints, Ragged, new, product, spread, starts_of, take
from .scopes import Scopes
from .ties import Ranking, Tie
from .touchpoints import Footprints
from .units import Units

WORK = 500_000
DENSE = 150_000_000
"""Up to so many cells (tied pairs by touchpoints) pairs are laid out one by one."""


@dataclass(frozen=True)
class TiedPairs:
    """Eligible pairs of units that a tie joins, sorted.

    first, second: (tied pairs,) unit positions, first < second; ties: for each pair its ties by rank, best first.
    """

    first: Ints
    second: Ints
    ranking: Ranking
    ties: Ragged
    units: int

    def __len__(self) -> int:
        return len(self.first)

    @cached_property
    def keys(self) -> Ints:
        """(tied pairs,) first * units + second, sorted."""
        return self.first * self.units + self.second

    @property
    def ranked(self) -> tuple[Tie, ...]:
        """The ties by rank."""
        return self.ranking.ties

    @property
    def strengths(self) -> Floats:
        """(ties,) strength by rank."""
        return self.ranking.strengths

    @cached_property
    def strongest(self) -> Floats:
        """(tied pairs,) strength of the strongest tie, whatever it is about."""
        return self.strengths[self.ties.values[self.ties.starts[:-1]]] if len(self) else np.zeros(0)

    def some(self, start: int, stop: int) -> "TiedPairs":
        """The pairs from one number on to before another."""
        ties = take(self.ties, np.arange(start, stop))
        return TiedPairs(self.first[start:stop], self.second[start:stop], self.ranking, ties, self.units)

    def find(self, first: Ints, second: Ints) -> Ints:
        """The numbers of pairs, -1 where they have no tie."""
        keys = first * self.units + second
        if not len(self):
            return np.full(len(keys), -1, dtype=np.int64)
        at = np.minimum(np.searchsorted(self.keys, keys), len(self) - 1)
        return np.where(self.keys[at] == keys, at, -1)

    def of(self, pair: int) -> list[Tie]:
        """The ties of a pair by its number, best first; none where it has none."""
        return [] if pair < 0 else [self.ranked[rank] for rank in self.ties[pair].tolist()]

    def between(self, first: int, second: int) -> list[Tie]:
        """The ties of two units, best first."""
        return self.of(int(self.find(np.array([first]), np.array([second]))[0]))


@dataclass(frozen=True)
class Coverage:
    """c as entries: for tied pair i, entries starts[i]:starts[i + 1] are its covered shared touchpoints.

    touchpoint, rank: (entries,) touchpoint, ascending within a pair, and rank of the tie named; strengths: (ties,).
    agreed: (tied pairs + 1,) where in `rules`, `ranks` the things that each pair has agreed start: what each is about,
    by number among all rules, and by which tie, the best first.
    """

    touchpoint: Ints
    rank: Ints
    starts: Ints
    strengths: Floats
    agreed: Ints
    rules: Ints
    ranks: Ints

    @property
    def pair(self) -> Ints:
        """(entries,) the tied pair of each."""
        return np.repeat(np.arange(len(self.starts) - 1, dtype=np.int32), np.diff(self.starts))

    @property
    def value(self) -> Floats:
        """(entries,) c in [0, 1]."""
        return self.strengths[self.rank]


@dataclass(frozen=True)
class Totals:
    """Coverage added up.

    best: (touchpoints,) the best rank anywhere, one past the last where there is none; places: (touchpoints,) sum of c;
    by_weight, by_omega: (tied pairs,) sum of weight x c, and of omega x c.
    """

    best: Ints
    places: Floats
    by_weight: Floats
    by_omega: Floats


def totals(cover: Coverage, weight: Floats, omega: Floats) -> Totals:
    """Adds up everything. weight, omega: (touchpoints,)."""
    count, pairs = len(weight), len(cover.starts) - 1
    best, places = np.full(count, len(cover.strengths), dtype=np.int64), np.zeros(count)
    by_weight, by_omega = np.zeros(pairs), np.zeros(pairs)
    for start, stop, entries in runs(cover):
        touchpoint, rank = cover.touchpoint[entries].astype(np.int64), cover.rank[entries].astype(np.int64)
        value = cover.strengths[rank]
        pair = np.repeat(np.arange(stop - start), np.diff(cover.starts[start : stop + 1]))
        places += np.bincount(touchpoint, weights=value, minlength=count)
        by_weight[start:stop] = np.bincount(pair, weights=weight[touchpoint] * value, minlength=stop - start)
        by_omega[start:stop] = np.bincount(pair, weights=omega[touchpoint] * value, minlength=stop - start)
        np.minimum.at(best, touchpoint, rank)
    return Totals(best, places, by_weight, by_omega)


def by_pair(cover: Coverage, weight: Floats) -> Floats:
    """(tied pairs,) sum of weight x c alone, as `totals` adds it up."""
    found = np.zeros(len(cover.starts) - 1)
    for start, stop, entries in runs(cover):
        pair = np.repeat(np.arange(stop - start), np.diff(cover.starts[start : stop + 1]))
        weighed = weight[cover.touchpoint[entries]] * cover.strengths[cover.rank[entries]]
        found[start:stop] = np.bincount(pair, weights=weighed, minlength=stop - start)
    return found


def runs(cover: Coverage) -> Iterator[tuple[int, int, slice]]:
    """Runs of whole pairs, by number, with their entries: what is looked at in one go stays small."""
    start, pairs = 0, len(cover.starts) - 1
    while start < pairs:
        stop = max(start + 1, int(np.searchsorted(cover.starts, cover.starts[start] + WORK, side="right")) - 1)
        yield start, stop, slice(int(cover.starts[start]), int(cover.starts[stop]))
        start = stop


def tied_pairs(ranking: Ranking, units: Units) -> TiedPairs:
    """Lifts ties to units: a tie joins every eligible pair of its members' units; related pairs get none."""
    count = len(units.ids)
    members = units.all_of(ranking.members)
    rank, one, other = product(members, members)
    keep = one < other
    rank, one, other = rank[keep], one[keep], other[keep]
    keep = ~units.are_related(one, other)
    rank, keys = rank[keep], one[keep] * count + other[keep]
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    firsts = np.flatnonzero(new(keys))
    first, second = np.divmod(keys[firsts], max(count, 1))
    return TiedPairs(first, second, ranking, Ragged(np.append(firsts, len(keys)), rank[order]), count)


def coverage(pairs: TiedPairs, footprints: Footprints, scopes: Scopes | None = None, dense: int = DENSE) -> Coverage:
    """Evaluates every tie at every shared touchpoint of its pairs. scopes: what the ties are about, where it is known.

    Few pairs (of `dense` cells) are laid out one by one over all touchpoints; many are looked up together: for a pair
    and thing agreed the shortest of three lists (the tie's scope, either footprint) is walked and the other two are
    asked. O(tied pairs x shortest list), whatever the number of pairs that merely share.
    """
    scopes = scopes or Scopes(pairs.ranking.rules, footprints.places)
    rank = pairs.ties.values
    row, rule, _ = product(take(pairs.ranking.rules_of, rank), Ragged(np.arange(len(rank) + 1), np.arange(len(rank))))
    pair, rank, rule = _best_of_equal_scopes(pairs.ties.rows[row], rank[row], rule, len(scopes.rules))
    order = np.lexsort((rank, pair))
    pair, rank, rule = pair[order], rank[order], rule[order]
    if len(pairs) * len(footprints.places) <= dense:
        found = _one_by_one(pairs, footprints, scopes, pair, rank, rule)
    else:
        found = _together(pairs, footprints, scopes, pair, rank, rule)
    lengths, places, ranks = found
    starts = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)
    return Coverage(places, ranks, starts, pairs.strengths, starts_of(pair, len(pairs)), rule, rank)


Found = tuple[Ints, Ints, Ints]
"""How many entries each pair has; their touchpoints and ranks."""


def _one_by_one(pairs: TiedPairs, footprints: Footprints, scopes: Scopes, pair: Ints, rank: Ints, rule: Ints) -> Found:
    """Rows (pair, rank, rule) by pair, best first: the weakest is laid over all touchpoints first, the best last."""
    held = footprints.held.astype(bool).toarray() if len(pairs) else np.zeros((0, 0), dtype=bool)
    bounds, ranks, rules = starts_of(pair, len(pairs)).tolist(), rank.tolist(), rule.tolist()
    laid = np.empty(len(footprints.places), dtype=np.min_scalar_type(-len(pairs.ranked) - 1))
    everywhere = (scopes.listed.lengths == len(laid)).tolist()
    lengths = np.zeros(len(pairs), dtype=np.int64)
    sizes = np.diff(footprints.held.indptr).astype(np.int64)
    most = int(np.minimum(sizes[pairs.first], sizes[pairs.second]).sum())
    # There may be ten million of them: numbers as short as they are, and memory is taken as they are written.
    found = np.empty(most, dtype=np.min_scalar_type(len(footprints.places)))
    named = np.empty(most, dtype=np.min_scalar_type(len(pairs.ranked)))
    end = 0
    for at, (first, second) in enumerate(zip(pairs.first.tolist(), pairs.second.tolist(), strict=True)):
        laid.fill(-1)
        for row in range(bounds[at + 1] - 1, bounds[at] - 1, -1):
            if everywhere[rules[row]]:
                laid.fill(ranks[row])
            else:
                laid[scopes.listed[rules[row]]] = ranks[row]
        places = np.flatnonzero(held[first] & held[second] & (laid >= 0))
        start, end = end, end + len(places)
        found[start:end] = places
        named[start:end] = laid[places]
        lengths[at] = end - start
    return lengths, found[:end], named[:end]


def _together(pairs: TiedPairs, footprints: Footprints, scopes: Scopes, pair: Ints, rank: Ints, rule: Ints) -> Found:
    """Rows (pair, rank, rule) by pair, in chunks of bounded memory."""
    holds, listed = footprints.holds, scopes.listed
    starts, lengths = footprints.held.indptr[:-1].astype(np.int64), np.diff(footprints.held.indptr).astype(np.int64)
    first, second = pairs.first[pair], pairs.second[pair]
    shorter = lengths[first] <= lengths[second]
    walked, asked = np.where(shorter, first, second), np.where(shorter, second, first)
    sizes = listed.lengths[rule]
    by_scope = sizes <= lengths[walked]
    found: list[tuple[Ints, Ints, Ints]] = []
    for chunk in _chunks(np.where(by_scope, sizes, lengths[walked]), pair):
        narrow, wide = chunk[by_scope[chunk]], chunk[~by_scope[chunk]]
        positions, at = spread(listed.starts[rule[narrow]], sizes[narrow])
        narrow_owner, narrow_place = narrow[at], listed.values[positions]
        for ends in (walked, asked):
            held = holds(ends[narrow_owner], narrow_place)
            narrow_owner, narrow_place = narrow_owner[held], narrow_place[held]
        positions, at = spread(starts[walked[wide]], lengths[walked[wide]])
        wide_owner, wide_place = wide[at], footprints.held.indices[positions]
        held = holds(asked[wide_owner], wide_place)
        wide_owner, wide_place = wide_owner[held], wide_place[held]
        within = scopes.cover(rule[wide_owner], wide_place)
        owner = np.concatenate((narrow_owner, wide_owner[within]))
        place = np.concatenate((narrow_place, wide_place[within])).astype(np.int64)
        # A chunk holds few pairs, so that pair, touchpoint and rank fit one number.
        found.append(_strongest(pair[owner], place, rank[owner], len(footprints.places)))
    at_pair, places, ranks = (
        np.concatenate([part[i] for part in found] or [np.zeros(0, dtype=np.int32)]) for i in range(3)
    )
    return np.bincount(at_pair, minlength=len(pairs)), places, ranks


def _best_of_equal_scopes(pair: Ints, rank: Ints, rule: Ints, rules: int) -> tuple[Ints, Ints, Ints]:
    """Of a pair's ties about the very same thing only the best can be named: (pair, rank, rule), by pair."""
    order = np.lexsort((rank, rule, pair))
    pair, rank, rule = pair[order], rank[order], rule[order]
    first = np.flatnonzero(new(pair * rules + rule))
    return pair[first], rank[first], rule[first]


def _chunks(sizes: Ints, pair: Ints) -> Iterable[Ints]:
    """Runs of whole pairs whose sizes add up to about WORK, as positions."""
    totals = np.cumsum(sizes)
    borders = np.append(np.flatnonzero(np.diff(pair)) + 1, len(pair))
    start = 0
    while start < len(pair):
        limit = (int(totals[start - 1]) if start else 0) + WORK
        fitting = borders[borders > start]
        ends = fitting[totals[fitting - 1] <= limit]
        stop = int(ends[-1]) if len(ends) else int(fitting[0])
        yield np.arange(start, stop)
        start = stop


def _strongest(pair: Ints, place: Ints, rank: Ints, places: int) -> tuple[Ints, Ints, Ints]:
    """For each pair and touchpoint the best rank."""
    ranks, first_pair = int(rank.max(initial=0)) + 1, int(pair[0]) if len(pair) else 0
    keys = np.sort(((pair - first_pair) * places + place) * ranks + rank)
    where, rank = np.divmod(keys, ranks)
    first = np.flatnonzero(new(where))
    pair, place = np.divmod(where[first], max(places, 1))
    return (pair + first_pair).astype(np.int32), place.astype(np.int32), rank[first].astype(np.int32)
