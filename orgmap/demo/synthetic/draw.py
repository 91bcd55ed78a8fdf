"""Drawing lots: uneven choices, as organisations make them."""

from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


class Uneven(Generic[T]):
    """A choice in which the first things come up far more often than the last, as in Zipf's law."""

    def __init__(self, things: Sequence[T], exponent: float = 1.0) -> None:
        self.things = things
        self.sums = list(accumulate((rank + 1) ** -exponent for rank in range(len(things))))

    def one(self, lots: Random) -> T:
        return self.things[min(bisect(self.sums, lots.random() * self.sums[-1]), len(self.things) - 1)]

    def some(self, lots: Random, count: int) -> list[T]:
        """Up to so many different ones, in the order of the things."""
        drawn = {min(bisect(self.sums, lots.random() * self.sums[-1]), len(self.things) - 1) for _ in range(count)}
        return [self.things[index] for index in sorted(drawn)]


def some_of(lots: Random, things: Sequence[T], least: int, most: int) -> list[T]:
    """Between so many and so many different ones, as far as there are any, in their order."""
    count = min(lots.randint(least, most), len(things))
    return [things[index] for index in sorted(lots.sample(range(len(things)), count))]


def state(lots: Random, shares: dict[T, float]) -> T:
    """One of the states, by shares that add up to 1."""
    mark = lots.random()
    for name, share in shares.items():
        mark -= share
        if mark < 0:
            return name
    return next(iter(shares))
