"""Pairs as results carry them: figures, ties, and for every shared touchpoint the records on both sides."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import isnan
from typing import Any

import numpy as np

from .arrays import Ints, Ragged, distinct, spread
from .bounds import Bounds
from .pairs import QUADRANTS, Figures, PairFacts, figures_of, pair_facts, pairs_of
from .prepared import Prepared


@dataclass
class Evidence:
    """Which records put a unit at a touchpoint. Built unit by unit, on demand."""

    prepared: Prepared
    _known: dict[int, tuple[Ints, Ints, Ints]] = field(default_factory=dict)

    def of(self, unit: int) -> dict[int, list[str]]:
        """Touchpoint index -> sorted record ids (`account:<id>`, `objective:<id>`) of one unit."""
        places, starts, records = self._of(unit)
        names = self.names(records)
        return {
            place: names[start:stop]
            for place, start, stop in zip(places.tolist(), starts[:-1].tolist(), starts[1:].tolist(), strict=True)
        }

    def at(self, unit: int, places: Ints, most: int | None = None) -> list[tuple[list[str], int]]:
        """For some touchpoints that the unit holds its sorted record ids (the first `most`), and how many there are."""
        held, starts, records = self._of(unit)
        at = np.searchsorted(held, places)
        lengths = starts[at + 1] - starts[at]
        shown = lengths if most is None else np.minimum(lengths, most)
        positions, _ = spread(starts[at], shown)
        names, ends = self.names(records[positions]), np.cumsum(shown)
        return [
            (names[start:stop], count)
            for start, stop, count in zip((ends - shown).tolist(), ends.tolist(), lengths.tolist(), strict=True)
        ]

    def names(self, records: Ints) -> list[str]:
        """Records, accounts first, by what results call them."""
        accounts, objectives = self.prepared.organisation.visible, self.prepared.organisation.live
        first = len(accounts)
        return [
            f"account:{accounts[at].id}" if at < first else f"objective:{objectives[at - first].id}"
            for at in records.tolist()
        ]

    @cached_property
    def _records(self) -> Ragged:
        """(units,) the visible accounts and live objectives of each."""
        entries, units = self.prepared.common.entries, self.prepared.units
        unit_of = np.array([units.position_of[department] for department in entries.departments], dtype=np.int64)
        record = np.repeat(np.arange(len(entries.owners)), entries.owners.lengths)
        keys = distinct(unit_of[entries.owners.values] * max(len(entries.owners), 1) + record)
        unit, record = np.divmod(keys, max(len(entries.owners), 1))
        return Ragged(np.searchsorted(unit, np.arange(len(units.ids) + 1)).astype(np.int64), record)

    def _of(self, unit: int) -> tuple[Ints, Ints, Ints]:
        """Touchpoints, where each one's records start, and these, by number: sorted."""
        if unit not in self._known:
            record, code = self.prepared.common.entries.of_records(self._records[unit])
            order = np.lexsort((record, code))
            record, places = record[order], self.prepared.footprints.find(code[order])
            first = np.flatnonzero(np.diff(places, prepend=-1))
            self._known[unit] = places[first], np.append(first, len(places)), record.astype(np.int32)
        return self._known[unit]


def pair_rows(
    prepared: Prepared, facts: PairFacts, chosen: Sequence[Sequence[int]], bounds: Bounds | None = None
) -> list[dict[str, Any]]:
    """Rows of the block `pairs` for pairs of unit positions, in their order."""
    figures = figures_of(facts, [pair[0] for pair in chosen], [pair[1] for pair in chosen])
    return rows_of(prepared, facts, figures, Evidence(prepared), bounds)


def rows_of(
    prepared: Prepared, facts: PairFacts, figures: Figures, evidence: Evidence, bounds: Bounds | None = None
) -> list[dict[str, Any]]:
    """Rows for figures that are at hand already."""
    return [
        {
            **_row(prepared, facts, figures, at),
            **_places(prepared, int(figures.a[at]), int(figures.b[at]), evidence, bounds),
        }
        for at in range(len(figures.a))
    ]


