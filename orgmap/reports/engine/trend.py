"""Why the index moved: new agreements, or a changed map. METHOD 1.5 (trend)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from .alignment import headline, ratio
from .arrays import added, take
from .common import Common
from .coverage import DENSE, TiedPairs, by_pair, coverage
from .prepared import Ground, Prepared
from .scopes import Scopes
from .ties import Ranking, Rule, Tie
from .touchpoints import Scale

PAIRS_AT_ONCE = 500
"""Few pairs are those of large units, which share most."""
NOISE = 1e-12
"""Two indices closer than this are the same."""


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
    return split(headline(before), before, after)


def split(old: float | None, before: Ground, after: Prepared, lent: "Lent | None" = None) -> Trend:
    """The same, where the earlier index is known already. lent: the ties of `after` on the places of `before`."""
    new, between = headline(after), index_of(before, after, lent)
    if old is None or between is None or new is None:
        return Trend(old, new, None, None, None)
    if abs(new - between) < NOISE:  # summed in another order
        between = new
    return Trend(old, new, new - old, between - old, new - between)


@dataclass(frozen=True)
class Lent:
    """The ties of one organisation as another one's places know them: the same at every level."""

    ranking: Ranking
    scopes: Scopes

    @classmethod
    def of(cls, ties_of: Common, map_of: Common) -> "Lent":
        """Translated by name; what the places lack is left out."""
        there, source = map_of.entries.places, ties_of.ranking
        found = replace(source, ties=_translated(source.ties, ties_of.entries.places.scale, there.scale))
        return cls(found, Scopes(found.rules, there))


def index_of(map_of: Ground, ties_of: Prepared, lent: Lent | None = None) -> float | None:
    """I(map, ties): the index of one organisation's footprints under another one's ties."""
    lent = lent or Lent.of(ties_of.common, map_of.common)
    pairs, meeting = _lifted(map_of, ties_of, lent.ranking), map_of.meetings
    covered, few = [np.zeros(0)], len(pairs) * len(map_of.footprints.places) <= DENSE
    step = PAIRS_AT_ONCE if few else max(len(pairs), 1)
    for at in range(0, len(pairs), step):
        some = pairs.some(at, min(at + step, len(pairs)))
        cover = coverage(some, map_of.footprints, lent.scopes)
        covered.append(by_pair(cover, meeting.omega))
    total = float(np.concatenate(covered).sum())
    return ratio(total, added(meeting.omega, meeting.pairs), bool(meeting.counts.any()))


def _lifted(map_of: Ground, ties_of: Prepared, ranking: Ranking) -> TiedPairs:
    """The tied pairs of one side as the other side numbers its units; pairs that it lacks are left out."""
    index, source = map_of.units.index, ties_of.tied
    place = np.array([index.get(unit, -1) for unit in ties_of.units.ids], dtype=np.int64)
    first, second = place[source.first], place[source.second]
    keep = (first >= 0) & (second >= 0) & ~map_of.units.are_related(first, second)
    kept = take(source.ties, np.flatnonzero(keep))
    return TiedPairs(first[keep], second[keep], ranking, kept, len(map_of.units.ids))


def _translated(ties: Sequence[Tie], spoken: Scale, heard: Scale) -> tuple[Tie, ...]:
    """Ties about the same things, by their positions in another scale; what that lacks is left out."""
    words = []
    for field in ("audiences", "markets", "platforms", "benefits"):
        there = {name: at for at, name in enumerate(getattr(heard, field))}
        words.append([there.get(name, -1) for name in getattr(spoken, field)])
    known: dict[Rule, Rule] = {}
    for rule in {rule for tie in ties for rule in tie.rules}:
        filters = (rule.audiences, rule.markets, rule.platforms, rule.benefits)
        known[rule] = Rule(
            *(
                None if some is None else tuple(to[at] for at in some if to[at] >= 0)
                for some, to in zip(filters, words, strict=True)
            )
        )
    return tuple(replace(tie, rules=tuple(known[rule] for rule in tie.rules)) for tie in ties)
