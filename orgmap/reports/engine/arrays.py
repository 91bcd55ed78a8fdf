"""Array types and the one shape that recurs: ragged lists, laid end to end."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


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


def ragged(lists: Sequence[Iterable[int]]) -> Ragged:
    """Lists laid end to end."""
    starts = np.zeros(len(lists) + 1, dtype=np.int64)
    flat: list[int] = []
    for index, items in enumerate(lists):
        flat.extend(items)
        starts[index + 1] = len(flat)
    return Ragged(starts, np.array(flat, dtype=np.int64))


def spread(starts: Ints, lengths: Ints) -> tuple[Ints, Ints]:
    """Positions of the slices (start, length) of a flat array, and for each position the number of its slice."""
    owners = np.repeat(np.arange(len(lengths), dtype=np.int64), lengths)
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    within = np.arange(total, dtype=np.int64) - np.repeat(ends - lengths, lengths)
    return np.repeat(starts, lengths) + within, owners


def product(first: Ragged, second: Ragged) -> tuple[Ints, Ints, Ints]:
    """All combinations of list i of `first` with list i of `second`, for every i: (i, from first, from second)."""
    lengths = second.lengths
    heads, rows = spread(first.starts[:-1], first.lengths)
    tails, owners = spread(second.starts[:-1][rows], lengths[rows])
    return rows[owners], first.values[heads][owners], second.values[tails]


def take(lists: Ragged, rows: Ints) -> Ragged:
    """The lists with these numbers, in this order."""
    positions, _ = spread(lists.starts[:-1][rows], lists.lengths[rows])
    starts = np.concatenate(([0], np.cumsum(lists.lengths[rows]))).astype(np.int64)
    return Ragged(starts, lists.values[positions])


def as_floats(values: Iterable[Any]) -> Floats:
    """Fractions or numbers as floats."""
    return np.array([float(value) for value in values], dtype=np.float64)


def distinct(keys: Ints) -> Ints:
    """Sorted without repetition. Sorting beats numpy's hashing `unique` several times on long arrays."""
    ordered = np.sort(keys)
    found: Ints = ordered[np.diff(ordered, prepend=ordered[:1] - 1) != 0]
    return found


def summed(groups: Ints, weights: Floats | Ints, count: int) -> Floats:
    """(count,) the weights of each group added up, in their order."""
    return np.bincount(groups, weights=weights, minlength=count).astype(np.float64)
