"""Accounts that could go without losing a place or a purpose: reverse delete. METHOD 1.7."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from .organisation import Account, Organisation

Place = tuple[str, str, str]  # platform, audience, market
Key = TypeVar("Key")


@dataclass(slots=True)
class Crowd:
    """The visible accounts that serve one place (for one benefit, or at all), by id, and how many of them are kept."""

    names: list[str] = field(default_factory=list)
    kept: int = 0

    def add(self, account: str) -> None:
        """One more account serves here."""
        self.names.append(account)
        self.kept += 1


class Serving:
    """Which visible accounts serve each place, and which of them serve it for each benefit."""

    def __init__(self, organisation: Organisation) -> None:
        self.organisation = organisation
        self.crowds: dict[Place, Crowd] = {}
        self.purposes: dict[tuple[Place, str], Crowd] = {}
        self.of: dict[str, tuple[list[Crowd], list[Crowd]]] = {}
        for account in organisation.visible:
            serves = sorted({objective.benefit for objective in organisation.live_objectives[account.id]})
            places = places_of(account)
            plain = [_crowd(self.crowds, place) for place in places]
            stated = [_crowd(self.purposes, (place, benefit)) for place in places for benefit in serves]
            for crowd in (*plain, *stated):
                crowd.add(account.id)
            self.of[account.id] = plain, stated

    @property
    def here(self) -> dict[Place, list[str]]:
        """The accounts of every place."""
        return {place: crowd.names for place, crowd in self.crowds.items()}


def _crowd(crowds: dict[Key, Crowd], key: Key) -> Crowd:
    found = crowds.get(key)
    if found is None:
        found = crowds[key] = Crowd()
    return found


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
        plain, stated = serving.of[account.id]
        needed = stated or plain
        if any(crowd.kept == 1 for crowd in needed):
            continue
        kept.discard(account.id)
        for crowd in (*plain, *stated):
            crowd.kept -= 1
        for objective in objectives:
            left[objective.id] -= 1
        found.append(
            {"account": account.id, "covered_by": sorted(kept & set().union(*(crowd.names for crowd in needed)))}
        )
    return found


def _visit(account: Account, flag: dict[str, bool]) -> tuple[bool, bool, date, str]:
    return not flag["dormant"], not flag["no_objective"], account.last_post or date.min, account.id
