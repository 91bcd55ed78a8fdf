"""Scopes: which touchpoints a tie is about. METHOD 1.3."""

from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np

from .arrays import Flags, Ints, Ragged, grouped, product, ragged, starts_of, take
from .ties import Rule
from .touchpoints import AUDIENCE, CHANNEL, PURPOSE, Places

MANY = 2000
"""Scopes of more combinations than these are found by asking every touchpoint."""


class Scopes:
    """What the rules of ties cover, as lists: worked out once, for all levels.

    listed: (rules,) the touchpoints that each covers.
    """

    def __init__(self, rules: Sequence[Rule], places: Places) -> None:
        self.rules, self.places = rules, places
        scale, width = places.scale, places.scale.width
        audiences, markets = len(scale.audiences), len(scale.markets)
        platforms, benefits = len(scale.platforms), len(scale.benefits)
        self.audiences = ragged([_found(rule.audiences, audiences) for rule in rules])
        self.markets = ragged([_found(rule.markets, markets) for rule in rules])
        self.details = ragged(
            [
                [AUDIENCE * width]
                + [CHANNEL * width + at for at in _found(rule.platforms, platforms)]
                + [PURPOSE * width + at for at in _found(rule.benefits, benefits)]
                for rule in rules
            ]
        )
        self.tests = (
            (_table(self.audiences, audiences), places.audience),
            (_table(self.markets, markets), places.market),
            (_table(self.details, 3 * width), places.kind * width + places.detail),
        )

    @cached_property
    def listed(self) -> Ragged:
        """(rules,) the touchpoints that each covers, ascending: by their codes where few, else by asking all."""
        sizes = self.audiences.lengths * self.markets.lengths * self.details.lengths
        few = sizes <= MANY
        narrow = np.flatnonzero(few)
        row, audience, market = product(take(self.audiences, narrow), take(self.markets, narrow))
        cells = Ragged(starts_of(row, len(narrow)), np.arange(len(row)))
        owner, cell, detail = product(cells, take(self.details, narrow))
        width = self.places.scale.width
        code = self.places.scale.code(detail // width, audience[cell], market[cell], detail % width)
        index = self.places.find(code)
        keys = [(narrow[owner] * max(len(self.places), 1) + index)[index >= 0]]
        everywhere = np.arange(len(self.places))
        for rule in np.flatnonzero(~few).tolist():
            here = everywhere
            for table, field in self.tests:
                here = here[table[rule][field[here]]]
            keys.append(rule * len(self.places) + here)
        found = grouped(np.concatenate(keys), len(self.rules), len(self.places))
        return Ragged(found.starts, found.values.astype(np.int32))

    def cover(self, rule: Ints, place: Ints) -> Flags:
        """Whether each rule covers the touchpoint beside it."""
        found = np.ones(len(rule), dtype=bool)
        for table, field in self.tests:
            found[found] = table[rule[found], field[place[found]]]
        return found


def _table(lists: Ragged, width: int) -> Flags:
    """(lists, width) flags of the values in each list."""
    found = np.zeros((len(lists), width), dtype=bool)
    found[np.repeat(np.arange(len(lists)), lists.lengths), lists.values] = True
    return found


def _found(positions: tuple[int, ...] | None, count: int) -> Iterable[int]:
    return range(count) if positions is None else positions
