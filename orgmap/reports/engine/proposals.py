"""Small groups to form: for each topic with an uncovered gap, who should agree. METHOD section 5, group proposals.

Weights are sums of fractions held as floats; they are compared to twelve significant digits, so equal ones stay equal
in whatever order they were added up.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import scipy.sparse as sp

from .alignment import headline
from .arrays import Flags, Floats, Ints, added, distinct, take
from .prepared import Prepared
from .touchpoints import PURPOSE

DIGITS = 12
Covered = tuple[Ints, Ints, Ints, Floats]
"""(touchpoint, a, b, what is left uncovered)."""


@dataclass(frozen=True)
class Group:
    """A group that could be formed about one topic. members: unit positions; weights among them by pair."""

    benefit: str
    audience: str
    members: tuple[int, ...]
    gain: float
    closes: float
    pairs_closed: int
    lead: int

    @property
    def merit(self) -> tuple[float, int, str, str]:
        """Sorts the best group first: largest gain, fewest members, then benefit and audience."""
        return -significant(self.gain), len(self.members), self.benefit, self.audience


@dataclass(frozen=True)
class Met:
    """Entries of coverage where one audience is met, by pair: the tied pair, the place, the rank of what covers it."""

    pair: Ints
    place: Ints
    rank: Ints


def significant(value: float) -> float:
    """A number to twelve significant digits."""
    return float(f"{value:.{DIGITS - 1}e}")


def proposals(prepared: Prepared) -> list[dict[str, Any]]:
    """The block `proposals`: groups in the order in which they should be formed, each counting on those before it."""
    policy = prepared.organisation.policy
    search = _Search(prepared)
    start = headline(prepared)
    if start is None:
        return []
    rows: list[dict[str, Any]] = []
    reached = start
    for _ in range(policy.max_proposals):
        group = search.best()
        if group is None:
            break
        reached += group.gain
        rows.append(_row(prepared, group, reached))
        search.form(group)
    return rows


class _Search:
    """Coverage and membership as they stand after the groups proposed so far."""

    def __init__(self, prepared: Prepared) -> None:
        self.prepared = prepared
        self.places = prepared.footprints.places
        self.omega = prepared.meetings.omega
        self.total = added(self.omega, prepared.meetings.pairs)
        count = len(prepared.units.ids)
        # What is left uncovered by a tie of each rank; the rank after the last stands for a group formed here.
        self.uncovered = np.append(prepared.tied.ranking.left, 0.0)
        self.met: dict[str, Met] = {}
        self.formed = np.zeros((0, 3), dtype=np.int64)  # (touchpoint, a, b) that no tie covered, now fully covered
        self.room = np.full(count, prepared.organisation.policy.groups_per_department) - _groups(prepared)
        self.topics = self._topics()
        self.known: dict[tuple[str, str], Group | None] = {}
        self.holding: dict[tuple[str, str], Ints] = {}

    def best(self) -> Group | None:
        """The group with the largest gain among all topics."""
        for topic in self.topics:
            if topic not in self.known:
                self.known[topic] = self._grow(*topic)
        found = [group for group in self.known.values() if group is not None]
        return min(found, key=lambda group: group.merit) if found else None

    def form(self, group: Group) -> None:
        """Takes the group's pairs as fully covered in its scope."""
        members = set(group.members)
        where, tied, met = self.prepared.footprints, self.prepared.tied, self._met(group.audience)
        scope = np.zeros(len(self.omega), dtype=bool)
        scope[self._scope(group.benefit, group.audience)] = True
        pairs = np.array(list(combinations(sorted(members), 2)), dtype=np.int64)
        pairs = pairs[~self.prepared.units.are_related(pairs[:, 0], pairs[:, 1])]
        numbers = tied.find(pairs[:, 0], pairs[:, 1])
        for (a, b), pair in zip(pairs.tolist(), numbers.tolist(), strict=True):
            shared = np.intersect1d(where.of(a), where.of(b), assume_unique=True)
            shared = shared[scope[shared]]
            if pair >= 0:
                mine = slice(*np.searchsorted(met.pair, (pair, pair + 1)).tolist())
                places = met.place[mine]
                met.rank[mine][scope[places]] = len(self.uncovered) - 1
                shared = shared[~np.isin(shared, places)]
            before = self.formed[(self.formed[:, 1] == a) & (self.formed[:, 2] == b), 0]
            shared = shared[~np.isin(shared, before)]
            ends = np.broadcast_to(np.array([a, b]), (len(shared), 2))
            self.formed = np.concatenate((self.formed, np.column_stack((shared, ends)).astype(np.int64)))
        filled = {unit for unit in members if self.room[unit] == 1}
        for unit in members:
            self.room[unit] -= 1
        self.known = {
            topic: known
            for topic, known in self.known.items()
            if topic[1] != group.audience and not (filled and filled.intersection(self._candidates(*topic, full=True)))
        }

    def _topics(self) -> list[tuple[str, str]]:
        """(benefit, audience) of every contested purpose touchpoint, sorted."""
        where, scale = self.places, self.places.scale
        found = np.flatnonzero((where.kind == PURPOSE) & self.prepared.meetings.contested)
        pairs = set(zip(where.detail[found].tolist(), where.audience[found].tolist(), strict=True))
        return [(scale.benefits[benefit], scale.audiences[audience]) for benefit, audience in sorted(pairs)]

    def _scope(self, benefit: str, audience: str) -> Ints:
        """The touchpoints of a topic: that audience anywhere, of purposes only that benefit."""
        purposes = self.places.purposes(benefit)
        return np.flatnonzero(self._here(audience) & ((self.places.kind != PURPOSE) | purposes))

    def _here(self, audience: str) -> Flags:
        found: Flags = self.places.audience == self.places.scale.audiences.index(audience)
        return found

    def _candidates(self, benefit: str, audience: str, *, full: bool = False) -> list[int]:
        """Units that hold the topic's purpose somewhere and have room for one more group (full: whether or not)."""
        if (benefit, audience) not in self.holding:
            purposes = np.flatnonzero(self._here(audience) & self.places.purposes(benefit))
            self.holding[benefit, audience] = distinct(take(self.prepared.footprints.holders, purposes).values)
        units = self.holding[benefit, audience]
        found: list[int] = (units if full else units[self.room[units] > 0]).tolist()
        return found

    def _grow(self, benefit: str, audience: str) -> Group | None:
        """The group that one topic leads to, None where it stays too small or gains nothing."""
        policy = self.prepared.organisation.policy
        candidates = self._candidates(benefit, audience)
        if len(candidates) < max(policy.group_min, 2):
            return None
        scope = self._scope(benefit, audience)
        covered = self._covered(scope, audience)
        weights, unmet = self._weights(candidates, scope, covered)
        members = _heaviest(weights, policy.group_cap)
        if len(members) < max(policy.group_min, 2):
            return None
        inside = weights[np.ix_(members, members)]
        own = inside.sum(axis=1)
        lead = min(range(len(members)), key=lambda at: (-significant(own[at]), members[at]))
        gain = float(inside.sum()) / 2
        return Group(
            benefit=benefit,
            audience=audience,
            members=tuple(candidates[member] for member in members),
            gain=gain / self.total,
            closes=gain / self._all(scope, covered),
            pairs_closed=int(unmet[np.ix_(members, members)].sum()) // 2,
            lead=candidates[members[lead]],
        )

    def _weights(self, candidates: list[int], scope: Ints, covered: Covered) -> tuple[Floats, Flags]:
        """(candidates, candidates) sum over scope of omega (1 - c); and whether anything there is not fully covered."""
        held = sp.csr_array(self.prepared.footprints.held[candidates][:, scope])
        scaled = sp.csr_array(
            (held.data * self.omega[scope][held.indices], held.indices, held.indptr), shape=held.shape
        )
        weights = (scaled @ held.T).toarray()
        meetings = (held @ held.T).toarray()
        place, a, b, left = covered
        positions = np.full(len(self.room), -1, dtype=np.int64)
        positions[candidates] = np.arange(len(candidates))
        i, j = positions[a], positions[b]
        both = (i >= 0) & (j >= 0)
        i, j, place, left = i[both], j[both], place[both], left[both]
        np.subtract.at(weights, (i, j), self.omega[place] * (1 - left))
        weights[j, i] = weights[i, j]
        full = left == 0
        for ends in ((i[full], j[full]), (j[full], i[full])):
            np.subtract.at(meetings, ends, 1)
        weights[meetings == 0] = 0.0
        self._bar(weights, meetings, positions)
        weights[weights < 1e-13 * weights.max(initial=0.0)] = 0.0
        return weights, meetings > 0

    def _bar(self, weights: Floats, meetings: Floats, positions: Ints) -> None:
        """Related units are no pair, nor is a unit with itself. positions: (units,) among the candidates, or -1."""
        a, b = positions[self.prepared.units.related].T
        a, b = a[(a >= 0) & (b >= 0)], b[(a >= 0) & (b >= 0)]
        for table in (weights, meetings):
            np.fill_diagonal(table, 0.0)
            table[a, b] = table[b, a] = 0.0

    def _all(self, scope: Ints, covered: Covered) -> float:
        """Sum of omega (1 - c) over all eligible pairs in a scope."""
        place, _, _, left = covered
        return added(self.omega[scope], self.prepared.meetings.pairs[scope]) - added(self.omega[place], 1 - left)

    def _met(self, audience: str) -> Met:
        """What ties and groups formed here cover where an audience is met."""
        if audience not in self.met:
            entries = self.prepared.coverage
            at = np.flatnonzero(self._here(audience)[entries.touchpoint])
            pair = np.searchsorted(entries.starts, at, side="right") - 1
            self.met[audience] = Met(pair, entries.touchpoint[at], entries.rank[at])
        return self.met[audience]

    def _covered(self, scope: Ints, audience: str) -> Covered:
        """Wherever a tie or a group formed here covers a pair in a scope, place by place."""
        met, inside = self._met(audience), np.zeros(len(self.omega), dtype=bool)
        inside[scope] = True
        found = np.flatnonzero(inside[met.place])
        found = found[np.argsort(met.place[found], kind="stable")]
        formed = self.formed[inside[self.formed[:, 0]]]
        return (
            np.concatenate((met.place[found], formed[:, 0])),
            np.concatenate((self.prepared.tied.first[met.pair[found]], formed[:, 1])),
            np.concatenate((self.prepared.tied.second[met.pair[found]], formed[:, 2])),
            np.concatenate((self.uncovered[met.rank[found]], np.zeros(len(formed)))),
        )


