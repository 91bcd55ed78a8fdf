"""Touchpoints and footprints: where outsiders meet the organisation, and which units meet them there. METHOD 1.2."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import scipy.sparse as sp

from .arrays import Floats, Ints, Ragged, as_floats, distinct, product, ragged, summed, take
from .organisation import Account, Objective, Organisation
from .units import Units

KINDS = ("audience", "channel", "purpose")
AUDIENCE, CHANNEL, PURPOSE = range(3)
MOST_CODES = 20_000_000


class Touchpoint(NamedTuple):
    """A meeting place: an audience in a market, on a platform (channel) or for a benefit (purpose)."""

    kind: str
    audience: str
    market: str
    detail: str = ""

    def __str__(self) -> str:
        return "|".join(self)


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

    @cached_property
    def positions(self) -> tuple[dict[str, int], dict[str, int], dict[str, int], dict[str, int]]:
        """Where each name stands in its field."""
        fields = (self.audiences, self.markets, self.platforms, self.benefits)
        first, second, third, fourth = ({name: at for at, name in enumerate(names)} for names in fields)
        return first, second, third, fourth


@dataclass(frozen=True)
class Footprints:
    """Who is where, present or absent.

    codes: (touchpoints,) sorted; kind, audience, market, detail: their fields as positions in `scale`;
    weight: (touchpoints,) 0 or more; held: (units, touchpoints) sparse ones, sorted within each unit.
    """

    scale: Scale
    codes: Ints
    kind: Ints
    audience: Ints
    market: Ints
    detail: Ints
    weight: Floats
    held: sp.csr_array

    def __len__(self) -> int:
        return len(self.codes)

    def name(self, index: int) -> Touchpoint:
        """One touchpoint in words."""
        kind, detail = int(self.kind[index]), int(self.detail[index])
        names = ("",) if kind == AUDIENCE else self.scale.platforms if kind == CHANNEL else self.scale.benefits
        return Touchpoint(
            KINDS[kind],
            self.scale.audiences[self.audience[index]],
            self.scale.markets[self.market[index]],
            names[detail],
        )

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

    @cached_property
    def index_of_code(self) -> dict[int, int]:
        """Index of every code, for looking up single ones."""
        return {code: index for index, code in enumerate(self.codes.tolist())}

    def find(self, codes: Ints) -> Ints:
        """Index of each code, -1 where nobody meets anyone there."""
        if not len(self.codes):
            return np.full(len(codes), -1, dtype=np.int64)
        found = np.minimum(np.searchsorted(self.codes, codes), len(self.codes) - 1)
        return np.where(self.codes[found] == codes, found, -1)

    @cached_property
    def sizes(self) -> Floats:
        """(units,) summed weight of each footprint."""
        return self.row_sums(self.weight)

    @cached_property
    def counts(self) -> Ints:
        """(touchpoints,) how many units hold each."""
        return np.bincount(self.held.indices, minlength=len(self)).astype(np.int64)

    def row_sums(self, values: Floats) -> Floats:
        """(units,) values of each unit's touchpoints added up in their order."""
        lengths = np.diff(self.held.indptr)
        rows = np.repeat(np.arange(len(lengths)), lengths)
        return summed(rows, values[self.held.indices], len(lengths))


@dataclass(frozen=True)
class Entries:
    """Who stands where before any roll-up: worked out once, for all levels.

    Records are the visible accounts, then the live objectives, each by id: so they sort by their names. meeting: for
    each record the codes of its audiences in markets; own: those of its channels or purposes, in the same order.
    departments: active ones, sorted; department, code: (entries,) the touchpoints of each, once, sorted.
    """

    scale: Scale
    span: int
    kinds: tuple[bool, ...]
    departments: tuple[str, ...]
    owners: Ragged
    meeting: Ragged
    own: Ragged
    department: Ints
    code: Ints

    def of_records(self, records: Ints) -> tuple[Ints, Ints]:
        """(record, code) of every touchpoint of some records; kinds of weight 0 have none."""
        found: list[tuple[Ints, Ints]] = [(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))]
        for listed, own in ((self.meeting, False), (self.own, True)):
            some = take(listed, records)
            record = np.repeat(records, some.lengths)
            kind = some.values // (self.span // len(KINDS))
            keep = np.array(self.kinds, dtype=bool)[kind] if own else np.full(len(kind), self.kinds[AUDIENCE])
            found.append((record[keep], some.values[keep]))
        return np.concatenate([part[0] for part in found]), np.concatenate([part[1] for part in found])


