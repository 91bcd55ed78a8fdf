"""Accounts that could go without losing a place or a purpose: reverse delete. METHOD 1.7."""

from datetime import date
from typing import Any

from .organisation import Account, Organisation

Place = tuple[str, str, str]  # platform, audience, market


class Serving:
    """Which visible accounts serve each place, by id, and which of them serve it for each benefit."""

    def __init__(self, organisation: Organisation) -> None:
        self.organisation = organisation
        self.here: dict[Place, list[str]] = {}
        self.for_benefit: dict[tuple[Place, str], list[str]] = {}
        self.places: dict[str, list[Place]] = {}
        self.benefits: dict[str, tuple[str, ...]] = {}
        for account in organisation.visible:
            serves = tuple(sorted({objective.benefit for objective in organisation.live_objectives[account.id]}))
            places = places_of(account)
            self.places[account.id], self.benefits[account.id] = places, serves
            for place in places:
                self.here.setdefault(place, []).append(account.id)
                for benefit in serves:
                    self.for_benefit.setdefault((place, benefit), []).append(account.id)

    def alike(self, account: str) -> list[list[str]]:
        """For each place and benefit of an account (without any, each place): all accounts that serve it."""
        places, serves = self.places[account], self.benefits[account]
        if not serves:
            return [self.here[place] for place in places]
        return [self.for_benefit[place, benefit] for place in places for benefit in serves]


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
    found = []
    for account in sorted(organisation.visible, key=lambda account: _visit(account, flags[account.id])):
        flag = flags[account.id]
        if flag["unplaced"] or (not flag["dormant"] and flag["no_objective"]):
            continue
        objectives = organisation.live_objectives[account.id]
        if any(left[objective.id] == 1 for objective in objectives):
            continue
        alike = serving.alike(account.id)
        if not all(any(name in kept and name != account.id for name in names) for names in alike):
            continue
        kept.discard(account.id)
        for objective in objectives:
            left[objective.id] -= 1
        found.append({"account": account.id, "covered_by": sorted(kept & set().union(*alike))})
    return found


def _visit(account: Account, flag: dict[str, bool]) -> tuple[bool, bool, date, str]:
    return not flag["dormant"], not flag["no_objective"], account.last_post or date.min, account.id
