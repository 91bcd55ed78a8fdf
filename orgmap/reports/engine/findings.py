"""Sprawl as far as it is the same at every level: what is amiss with each account, and which are too many."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from .arrays import Flags, Ints
from .handles import KINDS, duplicates
from .organisation import Organisation
from .removable import Serving, removable
from .touchpoints import Entries

FLAGS = ("dormant", "activity_unknown", "no_objective", "unplaced", "orphan")


@dataclass(frozen=True)
class Findings:
    """What was found about the visible accounts.

    raised: (accounts, flags); blocks: parts of the result; twins: (pairs, 3) duplicates and look-alikes: position in
    `handles.KINDS`, and both accounts.
    """

    ids: tuple[str, ...]
    raised: Flags
    blocks: dict[str, Any]
    twins: Ints

    def told(self, twins: Ints) -> list[list[str]]:
        """Some of them as rows [kind, id, id]."""
        return [[KINDS[kind], self.ids[one], self.ids[other]] for kind, one, other in twins.tolist()]

    @cached_property
    def duplicates(self) -> list[list[str]]:
        """All of them as rows."""
        return self.told(self.twins)

    @cached_property
    def flags(self) -> dict[str, dict[str, bool]]:
        """What is amiss with each account, by its id."""
        rows = self.raised.tolist()
        return {key: dict(zip(FLAGS, row, strict=True)) for key, row in zip(self.ids, rows, strict=True)}

    @property
    def whole(self) -> dict[str, Any]:
        """All of it, as parts of the result."""
        return {**self.blocks, "duplicates": self.duplicates, "flags": self.flags}

    def carrying(self, flag: str) -> Flags:
        """(accounts,) those with a flag."""
        found: Flags = self.raised[:, FLAGS.index(flag)]
        return found


def findings(organisation: Organisation, entries: Entries, raised: Flags, most: int | None = None) -> Findings:
    """Everything about sprawl that asks for no unit. most: rows that go beyond so many names of accounts name none."""
    serving = Serving(organisation, entries)
    silent = np.flatnonzero(organisation.channels.lengths == 0)
    return Findings(
        organisation.accounts.ids,
        raised,
        {
            "crowded": serving.crowded(organisation.policy.crowded, most),
            "surplus": serving.surplus,
            "removable": removable(serving, raised, most),
            "silent_objectives": organisation.objective_ids[silent].tolist(),
        },
        duplicates(organisation),
    )


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
