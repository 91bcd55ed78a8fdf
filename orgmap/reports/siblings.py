"""The pairs of a level that the map shows without their meeting places, as columns: thousands of them, small to keep.

Plain numpy, so that a page loads nothing of the engine.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import isnan
from typing import Any

import numpy as np

from orgmap.reports.map.packing import Array, pack, unpack
from orgmap.reports.spots import Flags, Floats, Numbers, narrow


@dataclass(frozen=True)
class Siblings:
    """Pairs without places, the widest gap first. first: the rank of the first of them.

    units: names, sorted; sizes: (units,); quadrants: names; ties: names of agreements, sorted.
    a, b: (pairs,) positions in units, a < b; shared, covered, strength, one_owner: (pairs,); quadrant: (pairs,)
    position in quadrants; lengths: (pairs,) how many agreements each has; agreed: positions in ties, pair after pair.
    Everything else about a pair follows from these, as the engine has it.
    """

    first: int
    units: list[str]
    quadrants: list[str]
    ties: list[str]
    sizes: Floats
    a: Numbers
    b: Numbers
    shared: Floats
    covered: Floats
    strength: Floats
    quadrant: Numbers
    one_owner: Flags
    lengths: Numbers
    agreed: Numbers

    LISTS = ("units", "quadrants", "ties")

    def __len__(self) -> int:
        return len(self.a)

    @property
    def gap(self) -> Floats:
        """(pairs,) what they share and have not agreed."""
        found: Floats = self.shared - self.covered
        return np.where(np.abs(found) < 1e-12, 0.0, found)

    def of(self, units: Collection[str]) -> Flags:
        """(pairs,) those with one of these units."""
        wanted = self._among(units)
        found: Flags = wanted[self.a] | wanted[self.b]
        return found

    def between(self, units: Collection[str]) -> Flags:
        """(pairs,) those of two of these units."""
        wanted = self._among(units)
        found: Flags = wanted[self.a] & wanted[self.b]
        return found

    def of_kind(self, quadrant: str) -> Flags:
        """(pairs,) those of one quadrant."""
        found: Flags = self.quadrant == (self.quadrants.index(quadrant) if quadrant in self.quadrants else -1)
        return found

    def divisions(self, division_of: Mapping[str, str]) -> tuple[Array, Array]:
        """(pairs,) the division of the first and of the second unit."""
        found = np.array([division_of[unit] for unit in self.units], dtype=str)
        return found[self.a], found[self.b]

    def _among(self, units: Collection[str]) -> Flags:
        return np.fromiter((unit in units for unit in self.units), dtype=bool, count=len(self.units))

    def rows(self, which: Numbers | None = None) -> Iterator[dict[str, Any]]:
        """Some of the pairs, by number, as the method writes them, without places."""
        which = np.arange(len(self)) if which is None else which
        a, b, shared, covered = self.a[which], self.b[which], self.shared[which], self.covered[which]
        size_a, size_b = self.sizes[a], self.sizes[b]
        starts = np.concatenate(([0], np.cumsum(self.lengths, dtype=np.int64)))
        ties = [self.ties[at] for at in self.agreed.tolist()]
        columns = (
            a, b, shared, size_a, size_b, quotient(shared, np.minimum(size_a, size_b)),
            quotient(shared, size_a + size_b - shared), covered, self.gap[which], self.strength[which],
            self.quadrant[which], self.one_owner[which], starts[which], starts[which + 1],
        )  # fmt: skip
        for one, other, both, of_one, of_other, overlap, jaccard, agreed, gap, strength, kind, same, start, stop in zip(
            *(column.tolist() for column in columns), strict=True
        ):
            yield {
                "a": self.units[one],
                "b": self.units[other],
                "shared": both,
                "size_a": of_one,
                "size_b": of_other,
                "share_a": both / of_one if of_one else None,
                "share_b": both / of_other if of_other else None,
                "overlap": None if isnan(overlap) else overlap,
                "jaccard": None if isnan(jaccard) else jaccard,
                "covered": agreed,
                "coverage": agreed / both if both else None,
                "gap": gap,
                "ties": ties[start:stop],
                "tie_strength": strength,
                "quadrant": self.quadrants[kind],
                "one_owner": same,
                "count": None,
                "action": None,
            }

    def to_bytes(self) -> bytes:
        """Packed."""
        arrays: dict[str, Array] = {
            "first": np.array([self.first]), "sizes": self.sizes, "a": narrow(self.a), "b": narrow(self.b),
            "shared": self.shared, "covered": self.covered, "strength": self.strength,
            "quadrant": narrow(self.quadrant), "one_owner": self.one_owner, "lengths": narrow(self.lengths),
            "agreed": narrow(self.agreed),
        }  # fmt: skip
        return pack(arrays, {name: getattr(self, name) for name in self.LISTS})

    @classmethod
    def from_bytes(cls, packed: bytes) -> "Siblings":
        """Back from `to_bytes`."""
        arrays, lists = unpack(packed)
        return cls(first=int(arrays.pop("first")[0]), **arrays, **lists)  # type: ignore[arg-type]  # by name

    @classmethod
    def of_rows(cls, found: Iterable[dict[str, Any]], first: int) -> "Siblings":
        """From pairs one by one, in the order of their ranks, as reports kept them before they were packed."""
        rows = list(found)
        sizes = {row["a"]: row["size_a"] for row in rows} | {row["b"]: row["size_b"] for row in rows}
        units, ties = sorted(sizes), sorted({tie for row in rows for tie in row["ties"]})
        quadrants = sorted({row["quadrant"] for row in rows})
        at, tie_at = ({name: place for place, name in enumerate(names)} for names in (units, ties))
        return cls(
            first=first,
            units=units,
            quadrants=quadrants,
            ties=ties,
            sizes=np.array([sizes[unit] for unit in units], dtype=np.float64),
            a=np.array([at[row["a"]] for row in rows], dtype=np.int64),
            b=np.array([at[row["b"]] for row in rows], dtype=np.int64),
            shared=np.array([row["shared"] for row in rows], dtype=np.float64),
            covered=np.array([row["covered"] for row in rows], dtype=np.float64),
            strength=np.array([row["tie_strength"] for row in rows], dtype=np.float64),
            quadrant=np.array([quadrants.index(row["quadrant"]) for row in rows], dtype=np.int64),
            one_owner=np.array([row["one_owner"] for row in rows], dtype=bool),
            lengths=np.array([len(row["ties"]) for row in rows], dtype=np.int64),
            agreed=np.array([tie_at[tie] for row in rows for tie in row["ties"]], dtype=np.int64),
        )


def quotient(above: Floats, below: Floats) -> Floats:
    """Division that answers nan where the divisor is 0."""
    found: Floats = np.divide(above, below, out=np.full(len(above), np.nan), where=below > 0)
    return found
