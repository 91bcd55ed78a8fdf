"""Accounts that could go without losing a place or a purpose: reverse delete. METHOD 1.7."""

from functools import cached_property, reduce
from typing import Any

import numpy as np

from .arrays import Flags, Ints, Ragged, grouped, numbered, product, side_by_side, starts_of, take
from .organisation import Organisation
from .touchpoints import Entries, joined

AT_ONCE = 200_000


class Serving:
    """Which visible accounts serve each place, and which of them serve it for each benefit.

    A place (platform, audience, market), or one with a benefit, is a number. plain, stated: for each account, by its
    position, the places that it serves, and those with each benefit of its live objectives. counts: how many
    serve each.
    """

    def __init__(self, organisation: Organisation, entries: Entries) -> None:
        self.organisation, self.entries, self.scale = organisation, entries, entries.places.scale
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
        first = len(self.codes)
        stated = Ragged(self.stated.starts, self.stated.values - first).turned(len(self.counts) - first)
        return joined(self.plain.turned(first), stated)

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
        """The places that have so many accounts: most accounts first, then by name.

        most: the first of them, as long as they name no more accounts.
        """
        places = self.at_least(least)
        if most is not None and len(places):
            counts = -np.sort(-self.counts[places])
            last = min(int(np.searchsorted(np.cumsum(counts), most, side="right")), len(counts) - 1)
            places = places[self.counts[places] >= counts[last]]
        ranked = sorted(zip((-self.counts[places]).tolist(), self.names(places), places.tolist(), strict=True))
        standing = take(self.serving, np.array([place for *_, place in ranked], dtype=np.int64))
        fits = len(ranked) if most is None else int(np.searchsorted(standing.starts[1:], most, side="right"))
        accounts = take(standing, np.arange(fits)).named(self.organisation.account_ids)
        return [
            {"touchpoint": name, "accounts": named} for (_, name, _), named in zip(ranked[:fits], accounts, strict=True)
        ]

    def needed(self, accounts: Ints) -> Ragged:
        """For each of these accounts what others have to keep: its purposes; where it states none, its places."""
        plain, stated = (take(lists, accounts) for lists in (self.plain, self.stated))
        return side_by_side(plain.kept((stated.lengths == 0)[plain.rows]), stated)

    @cached_property
    def replaceable(self) -> Flags:
        """(accounts,) whether others serve all that each serves, while everything is kept: only these can ever go."""
        alone = self.counts == 1
        found = np.ones(len(self.plain), dtype=bool)
        for some in (self.plain, self.stated):
            found[some.rows[alone[some.values]]] = False
        return found


def removable(serving: Serving, raised: Flags) -> Ints:
    """Accounts that may go, in visiting order. raised: (accounts, flags).

    Visited are dormant ones first, then those without objective, then by oldest last post, then by id. An active
    account without a stated purpose is asked for one, never proposed.
    """
    accounts, channels = serving.organisation.accounts, serving.organisation.channels.lengths
    dormant, no_objective, unplaced = raised[:, 0], raised[:, 2], raised[:, 3]
    visited = np.flatnonzero(serving.replaceable & ~unplaced & (dormant | ~no_objective))
    order = np.lexsort((visited, accounts.last_post[visited], ~no_objective[visited], ~dormant[visited]))
    visited = visited[order]
    objectives, stated, plain = (take(lists, visited) for lists in (accounts.objectives, serving.stated, serving.plain))
    objectives = Ragged(objectives.starts, objectives.values + len(serving.counts))
    stating = (stated.lengths > 0)[plain.rows]
    needed, besides = (objectives, stated, plain.kept(~stating)), plain.kept(stating)
    counts = np.concatenate((serving.counts, channels))
    # what somebody serves who is not visited is never left to one account, and need not be watched
    scarce = (_uses(len(counts), *needed, besides) == counts) & (_uses(len(counts), *needed) > 0)
    need = reduce(side_by_side, (lists.kept(scarce[lists.values]) for lists in needed))
    use = side_by_side(need, besides.kept(scarce[besides.values]))
    gone, left = [], counts.tolist()
    for at, required, used in zip(visited.tolist(), need.lists(), use.lists(), strict=True):
        if is_last(required, left):
            continue
        gone.append(at)
        for each in used:
            left[each] -= 1
    return np.array(gone, dtype=np.int64)


def _uses(count: int, *some: Ragged) -> Ints:
    """(count,) how often each number stands in the lists."""
    return np.bincount(np.concatenate([lists.values for lists in some]), minlength=count)


def is_last(used: list[int], counts: list[int]) -> bool:
    """Whether anything used is left to one account."""
    for each in used:  # noqa: SIM110 - a generator takes twice as long
        if counts[each] == 1:
            return True
    return False


def takers(serving: Serving, gone: Ints, some: Ints, most: int | None = None) -> Ragged:
    """For some of those that may go, by their turns, who serves any of their places and was still kept at their turn.

    most: once more are named, no more are.
    """
    needed, standing, width = serving.needed(gone[some]), serving.serving, len(serving.plain)
    ends = np.cumsum(serving.counts[needed.values])[needed.starts[1:] - 1]
    turn = np.full(width, len(gone), dtype=np.int32)
    turn[gone] = np.arange(len(gone))
    lengths = np.zeros(len(some), dtype=np.int64)
    found, at = [np.zeros(0, dtype=np.int32)], 0
    while at < len(some) and (most is None or lengths.sum() <= most):
        before = ends[at - 1] if at else 0
        stop = max(at + 1, int(np.searchsorted(ends, before + AT_ONCE, side="right")))
        places = take(needed, np.arange(at, stop))
        serve = take(standing, places.values)
        keys = np.repeat(places.rows * width, serve.lengths) + serve.values
        kept = grouped(keys, stop - at, width)
        kept = kept.kept(turn[kept.values] > some[at + kept.rows])
        lengths[at:stop] = kept.lengths
        found.append(kept.values.astype(np.int32))
        at = stop
    if most is not None:
        lengths[np.cumsum(lengths) - lengths > most] = 0
    starts = np.concatenate(([0], np.cumsum(lengths)))
    return Ragged(starts, np.concatenate(found)[: starts[-1]])
