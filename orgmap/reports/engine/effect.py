"""What one agreement covers, and what the index would be without it: from the facts of its members alone. METHOD 1.5.

The index needs tied pairs only, so taking one tie away changes nothing but the places of its own pairs. How many
pairs meet at a place, and what all places weigh, is known from the whole organisation and multiplied in by the caller.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from .arrays import Floats, Ints, ragged
from .bounds import Bounds
from .common import Common
from .coverage import coverage, tied_pairs
from .layout import read_organisation
from .meetings import meetings
from .pair_rows import records_at
from .prepared import Prepared
from .ties import Ranking, Tie
from .touchpoints import footprints
from .units import units


@dataclass(frozen=True)
class Effect:
    """An agreement at a level.

    pairs: eligible pairs of its members' units; first, second: (entries,) unit positions; place: (entries,) touchpoints
    that the pair shares and the agreement is about; alone: its strength; others: (entries,) what the strongest other
    agreement covers there, in [0, 1].
    """

    prepared: Prepared
    tie: Tie
    pairs: int
    first: Ints
    second: Ints
    place: Ints
    others: Floats

    @property
    def alone(self) -> float:
        """How well it coordinates, in [0, 1]."""
        return float(self.tie.strength)

    @property
    def meeting(self) -> int:
        """How many of its pairs share a place that it is about."""
        return len(np.unique(self.first * len(self.prepared.units.ids) + self.second))

    @property
    def places(self) -> list[str]:
        """The distinct touchpoints, in their written form, sorted."""
        names = self.prepared.footprints.places.names
        return [names[at] for at in np.unique(self.place).tolist()]

    def adds(self) -> dict[str, float]:
        """For each place the coverage, summed over its pairs, that only this agreement brings."""
        more = np.maximum(self.alone - self.others, 0.0)
        names = self.prepared.footprints.places.names
        total = np.bincount(self.place, weights=more, minlength=len(names))
        return {names[at]: float(total[at]) for at in np.unique(self.place).tolist()}

    def rows(self, most: int, bounds: Bounds | None = None) -> list[dict[str, Any]]:
        """The first places with who meets there: for each unit its records, as far as bounds let, and their number."""
        ids, names = self.prepared.units.ids, self.prepared.footprints.places.names
        found = []
        for at in np.unique(self.place)[:most].tolist():
            here = self.place == at
            holders = np.unique(np.concatenate((self.first[here], self.second[here])))
            known = records_at(self.prepared, holders, np.full(len(holders), at), bounds)
            found.append(
                {
                    "touchpoint": names[at],
                    "pairs": int(here.sum()),
                    "others": float(self.others[here].mean()),
                    "units": {ids[unit]: each for unit, each in zip(holders.tolist(), known, strict=True)},
                }
            )
        return found

    def records(self) -> list[str]:
        """Every account and objective behind the places it covers, by id."""
        width = max(len(self.prepared.footprints.places), 1)
        ends = np.concatenate((self.first, self.second))
        unit, place = np.divmod(np.unique(ends * width + np.concatenate((self.place, self.place))), width)
        return sorted({name for names, _ in records_at(self.prepared, unit, place) for name in names})


def effect(plain: object, tie: str, level: int | None = None) -> Effect | None:
    """One declared tie; None where it does not count today.

    plain: the plain layout, of which the members' records and whatever is linked to them are enough. O(the members'
    entries and ties).
    """
    common = Common(read_organisation(plain))
    mine = next((each for each in common.ties if each.id == tie), None)
    if mine is None:
        return None
    at = units(common.organisation, level)
    where = footprints(common.entries, at)
    concerned = set(at.positions(mine.members))
    members = at.all_of(ragged([each.members for each in common.ties]))
    others = [
        each
        for number, each in enumerate(common.ties)
        if each is not mine and len(concerned.intersection(members[number].tolist())) > 1
    ]
    own, rest = tied_pairs(Ranking.of([mine]), at), tied_pairs(Ranking.of(others), at)
    covered, otherwise = coverage(own, where), coverage(rest, where)
    pair, place, width = covered.pair.astype(np.int64), covered.touchpoint.astype(np.int64), max(len(where.places), 1)
    there = rest.keys[otherwise.pair.astype(np.int64)] * width + otherwise.touchpoint.astype(np.int64)
    return Effect(
        prepared=Prepared(common, level, at, where, meetings(where, at), common.ties, own, covered),
        tie=mine,
        pairs=len(own),
        first=own.first[pair],
        second=own.second[pair],
        place=place,
        others=looked_up(own.keys[pair] * width + place, there, otherwise.value),
    )


def looked_up(keys: Ints, known: Ints, values: Floats) -> Floats:
    """For each key the value that is known, else 0."""
    if not len(known):
        return np.zeros(len(keys))
    order = np.argsort(known)
    at = np.minimum(np.searchsorted(known, keys, sorter=order), len(known) - 1)
    found: Floats = np.where(known[order[at]] == keys, values[order[at]], 0.0)
    return found
