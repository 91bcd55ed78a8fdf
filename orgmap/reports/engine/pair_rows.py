"""Pairs as results carry them: figures, ties, and for every shared touchpoint the records on both sides."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isnan
from typing import Any

import numpy as np

from orgmap.reports.shared import Shared, Side

from .arrays import Ints, Ragged, distinct, numbered, ragged, spread, take
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
    """Rows for figures that are at hand already. With bounds, touchpoints stay columns: `Shared`, cut and counted."""
    rows = figure_rows(prepared, facts, figures)
    for row, shared in zip(rows, _shared(prepared, figures, bounds), strict=True):
        if bounds is None:
            row["touchpoints"] = shared.rows(row["a"], row["b"], counted=False)
        else:
            row |= {"touchpoints": shared, "count": shared.count}
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
        held.fill(False)
        held[entries.touchpoint[mine]] = True
        rank[held[place]] = entries.rank[mine]
    return SharedPlaces(place, rank)


def _shared(prepared: Prepared, figures: Figures, bounds: Bounds | None) -> Iterator[Shared]:
    """For each pair its places, each with the records on both sides."""
    most = None if bounds is None else bounds.places
    where, tied, names = prepared.footprints.places, prepared.tied, prepared.common.record_names
    whole = [shared_places(prepared, a, b) for a, b in zip(figures.a.tolist(), figures.b.tolist(), strict=True)]
    shown = [SharedPlaces(places.place[:most], places.rank[:most]) for places in whole]
    place = ragged([places.place for places in shown])
    a, b = (np.repeat(ends, place.lengths) for ends in (figures.a, figures.b))
    sides = [record_columns(prepared, units, place.values, bounds) for units in (a, b)]
    lengths = [listed.lengths for listed, _ in sides]
    strengths = np.append(tied.strengths, 0.0)  # -1 is the last
    for at, (known, places) in enumerate(zip(whole, shown, strict=True)):
        here = slice(*place.starts[at : at + 2].tolist())
        cuts = [slice(*listed.starts[[here.start, here.stop]].tolist()) for listed, _ in sides]
        record = distinct(np.concatenate([listed.values[cut] for (listed, _), cut in zip(sides, cuts, strict=True)]))
        ties = distinct(places.rank[places.rank >= 0])
        one, other = (
            Side(np.searchsorted(record, listed.values[cut]), long[here], counts[here])
            for (listed, counts), long, cut in zip(sides, lengths, cuts, strict=True)
        )
        yield Shared(
            count=len(known.place),
            touchpoints=[where.names[index] for index in places.place.tolist()],
            weight=where.weight[places.place],
            coverage=strengths[places.rank],
            tie=np.where(places.rank >= 0, np.searchsorted(ties, places.rank), -1),
            ties=[tied.ranked[rank].id for rank in ties.tolist()],
            records=names[record].tolist(),
            sides=(one, other),
        )


def records_at(
    prepared: Prepared, units: Ints, places: Ints, bounds: Bounds | None = None
) -> Iterator[tuple[list[str], int]]:
    """For each unit at the touchpoint beside it its sorted record ids, and how many they are.

    Ids read `account:<id>`, `objective:<id>`; bounds cuts them.
    """
    shown, counts = record_columns(prepared, units, places, bounds)
    names = prepared.common.record_names
    for record, count in zip(shown.lists(), counts.tolist(), strict=True):
        yield names[record].tolist(), count


def record_columns(prepared: Prepared, units: Ints, places: Ints, bounds: Bounds | None = None) -> tuple[Ragged, Ints]:
    """For each unit at the touchpoint beside it the records there, ascending, as far as shown, and how many."""
    entries, width = prepared.common.entries, len(prepared.footprints.places)
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
    counts = stops - starts
    lengths = counts if bounds is None else np.minimum(counts, bounds.records)
    positions, _ = spread(starts, lengths)
    return Ragged(np.concatenate(([0], np.cumsum(lengths))).astype(np.int64), record[positions]), counts
