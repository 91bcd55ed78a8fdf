"""The contested meeting places of a level as columns: tens of thousands of them, small to keep, quick to look through.

Plain numpy, so that a page loads nothing of the engine.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import isnan
from typing import Any

import numpy as np
import numpy.typing as npt

from orgmap.reports.map.grid import KINDS
from orgmap.reports.map.packing import pack, unpack

Numbers = npt.NDArray[np.signedinteger[Any]]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
FIELDS = ("kind", "audience", "market", "detail")
"""What a touchpoint consists of, as it is written: `channel|graduates|leeds|linkedin`."""


@dataclass(frozen=True)
class Spot:
    """A contested place: at least two unrelated units stand there.

    units: by place among the level's units; uncovered: pairs that meet here times the share not covered, by weight.
    """

    touchpoint: str
    units: list[int]
    pairs: int
    weight: float
    alignment: float | None
    blind: bool
    uncovered: float


@dataclass(frozen=True)
class Holders:
    """Who stands at some places, place after place. lengths: (places,) how many units stand at each."""

    units: Numbers
    lengths: Numbers

    @cached_property
    def _by_unit(self) -> tuple[Numbers, Numbers]:
        """Units, ascending, and beside each the position of the place."""
        order = np.argsort(self.units, kind="stable")
        return self.units[order], np.repeat(np.arange(len(self.lengths)), self.lengths)[order]

    def of(self, unit: int) -> list[int]:
        """The positions of the places where a unit stands, ascending."""
        units, places = self._by_unit
        found: list[int] = places[slice(*np.searchsorted(units, (unit, unit + 1)))].tolist()
        return found


@dataclass(frozen=True)
class Spots:
    """All contested places of a level, in the order of touchpoints.

    kind, audience, market, detail: (places,) positions in KINDS, audiences, markets, and platforms or benefits; starts:
    (places + 1,), units: who stands where, ascending within a place; pairs, weight, blind: (places,); index: (places,)
    the share agreed, nan where nothing has weight.
    """

    audiences: list[str]
    markets: list[str]
    platforms: list[str]
    benefits: list[str]
    kind: npt.NDArray[np.uint8]
    audience: npt.NDArray[np.uint16]
    market: npt.NDArray[np.uint16]
    detail: npt.NDArray[np.uint16]
    starts: Numbers
    units: Numbers
    pairs: Numbers
    weight: Floats
    index: Floats
    blind: Flags

    LISTS = ("audiences", "markets", "platforms", "benefits")

    def __len__(self) -> int:
        return len(self.kind)

    @cached_property
    def uncovered(self) -> Floats:
        """(places,) pairs that meet there times the share that is not covered, by weight."""
        found: Floats = self.pairs * self.weight * (1 - np.nan_to_num(self.index))
        return found

    def hottest(self, which: Flags | None = None) -> Numbers:
        """The places, or those flagged, the one with most that is not covered first."""
        found = np.arange(len(self)) if which is None else np.flatnonzero(which)
        return found[np.argsort(-self.uncovered[found], kind="stable")]

    def spots(self, places: Iterable[int]) -> list[Spot]:
        """Some of the places, by number, in that order."""
        return [
            Spot(
                touchpoint=self.name(at),
                units=self.units[self.starts[at] : self.starts[at + 1]].tolist(),
                pairs=int(self.pairs[at]),
                weight=float(self.weight[at]),
                alignment=None if isnan(self.index[at]) else float(self.index[at]),
                blind=bool(self.blind[at]),
                uncovered=float(self.uncovered[at]),
            )
            for at in places
        ]

    def name(self, at: int) -> str:
        """A place in its written form."""
        kind = int(self.kind[at])
        detail = ([""], self.platforms, self.benefits)[kind][self.detail[at]]
        return f"{KINDS[kind]}|{self.audiences[self.audience[at]]}|{self.markets[self.market[at]]}|{detail}"

    def named(self, names: Iterable[str]) -> dict[str, int]:
        """The numbers of some places in their written form, without those that nobody contests."""
        words = (KINDS, self.audiences, self.markets, [""], self.platforms, self.benefits)
        kinds, audiences, markets, *details = ({word: at for at, word in enumerate(some)} for some in words)
        known, asked = [], []
        for name in names:
            kind, audience, market, detail = name.split("|")
            fields = (
                kinds.get(kind), audiences.get(audience), markets.get(market), details[kinds[kind]].get(detail)
            )  # fmt: skip
            if None not in fields:
                known.append(name)
                asked.append(fields)
        wanted = self._codes(*np.array(asked, dtype=np.int64).reshape(-1, 4).T)
        codes = self._codes(self.kind, self.audience, self.market, self.detail)
        places = np.minimum(np.searchsorted(codes, wanted), max(len(codes) - 1, 0))
        there = codes[places] == wanted if len(codes) else np.zeros(len(wanted), dtype=bool)
        return {name: at for name, at, here in zip(known, places.tolist(), there.tolist(), strict=True) if here}

    def _codes(self, *fields: Any) -> Numbers:
        """One number for a place; numbers sort as touchpoints do."""
        kind, audience, market, detail = (field.astype(np.int64) for field in fields)
        width = max(len(self.platforms), len(self.benefits), 1)
        found: Numbers = ((kind * len(self.audiences) + audience) * len(self.markets) + market) * width + detail
        return found

    def holders(self, places: Iterable[int]) -> "Holders":
        """Who stands at some places, by number."""
        at = np.fromiter(places, dtype=np.int64)
        lengths = self.crowds[at]
        ends = np.cumsum(lengths)
        within = np.arange(int(lengths.sum())) - np.repeat(ends - lengths, lengths)
        return Holders(self.units[np.repeat(self.starts[at], lengths) + within], lengths)

    def among(self, wanted: Mapping[str, str]) -> Flags:
        """(places,) those of a kind, audience, market, platform or benefit; a field left empty leaves all of them."""
        left = np.ones(len(self), dtype=bool)
        for field, words in (("kind", KINDS), ("audience", self.audiences), ("market", self.markets)):
            if code := wanted.get(field, ""):
                left &= getattr(self, field) == (words.index(code) if code in words else -1)
        if code := wanted.get("detail", ""):
            here = np.zeros(len(self), dtype=bool)
            for kind, words in (("channel", self.platforms), ("purpose", self.benefits)):
                if code in words:
                    here |= (self.kind == KINDS.index(kind)) & (self.detail == words.index(code))
            left &= here
        return left

    def outside(self, benefit: str) -> Flags:
        """(places,) the purposes of any other benefit."""
        at = self.benefits.index(benefit) if benefit in self.benefits else -1
        found: Flags = (self.kind == KINDS.index("purpose")) & (self.detail != at)
        return found

    def standing(self, unit: int) -> Flags:
        """(places,) where a unit stands, by its place among the level's units."""
        found = np.zeros(len(self), dtype=bool)
        found[np.searchsorted(self.starts, np.flatnonzero(self.units == unit), side="right") - 1] = True
        return found

    @property
    def crowds(self) -> Numbers:
        """(places,) how many units stand at each."""
        return np.diff(self.starts)

    def to_bytes(self) -> bytes:
        """Packed. Of units at a place only the steps from one to the next are kept: they are small numbers."""
        first = self.starts[:-1][self.crowds > 0]
        steps = np.diff(self.units, prepend=0)
        steps[first] = self.units[first]
        arrays = {
            "kind": self.kind, "audience": self.audience, "market": self.market, "detail": self.detail,
            "crowds": narrow(self.crowds), "steps": narrow(steps), "pairs": narrow(self.pairs),
            "weight": self.weight, "index": self.index, "blind": self.blind,
        }  # fmt: skip
        return pack(arrays, {name: getattr(self, name) for name in self.LISTS})

    @classmethod
    def from_bytes(cls, packed: bytes) -> "Spots":
        """Back from `to_bytes`."""
        arrays, lists = unpack(packed)
        starts = np.concatenate(([0], np.cumsum(arrays.pop("crowds"), dtype=np.int64)))
        units = np.cumsum(arrays.pop("steps"), dtype=np.int64)
        before = np.concatenate(([0], units))[starts[:-1]]
        units -= np.repeat(before, np.diff(starts))
        pairs = arrays.pop("pairs").astype(np.int64)
        return cls(**lists, **arrays, starts=starts, units=units, pairs=pairs)  # type: ignore[arg-type]  # by name

    @classmethod
    def of_rows(cls, spots: Iterable[Spot]) -> "Spots":
        """From places one by one, in the order of touchpoints."""
        rows = list(spots)
        fields = [row.touchpoint.split("|") for row in rows]
        audiences, markets = (sorted({names[at] for names in fields}) for at in (1, 2))
        platforms, benefits = (sorted({names[3] for names in fields if names[0] == kind}) for kind in KINDS[1:])
        details = ([""], platforms, benefits)
        return cls(
            audiences=audiences,
            markets=markets,
            platforms=platforms,
            benefits=benefits,
            kind=np.array([KINDS.index(kind) for kind, *_ in fields], dtype=np.uint8),
            audience=np.array([audiences.index(audience) for _, audience, _, _ in fields], dtype=np.uint16),
            market=np.array([markets.index(market) for _, _, market, _ in fields], dtype=np.uint16),
            detail=np.array(
                [details[KINDS.index(kind)].index(detail) for kind, _, _, detail in fields], dtype=np.uint16
            ),
            starts=np.concatenate(([0], np.cumsum([len(row.units) for row in rows], dtype=np.int64))),
            units=np.array([unit for row in rows for unit in row.units], dtype=np.int64),
            pairs=np.array([row.pairs for row in rows], dtype=np.int64),
            weight=np.array([row.weight for row in rows], dtype=np.float64),
            index=np.array([np.nan if row.alignment is None else row.alignment for row in rows], dtype=np.float64),
            blind=np.array([row.blind for row in rows], dtype=bool),
        )


def narrow(numbers: Numbers) -> Any:
    """Whole numbers from 0 up in as few bytes as they need."""
    return numbers.astype(np.min_scalar_type(int(numbers.max(initial=0))))