def entries(organisation: Organisation) -> Entries:
    """Lays out the places of all records and departments. O(places of records)."""
    scale = scale_of(organisation)
    span = max(len(KINDS) * len(scale.audiences) * len(scale.markets) * scale.width, 1)
    kinds = tuple(bool(organisation.policy.kinds[kind]) for kind in KINDS)
    departments = tuple(sorted(key for key, department in organisation.departments.items() if department.active))
    number = {department: at for at, department in enumerate(departments)}
    accounts, objectives = organisation.visible, organisation.live
    records: tuple[Account | Objective, ...] = (*accounts, *objectives)
    at_platform, at_benefit = scale.positions[2], scale.positions[3]
    details = np.array(
        [at_platform[account.platform] for account in accounts] + [at_benefit[item.benefit] for item in objectives],
        dtype=np.int64,
    )
    own_kind = np.repeat(np.array([CHANNEL, PURPOSE]), [len(accounts), len(objectives)])
    record, audience, market = product(
        _positions([item.audiences for item in records], scale.positions[0]),
        _positions([item.markets for item in records], scale.positions[1]),
    )
    starts = np.searchsorted(record, np.arange(len(records) + 1)).astype(np.int64)
    owners = _positions([item.owners for item in records], number)
    meeting = Ragged(starts, scale.code(AUDIENCE, audience, market, 0))
    own = Ragged(starts, scale.code(own_kind[record], audience, market, details[record]))
    keys = [np.zeros(0, dtype=np.int64)]
    for listed, counts in ((meeting, np.full(len(record), kinds[AUDIENCE])), (own, np.array(kinds)[own_kind][record])):
        _, department, at = product(owners, Ragged(starts, np.arange(len(record))))
        keep = counts[at]
        keys.append(distinct(department[keep] * span + listed.values[at[keep]]))
    department, code = np.divmod(distinct(np.concatenate(keys)), span)
    return Entries(scale, span, kinds, departments, owners, meeting, own, department, code)


def scale_of(organisation: Organisation) -> Scale:
    """The fields as far as today's accounts and objectives use them."""
    return Scale(
        audiences=organisation.catalogue.audiences.leaves,
        markets=organisation.catalogue.markets.leaves,
        platforms=tuple(sorted({account.platform for account in organisation.visible})),
        benefits=tuple(sorted({objective.benefit for objective in organisation.live})),
    )


def footprints(entries: Entries, organisation: Organisation, units: Units) -> Footprints:
    """Unites the footprints of each unit's departments. A kind of weight 0 has no touchpoints."""
    scale, span = entries.scale, entries.span
    kinds = [organisation.policy.kinds[kind] for kind in KINDS]
    unit_of = np.array([units.position_of[department] for department in entries.departments], dtype=np.int64)
    keys = unit_of[entries.department] * span + entries.code
    unit, code = np.divmod(keys if len(units.ids) == len(unit_of) else distinct(keys), span)
    codes, column = _numbered(code, span)
    kind, audience, market, detail = scale.fields(codes)
    starts = np.searchsorted(unit, np.arange(len(units.ids) + 1))
    tree_weights = organisation.catalogue.audiences.weights, organisation.catalogue.markets.weights
    return Footprints(
        scale=scale,
        codes=codes,
        kind=kind,
        audience=audience,
        market=market,
        detail=detail,
        weight=as_floats(kinds)[kind]
        * as_floats(tree_weights[0][leaf] for leaf in scale.audiences)[audience]
        * as_floats(tree_weights[1][leaf] for leaf in scale.markets)[market],
        held=sp.csr_array(
            (np.ones(len(column)), column.astype(np.int32), starts.astype(np.int32)),
            shape=(len(units.ids), len(codes)),
        ),
    )


def _numbered(codes: Ints, span: int) -> tuple[Ints, Ints]:
    """The distinct codes, sorted, and for each code its number among them."""
    if span > MOST_CODES:
        found, number = np.unique(codes, return_inverse=True)
        return found, number
    used = np.zeros(span, dtype=bool)
    used[codes] = True
    found = np.flatnonzero(used)
    numbers = np.zeros(span, dtype=np.int64)
    numbers[found] = np.arange(len(found))
    return found, numbers[codes]


def _positions(names: Sequence[tuple[str, ...]], at: dict[str, int]) -> Ragged:
    """Lists of names as lists of positions; equal lists are looked up once."""
    known: dict[tuple[str, ...], list[int]] = {}
    for some in names:
        if some not in known:
            known[some] = [at[name] for name in some]
    return ragged([known[some] for some in names])
