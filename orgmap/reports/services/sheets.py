"""What the map draws from, made once for each snapshot. Loads the engine: for workers and commands only."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from orgmap.reports.engine import Common, Organisation, Prepared, contested
from orgmap.reports.engine.arrays import Floats, Ints, Ragged, distinct, new, spread, starts_of, take
from orgmap.reports.map.accounts import Accounts
from orgmap.reports.map.grid import MOST, Grid
from orgmap.reports.spots import Spots, narrow


def accounts_sheet(organisation: Organisation) -> Accounts:
    """The visible accounts as columns."""
    found, objectives = organisation.accounts, organisation.objectives
    return Accounts(
        departments=list(organisation.active),
        platforms=list(organisation.platforms),
        statuses=["active", "dormant"],
        audience_codes=list(organisation.catalogue.audiences.leaves),
        market_codes=list(organisation.catalogue.markets.leaves),
        benefit_codes=list(organisation.benefits),
        ids=np.array([int(key) for key in found.ids], dtype=np.int64),
        platform=found.platform.astype(np.uint16),
        status=found.marked_dormant.astype(np.uint8),
        owners_at=found.owners.starts.astype(np.int32),
        owners=found.owners.values.astype(np.uint16),
        audiences_at=found.audiences.starts.astype(np.int32),
        audiences=found.audiences.values.astype(np.uint16),
        markets_at=found.markets.starts.astype(np.int32),
        markets=found.markets.values.astype(np.uint16),
        benefits_at=found.objectives.starts.astype(np.int32),
        benefits=objectives.benefit[found.objectives.values].astype(np.uint16),
    )


def touchpoint_sheet(prepared: Prepared) -> Spots:
    """The contested places of a level as columns."""
    found, places = contested(prepared), prepared.footprints.places
    scale, at = places.scale, found.touchpoint
    return Spots(
        audiences=list(scale.audiences),
        markets=list(scale.markets),
        platforms=list(scale.platforms),
        benefits=list(scale.benefits),
        kind=places.kind[at].astype(np.uint8),
        audience=places.audience[at].astype(np.uint16),
        market=places.market[at].astype(np.uint16),
        detail=places.detail[at].astype(np.uint16),
        starts=found.holders.starts,
        units=found.holders.values,
        pairs=found.pairs,
        weight=found.weight,
        index=found.index,
        blind=found.blind,
    )


Bits = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Held:
    """Who stands where, and by what: (entries,) row, place and bits, sorted by row and place; starts: (rows + 1,)."""

    starts: Ints
    place: Ints
    bits: Bits

    @classmethod
    def of(cls, rows: Ints, place: Ints, bits: Bits, count: int, width: int) -> "Held":
        """From entries in any order, some of them for the same row and place."""
        keys = rows.astype(np.int64) * (max(width, 1) * 8)
        keys += place * 8
        keys += bits
        keys.sort()
        cell = keys >> 3
        first = np.flatnonzero(new(cell))
        merged = np.bitwise_or.reduceat(keys & 7, first) if len(first) else keys
        rows, place = np.divmod(cell[first], max(width, 1))
        return cls(starts_of(rows, count), place.astype(np.int32), merged.astype(np.uint8))

    @property
    def rows(self) -> Ints:
        return np.repeat(np.arange(len(self.starts) - 1, dtype=np.int64), np.diff(self.starts))


def held(common: Common) -> Held:
    """The touchpoints of every active department with what holds them: worked out once, for all levels."""
    entries, count = common.entries, len(common.organisation.active)
    return Held(starts_of(entries.department, count), entries.place, entries.holders)


def grids(prepared: Prepared, known: Held) -> Iterator[tuple[str, Grid]]:
    """The grids of a level: one of all units ("" for below) where few stand, else one below each department."""
    drawing = Drawing.of(prepared, known)
    count = len(prepared.units.ids)
    groups = {"": list(range(count))} if count <= MOST else below(prepared)
    for parent, members in sorted(groups.items()):
        if len(members) > 1:
            yield parent, drawing.grid(np.array(sorted(members)))


def grid_of(prepared: Prepared, known: Held, units: Iterable[str]) -> Grid:
    """The grid of some units."""
    members = np.array(sorted(prepared.units.index[unit] for unit in units), dtype=np.int64)
    return Drawing.of(prepared, known).grid(members)


def below(prepared: Prepared) -> dict[str, list[int]]:
    """For each department the units right below it, and itself where it is a unit too."""
    units = prepared.units
    found: dict[str, list[int]] = {}
    for at, name in enumerate(units.ids):
        if above := units.parents[name]:
            found.setdefault(above, []).append(at)
    for parent, members in found.items():
        if parent in units.index:
            members.append(units.index[parent])
    return found


@dataclass(frozen=True)
class Drawing:
    """What all grids of a level are made of. known: who stands where, by unit; strengths: those that occur; rank_of:
    (ties,) position of the strength of each among them.
    """

    prepared: Prepared
    known: Held
    strengths: Floats
    rank_of: Ints

    @classmethod
    def of(cls, prepared: Prepared, known: Held) -> "Drawing":
        """known: who stands where, by department."""
        units = prepared.units
        count, width = len(units.ids), len(prepared.footprints.places)
        if count != len(units.of):
            known = Held.of(units.of[known.rows], known.place, known.bits, count, width)
        return cls(prepared, known, *np.unique(prepared.tied.strengths, return_inverse=True))

    @cached_property
    def fields(self) -> dict[str, npt.NDArray[Any]]:
        """(touchpoints,) where each is and what it weighs, as grids keep it."""
        where = self.prepared.footprints.places
        short = {name: getattr(where, name).astype(np.uint16) for name in ("audience", "market", "detail")}
        return {"kind": where.kind.astype(np.uint8), **short, "weight": where.weight}

    def grid(self, members: Ints) -> Grid:
        """The grid of some units, by position, sorted."""
        where, known = self.prepared.footprints.places, self.known
        at, row = spread(known.starts[members], known.starts[members + 1] - known.starts[members])
        place = known.place[at]
        used = distinct(place)
        number = np.full(len(where), -1, dtype=np.int32)
        number[used] = np.arange(len(used), dtype=np.int32)
        bits = np.zeros(len(members) * len(used), dtype=np.uint8)
        bits[row * len(used) + number[place]] = known.bits[at]
        first, second, agreed = _agreed(self.prepared, members)
        rules, rule = np.unique(self.prepared.coverage.rules[agreed.values], return_inverse=True)
        listed = take(self.prepared.common.scopes.listed, rules)
        about = number[listed.values]
        sizes = np.bincount(listed.rows[about >= 0], minlength=len(rules))
        return Grid(
            units=[self.prepared.units.ids[member] for member in members],
            audiences=list(where.scale.audiences),
            markets=list(where.scale.markets),
            platforms=list(where.scale.platforms),
            benefits=list(where.scale.benefits),
            held=bits.reshape(len(members), len(used)),
            **{name: field[used] for name, field in self.fields.items()},
            first=first.astype(np.uint16),
            second=second.astype(np.uint16),
            count=agreed.lengths.astype(np.uint32),
            rule=narrow(rule),
            rank=narrow(self.rank_of[self.prepared.coverage.ranks[agreed.values]]),
            sizes=narrow(sizes),
            about=narrow(about[about >= 0]),
            strengths=self.strengths,
        )


def _agreed(prepared: Prepared, members: Ints) -> tuple[Ints, Ints, Ragged]:
    """First and second member of every tied pair, and what they have agreed, as positions in `Coverage.rules`."""
    tied, total = prepared.tied, len(prepared.units.ids)
    first, second = np.triu_indices(len(members), 1)
    keys = members[first] * total + members[second]
    found = np.minimum(np.searchsorted(tied.keys, keys), max(len(tied) - 1, 0))
    are_tied = tied.keys[found] == keys if len(tied) else np.zeros(len(keys), dtype=bool)
    pairs, agreed = found[are_tied], prepared.coverage.agreed
    lengths = agreed[pairs + 1] - agreed[pairs]
    positions, _ = spread(agreed[pairs], lengths)
    return first[are_tied], second[are_tied], Ragged(np.concatenate(([0], np.cumsum(lengths))), positions)
