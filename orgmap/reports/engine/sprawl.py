"""Sprawl: accounts that nobody needs, runs or owns, and how widely they are spread. METHOD 1.7."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from .handles import duplicates
from .organisation import Account, Organisation
from .prepared import Prepared
from .removable import Serving, removable
from .shares import share
from .touchpoints import Touchpoint

FLAGS = ("dormant", "activity_unknown", "no_objective", "unplaced", "orphan")


def sprawl(prepared: Prepared) -> dict[str, Any]:
    """The block `sprawl`; its shares run over visible accounts."""
    organisation = prepared.organisation
    accounts = organisation.visible
    flags = {account.id: flags_of(account, organisation) for account in accounts}
    by_platform: dict[str, list[Account]] = {}
    by_unit: dict[str, list[Account]] = {unit: [] for unit in prepared.units.ids}
    for account in accounts:
        by_platform.setdefault(account.platform, []).append(account)
        for unit in units_of(account, prepared):
            by_unit[unit].append(account)
    serving = Serving(organisation)
    crowds = serving.crowds()
    return {
        "total": _shares(accounts, flags),
        "by_platform": {
            platform: _shares(some, flags) | _concentration(some, prepared)
            for platform, some in sorted(by_platform.items())
        },
        "by_unit": {unit: _shares(some, flags) for unit, some in by_unit.items()},
        "hhi": _concentration(accounts, prepared)["hhi"],
        "crowded": _crowded(crowds, prepared),
        "surplus": sum(len(names) - 1 for names in crowds.values()),
        "removable": removable(serving, flags),
        "silent_objectives": [item.id for item in organisation.live if not organisation.channels[item.id]],
        "duplicates": duplicates(organisation),
        "flags": flags,
    }


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


def units_of(account: Account, prepared: Prepared) -> list[str]:
    """The distinct units that run an account."""
    return [prepared.units.ids[at] for at in prepared.units.positions(account.owners)]


def hhi(counts: Iterable[float]) -> float | None:
    """Herfindahl-Hirschman index of the counts' shares, in (0, 1]; None where they add up to nothing."""
    listed = list(counts)
    total = sum(listed)
    return sum((count / total) ** 2 for count in listed) if total else None


def _shares(accounts: Sequence[Account], flags: dict[str, dict[str, bool]]) -> dict[str, Any]:
    counts = {flag: sum(flags[account.id][flag] for account in accounts) for flag in FLAGS}
    return {"accounts": len(accounts)} | {flag: share(count, len(accounts)) for flag, count in counts.items()}


def _concentration(accounts: Sequence[Account], prepared: Prepared) -> dict[str, float | None]:
    """How far few units run the accounts; `effective_owners`: as if so many units ran them evenly."""
    held = np.zeros(len(prepared.units.ids))
    for account in accounts:
        positions = prepared.units.positions(account.owners)
        held[positions] += 1 / max(len(positions), 1)
    index = hhi(held[held > 0].tolist())
    return {"hhi": index, "effective_owners": None if index is None else 1 / index}


def _crowded(crowds: dict[tuple[str, str, str], list[str]], prepared: Prepared) -> list[dict[str, Any]]:
    least = prepared.organisation.policy.crowded
    rows = [
        {"touchpoint": str(Touchpoint("channel", audience, market, platform)), "accounts": names}
        for (platform, audience, market), names in crowds.items()
        if len(names) >= least
    ]
    return sorted(rows, key=lambda row: (-len(row["accounts"]), row["touchpoint"]))
