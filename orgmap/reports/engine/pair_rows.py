"""Pairs as results carry them: figures, ties, and for every shared touchpoint the records on both sides."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import isnan
from typing import Any

from .organisation import Account, Objective
from .pairs import QUADRANTS, Figures, PairFacts, figures_of, pair_facts, pairs_of
from .prepared import Prepared
from .touchpoints import AUDIENCE, CHANNEL, PURPOSE


@dataclass
class Evidence:
    """Which records put a unit at a touchpoint. Built unit by unit, on demand."""

    prepared: Prepared
    _records: dict[int, list[Account | Objective]] | None = None
    _known: dict[int, dict[int, list[str]]] = field(default_factory=dict)

    def of(self, unit: int) -> dict[int, list[str]]:
        """Touchpoint index -> sorted record ids (`account:<id>`, `objective:<id>`) of one unit."""
        if unit not in self._known:
            self._known[unit] = self._collect(unit)
        return self._known[unit]

    def records(self, unit: int) -> list[Account | Objective]:
        """The visible accounts and live objectives of one unit."""
        if self._records is None:
            organisation, units = self.prepared.organisation, self.prepared.units
            self._records = {}
            everything: tuple[Account | Objective, ...] = (*organisation.visible, *organisation.live)
            for record in everything:
                for position in units.positions(record.owners):
                    self._records.setdefault(position, []).append(record)
        return self._records.get(unit, [])

    def _collect(self, unit: int) -> dict[int, list[str]]:
        prepared = self.prepared
        scale, index_of = prepared.footprints.scale, prepared.footprints.index_of_code
        audiences, markets, platforms, benefits = scale.positions
        found: dict[int, list[str]] = {}
        for record in self.records(unit):
            if isinstance(record, Account):
                name, kind, detail = f"account:{record.id}", CHANNEL, platforms[record.platform]
            else:
                name, kind, detail = f"objective:{record.id}", PURPOSE, benefits[record.benefit]
            for audience in record.audiences:
                for market in record.markets:
                    for one in ((AUDIENCE, 0), (kind, detail)):
                        place = (one[0] * len(audiences) + audiences[audience]) * len(markets) + markets[market]
                        index = index_of.get(place * scale.width + one[1])
                        if index is not None:
                            found.setdefault(index, []).append(name)
        return {index: sorted(names) for index, names in found.items()}


def pair_rows(prepared: Prepared, facts: PairFacts, chosen: Sequence[Sequence[int]]) -> list[dict[str, Any]]:
    """Rows of the block `pairs` for pairs of unit positions, in their order."""
    figures = figures_of(facts, [pair[0] for pair in chosen], [pair[1] for pair in chosen])
    return rows_of(prepared, facts, figures, Evidence(prepared))


def rows_of(prepared: Prepared, facts: PairFacts, figures: Figures, evidence: Evidence) -> list[dict[str, Any]]:
    """Rows for figures that are at hand already."""
    return [_row(prepared, facts, figures, at, evidence) for at in range(len(figures.a))]


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


def _row(prepared: Prepared, facts: PairFacts, figures: Figures, at: int, evidence: Evidence) -> dict[str, Any]:
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
        "touchpoints": _touchpoints(prepared, a, b, evidence),
    }


def _touchpoints(prepared: Prepared, a: int, b: int, evidence: Evidence) -> list[dict[str, Any]]:
    of_a, of_b, ties = evidence.of(a), evidence.of(b), prepared.tied.of(a, b)
    rows = []
    for index in sorted(of_a.keys() & of_b.keys()):
        place = prepared.footprints.name(index)
        tie = next((tie for tie in ties if tie.covers(place)), None)
        rows.append(
            {
                "touchpoint": str(place),
                "weight": float(prepared.footprints.weight[index]),
                "coverage": float(tie.strength) if tie else 0.0,
                "tie": tie.id if tie else None,
                "evidence": {prepared.units.ids[a]: of_a[index], prepared.units.ids[b]: of_b[index]},
            }
        )
    return rows


def _known(value: float) -> float | None:
    return None if isnan(value) else float(value)
