"""Sprawl as far as it is the same at every level: what is amiss with each account, and which are too many."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from .arrays import Flags, Ints, Ragged, take
from .handles import KINDS, duplicates
from .organisation import Organisation
from .removable import Serving, removable, takers

FLAGS = ("dormant", "activity_unknown", "no_objective", "unplaced", "orphan")


@dataclass(frozen=True)
class Found:
    """What takes long to find out about the visible accounts, by their positions: what processes hand over.

    twins: (pairs, 3) duplicates and look-alikes: position in `handles.KINDS`, and both accounts. gone: those that may
    go, in visiting order.
    """

    twins: Ints
    gone: Ints


@dataclass(frozen=True)
class Findings:
    """What was found about the visible accounts, in words. raised: (accounts, flags)."""

    organisation: Organisation
    serving: Serving
    raised: Flags
    found: Found

    @property
    def counts(self) -> dict[str, int]:
        """How long each list is."""
        return {
            "crowded": len(self.serving.at_least(self.organisation.policy.crowded)),
            "removable": len(self.found.gone),
            "silent_objectives": len(self.silent),
            "duplicates": len(self.found.twins),
        }

    @property
    def silent(self) -> Ints:
        """The objectives that no account serves."""
        return np.flatnonzero(self.organisation.channels.lengths == 0)

    def crowded(self, most: int | None = None) -> list[dict[str, Any]]:
        """Crowded places, as long as they name no more than `most` accounts: most accounts first, then by name."""
        return self.serving.crowded(self.organisation.policy.crowded, most)

    def removable(self, most: int | None = None) -> list[dict[str, Any]]:
        """Accounts that may go, in visiting order; with `most` those with takers, as long as they name no more."""
        ids, some = self.organisation.account_ids, np.arange(len(self.found.gone))
        takers = self.takers(some, most)
        if most is not None:
            some = np.flatnonzero((takers.lengths > 0) & (np.cumsum(takers.lengths) <= most))
        rows = zip(ids[self.found.gone[some]].tolist(), take(takers, some).named(ids), strict=True)
        return [{"account": account, "covered_by": covered_by} for account, covered_by in rows]

    def takers(self, some: Ints, most: int | None = None) -> Ragged:
        """For some of those that may go, by their turns, who takes over; once more than `most` are named, nobody."""
        return takers(self.serving, self.found.gone, some, most)

    def duplicates(self, most: int | None = None) -> list[list[str]]:
        """The first duplicates and look-alikes as rows [kind, id, id]."""
        kinds, *pair = self.found.twins[:most].T
        names = (self.organisation.account_ids[each].tolist() for each in pair)
        return [list(row) for row in zip((KINDS[each] for each in kinds.tolist()), *names, strict=True)]

    def silent_objectives(self, most: int | None = None) -> list[str]:
        """The first objectives without a visible account."""
        found: list[str] = self.organisation.objective_ids[self.silent[:most]].tolist()
        return found

    @cached_property
    def flags(self) -> dict[str, dict[str, bool]]:
        """What is amiss with each account, by its id."""
        rows = zip(self.organisation.accounts.ids, self.raised.tolist(), strict=True)
        return {key: dict(zip(FLAGS, row, strict=True)) for key, row in rows}

    @cached_property
    def whole(self) -> dict[str, Any]:
        """All of it, as parts of the result."""
        return {
            "crowded": self.crowded(),
            "surplus": self.serving.surplus,
            "removable": self.removable(),
            "silent_objectives": self.silent_objectives(),
            "duplicates": self.duplicates(),
            "flags": self.flags,
        }

    def carrying(self, flag: str) -> Flags:
        """(accounts,) those with a flag."""
        found: Flags = self.raised[:, FLAGS.index(flag)]
        return found


def search(organisation: Organisation, serving: Serving, raised: Flags) -> Found:
    """Everything about sprawl that asks for no unit."""
    return Found(duplicates(organisation), removable(serving, raised))


def flags(organisation: Organisation) -> Flags:
    """(accounts, flags) what is amiss; several may hold. Unknown activity is never counted as dormant."""
    accounts, dormant = organisation.accounts, organisation.dormant
    return np.stack(
        (
            dormant,
            (accounts.last_post == 0) & ~dormant,
            ~accounts.with_objective,
            ~accounts.placed,
            (accounts.owners.lengths == 0) | ~accounts.contact,
        ),
        axis=1,
    )
