"""Array types and the one shape that recurs: ragged lists, laid end to end."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.signedinteger[Any]]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

MOST_CELLS = 1 << 26
"""Tables of flags up to so many cells are used instead of sorting."""


@dataclass(frozen=True)
class Ragged:
    """Lists of whole numbers of different lengths: list i is values[starts[i]:starts[i + 1]]."""

    starts: Ints
    values: Ints

    @property
    def lengths(self) -> Ints:
        return np.diff(self.starts)

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, index: int) -> Ints:
        return self.values[self.starts[index] : self.starts[index + 1]]

    @property
    def rows(self) -> Ints:
        """For each value the number of its list."""
        return np.repeat(np.arange(len(self), dtype=np.int64), self.lengths)

    def lists(self) -> list[list[int]]:
        """As plain lists."""
        values, starts = self.values.tolist(), self.starts.tolist()
        return [values[start:stop] for start, stop in pairwise(starts)]

    def named(self, names: "npt.NDArray[np.object_]") -> list[list[str]]:
        """The names that the values stand for, as plain lists."""
        found: list[str] = names[self.values].tolist()
        return [found[start:stop] for start, stop in pairwise(self.starts.tolist())]

    def kept(self, flags: Flags) -> "Ragged":
        """The lists with only the values flagged."""
        counts = np.concatenate(([0], np.cumsum(flags)))
        return Ragged(counts[self.starts], self.values.compress(flags))

    def first(self, most: int) -> "Ragged":
        """The lists with no more than their first values."""
        lengths = np.minimum(self.lengths, most)
        positions, _ = spread(self.starts[:-1], lengths)
        return Ragged(np.concatenate(([0], np.cumsum(lengths))), self.values[positions])

    def turned(self, count: int) -> "Ragged":
        """For each of `count` values the lists that hold it, ascending."""
        width = max(len(self), 1)
        return Ragged(starts_of(self.values, count), np.sort(self.values.astype(np.int64) * width + self.rows) % width)


def ragged(lists: Sequence[Iterable[int]]) -> Ragged:
    """Lists laid end to end."""
    starts = np.zeros(len(lists) + 1, dtype=np.int64)
    flat: list[int] = []
    for index, items in enumerate(lists):
        flat.extend(items)
        starts[index + 1] = len(flat)
    return Ragged(starts, np.array(flat, dtype=np.int64))


def starts_of(rows: Ints, count: int) -> Ints:
    """Where each of `count` lists starts and the last one ends, once their values lie sorted by row."""
    return np.concatenate(([0], np.cumsum(np.bincount(rows, minlength=count)))).astype(np.int64)


def grouped(keys: Ints, count: int, width: int) -> Ragged:
    """Lists from keys row * width + value: distinct values, ascending."""
    width = max(width, 1)
    ordered = distinct(narrowed(keys, count * width)).astype(np.int64)
    rows = ordered // width  # takes a third of the time of divmod
    return Ragged(starts_of(rows, count), ordered - rows * width)


def narrowed(keys: Ints, span: int) -> Ints:
    """Keys from 0 up and below span, as narrow as that allows: they are sorted in half the time."""
    return keys.astype(np.uint32 if span <= 1 << 32 else np.int64, copy=False)


def spread(starts: Ints, lengths: Ints) -> tuple[Ints, Ints]:
    """Positions of the slices (start, length) of a flat array, and for each position the number of its slice."""
    owners = np.repeat(np.arange(len(lengths), dtype=np.int64), lengths)
    ends = np.cumsum(lengths)
    positions = np.arange(len(owners), dtype=np.int64)
    positions += np.repeat(starts - (ends - lengths), lengths)
    return positions, owners


def product(first: Ragged, second: Ragged) -> tuple[Ints, Ints, Ints]:
    """All combinations of list i of `first` with list i of `second`, for every i: (i, from first, from second)."""
    rows, found = first.rows, first.values[first.starts[0] : first.starts[-1]]
    begins, lengths = second.starts[:-1][rows], second.lengths[rows]
    tails = np.repeat(begins - np.cumsum(lengths) + lengths, lengths)
    tails += np.arange(len(tails))
    return np.repeat(rows, lengths), np.repeat(found, lengths), second.values[tails]


def side_by_side(first: Ragged, second: Ragged) -> Ragged:
    """List i of `first`, then list i of `second`, for every i."""
    starts = first.starts + second.starts
    found = np.empty(int(starts[-1]), dtype=first.values.dtype)
    found[np.arange(len(first.values)) + np.repeat(second.starts[:-1], first.lengths)] = first.values
    found[np.arange(len(second.values)) + np.repeat(first.starts[1:], second.lengths)] = second.values
    return Ragged(starts, found)


def take(lists: Ragged, rows: Ints) -> Ragged:
    """The lists with these numbers, in this order."""
    begins = lists.starts[:-1][rows]
    lengths = lists.starts[1:][rows] - begins
    starts = np.zeros(len(lengths) + 1, dtype=np.int64)
    np.cumsum(lengths, out=starts[1:])
    positions = np.arange(int(starts[-1]), dtype=np.int64)
    positions += np.repeat(begins - starts[:-1], lengths)
    return Ragged(starts, lists.values[positions])


def as_floats(values: Iterable[Any]) -> Floats:
    """Fractions or numbers as floats."""
    return np.array([float(value) for value in values], dtype=np.float64)


def distinct(keys: Ints) -> Ints:
    """Sorted without repetition. Sorting beats numpy's hashing `unique` several times on long arrays, and `compress`
    picking by flags."""
    ordered = np.sort(keys)
    return ordered.compress(new(ordered))


def new(ordered: Ints) -> Flags:
    """(values,) which of sorted values stand there for the first time."""
    found = np.ones(len(ordered), dtype=bool)
    np.not_equal(ordered[1:], ordered[:-1], out=found[1:])
    return found


def ordered(keys: Ints) -> Ints:
    """The positions of keys from 0 up, least key first, equal ones as they stand: a stable argsort, only quicker."""
    count = max(len(keys), 1)
    found: Ints = np.sort(keys.astype(np.int64) * count + np.arange(len(keys))) % count
    return found


def numbered(keys: Ints, span: int) -> tuple[Ints, Ints]:
    """The distinct keys, sorted, and for each key its number among them. All keys are below span."""
    if span > MOST_CELLS:
        found, number = np.unique(keys, return_inverse=True)
        return found, number
    used = np.zeros(max(span, 1), dtype=bool)
    used[keys] = True
    found = np.flatnonzero(used)
    numbers = np.cumsum(used) - 1
    return found, numbers[keys]


def added(values: Floats | Ints, weights: Floats | Ints) -> float:
    """Values by weights, added up: the same on any number of cores, which a product of matrices is not."""
    return float((values * weights).sum())


def summed(groups: Ints, weights: Floats | Ints | Flags, count: int) -> Floats:
    """(count,) the weights of each group added up, in their order."""
    return np.bincount(groups, weights=weights, minlength=count).astype(np.float64)
