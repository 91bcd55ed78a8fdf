"""Sprawl as far as it is the same at every level: what is amiss with each account, and which are too many."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from .arrays import Ints
from .handles import duplicates
from .organisation import Account, Organisation
from .removable import Serving, removable
from .touchpoints import Entries, Touchpoint

FLAGS = ("dormant", "activity_unknown", "no_objective", "unplaced", "orphan")


@dataclass(frozen=True)
class Findings:
    """What was found about the visible accounts. flags: by account id; blocks: parts of the result as they stand."""

    flags: dict[str, dict[str, bool]]
    blocks: dict[str, Any]

    @cached_property
    def raised(self) -> Ints:
        """(accounts, flags) ones where a flag holds."""
        return np.array([list(flag.values()) for flag in self.flags.values()], dtype=np.int64).reshape(-1, len(FLAGS))


def findings(organisation: Organisation, entries: Entries) -> Findings:
    """Everything about sprawl that asks for no unit."""
    flags = {account.id: flags_of(account, organisation) for account in organisation.visible}
    serving = Serving(organisation, entries)
    return Findings(
        flags,
        {
            "crowded": _crowded(serving, organisation.policy.crowded),
            "surplus": serving.surplus,
            "removable": removable(serving, flags),
            "silent_objectives": [item.id for item in organisation.live if not organisation.channels[item.id]],
            "duplicates": duplicates(organisation),
        },
    )


def flags_of(account: Account, organisation: Organisation) -> dict[str, bool]:
    """What is amiss with one account; several may hold. Unknown activity is never counted as dormant."""
    dormant = organisation.dormant(account)
    return {
        "dormant": dormant,
        "activity_unknown": account.last_post is None and not dormant,
        "no_objective": not organisation.live_objectives[account.id],
        "unplaced": not account.placed,
        "orphan": not account.owners or not account.contact,
    }


def _crowded(serving: Serving, least: int) -> list[dict[str, Any]]:
    rows = [
        {"touchpoint": str(Touchpoint("channel", audience, market, platform)), "accounts": names}
        for (platform, audience, market), names in serving.at_least(least).items()
    ]
    return sorted(rows, key=lambda row: (-len(row["accounts"]), row["touchpoint"]))
