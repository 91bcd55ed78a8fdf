"""Pairs as results carry them: figures, ties, and for every shared touchpoint the records on both sides."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isnan
from typing import Any

import numpy as np

from .arrays import Ints, distinct, numbered, ragged, take
from .bounds import Bounds
from .pairs import QUADRANTS, Figures, PairFacts, figures_of, pair_facts, pairs_of
from .prepared import Prepared


def pair_rows(
    prepared: Prepared, facts: PairFacts, chosen: Sequence[Sequence[int]], bounds: Bounds | None = None
) -> list[dict[str, Any]]:
    """The rows of `pairs` for pairs of unit positions (a < b), in the given order."""
    return rows_of(prepared, facts, figures_of(facts, [a for a, _ in chosen], [b for _, b in chosen]), bounds)


def rows_of(
    prepared: Prepared, facts: PairFacts, figures: Figures, bounds: Bounds | None = None
) -> list[dict[str, Any]]:
    """Rows for figures that are at hand already."""
    rows = figure_rows(prepared, facts, figures)
    shared = [shared_places(prepared, a, b) for a, b in zip(figures.a.tolist(), figures.b.tolist(), strict=True)]
    most = None if bounds is None else bounds.places
    for row, places, shown in zip(rows, shared, _shown(prepared, figures, shared, bounds), strict=True):
        row["touchpoints"] = shown
        if most is not None:
            row["count"] = len(places.place)
    return rows


def pair_detail(prepared: Prepared, first: str, second: str, bounds: Bounds | None = None) -> dict[str, Any] | None:
    """One pair's row, from its two footprints; None where the two are related. Raises KeyError for an unknown unit."""
    a, b = sorted((prepared.units.index[first], prepared.units.index[second]))
    if a == b or prepared.units.are_related(np.array([a]), np.array([b]))[0]:
        return None
    return pair_rows(prepared, pair_facts(prepared), [(a, b)], bounds)[0]


def neighbours(prepared: Prepared, unit: str, top: int | None = None) -> list[dict[str, Any]]:
    """The rows of all pairs of one unit that share a touchpoint or have a tie, largest gap first."""
    facts = pair_facts(prepared)
    figures = pairs_of(facts, prepared.units.index[unit])
    return rows_of(prepared, facts, figures.pick(figures.order()[:top]))


def figure_rows(prepared: Prepared, facts: PairFacts, figures: Figures) -> list[dict[str, Any]]:
    """The figures and ties of pairs, without their touchpoints."""
    ids, tied = prepared.units.ids, prepared.tied
    numbers = zip(
        figures.a.tolist(), figures.b.tolist(), figures.shared.tolist(), facts.size[figures.a].tolist(),
        facts.size[figures.b].tolist(), figures.overlap.tolist(), figures.jaccard.tolist(), figures.covered.tolist(),
        figures.gap.tolist(), figures.strength.tolist(), figures.quadrant.tolist(), figures.one_owner.tolist(),
        tied.find(figures.a, figures.b).tolist(), strict=True,
    )  # fmt: skip
    return [
        {
            "a": ids[a],
            "b": ids[b],
            "shared": shared,
            "size_a": size_a,
            "size_b": size_b,
            "share_a": shared / size_a if size_a else None,
            "share_b": shared / size_b if size_b else None,
            "overlap": None if isnan(overlap) else overlap,
            "jaccard": None if isnan(jaccard) else jaccard,
            "covered": covered,
            "coverage": covered / shared if shared else None,
            "gap": gap,
            "ties": sorted(tie.id for tie in tied.of(pair)),
            "tie_strength": strength,
            "quadrant": QUADRANTS[quadrant],
            "one_owner": one_owner,
        }
        for a, b, shared, size_a, size_b, overlap, jaccard, covered, gap, strength, quadrant, one_owner, pair in numbers
    ]


@dataclass(frozen=True)
class SharedPlaces:
    """What two units share. place: (places,) touchpoints, sorted; rank: (places,) of the tie that covers it, or -1."""

    place: Ints
    rank: Ints


