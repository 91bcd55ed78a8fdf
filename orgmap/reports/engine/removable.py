"""Accounts that could go without losing a place or a purpose: reverse delete. METHOD 1.7."""

from collections.abc import Iterator
from functools import cached_property
from itertools import repeat
from typing import Any

import numpy as np

from .arrays import Flags, Ints, Ragged, grouped, numbered, product, side_by_side, starts_of, take
from .organisation import Organisation
from .touchpoints import Entries

NOBODY = np.zeros(0, dtype=np.int64)
AT_ONCE = 1_000_000


class Serving:
    """Which visible accounts serve each place, and which of them serve it for each benefit.

    A place (platform, audience, market), or one with a benefit, is a number. plain, stated: for each account, by its
    position, the places that it serves, and those with each benefit of its live objectives. counts: how many
    serve each.
    """

    def __init__(self, organisation: Organisation, entries: Entries) -> None:
        self.organisation, self.scale = organisation, entries.places.scale
        accounts, width = organisation.accounts, max(len(organisation.benefits), 1)
        used = entries.own.starts[: len(accounts) + 1]
        self.codes, place = numbered(entries.own.values[: used[-1]], self.scale.span)
        self.plain = Ragged(used, place)
        benefits = accounts.objectives.rows * width + organisation.objectives.benefit[accounts.objectives.values]
        row, where, benefit = product(self.plain, grouped(benefits, len(accounts), width))
        purposes, purpose = numbered(where * width + benefit, len(self.codes) * width)
        self.stated = Ragged(starts_of(row, len(accounts)), purpose + len(self.codes))
        self.counts = np.bincount(
            np.concatenate((self.plain.values, self.stated.values)), minlength=len(self.codes) + len(purposes)
        )

    @cached_property
    def serving(self) -> Ragged:
        """For each place, and each with a benefit, the positions of the accounts that serve it, ascending."""
        listed = np.concatenate((self.plain.values, self.stated.values))
        who = np.concatenate((self.plain.rows, self.stated.rows))
        order = np.argsort(listed, kind="stable")
        return Ragged(np.concatenate(([0], np.cumsum(self.counts))).astype(np.int64), who[order])

    @property
    def surplus(self) -> int:
        """Accounts beyond the first at every place."""
        return int((self.counts[: len(self.codes)] - 1).sum())

    def names(self, places: Ints) -> list[str]:
        """Places as channel touchpoints in words."""
        scale = self.scale
        _, *fields = (field.tolist() for field in scale.fields(self.codes[places]))
        return [
            f"channel|{scale.audiences[audience]}|{scale.markets[market]}|{scale.platforms[platform]}"
            for audience, market, platform in zip(*fields, strict=True)
        ]

    def at_least(self, least: int) -> Ints:
        """The places that have so many accounts."""
        return np.flatnonzero(self.counts[: len(self.codes)] >= least)

    def accounts_at(self, place: int) -> list[str]:
        """The ids of the accounts of a place."""
        found: list[str] = self.organisation.account_ids[self.serving[place]].tolist()
        return found

    def crowded(self, least: int, most: int | None = None) -> list[dict[str, Any]]:
        """The places that have so many accounts: most accounts first, then by name. Past `most` ids none are named."""
        places = self.at_least(least)
        found = zip((-self.counts[places]).tolist(), self.names(places), places.tolist(), strict=True)
        rows, left = [], most
        for count, touchpoint, place in sorted(found):
            left = None if left is None else left + count
            fits = left is None or left >= 0
            rows.append({"touchpoint": touchpoint, "accounts": self.accounts_at(place) if fits else []})
        return rows

    @cached_property
    def replaceable(self) -> Flags:
        """(accounts,) whether others serve all that each serves, while everything is kept: only these can ever go."""
        alone = self.counts == 1
        found = np.ones(len(self.plain), dtype=bool)
        for some in (self.plain, self.stated):
            found[some.rows[alone[some.values]]] = False
        return found


def removable(serving: Serving, raised: Flags, most: int | None = None) -> list[dict[str, Any]]:
    """Accounts that may go, in visiting order, each with the kept accounts that take over. raised: (accounts, flags).

    most: once so many takers are named of all rows and of those that are not dormant, no more are.

    Visited are dormant ones first, then those without objective, then by oldest last post, then by id. An active
    account without a stated purpose is asked for one, never proposed.
    """
    organisation = serving.organisation
    accounts, ids = organisation.accounts, organisation.account_ids
    left, counts = organisation.channels.lengths.tolist(), serving.counts.tolist()
    dormant, no_objective, unplaced = raised[:, 0], raised[:, 2], raised[:, 3]
    visited = np.flatnonzero(serving.replaceable & ~unplaced & (dormant | ~no_objective))
    order = np.lexsort((visited, accounts.last_post[visited], ~no_objective[visited], ~dormant[visited]))
    visited = visited[order]
    lists = (take(lists, visited).lists() for lists in (accounts.objectives, serving.plain, serving.stated))
    gone = []
    for at, objectives, plain, stated in zip(visited.tolist(), *lists, strict=True):
        if is_last(objectives, left) or is_last(stated or plain, counts):
            continue
        gone.append(at)
        for place in plain:
            counts[place] -= 1
        for place in stated:
            counts[place] -= 1
        for objective in objectives:
            left[objective] -= 1
    return [
        {"account": ids[at], "covered_by": ids[takers].tolist()}
        for at, takers in zip(gone, _takers(serving, np.array(gone, dtype=np.int64), dormant, most), strict=True)
    ]


def is_last(used: list[int], counts: list[int]) -> bool:
    """Whether anything used is left to one account."""
    for each in used:  # noqa: SIM110 - a generator takes twice as long
        if counts[each] == 1:
            return True
    return False


def _takers(serving: Serving, gone: Ints, dormant: Flags, most: int | None) -> Iterator[Ints]:
    """For each account that may go, in turn, those that serve any of its places and were still kept when it went."""
    plain, stated = (take(lists, gone) for lists in (serving.plain, serving.stated))
    needed = side_by_side(plain.kept((stated.lengths == 0)[plain.rows]), stated)
    ends = np.cumsum(serving.counts[needed.values])[needed.starts[1:] - 1]
    turn = np.full(len(serving.plain), len(gone), dtype=np.int64)
    turn[gone] = np.arange(len(gone))
    asleep = dormant[gone].tolist()
    at = named = named_alive = 0
    while at < len(gone):
        if most is not None and min(named, named_alive) > most:
            yield from repeat(NOBODY, len(gone) - at)
            return
        before = ends[at - 1] if at else 0
        stop = max(at + 1, int(np.searchsorted(ends, before + AT_ONCE, side="right")))
        places = take(needed, np.arange(at, stop))
        serve = take(serving.serving, places.values)
        taker, whose = serve.values, np.repeat(places.rows, serve.lengths)
        kept = turn[taker] > at + whose
        found = grouped(whose[kept] * len(turn) + taker[kept], stop - at, len(turn))
        for number in range(stop - at):
            takers = NOBODY if most is not None and min(named, named_alive) > most else found[number]
            named += len(takers)
            named_alive += 0 if asleep[at + number] else len(takers)
            yield takers
        at = stop
