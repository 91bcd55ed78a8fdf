"""Touchpoints and footprints: where outsiders meet the organisation, and which units meet them there. METHOD 1.2."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import scipy.sparse as sp

from .arrays import (
    MOST_CELLS,
    Flags,
    Floats,
    Ints,
    Ragged,
    as_floats,
    distinct,
    grouped,
    narrowed,
    new,
    numbered,
    product,
    side_by_side,
    starts_of,
    summed,
)
from .organisation import Organisation
from .units import Units

KINDS = ("audience", "channel", "purpose")
AUDIENCE, CHANNEL, PURPOSE = range(3)
BITMAP = 1 << 28
ACTIVE, DORMANT, OBJECTIVE = 1, 2, 4
HOLDER_BITS = 3
"""By what an entry stands somewhere; the grids of the map carry the same bits."""


@dataclass(frozen=True)
class Scale:
    """The sorted names along each field, and with them one whole number for every possible touchpoint."""

    audiences: tuple[str, ...]
    markets: tuple[str, ...]
    platforms: tuple[str, ...]
    benefits: tuple[str, ...]

    @cached_property
    def width(self) -> int:
        """Room for the last field."""
        return max(len(self.platforms), len(self.benefits), 1)

    def code(self, kind: Ints | int, audience: Ints, market: Ints, detail: Ints | int) -> Ints:
        """Codes sort as touchpoints do: field by field."""
        found: Ints = ((kind * len(self.audiences) + audience) * len(self.markets) + market) * self.width + detail
        return found

    def fields(self, codes: Ints) -> tuple[Ints, Ints, Ints, Ints]:
        """Codes taken apart: (kind, audience, market, detail) positions."""
        rest, detail = np.divmod(codes, self.width)
        rest, market = np.divmod(rest, max(len(self.markets), 1))
        kind, audience = np.divmod(rest, max(len(self.audiences), 1))
        return kind, audience, market, detail

    @property
    def span(self) -> int:
        """All codes are below."""
        return max(len(KINDS) * len(self.audiences) * len(self.markets) * self.width, 1)


@dataclass(frozen=True)
class Places:
    """The touchpoints where anybody stands: the same at every level.

    codes: (touchpoints,) sorted; kind, audience, market, detail: their fields as positions in `scale`; weight: 0 up.
    """

    scale: Scale
    codes: Ints
    kind: Ints
    audience: Ints
    market: Ints
    detail: Ints
    weight: Floats

    def __len__(self) -> int:
        return len(self.codes)

    @cached_property
    def names(self) -> list[str]:
        """All touchpoints in their written form."""
        scale = self.scale
        details = (("",), scale.platforms, scale.benefits)
        fields = (field.tolist() for field in (self.kind, self.audience, self.market, self.detail))
        return [
            f"{KINDS[kind]}|{scale.audiences[audience]}|{scale.markets[market]}|{details[kind][detail]}"
            for kind, audience, market, detail in zip(*fields, strict=True)
        ]

    def purposes(self, benefit: str) -> Flags:
        """(touchpoints,) the purpose touchpoints of one benefit."""
        at = self.scale.benefits.index(benefit) if benefit in self.scale.benefits else -1
        found: Flags = (self.kind == PURPOSE) & (self.detail == at)
        return found

    def find(self, codes: Ints) -> Ints:
        """Index of each code, -1 where nobody stands there."""
        if self._numbers is not None:
            return self._numbers[codes].astype(np.int64)
        if not len(self.codes):
            return np.full(len(codes), -1, dtype=np.int64)
        found = np.minimum(np.searchsorted(self.codes, codes), len(self.codes) - 1)
        return np.where(self.codes[found] == codes, found, -1)

    @cached_property
    def _numbers(self) -> "np.typing.NDArray[np.int32] | None":
        if self.scale.span > MOST_CELLS:
            return None
        numbers = np.full(self.scale.span, -1, dtype=np.int32)
        numbers[self.codes] = np.arange(len(self.codes))
        return numbers


@dataclass(frozen=True)
class Footprints:
    """Who is where, present or absent. held: (units, touchpoints) sparse ones, sorted within each unit."""

    places: Places
    held: sp.csr_array

    @cached_property
    def holds(self) -> "Membership":
        """Whether a unit holds a touchpoint, for many at once."""
        return Membership(self.held)

    @cached_property
    def sizes(self) -> Floats:
        """(units,) summed weight of each footprint."""
        return self.row_sums(self.places.weight)

    @cached_property
    def counts(self) -> Ints:
        """(touchpoints,) how many units hold each."""
        return np.bincount(self.held.indices, minlength=len(self.places)).astype(np.int64)

    @cached_property
    def rows(self) -> "np.typing.NDArray[np.int32]":
        """(entries,) the unit of each entry of `held`."""
        return np.repeat(np.arange(self.held.shape[0], dtype=np.int32), np.diff(self.held.indptr))

    @cached_property
    def holders(self) -> Ragged:
        """(touchpoints,) the units that hold each, ascending."""
        columns = self.held.tocsc()
        return Ragged(columns.indptr.astype(np.int64), columns.indices)

    def of(self, unit: int) -> "np.typing.NDArray[np.int32]":
        """The touchpoints of one unit, ascending."""
        found: np.typing.NDArray[np.int32] = self.held.indices[self.held.indptr[unit] : self.held.indptr[unit + 1]]
        return found

    def row_sums(self, values: Floats) -> Floats:
        """(units,) values of each unit's touchpoints added up in their order."""
        return summed(self.rows, values[self.held.indices], self.held.shape[0])


