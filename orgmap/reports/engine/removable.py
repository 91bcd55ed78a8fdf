"""Accounts that could go without losing a place or a purpose: reverse delete. METHOD 1.7."""

from datetime import date
from typing import Any

from .organisation import Account, Organisation

Place = tuple[str, str, str]  # platform, audience, market


class Serving:
    """Which visible accounts serve which place, and which of them for which benefit."""

    def __init__(self, organisation: Organisation) -> None:
        self.organisation = organisation
        self.here: dict[Place, list[str]] = {}
        self.benefits: dict[str, tuple[str, ...]] = {}
        for account in organisation.visible:
            serves = {objective.benefit for objective in organisation.live_objectives[account.id]}
            self.benefits[account.id] = tuple(sorted(serves))
            for place in places_of(account):
                self.here.setdefault(place, []).append(account.id)

    def crowds(self) -> dict[Place, list[str]]:
        """The accounts of every place with any, by id."""
        return self.here


def places_of(account: Account) -> list[Place]:
    """The places of an account, each with its platform."""
    return [(account.platform, audience, market) for audience in account.audiences for market in account.markets]


def removable(serving: Serving, flags: dict[str, dict[str, bool]]) -> list[dict[str, Any]]:
    """Accounts that may go, in visiting order, each with the kept accounts that take over.

    Visited are dormant ones first, then those without objective, then by oldest last post, then by id. An active
    account without a stated purpose is asked for one, never proposed.
    """
    organisation = serving.organisation
    kept = {account.id for account in organisation.visible}
    left = {key: len(accounts) for key, accounts in organisation.channels.items()}
    serves = _Counter(serving)
    found = []
    for account in sorted(organisation.visible, key=lambda account: _visit(account, flags[account.id])):
        flag = flags[account.id]
        if flag["unplaced"] or (not flag["dormant"] and flag["no_objective"]):
            continue
        objectives = organisation.live_objectives[account.id]
        if any(left[objective.id] == 1 for objective in objectives) or not serves.spare(account):
            continue
        kept.discard(account.id)
        serves.drop(account)
        for objective in objectives:
            left[objective.id] -= 1
        found.append({"account": account.id, "covered_by": _covering(account, serving, kept)})
    return found


class _Counter:
    """How many kept accounts serve each place, and each place with each benefit."""

    def __init__(self, serving: Serving) -> None:
        self.benefits = serving.benefits
        self.counts: dict[tuple[Place, str], int] = {}
        for place, names in serving.here.items():
            self.counts[place, ""] = len(names)
            for name in names:
                for benefit in self.benefits[name]:
                    key = (place, f"={benefit}")
                    self.counts[key] = self.counts.get(key, 0) + 1

    def spare(self, account: Account) -> bool:
        """Whether another kept account serves each place and benefit of this one."""
        wanted = [f"={benefit}" for benefit in self.benefits[account.id]] or [""]
        return all(self.counts[place, benefit] > 1 for place in places_of(account) for benefit in wanted)

    def drop(self, account: Account) -> None:
        """The account is kept no longer."""
        for place in places_of(account):
            self.counts[place, ""] -= 1
            for benefit in self.benefits[account.id]:
                self.counts[place, f"={benefit}"] -= 1


def _visit(account: Account, flag: dict[str, bool]) -> tuple[bool, bool, date, str]:
    return not flag["dormant"], not flag["no_objective"], account.last_post or date.min, account.id


def _covering(account: Account, serving: Serving, kept: set[str]) -> list[str]:
    wanted = set(serving.benefits[account.id])
    found = set()
    for place in places_of(account):
        for name in serving.here[place]:
            if name in kept and (not wanted or wanted.intersection(serving.benefits[name])):
                found.add(name)
    return sorted(found)
