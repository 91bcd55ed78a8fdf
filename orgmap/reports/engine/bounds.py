"""How much of a long result is written out, where the whole would be more than anybody reads."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Bounds:
    """So many places of a pair (in its row and in its step), records on each side of a place, steps of one kind
    about accounts or objectives, and ids in a list of rows that each name several accounts.

    A bounded result also says how many there are: `count` in a pair's row, `records` in that of a place.
    """

    places: int
    records: int
    steps: int
    ids: int = 100_000
