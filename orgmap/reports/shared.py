"""What two units share, place by place, as columns: small to keep with a report, quick to write."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from orgmap.reports.map.packing import Array, pack, unpack

Numbers = npt.NDArray[np.signedinteger[Any]]


@dataclass(frozen=True)
class Side:
    """The records by which one unit stands at each place.

    shown: positions in the names of records, place after place; lengths: (places,) how many of them stand at each;
    counts: (places,) how many there are without a limit.
    """

    shown: Array
    lengths: Array
    counts: Array


@dataclass(frozen=True)
class Shared:
    """The places that two units share, as far as they are listed. count: how many they share.

    touchpoints, weight, coverage: (listed,); tie: (listed,) position in `ties` of the one that covers it, -1 for none;
    records: names of accounts and objectives; sides: of the first and the second unit.
    """

    count: int
    touchpoints: Sequence[str]
    weight: npt.NDArray[np.float64]
    coverage: npt.NDArray[np.float64]
    tie: Array
    ties: Sequence[str]
    records: Sequence[str]
    sides: tuple[Side, Side]

    def rows(self, first: str, second: str, *, counted: bool = True) -> list[dict[str, Any]]:
        """As the method writes them; counted: with the number of records on each side, of which some may be named."""
        ties = [*self.ties, None]  # -1 is the last
        places = zip(
            self.touchpoints, self.weight.tolist(), self.coverage.tolist(), self.tie.tolist(),
            *map(self._named, self.sides), strict=True,
        )  # fmt: skip
        found = [
            {
                "touchpoint": touchpoint,
                "weight": weight,
                "coverage": coverage,
                "tie": ties[tie],
                "evidence": {first: of_first, second: of_second},
            }
            for touchpoint, weight, coverage, tie, of_first, of_second in places
        ]
        if counted:
            numbers = zip(*(side.counts.tolist() for side in self.sides), strict=True)
            for row, (one, other) in zip(found, numbers, strict=True):
                row["records"] = {first: one, second: other}
        return found

    def _named(self, side: Side) -> Iterator[list[str]]:
        names = [self.records[at] for at in side.shown.tolist()]
        for start, stop in pairwise(accumulate(side.lengths.tolist(), initial=0)):
            yield names[start:stop]

    def to_bytes(self) -> bytes:
        """Packed."""
        arrays: dict[str, Array] = {"count": np.array([self.count]), "weight": self.weight, "coverage": self.coverage}
        arrays["tie"] = self.tie.astype(np.int16 if len(self.ties) < 1 << 15 else np.int32)
        for at, side in enumerate(self.sides):
            for name in ("shown", "lengths", "counts"):
                column = getattr(side, name)
                arrays[f"{name}{at}"] = column.astype(np.min_scalar_type(int(column.max(initial=0))))
        return pack(arrays, {"touchpoints": [*self.touchpoints], "ties": [*self.ties], "records": [*self.records]})

    @classmethod
    def from_bytes(cls, packed: bytes) -> "Shared":
        """Back from `to_bytes`."""
        arrays, lists = unpack(packed)
        one, other = (Side(*(arrays[f"{name}{at}"] for name in ("shown", "lengths", "counts"))) for at in (0, 1))
        return cls(
            count=int(arrays["count"][0]),
            weight=arrays["weight"].astype(np.float64),
            coverage=arrays["coverage"].astype(np.float64),
            tie=arrays["tie"],
            sides=(one, other),
            **lists,
        )

    @classmethod
    def of_rows(cls, found: dict[str, Any], first: str, second: str) -> "Shared":
        """From a count and rows, as reports kept them before they were packed."""
        rows, records, ties = found["rows"], dict[str, int](), dict[str, int]()
        sides = []
        for unit in (first, second):
            shown = [records.setdefault(key, len(records)) for row in rows for key in row["evidence"][unit]]
            lengths = [len(row["evidence"][unit]) for row in rows]
            counts = [row["records"][unit] if "records" in row else len(row["evidence"][unit]) for row in rows]
            sides.append(Side(*(np.array(column, dtype=np.int64) for column in (shown, lengths, counts))))
        tie = [-1 if row["tie"] is None else ties.setdefault(row["tie"], len(ties)) for row in rows]
        return cls(
            count=found["count"],
            touchpoints=[row["touchpoint"] for row in rows],
            weight=np.array([row["weight"] for row in rows], dtype=np.float64),
            coverage=np.array([row["coverage"] for row in rows], dtype=np.float64),
            tie=np.array(tie, dtype=np.int64),
            ties=list(ties),
            records=list(records),
            sides=(sides[0], sides[1]),
        )
