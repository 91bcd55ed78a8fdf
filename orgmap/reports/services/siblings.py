"""The pairs that the map shows beside the widest gaps. Loads the engine: for workers and commands only."""

from collections.abc import Iterable, Sequence

import numpy as np

from orgmap.reports.engine import Prepared, pair_facts
from orgmap.reports.engine.arrays import Ints, Ragged, distinct, grouped, spread, take
from orgmap.reports.engine.coverage import TiedPairs
from orgmap.reports.engine.pairs import QUADRANTS, Figures, figures_of
from orgmap.reports.engine.units import Units
from orgmap.reports.siblings import Siblings


def siblings(prepared: Prepared, kept: Sequence[tuple[str, str]], drawn: Iterable[str]) -> Siblings:
    """The pairs that the kept ones leave out, below one department and between the units that the map draws.

    Without them the map had holes: there, two that meet would stand as if they didn't.
    """
    units, facts = prepared.units, pair_facts(prepared)
    count = max(len(units.ids), 1)
    keys = distinct(_pairs(_together(units, drawn), count))
    known = [units.index[a] * count + units.index[b] for a, b in kept]
    keys = keys[~np.isin(keys, np.array(known, dtype=np.int64))]
    a, b = np.divmod(keys, count)
    apart = ~units.are_related(a, b)
    figures = figures_of(facts, a[apart], b[apart])
    figures = figures.pick((figures.shared > 0) | (figures.strength > 0))
    figures = figures.pick(np.lexsort((figures.b, figures.a, -figures.shared, -figures.gap)))
    return columns(prepared, figures, facts.size, first=len(kept) + 1)


def columns(prepared: Prepared, figures: Figures, sizes: np.ndarray, *, first: int) -> Siblings:
    """Figures of pairs as they are kept. sizes: of all units of the level."""
    names, used = prepared.units.ids, distinct(np.concatenate((figures.a, figures.b)))
    ties, lengths, agreed = _agreements(prepared.tied, figures)
    return Siblings(
        first=first,
        units=[names[unit] for unit in used.tolist()],
        quadrants=list(QUADRANTS),
        ties=ties,
        sizes=sizes[used],
        a=np.searchsorted(used, figures.a),
        b=np.searchsorted(used, figures.b),
        shared=figures.shared,
        covered=figures.covered,
        strength=figures.strength,
        quadrant=figures.quadrant,
        one_owner=figures.one_owner,
        lengths=lengths,
        agreed=agreed,
    )


def _together(units: Units, drawn: Iterable[str]) -> Ragged:
    """Units that stand in one picture, ascending: those right below each department, and those drawn of the level."""
    numbers: dict[str, int] = {}
    above = [units.parents[unit] for unit in units.ids]
    group = np.array([-1 if name is None else numbers.setdefault(name, len(numbers)) for name in above])
    below = np.flatnonzero(group >= 0)
    shown = np.array([units.index[unit] for unit in drawn], dtype=np.int64)
    width = max(len(units.ids), 1)
    keys = np.concatenate((group[below] * width + below, len(numbers) * width + shown))
    return grouped(keys, len(numbers) + 1, width)


def _pairs(groups: Ragged, width: int) -> Ints:
    """All pairs of one group each, as first * width + second."""
    following = np.arange(len(groups.values)) + 1
    second, first = spread(following, np.repeat(groups.starts[1:], groups.lengths) - following)
    return groups.values[first] * width + groups.values[second]


def _agreements(tied: TiedPairs, figures: Figures) -> tuple[list[str], Ints, Ints]:
    """The names of all agreements between pairs, sorted; (pairs,) how many each has; and which, pair after pair."""
    number = tied.find(figures.a, figures.b)
    found = take(tied.ties, number[number >= 0])
    lengths = np.zeros(len(number), dtype=np.int64)
    lengths[number >= 0] = found.lengths
    ranks = distinct(found.values)
    names = [tied.ranked[rank].id for rank in ranks.tolist()]
    order = sorted(range(len(names)), key=names.__getitem__)
    place = np.empty(len(names), dtype=np.int64)
    place[order] = np.arange(len(names))
    width = max(len(names), 1)
    agreed = np.sort(found.rows * width + place[np.searchsorted(ranks, found.values)]) % width
    return [names[at] for at in order], lengths, agreed
