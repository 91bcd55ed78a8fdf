"""The organisation as the method sees it on one day: what counts, as columns. `layout` reads it from plain dicts."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from .arrays import Flags, Ints, Ragged
from .catalogue import Catalogue
from .policy import Policy


@dataclass(frozen=True, slots=True)
class Department:
    """A node of the organisation's tree. A closed one owns nothing."""

    id: str
    parent: str | None
    active: bool
    process: str = ""


@dataclass(frozen=True)
class Accounts:
    """The accounts that people can meet (active or dormant, never planned or retired), sorted by id.

    platform: position in the organisation's platforms; owners: distinct active departments in the order given, by
    position among the active ones; audiences, markets: leaves by position, ascending; objectives: live ones by
    position, ascending; last_post: day number, 0 where none is known; the rest flags: marked dormant, with a contact,
    placed by its department's default, with a listening date, says what its audience gets.
    """

    ids: tuple[str, ...]
    handles: tuple[str, ...]
    platform: Ints
    owners: Ragged
    audiences: Ragged
    markets: Ragged
    objectives: Ragged
    last_post: Ints
    marked_dormant: Flags
    contact: Flags
    by_default: Flags
    listening: Flags
    gets: Flags

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def placed(self) -> Flags:
        """(accounts,) have a known audience and a known market."""
        return (self.audiences.lengths > 0) & (self.markets.lengths > 0)

    @property
    def with_objective(self) -> Flags:
        """(accounts,) serve a live objective."""
        return self.objectives.lengths > 0


@dataclass(frozen=True)
class Objectives:
    """The objectives that count today, sorted by id; columns as those of accounts. benefit: position in `benefits`."""

    ids: tuple[str, ...]
    benefit: Ints
    owners: Ragged
    audiences: Ragged
    markets: Ragged
    by_default: Flags

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def placed(self) -> Flags:
        """(objectives,) have a known audience and a known market."""
        return (self.audiences.lengths > 0) & (self.markets.lengths > 0)


@dataclass(frozen=True, slots=True)
class DeclaredTie:
    """An agreement that departments made. Members, live objectives and leaves by position; a filter of None is any."""

    id: str
    kind: str
    members: tuple[int, ...]
    current: bool
    names_objectives: bool
    objectives: tuple[int, ...]
    audiences: tuple[int, ...] | None
    markets: tuple[int, ...] | None
    platforms: tuple[str, ...] | None
    benefits: tuple[str, ...] | None


@dataclass(frozen=True)
class Organisation:
    """All facts on one day. platforms, benefits: those that records use or agreements name, sorted."""

    as_of: date
    policy: Policy
    catalogue: Catalogue
    departments: dict[str, Department]
    platforms: tuple[str, ...]
    benefits: tuple[str, ...]
    accounts: Accounts
    objectives: Objectives
    ties: tuple[DeclaredTie, ...]
    unknown_in: tuple[str, ...]  # a record once for every unknown id in its lists

    @cached_property
    def active(self) -> tuple[str, ...]:
        """The active departments, sorted."""
        return tuple(sorted(key for key, department in self.departments.items() if department.active))

    @cached_property
    def parents(self) -> dict[str, str | None]:
        """The nearest active ancestor of every active department; closed ones in between are skipped."""
        found: dict[str, str | None] = {}
        for department in self.departments.values():
            if department.active:
                up = department.parent
                while up is not None and not self.departments[up].active:
                    up = self.departments[up].parent
                found[department.id] = up
        return found

    @cached_property
    def lines(self) -> dict[str, tuple[str, ...]]:
        """The way from the root down to every active department, both included."""
        found: dict[str, tuple[str, ...]] = {}
        for department in self.parents:
            missing = [department]
            while (up := self.parents[missing[-1]]) is not None and up not in found:
                missing.append(up)
            for node in reversed(missing):
                above = self.parents[node]
                found[node] = (node,) if above is None else (*found[above], node)
        return found

    @cached_property
    def channels(self) -> Ragged:
        """(objectives,) the accounts that serve each, ascending."""
        return self.accounts.objectives.turned(len(self.objectives))

    @cached_property
    def dormant(self) -> Flags:
        """(accounts,) marked so, or silent for more than the policy's days; no known post is no proof. METHOD 1.7."""
        posts = self.accounts.last_post
        silent: Flags = self.as_of.toordinal() - posts > self.policy.dormant_days
        return self.accounts.marked_dormant | ((posts > 0) & silent)

    @cached_property
    def account_ids(self) -> "np.typing.NDArray[np.object_]":
        """(accounts,) their ids, to be picked from by position."""
        return np.array(self.accounts.ids, dtype=object)

    @cached_property
    def objective_ids(self) -> "np.typing.NDArray[np.object_]":
        """(objectives,) their ids, to be picked from by position."""
        return np.array(self.objectives.ids, dtype=object)
