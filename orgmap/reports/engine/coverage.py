"""Coverage: for each tied pair, which shared touchpoints an agreement covers, and how well. METHOD 1.3.

c(a, b, f) is the strongest tie that holds a and b and whose scope contains f, else 0: a maximum, never a sum.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .arrays import Flags, Floats, Ints, Ragged, as_floats, product, ragged, spread, take
from .ties import Rule, Tie
from .touchpoints import AUDIENCE, CHANNEL, PURPOSE, Footprints
from .units import Units

WORK = 2_000_000
BITMAP = 1 << 28


@dataclass(frozen=True)
class TiedPairs:
    """Eligible pairs of units that a tie joins, sorted.

    first, second: (tied pairs,) unit positions, first < second; ties: for each pair its ties by rank, best first;
    rank of a tie: stronger first, then by id.
    """

    first: Ints
    second: Ints
    ranked: tuple[Tie, ...]
    ties: Ragged
    units: int

    def __len__(self) -> int:
        return len(self.first)

    @cached_property
    def keys(self) -> Ints:
        """(tied pairs,) first * units + second, sorted."""
        return self.first * self.units + self.second

    @cached_property
    def strengths(self) -> Floats:
        """(ties,) strength by rank."""
        return as_floats(tie.strength for tie in self.ranked)

    @cached_property
    def strongest(self) -> Floats:
        """(tied pairs,) strength of the strongest tie, whatever it is about."""
        return self.strengths[self.ties.values[self.ties.starts[:-1]]] if len(self) else np.zeros(0)

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

    pair, touchpoint, rank: (entries,) tied pair, touchpoint, rank of the tie named; value: (entries,) c in [0, 1].
    """

    pair: Ints
    touchpoint: Ints
    rank: Ints
    value: Floats
    starts: Ints


def tied_pairs(ties: Sequence[Tie], units: Units) -> TiedPairs:
    """Lifts ties to units: a tie joins every eligible pair of its members' units; related pairs get none."""
    steps = sorted({tie.strength for tie in ties}, reverse=True)
    step = {strength: number for number, strength in enumerate(steps)}
    ranked = tuple(sorted(ties, key=lambda tie: (step[tie.strength], tie.id)))
    count = len(units.ids)
    members = units.all_of(ragged([tie.members for tie in ranked]))
    rank, one, other = product(members, members)
    keep = one < other
    rank, one, other = rank[keep], one[keep], other[keep]
    keep = ~units.are_related(one, other)
    rank, keys = rank[keep], one[keep] * count + other[keep]
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    firsts = np.flatnonzero(np.diff(keys, prepend=-1))
    first, second = np.divmod(keys[firsts], max(count, 1))
    return TiedPairs(first, second, ranked, Ragged(np.append(firsts, len(keys)), rank[order]), count)


def coverage(pairs: TiedPairs, footprints: Footprints) -> Coverage:
    """Evaluates every tie at every shared touchpoint of its pairs, in chunks of bounded memory.

    For each pair and thing agreed it walks the shortest of three lists (the tie's scope, either footprint) and asks the
    other two. O(tied pairs x shortest list), whatever the number of pairs that merely share.
    """
    rule_ids: dict[Rule, int] = {}
    rules_of = ragged([[rule_ids.setdefault(rule, len(rule_ids)) for rule in tie.rules] for tie in pairs.ranked])
    scopes, holds = Scopes(list(rule_ids), footprints), Membership(footprints)
    pair, rank = np.repeat(np.arange(len(pairs)), pairs.ties.lengths), pairs.ties.values
    row, rule, _ = product(take(rules_of, rank), Ragged(np.arange(len(rank) + 1), np.arange(len(rank))))
    pair, rank, rule = _best_of_equal_scopes(pair[row], rank[row], rule, len(rule_ids))
    starts, lengths = footprints.held.indptr[:-1].astype(np.int64), np.diff(footprints.held.indptr).astype(np.int64)
    first, second = pairs.first[pair], pairs.second[pair]
    walked = np.where(lengths[first] <= lengths[second], first, second)
    by_scope = scopes.sizes[rule] <= lengths[walked]
    found: list[tuple[Ints, Ints, Ints]] = []
    for chunk in _chunks(np.where(by_scope, scopes.sizes[rule], lengths[walked]), pair):
        narrow = chunk[by_scope[chunk]]
        listed = scopes.touchpoints(rule[narrow])
        narrow_owner, narrow_place = np.repeat(narrow, listed.lengths), listed.values
        wide = chunk[~by_scope[chunk]]
        positions, at = spread(starts[walked[wide]], lengths[walked[wide]])
        wide_owner, wide_place = wide[at], footprints.held.indices[positions].astype(np.int64)
        within = scopes.cover(rule[wide_owner], wide_place)
        owner = np.concatenate((narrow_owner, wide_owner[within]))
        place = np.concatenate((narrow_place, wide_place[within]))
        both = holds(first[owner], place)
        both[both] = holds(second[owner[both]], place[both])
        # A chunk holds few pairs, so that pair, touchpoint and rank fit one number.
        found.append(_strongest(pair[owner[both]], place[both], rank[owner[both]], len(footprints.places)))
    at_pair, place, at_rank = (
        np.concatenate([part[i] for part in found] or [np.zeros(0, dtype=np.int32)]) for i in range(3)
    )
    value = pairs.strengths[at_rank] if len(at_rank) else np.zeros(0)
    starts = np.concatenate(([0], np.cumsum(np.bincount(at_pair, minlength=len(pairs)))))
    return Coverage(at_pair, place, at_rank, value, starts)


