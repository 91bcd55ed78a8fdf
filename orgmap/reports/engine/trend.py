"""Why the index moved: new agreements, or a changed map. METHOD 1.5 (trend)."""

from dataclasses import dataclass

import numpy as np

from .alignment import headline, ratio
from .arrays import take
from .coverage import TiedPairs, coverage
from .prepared import Prepared


@dataclass(frozen=True)
class Trend:
    """Two indices and the parts of their difference, which add up. None where an index has nothing contested."""

    before: float | None
    after: float | None
    change: float | None
    agreements: float | None
    map_changed: float | None


def trend(before: Prepared, after: Prepared) -> Trend:
    """Splits I(map1, ties1) - I(map0, ties0) into what agreements did on the old map, and what the map did.

    Ties of every kind, derived ones too, are agreements; footprints are the map. A pair that one side lacks is
    covered 0. Both sides must stand at the same level and under the same policy.
    """
    old, new, between = headline(before), headline(after), index_of(before, after)
    if old is None or between is None or new is None:
        return Trend(old, new, None, None, None)
    return Trend(old, new, new - old, between - old, new - between)


def index_of(map_of: Prepared, ties_of: Prepared) -> float | None:
    """I(map, ties): the index of one organisation's footprints under another one's ties."""
    pairs = _lent(map_of, ties_of)
    lent = coverage(pairs, map_of.footprints)
    meeting = map_of.meetings
    covered = float((meeting.omega[lent.touchpoint] * lent.value).sum())
    return ratio(covered, float(meeting.omega @ meeting.pairs), bool(meeting.counts.any()))


def _lent(map_of: Prepared, ties_of: Prepared) -> TiedPairs:
    """The tied pairs of one side as the other side numbers its units; pairs that it lacks are left out."""
    index, source = map_of.units.index, ties_of.tied
    place = np.array([index.get(unit, -1) for unit in ties_of.units.ids], dtype=np.int64)
    first, second = place[source.first], place[source.second]
    related = map_of.units.related_keys
    count = len(map_of.units.ids)
    keep = np.array(
        [
            a >= 0 and b >= 0 and a * count + b not in related
            for a, b in zip(first.tolist(), second.tolist(), strict=True)
        ],
        dtype=bool,
    )
    return TiedPairs(first[keep], second[keep], source.ranked, take(source.ties, np.flatnonzero(keep)), count)
