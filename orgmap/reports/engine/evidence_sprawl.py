"""The accounts behind the figures of sprawl."""

import numpy as np

from .arrays import Flags
from .evidence_places import Steps
from .findings import FLAGS
from .prepared import Prepared


def records(prepared: Prepared, steps: Steps) -> list[str]:
    """Ids of the accounts (for silent objectives: the objectives) that a figure of the block `sprawl` counts."""
    organisation, findings = prepared.organisation, prepared.common.findings
    accounts, everybody = organisation.accounts, np.ones(len(organisation.accounts), dtype=bool)
    what, rest = steps[0], steps[1:]
    if what == "silent_objectives":
        return [f"objective:{key}" for key in findings.silent_objectives() if not rest or key == rest[0]]
    if what == "duplicates":
        pairs = [rest] if rest else [row[1:] for row in findings.duplicates()]
        return [f"account:{key}" for pair in pairs for key in pair]
    if what == "flags":
        return [f"account:{accounts.ids[accounts.ids.index(rest[0])]}"]
    if what == "hhi":
        return _flagged(prepared, everybody, what)
    if what == "total":
        return _flagged(prepared, everybody, rest[0])
    if what == "by_platform":
        return _flagged(prepared, accounts.platform == organisation.platforms.index(rest[0]), rest[1])
    if what == "by_unit":
        mine = np.zeros(len(accounts), dtype=bool)
        mine[accounts.owners.rows[prepared.units.of[accounts.owners.values] == prepared.units.index[rest[0]]]] = True
        return _flagged(prepared, mine, rest[1])
    if what in ("surplus", "crowded"):
        serving = findings.serving
        least = 1 if rest else 2 if what == "surplus" else organisation.policy.crowded
        places = serving.at_least(least)
        named = zip(places.tolist(), serving.names(places), strict=True)
        chosen = [at for at, name in named if not rest or name == rest[0]]
        if rest and not chosen:
            raise KeyError(rest[0])
        return [f"account:{key}" for at in chosen for key in serving.accounts_at(at)]
    if what == "removable":
        rows = {row["account"]: row for row in findings.removable()}
        found = [rest[0], *rows[rest[0]]["covered_by"]] if rest else rows
        return [f"account:{key}" for key in found]
    raise KeyError(what)


def _flagged(prepared: Prepared, accounts: Flags, figure: str) -> list[str]:
    """Those of some accounts that a figure counts."""
    if figure in ("hhi", "effective_owners"):
        accounts = accounts & (prepared.organisation.accounts.owners.lengths > 0)
    elif figure != "accounts":
        if figure not in FLAGS:
            raise KeyError(figure)
        accounts = accounts & prepared.common.findings.carrying(figure)
    names: list[str] = prepared.common.record_names[np.flatnonzero(accounts)].tolist()
    return names