class Scopes:
    """What the rules of ties cover: as lists where they are short, by a test otherwise.

    sizes: (rules,) how many touchpoints a rule could cover at most.
    """

    def __init__(self, rules: Sequence[Rule], footprints: Footprints) -> None:
        self.places = places = footprints.places
        scale, width = places.scale, places.scale.width
        audiences, markets = len(scale.audiences), len(scale.markets)
        platforms, benefits = len(scale.platforms), len(scale.benefits)
        self.audiences = ragged([_found(rule.audiences, audiences) for rule in rules])
        self.markets = ragged([_found(rule.markets, markets) for rule in rules])
        self.details = ragged(
            [
                [AUDIENCE * width]
                + [CHANNEL * width + at for at in _found(rule.platforms, platforms)]
                + [PURPOSE * width + at for at in _found(rule.benefits, benefits)]
                for rule in rules
            ]
        )
        self.sizes = self.audiences.lengths * self.markets.lengths * self.details.lengths
        self.tests = (
            (_table(self.audiences, audiences), places.audience),
            (_table(self.markets, markets), places.market),
            (_table(self.details, 3 * width), places.kind * width + places.detail),
        )

    def touchpoints(self, rules: Ints) -> Ragged:
        """The existing touchpoints, by index, that each of these rules covers."""
        row, audience, market = product(take(self.audiences, rules), take(self.markets, rules))
        places = Ragged(np.searchsorted(row, np.arange(len(rules) + 1)), np.arange(len(row)))
        owner, place, detail = product(places, take(self.details, rules))
        width = self.places.scale.width
        code = self.places.scale.code(detail // width, audience[place], market[place], detail % width)
        index = self.places.find(code)
        known = index >= 0
        return Ragged(np.searchsorted(owner[known], np.arange(len(rules) + 1)), index[known])

    def cover(self, rule: Ints, place: Ints) -> Flags:
        """Whether each rule covers the touchpoint beside it."""
        found = np.ones(len(rule), dtype=bool)
        for table, field in self.tests:
            found[found] = table[rule[found], field[place[found]]]
        return found


class Membership:
    """Answers for many (unit, touchpoint) at once whether the unit holds the touchpoint."""

    def __init__(self, footprints: Footprints) -> None:
        held = footprints.held
        units, self.width = held.shape
        rows = np.repeat(np.arange(units, dtype=np.int64), np.diff(held.indptr))
        columns = held.indices.astype(np.int64)
        self.row_bytes = (self.width + 7) // 8
        self.bits = None
        self.keys = rows * self.width + columns
        if 0 < units * self.row_bytes <= BITMAP:
            cells = rows * self.row_bytes + (columns >> 3)
            starts = np.flatnonzero(np.diff(cells, prepend=-1))
            self.bits = np.zeros(units * self.row_bytes, dtype=np.uint8)
            if len(starts):
                self.bits[cells[starts]] = np.add.reduceat((1 << (columns & 7)).astype(np.uint8), starts)

    def __call__(self, unit: Ints, place: Ints) -> Flags:
        if self.bits is not None:
            found: Flags = (self.bits[unit * self.row_bytes + (place >> 3)] >> (place & 7)) & 1 == 1
            return found
        if not len(self.keys):
            return np.zeros(len(unit), dtype=bool)
        keys = unit * self.width + place
        at = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        held: Flags = self.keys[at] == keys
        return held


def _table(lists: Ragged, width: int) -> Flags:
    """(lists, width) flags of the values in each list."""
    found = np.zeros((len(lists), width), dtype=bool)
    found[np.repeat(np.arange(len(lists)), lists.lengths), lists.values] = True
    return found


def _found(positions: tuple[int, ...] | None, count: int) -> Iterable[int]:
    return range(count) if positions is None else positions


def _best_of_equal_scopes(pair: Ints, rank: Ints, rule: Ints, rules: int) -> tuple[Ints, Ints, Ints]:
    """Of a pair's ties about the very same thing only the best can be named: (pair, rank, rule), by pair."""
    order = np.lexsort((rank, rule, pair))
    pair, rank, rule = pair[order], rank[order], rule[order]
    first = np.flatnonzero(np.diff(pair * rules + rule, prepend=-1))
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
    first = np.flatnonzero(np.diff(where, prepend=-1))
    pair, place = np.divmod(where[first], max(places, 1))
    return (pair + first_pair).astype(np.int32), place.astype(np.int32), rank[first].astype(np.int32)
