"""Sprawl: accounts that nobody needs, runs or owns, and how widely they are spread. METHOD 1.7."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from .arrays import Flags, Ints, Ragged, as_floats, summed, take
from .findings import FLAGS
from .prepared import Prepared
from .shares import share


def sprawl(prepared: Prepared, *, whole: bool = True) -> dict[str, Any]:
    """The block `sprawl`; its shares run over visible accounts. whole: with the lists that no level changes."""
    units, platforms = prepared.units, prepared.organisation.platforms
    accounts, raised = prepared.organisation.accounts, prepared.common.raised
    runs = units.all_of(accounts.owners)
    total = _shares(np.zeros(len(accounts), dtype=np.int64), raised, [""])[""]
    by_platform = _shares(accounts.platform, raised, platforms)
    return {
        "total": total,
        "by_platform": {
            name: by_platform[name] | _concentration(runs, np.flatnonzero(accounts.platform == at), len(units.ids))
            for at, name in enumerate(platforms)
            if by_platform[name]["accounts"]
        },
        "by_unit": _shares(runs.values, raised[runs.rows], units.ids),
        "hhi": _concentration(runs, np.arange(len(accounts)), len(units.ids))["hhi"],
        **(prepared.common.findings.whole if whole else {}),
    }


def hhi(counts: Iterable[float]) -> float | None:
    """Herfindahl-Hirschman index of the counts' shares, in (0, 1]; None where they add up to nothing."""
    held = as_floats(counts)
    total = float(held.sum())
    return float(((held / total) ** 2).sum()) if total else None


def _shares(group: Ints, raised: Flags, names: Sequence[str]) -> dict[str, dict[str, Any]]:
    """For each group the number of its accounts and the share of them with each flag. raised: (accounts, flags)."""
    counts = np.bincount(group, minlength=len(names)).tolist()
    flagged = [summed(group, raised[:, at], len(names)) for at in range(len(FLAGS))]
    return {
        name: {"accounts": counts[at]}
        | {flag: share(int(flagged[number][at]), counts[at]) for number, flag in enumerate(FLAGS)}
        for at, name in enumerate(names)
    }


def _concentration(runs: Ragged, accounts: Ints, units: int) -> dict[str, float | None]:
    """How far few units run the accounts; `effective_owners`: as if so many units ran them evenly.

    runs: for each account its units; one that several run is split equally, one that nobody runs is left out.
    """
    parts = runs.lengths[accounts]
    who = take(runs, accounts).values
    held = summed(who, np.repeat(1 / np.maximum(parts, 1), parts), units)
    index = hhi(held)
    return {"hhi": index, "effective_owners": None if index is None else 1 / index}