def shared_places(prepared: Prepared, a: int, b: int) -> SharedPlaces:
    """The touchpoints of a pair of unit positions, a < b."""
    where, entries = prepared.footprints, prepared.coverage
    held = np.zeros(len(where.places), dtype=bool)
    held[where.of(a)] = True
    of_b = where.of(b)
    place = of_b[held[of_b]].astype(np.int64)
    rank = np.full(len(place), -1, dtype=np.int64)
    pair = int(prepared.tied.find(np.array([a]), np.array([b]))[0])
    if pair >= 0:
        mine = slice(*entries.starts[pair : pair + 2].tolist())
        rank[np.searchsorted(place, entries.touchpoint[mine])] = entries.rank[mine]
    return SharedPlaces(place, rank)


def _shown(
    prepared: Prepared, figures: Figures, shared: Sequence[SharedPlaces], bounds: Bounds | None
) -> Iterator[list[dict[str, Any]]]:
    """For each pair the rows of its places, each with the records on both sides."""
    most = None if bounds is None else bounds.places
    where, tied, ids = prepared.footprints.places, prepared.tied, prepared.units.ids
    shown = [SharedPlaces(places.place[:most], places.rank[:most]) for places in shared]
    place = ragged([places.place for places in shown])
    a, b = (np.repeat(ends, place.lengths) for ends in (figures.a, figures.b))
    sides = zip(
        records_at(prepared, a, place.values, bounds), records_at(prepared, b, place.values, bounds), strict=True
    )
    strengths = [*tied.strengths.tolist(), 0.0]  # -1 is the last
    names = [*(tie.id for tie in tied.ranked), None]
    for one, other, places in zip(figures.a.tolist(), figures.b.tolist(), shown, strict=True):
        first, second = ids[one], ids[other]
        rows = []
        for index, rank, weight in zip(
            places.place.tolist(), places.rank.tolist(), where.weight[places.place].tolist(), strict=True
        ):
            of_a, of_b = next(sides)
            row = {
                "touchpoint": where.names[index],
                "weight": weight,
                "coverage": strengths[rank],
                "tie": names[rank],
                "evidence": {first: of_a[0], second: of_b[0]},
            }
            if bounds is not None:
                row["records"] = {first: of_a[1], second: of_b[1]}
            rows.append(row)
        yield rows


def records_at(
    prepared: Prepared, units: Ints, places: Ints, bounds: Bounds | None = None
) -> Iterator[tuple[list[str], int]]:
    """For each unit at the touchpoint beside it its sorted record ids, and how many they are.

    Ids read `account:<id>`, `objective:<id>`; bounds cuts them.
    """
    entries, names, width = prepared.common.entries, prepared.common.record_names, len(prepared.footprints.places)
    shown, number = numbered(units, len(prepared.units.ids))
    wanted = np.zeros(len(shown) * width, dtype=bool)
    wanted[number * width + places] = True
    numbers = np.full(len(prepared.units.ids), -1, dtype=np.int64)
    numbers[shown] = np.arange(len(shown))
    mine = numbers[prepared.units.of[entries.owners.values]]
    record, mine = entries.owners.rows[mine >= 0], mine[mine >= 0]
    held = take(entries.of_record, record)
    cells = np.repeat(mine * width, held.lengths) + held.values
    kept = wanted[cells]
    count = max(len(entries.owners), 1)
    keys = distinct(cells[kept] * count + np.repeat(record, held.lengths)[kept])
    cells, record = np.divmod(keys, count)
    row = number * width + places
    starts, stops = np.searchsorted(cells, row), np.searchsorted(cells, row, side="right")
    shown_to = stops if bounds is None else np.minimum(stops, starts + bounds.records)
    for start, stop, end in zip(starts.tolist(), shown_to.tolist(), stops.tolist(), strict=True):
        yield names[record[start:stop]].tolist(), end - start