def pair_detail(prepared: Prepared, first: str, second: str) -> dict[str, Any] | None:
    """One pair's row, from its two footprints; None where the two are related. Raises KeyError for an unknown unit."""
    a, b = sorted((prepared.units.index[first], prepared.units.index[second]))
    if a == b or a * len(prepared.units.ids) + b in prepared.units.related_keys:
        return None
    return pair_rows(prepared, pair_facts(prepared), [(a, b)])[0]


def neighbours(prepared: Prepared, unit: str, top: int | None = None) -> list[dict[str, Any]]:
    """The rows of all pairs of one unit that share a touchpoint or have a tie, largest gap first."""
    facts = pair_facts(prepared)
    figures = pairs_of(facts, prepared.units.index[unit])
    return rows_of(prepared, facts, figures.pick(figures.order()[:top]), Evidence(prepared))


def _row(prepared: Prepared, facts: PairFacts, figures: Figures, at: int) -> dict[str, Any]:
    a, b = int(figures.a[at]), int(figures.b[at])
    shared, covered, gap = (float(values[at]) for values in (figures.shared, figures.covered, figures.gap))
    size_a, size_b = float(facts.size[a]), float(facts.size[b])
    ties = prepared.tied.of(a, b)
    return {
        "a": prepared.units.ids[a],
        "b": prepared.units.ids[b],
        "shared": shared,
        "size_a": size_a,
        "size_b": size_b,
        "share_a": shared / size_a if size_a else None,
        "share_b": shared / size_b if size_b else None,
        "overlap": _known(figures.overlap[at]),
        "jaccard": _known(figures.jaccard[at]),
        "covered": covered,
        "coverage": covered / shared if shared else None,
        "gap": gap,
        "ties": sorted(tie.id for tie in ties),
        "tie_strength": float(figures.strength[at]),
        "quadrant": QUADRANTS[int(figures.quadrant[at])],
        "one_owner": bool(figures.one_owner[at]),
    }


@dataclass(frozen=True)
class SharedPlaces:
    """What two units share. place: (places,) touchpoints, sorted; rank: (places,) of the tie that covers it, or -1."""

    place: Ints
    rank: Ints


def shared_places(prepared: Prepared, a: int, b: int) -> SharedPlaces:
    """The touchpoints of a pair of unit positions, a < b."""
    held, entries, tied = prepared.footprints.held, prepared.coverage, prepared.tied
    of_a, of_b = (held.indices[held.indptr[unit] : held.indptr[unit + 1]] for unit in (a, b))
    place = np.intersect1d(of_a, of_b, assume_unique=True).astype(np.int64)
    rank = np.full(len(place), -1, dtype=np.int64)
    pair = tied.find(a, b)
    if pair >= 0:
        mine = slice(*entries.starts[pair : pair + 2].tolist())
        rank[np.searchsorted(place, entries.touchpoint[mine])] = entries.rank[mine]
    return SharedPlaces(place, rank)


def _places(prepared: Prepared, a: int, b: int, evidence: Evidence, bounds: Bounds | None) -> dict[str, Any]:
    shared = shared_places(prepared, a, b)
    shown = slice(None if bounds is None else bounds.places)
    place, ranked = shared.place[shown], prepared.tied.ranked
    most = None if bounds is None else bounds.records
    names, weights = prepared.footprints.names, prepared.footprints.weight[place].tolist()
    first, second = prepared.units.ids[a], prepared.units.ids[b]
    sides = zip(evidence.at(a, place, most), evidence.at(b, place, most), strict=True)
    rows = []
    for index, rank, weight, (of_a, of_b) in zip(
        place.tolist(), shared.rank[shown].tolist(), weights, sides, strict=True
    ):
        row = {
            "touchpoint": names[index],
            "weight": weight,
            "coverage": float(prepared.tied.strengths[rank]) if rank >= 0 else 0.0,
            "tie": ranked[rank].id if rank >= 0 else None,
            "evidence": {first: of_a[0], second: of_b[0]},
        }
        if bounds is not None:
            row["records"] = {first: of_a[1], second: of_b[1]}
        rows.append(row)
    return {"touchpoints": rows} if bounds is None else {"touchpoints": rows, "count": len(shared.place)}


def _known(value: float) -> float | None:
    return None if isnan(value) else float(value)
