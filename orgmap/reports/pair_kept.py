"""The pairs that a report keeps of a level, the widest gap first: the only way to read them all.

The widest gaps are rows with their meeting places. Ranked after them come those that the map shows without places,
which are one packed value (`orgmap.reports.siblings`). Whoever reads sees no difference.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, overload

import numpy as np
from django.db.models import Q, QuerySet

from orgmap.reports.models import Level, Pair
from orgmap.reports.siblings import Siblings
from orgmap.reports.spots import Flags, Numbers

Which = Callable[[Siblings], Flags]


@dataclass(frozen=True, eq=False)
class Kept(Sequence[Pair]):
    """Some pairs of a level. ranked: those that are rows; which: what leaves the others, each flags of all of them."""

    level: Level
    ranked: QuerySet[Pair]
    which: tuple[Which, ...] = ()

    def of(self, units: Iterable[str] | QuerySet[Any]) -> "Kept":
        """Those with one of these units."""
        return self.filtered(
            self.ranked.filter(Q(a__in=units) | Q(b__in=units)), lambda found: found.of(frozenset(units))
        )

    def between(self, units: Iterable[str]) -> "Kept":
        """Those of two of these units."""
        return self.filtered(
            self.ranked.filter(a__in=units, b__in=units), lambda found: found.between(frozenset(units))
        )

    def of_kind(self, quadrant: str) -> "Kept":
        """Those of one quadrant; all where it is empty."""
        if not quadrant:
            return self
        return self.filtered(self.ranked.filter(quadrant=quadrant), lambda found: found.of_kind(quadrant))

    def meeting(self) -> "Kept":
        """Those that share anything."""
        return self.filtered(self.ranked.filter(shared__gt=0), lambda found: found.shared > 0)

    def without_places(self) -> "Kept":
        """The same, without reading what they share."""
        return replace(self, ranked=self.ranked.defer("sheet"))

    def filtered(self, ranked: QuerySet[Pair], which: Which) -> "Kept":
        """Those that a question leaves, once asked of rows and once of columns."""
        return replace(self, ranked=ranked, which=(*self.which, which))

    def first(self) -> Pair | None:
        """The one with the widest gap."""
        return next(iter(self[:1]), None)

    def rows(self) -> Iterator[dict[str, Any]]:
        """All as the method writes them, with their rank, without places: quicker than records."""
        for rank, row in self.ranked.values_list("rank", "row"):
            yield {**row, "rank": rank}
        found = self.level.siblings
        for number, row in zip(self._others.tolist(), found.rows(self._others), strict=True):
            yield {**row, "rank": found.first + number}

    def __len__(self) -> int:
        return self.ranked.count() + len(self._others)

    def __iter__(self) -> Iterator[Pair]:
        return iter(self[:])

    @overload
    def __getitem__(self, at: int) -> Pair: ...
    @overload
    def __getitem__(self, at: slice) -> list[Pair]: ...
    def __getitem__(self, at: int | slice) -> Pair | list[Pair]:
        """Counted from the front. The packed ones are read only where the rows are not enough."""
        if isinstance(at, int):
            return self[at : at + 1][0]
        start, stop = at.start or 0, at.stop
        rows = list(self.ranked[start:stop])
        if stop is not None and start + len(rows) >= stop:
            return rows
        before = start + len(rows) if rows or not start else self.ranked.count()
        return rows + self._records(self._others[max(start - before, 0) : None if stop is None else stop - before])

    @cached_property
    def _others(self) -> Numbers:
        """The packed ones that are left, by number."""
        found = self.level.siblings
        left = np.ones(len(found), dtype=bool)
        for which in self.which if len(found) else ():
            left &= which(found)
        return np.flatnonzero(left)

    def _records(self, numbers: Numbers) -> list[Pair]:
        found = self.level.siblings
        return [
            Pair(level=self.level, rank=found.first + number, row=row, **{name: row[name] for name in COLUMNS})
            for number, row in zip(numbers.tolist(), found.rows(numbers), strict=True)
        ]


COLUMNS = ("a", "b", "shared", "overlap", "coverage", "gap", "quadrant")


def kept(level: Level) -> Kept:
    """All pairs that a report keeps of a level."""
    return Kept(level, Pair.objects.filter(level=level).order_by("rank"))
