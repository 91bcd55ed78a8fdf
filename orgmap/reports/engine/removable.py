"""Accounts that could go without losing a place or a purpose: reverse delete. METHOD 1.7."""

from datetime import date
from functools import cached_property
from typing import Any

import numpy as np

from .arrays import Flags, Ints, Ragged, distinct, product, ragged, spread
from .organisation import Account, Organisation
from .touchpoints import Entries

Place = tuple[str, str, str]  # platform, audience, market


class Serving:
    """Which visible accounts serve each place, and which of them serve it for each benefit.

    A place (platform, audience, market), or one with a benefit, is a number. plain, stated: for each account, by its
    position, the places that it serves, and those with each benefit of its live objectives. counts: how many
    serve each.
    """

    def __init__(self, organisation: Organisation, entries: Entries) -> None:
        self.organisation, self.entries = organisation, entries
        accounts = len(organisation.visible)
        used = entries.own.starts[: accounts + 1]
        self.codes, place = np.unique(entries.own.values[: used[-1]], return_inverse=True)
        self.plain = Ragged(used, place.astype(np.int64))
        at_benefit = entries.scale.positions[3]
        width = max(len(at_benefit), 1)
        serves = ragged(
            [
                sorted({at_benefit[objective.benefit] for objective in organisation.live_objectives[account.id]})
                for account in organisation.visible
            ]
        )
        row, where, benefit = product(self.plain, serves)
        _, purpose = np.unique(where * width + benefit, return_inverse=True)
        starts = np.searchsorted(row, np.arange(accounts + 1)).astype(np.int64)
        self.stated = Ragged(starts, purpose.astype(np.int64) + len(self.codes))
        self.counts = np.bincount(
            np.concatenate((self.plain.values, self.stated.values)),
            minlength=len(self.codes) + int(purpose.max(initial=-1)) + 1,
        )

    @cached_property
    def serving(self) -> Ragged:
        """For each place, and each with a benefit, the positions of the accounts that serve it, ascending."""
        listed = np.concatenate((self.plain.values, self.stated.values))
        who = np.concatenate([np.repeat(np.arange(len(some)), some.lengths) for some in (self.plain, self.stated)])
        order = np.argsort(listed, kind="stable")
        return Ragged(np.concatenate(([0], np.cumsum(self.counts))).astype(np.int64), who[order])

    @cached_property
    def ids(self) -> Any:
        """(accounts,) their ids."""
        return np.array([account.id for account in self.organisation.visible], dtype=object)

    @property
    def surplus(self) -> int:
        """Accounts beyond the first at every place."""
        return int((self.counts[: len(self.codes)] - 1).sum())

    def at_least(self, least: int) -> dict[Place, list[str]]:
        """The ids of the accounts of every place that has so many."""
        scale = self.entries.scale
        some = np.flatnonzero(self.counts[: len(self.codes)] >= least)
        _, audience, market, platform = scale.fields(self.codes[some])
        names = zip(platform.tolist(), audience.tolist(), market.tolist(), strict=True)
        return {
            (scale.platforms[p], scale.audiences[a], scale.markets[m]): self.ids[self.serving[place]].tolist()
            for (p, a, m), place in zip(names, some.tolist(), strict=True)
        }

    @cached_property
    def replaceable(self) -> Flags:
        """(accounts,) whether others serve all that each serves, while everything is kept: only these can ever go."""
        alone = self.counts == 1
        found = np.ones(len(self.plain), dtype=bool)
        for some in (self.plain, self.stated):
            found[np.repeat(np.arange(len(some)), some.lengths)[alone[some.values]]] = False
        return found


def removable(serving: Serving, flags: dict[str, dict[str, bool]]) -> list[dict[str, Any]]:
    """Accounts that may go, in visiting order, each with the kept accounts that take over.

    Visited are dormant ones first, then those without objective, then by oldest last post, then by id. An active
    account without a stated purpose is asked for one, never proposed.
    """
    organisation = serving.organisation
    accounts = organisation.visible
    left = {key: len(some) for key, some in organisation.channels.items()}
    counts, kept = serving.counts.copy(), np.ones(len(accounts), dtype=bool)
    found = []
    visited = [at for at in np.flatnonzero(serving.replaceable).tolist() if _may_go(flags[accounts[at].id])]
    for at in sorted(visited, key=lambda at: _visit(accounts[at], flags[accounts[at].id])):
        objectives = organisation.live_objectives[accounts[at].id]
        if any(left[objective.id] == 1 for objective in objectives):
            continue
        plain, stated = serving.plain[at], serving.stated[at]
        needed = stated if len(stated) else plain
        if (counts[needed] == 1).any():
            continue
        kept[at] = False
        counts[plain] -= 1
        counts[stated] -= 1
        for objective in objectives:
            left[objective.id] -= 1
        found.append({"account": accounts[at].id, "covered_by": _takers(serving, needed, kept)})
    return found


def _takers(serving: Serving, needed: Ints, kept: Flags) -> list[str]:
    """Ids of the kept accounts that serve any of these places."""
    listed = serving.serving
    takers = listed.values[spread(listed.starts[needed], serving.counts[needed])[0]]
    found: list[str] = serving.ids[distinct(takers[kept[takers]])].tolist()
    return found


def _may_go(flag: dict[str, bool]) -> bool:
    return not flag["unplaced"] and (flag["dormant"] or not flag["no_objective"])


def _visit(account: Account, flag: dict[str, bool]) -> tuple[bool, bool, date, str]:
    return not flag["dormant"], not flag["no_objective"], account.last_post or date.min, account.id
