"""Reporting levels: which unit a department answers for, who is related to whom, and which division a unit is in."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .arrays import Flags, Ints, Ragged, grouped
from .errors import MalformedOrganisation
from .organisation import Organisation


@dataclass(frozen=True)
class Units:
    """The units of one level, sorted by id. METHOD 1.2 (Nesting) and 1.6 (divisions).

    of: (active departments,) the unit of each; related: (related pairs, 2) positions, lower first, sorted;
    division: (units,) position in `divisions`.
    """

    ids: tuple[str, ...]
    of: Ints
    parents: dict[str, str | None]
    related: Ints
    divisions: tuple[str, ...]
    division: Ints

    @cached_property
    def index(self) -> dict[str, int]:
        """Position of every unit."""
        return {unit: position for position, unit in enumerate(self.ids)}

    @cached_property
    def related_keys(self) -> Ints:
        """(related pairs,) lower * units + higher position, sorted."""
        return self.related[:, 0] * len(self.ids) + self.related[:, 1]

    def are_related(self, first: Ints, second: Ints) -> Flags:
        """Whether one of each two units lies above the other."""
        keys = np.minimum(first, second) * len(self.ids) + np.maximum(first, second)
        if not len(self.related):
            return np.zeros(len(keys), dtype=bool)
        found = np.minimum(np.searchsorted(self.related_keys, keys), len(self.related) - 1)
        same: Flags = self.related_keys[found] == keys
        return same

    def positions(self, departments: Iterable[int]) -> list[int]:
        """The distinct units of active departments."""
        return sorted(set(self.of[list(departments)].tolist()))

    def all_of(self, departments: Ragged) -> Ragged:
        """The distinct units of lists of active departments."""
        width = max(len(self.ids), 1)
        return grouped(departments.rows * width + self.of[departments.values], len(departments), width)

    def common_ancestor(self, members: Iterable[str]) -> str | None:
        """The lowest active department above all members or itself one of them, None where no such stands."""
        lines = [self.line(member) for member in members]
        for candidate in lines[0]:
            if all(candidate in line for line in lines):
                return candidate
        return None

    def line(self, department: str) -> list[str]:
        """The active department and those above it, lowest first."""
        found = [department]
        while (up := self.parents[found[-1]]) is not None:
            found.append(up)
        return found


def units(organisation: Organisation, level: int | None) -> Units:
    """Maps every active department to its unit. level None makes each a unit of its own; 1 is the roots."""
    if level is not None and (isinstance(level, bool) or not isinstance(level, int) or level < 1):
        raise MalformedOrganisation("level", f"{level!r} is not a whole number of 1 or more.")
    parents, lines = organisation.parents, organisation.lines
    unit_of = {d: d if level is None else line[min(level, len(line)) - 1] for d, line in lines.items()}
    ids = tuple(sorted(set(unit_of.values())))
    index = {unit: position for position, unit in enumerate(ids)}
    related = sorted(
        tuple(sorted((index[unit], index[above]))) for unit in ids for above in lines[unit][:-1] if above in index
    )
    single_root = sum(up is None for up in parents.values()) == 1
    of_unit = [lines[unit][1] if single_root and len(lines[unit]) > 1 else lines[unit][0] for unit in ids]
    divisions = tuple(sorted(set(of_unit)))
    places = {division: position for position, division in enumerate(divisions)}
    return Units(
        ids=ids,
        of=np.array([index[unit_of[department]] for department in organisation.active], dtype=np.int64),
        parents=parents,
        related=np.array(related, dtype=np.int64).reshape(-1, 2),
        divisions=divisions,
        division=np.array([places[division] for division in of_unit], dtype=np.int64),
    )
