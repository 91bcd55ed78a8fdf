"""Reporting levels: which unit a department answers for, who is related to whom, and which division a unit is in."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .arrays import Ints
from .errors import MalformedOrganisation
from .organisation import Organisation


@dataclass(frozen=True)
class Units:
    """The units of one level, sorted by id. METHOD 1.2 (Nesting) and 1.6 (divisions)."""

    ids: tuple[str, ...]
    unit_of: dict[str, str]
    parents: dict[str, str | None]
    related: Ints
    divisions: tuple[str, ...]
    division: Ints

    @cached_property
    def index(self) -> dict[str, int]:
        """Position of every unit."""
        return {unit: position for position, unit in enumerate(self.ids)}

    @cached_property
    def position_of(self) -> dict[str, int]:
        """Position of the unit that each active department answers to."""
        return {department: self.index[unit] for department, unit in self.unit_of.items()}

    @cached_property
    def related_keys(self) -> frozenset[int]:
        """Related pairs as lower * n + higher position."""
        return frozenset(int(a) * len(self.ids) + int(b) for a, b in self.related)

    def positions(self, departments: Iterable[str]) -> list[int]:
        """The distinct units of active departments, by position."""
        return sorted({self.position_of[department] for department in departments})

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
    parents = active_parents(organisation)
    lines: dict[str, tuple[str, ...]] = {}
    for department in parents:
        _line_down(department, parents, lines)
    unit_of = {d: d if level is None else line[: min(level, len(line))][-1] for d, line in lines.items()}
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
        unit_of=unit_of,
        parents=parents,
        related=np.array(related, dtype=np.int64).reshape(-1, 2),
        divisions=divisions,
        division=np.array([places[division] for division in of_unit], dtype=np.int64),
    )


def active_parents(organisation: Organisation) -> dict[str, str | None]:
    """The nearest active ancestor of every active department; closed ones in between are skipped."""
    known = organisation.departments
    found: dict[str, str | None] = {}
    for department in known.values():
        if department.active:
            up = department.parent
            while up is not None and not known[up].active:
                up = known[up].parent
            found[department.id] = up
    return found


def _line_down(department: str, parents: dict[str, str | None], lines: dict[str, tuple[str, ...]]) -> None:
    """Fills in the way from the root down to a department, both included, without recursion."""
    missing = [department]
    while missing[-1] not in lines:
        up = parents[missing[-1]]
        if up is None:
            lines[missing[-1]] = (missing[-1],)
        elif up in lines:
            lines[missing[-1]] = (*lines[up], missing[-1])
        else:
            missing.append(up)
    while missing:
        node = missing.pop()
        if node not in lines:
            up = parents[node]
            assert up is not None  # noqa: S101  # a root was filled in above
            lines[node] = (*lines[up], node)
