"""The accounts behind the figures of sprawl."""

from .evidence_places import Steps
from .findings import FLAGS, flags_of
from .organisation import Account
from .prepared import Prepared
from .removable import Serving


def records(prepared: Prepared, steps: Steps) -> list[str]:
    """Ids of the accounts (for silent objectives: the objectives) that a figure of the block `sprawl` counts."""
    organisation = prepared.organisation
    accounts = list(organisation.visible)
    what, rest = steps[0], steps[1:]
    if what == "silent_objectives":
        silent = [item.id for item in organisation.live if not organisation.channels[item.id]]
        return [f"objective:{key}" for key in silent if not rest or key == rest[0]]
    if what == "duplicates":
        pairs = [rest] if rest else [row[1:] for row in prepared.common.findings.blocks["duplicates"]]
        return [f"account:{key}" for pair in pairs for key in pair]
    if what == "flags":
        return [f"account:{account.id}" for account in accounts if account.id == rest[0]]
    if what == "hhi":
        return _ids([account for account in accounts if account.owners])
    if what == "total":
        return _flagged(prepared, accounts, rest[0])
    if what == "by_platform":
        return _flagged(prepared, [account for account in accounts if account.platform == rest[0]], rest[1])
    if what == "by_unit":
        at = prepared.units.index[rest[0]]
        mine = [account for account in accounts if at in prepared.units.positions(account.owners)]
        return _flagged(prepared, mine, rest[1])
    serving = Serving(organisation, prepared.common.entries)
    if what == "surplus":
        return [f"account:{key}" for names in serving.at_least(2).values() for key in names]
    if what == "crowded" and not rest:
        least = organisation.policy.crowded
        return [f"account:{key}" for names in serving.at_least(least).values() for key in names]
    if what == "crowded":
        _, audience, market, platform = rest[0].split("|")
        return [f"account:{key}" for key in serving.at_least(1)[platform, audience, market]]
    if what == "removable":
        rows = prepared.common.findings.blocks["removable"]
        if not rest:
            return [f"account:{row['account']}" for row in rows]
        row = next((row for row in rows if row["account"] == rest[0]), None)
        if row is None:
            raise KeyError(rest[0])
        return [f"account:{key}" for key in (row["account"], *row["covered_by"])]
    raise KeyError(what)


def _flagged(prepared: Prepared, accounts: list[Account], figure: str) -> list[str]:
    if figure == "accounts":
        return _ids(accounts)
    if figure in ("hhi", "effective_owners"):
        return _ids([account for account in accounts if account.owners])
    if figure not in FLAGS:
        raise KeyError(figure)
    return _ids([account for account in accounts if flags_of(account, prepared.organisation)[figure]])


def _ids(accounts: list[Account]) -> list[str]:
    return [f"account:{account.id}" for account in accounts]