class Membership:
    """Answers for many (unit, touchpoint) at once whether the unit holds the touchpoint."""

    def __init__(self, held: sp.csr_array) -> None:
        units, self.width = held.shape
        rows = np.repeat(np.arange(units, dtype=np.int64), np.diff(held.indptr))
        columns = held.indices
        self.row_bytes = (self.width + 7) // 8
        self.bits = None
        if not 0 < units * self.row_bytes <= BITMAP:
            self.keys = rows * self.width + columns
        else:
            cells = rows * self.row_bytes + (columns >> 3)
            starts = np.flatnonzero(new(cells))
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


@dataclass(frozen=True)
class Entries:
    """Who stands where before any roll-up: worked out once, for all levels.

    Records are the visible accounts, then the live objectives, each by id: so they sort by their names. owners: their
    departments; meeting: for each record the codes of its audiences in markets; own: those of its channels or
    purposes, in the same order. department, place: (entries,) the touchpoints of each active department, once, sorted;
    holders: (entries,) by what it stands there, bits of ACTIVE and DORMANT accounts and OBJECTIVE.
    """

    places: Places
    kinds: tuple[bool, ...]
    owners: Ragged
    meeting: Ragged
    own: Ragged
    department: Ints
    place: Ints
    holders: "np.typing.NDArray[np.uint8]"

    @cached_property
    def of_record(self) -> Ragged:
        """(records,) the touchpoints where each puts its owners; kinds of weight 0 have none."""
        found = []
        for listed in (self.meeting, self.own):
            place = self.places.find(listed.values).astype(np.int32)
            found.append(Ragged(listed.starts, place).kept(place >= 0))
        return side_by_side(*found)

    @cached_property
    def at_place(self) -> Ragged:
        """(touchpoints,) the records that stand at each, ascending."""
        return self.of_record.turned(len(self.places))


def entries(organisation: Organisation) -> Entries:
    """Lays out the places of all records and departments. O(places of records)."""
    accounts, objectives = organisation.accounts, organisation.objectives
    catalogue, kinds = organisation.catalogue, organisation.policy.kinds
    scale = Scale(catalogue.audiences.leaves, catalogue.markets.leaves, organisation.platforms, organisation.benefits)
    counts = tuple(bool(kinds[kind]) for kind in KINDS)
    record, audience, market = product(
        joined(accounts.audiences, objectives.audiences), joined(accounts.markets, objectives.markets)
    )
    own_kind = np.repeat(np.array([CHANNEL, PURPOSE]), [len(accounts), len(objectives)])
    details = np.concatenate((accounts.platform, objectives.benefit))
    starts = starts_of(record, len(own_kind))
    owners = joined(accounts.owners, objectives.owners)
    meeting = Ragged(starts, scale.code(AUDIENCE, audience, market, 0))
    own = Ragged(starts, scale.code(own_kind[record], audience, market, details[record]))
    holder = np.full(len(own_kind), OBJECTIVE, dtype=np.int64)
    holder[: len(accounts)] = np.where(accounts.marked_dormant, DORMANT, ACTIVE)
    _, department, at = product(owners, Ragged(starts, np.arange(len(record))))
    base = (department * scale.span << HOLDER_BITS) + holder[record[at]]
    span = len(organisation.active) * scale.span << HOLDER_BITS
    keys = [narrowed(base[:0], span)]
    if counts[AUDIENCE]:
        keys.append(distinct(narrowed(base + (meeting.values[at] << HOLDER_BITS), span)))
    counted = np.array(counts)[own_kind][record]
    if counted.any():
        base += own.values[at] << HOLDER_BITS
        keys.append(distinct(narrowed(base if counted.all() else base.compress(counted[at]), span)))
    held = np.sort(np.concatenate(keys))
    cells = held >> HOLDER_BITS
    first = np.flatnonzero(new(cells))
    holders = (np.bitwise_or.reduceat(held, first) if len(first) else held) & (ACTIVE | DORMANT | OBJECTIVE)
    cells = cells[first].astype(np.int64)
    department = cells // scale.span
    codes, place = numbered(cells - department * scale.span, scale.span)
    kind, audience, market, detail = scale.fields(codes)
    weights = as_floats(kinds[kind] for kind in KINDS)
    places = Places(
        scale=scale,
        codes=codes,
        kind=kind,
        audience=audience,
        market=market,
        detail=detail,
        weight=weights[kind] * catalogue.audiences.leaf_weights[audience] * catalogue.markets.leaf_weights[market],
    )
    columns = department.astype(np.int32), place.astype(np.int32), holders.astype(np.uint8)
    return Entries(places, counts, owners, meeting, own, *columns)


def joined(first: Ragged, second: Ragged) -> Ragged:
    """Lists of accounts followed by those of objectives."""
    starts = np.concatenate((first.starts, second.starts[1:] + len(first.values)))
    return Ragged(starts, np.concatenate((first.values, second.values)))


def footprints(entries: Entries, units: Units) -> Footprints:
    """Unites the footprints of each unit's departments. A kind of weight 0 has no touchpoints."""
    width, count = len(entries.places), len(units.ids)
    if count == len(units.of):
        starts, place = starts_of(entries.department, count), entries.place
    else:
        keys = units.of[entries.department] * width + entries.place
        if count * width <= MOST_CELLS:
            cells = np.zeros(count * width, dtype=bool)
            cells[keys] = True
            keys = np.flatnonzero(cells)
        united = grouped(keys, count, width)
        starts, place = united.starts, united.values
    held = sp.csr_array((np.ones(len(place)), place.astype(np.int32), starts.astype(np.int32)), shape=(count, width))
    return Footprints(entries.places, held)