def _heaviest(weights: Floats, cap: int) -> list[int]:
    """Grows a group from the heaviest pair, then by whoever weighs most with its members. Positions, sorted."""
    top = significant(float(weights.max(initial=0.0)))
    if top <= 0:
        return []
    scale = float(weights.max())
    first = np.argwhere(np.rint(weights / scale * 10.0**DIGITS) >= 10.0**DIGITS)[0]
    members = [int(first[0]), int(first[1])]
    sums = weights[:, members].sum(axis=1)
    while len(members) < cap:
        sums[members] = 0.0
        heaviest = float(sums.max())
        if heaviest <= 0:
            break
        chosen = int(np.argmax(np.rint(sums / heaviest * 10.0**DIGITS) >= 10.0**DIGITS))
        members.append(chosen)
        sums = weights[:, members].sum(axis=1)
    return sorted(members)


def _groups(prepared: Prepared) -> Ints:
    """(units,) in how many live declared working groups each sits."""
    found = np.zeros(len(prepared.units.ids), dtype=np.int64)
    for tie in prepared.ties:
        if tie.kind == "working_group":
            found[prepared.units.positions(tie.members)] += 1
    return found


def _row(prepared: Prepared, group: Group, reached: float) -> dict[str, Any]:
    members = [prepared.units.ids[unit] for unit in group.members]
    return {
        "benefit": group.benefit,
        "audience": group.audience,
        "members": members,
        "lead": prepared.units.ids[group.lead],
        "sponsor": prepared.units.common_ancestor(members),
        "objectives": _objectives(prepared, group, members),
        "pairs_closed": group.pairs_closed,
        "gain": group.gain,
        "closes": group.closes,
        "alignment_after": reached,
    }


def _objectives(prepared: Prepared, group: Group, members: Iterable[str]) -> list[str]:
    """Live objectives of the topic that a member owns."""
    known, wanted = prepared.organisation, prepared.organisation.objectives
    scale, units = prepared.footprints.places.scale, prepared.units
    owned = np.isin(units.of[wanted.owners.values], [units.index[member] for member in members])
    here = wanted.audiences.values == scale.audiences.index(group.audience)
    found = np.zeros((2, len(wanted)), dtype=bool)
    found[0, wanted.owners.rows[owned]] = True
    found[1, wanted.audiences.rows[here]] = True
    return known.objective_ids[found.all(axis=0) & (wanted.benefit == scale.benefits.index(group.benefit))].tolist()
