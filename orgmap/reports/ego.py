"""The map of just one department: around it those that meet the same people. Pure: from figures to marks."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import pi, sin, sqrt

from orgmap.reports.neighbours import Neighbour

WIDTH, MARGIN = 960, 60
CENTRE = (WIDTH / 2, 34.0)
SHOWN = 9
LONGEST = 16
"""Letters of a line below a mark."""


@dataclass(frozen=True)
class Spoke:
    """One neighbour: where it stands, how thick the way is, and how far along it an agreement reaches."""

    one: Neighbour
    x: float
    y: float
    size: float
    width: float
    agreed_x: float
    agreed_y: float
    lines: Sequence[str]

    @property
    def below(self) -> float:
        """Where its name begins."""
        return round(self.y + self.size + 16, 1)


def ego(neighbours: Sequence[Neighbour]) -> list[Spoke]:
    """The first neighbours on a bow below the department, the widest gap in the middle."""
    shown = [one for one in neighbours[:SHOWN] if one.shared]
    most = max((one.shared for one in shown), default=0)
    found = []
    for place, one in enumerate(from_the_middle(shown)):
        along = 0.5 if len(shown) == 1 else place / (len(shown) - 1)
        x, y = MARGIN + (WIDTH - 2 * MARGIN) * along, CENTRE[1] + 26 + 108 * sin(pi * along)
        reach = one.coverage or 0
        found.append(
            Spoke(
                one,
                round(x, 1),
                round(y, 1),
                round(max(13 * sqrt(one.shared / most), 4), 1),
                round(max(9 * one.shared / most, 1.5), 1),
                round(CENTRE[0] + (x - CENTRE[0]) * reach, 1),
                round(CENTRE[1] + (y - CENTRE[1]) * reach, 1),
                wrapped(one.department.name),
            )
        )
    return found


def from_the_middle(ranked: Sequence[Neighbour]) -> list[Neighbour]:
    """The first one in the middle, the others to its sides by turns."""
    return [*reversed(ranked[1::2]), *ranked[:1], *ranked[2::2]]


def wrapped(name: str) -> list[str]:
    """A name in at most two lines."""
    first: list[str] = []
    words = name.split()
    while words and (not first or len(" ".join([*first, words[0]])) <= LONGEST):
        first.append(words.pop(0))
    rest = " ".join(words)
    lines = [" ".join(first), rest if len(rest) <= LONGEST + 2 else f"{rest[: LONGEST + 1].rstrip()}…"]
    return [line for line in lines if line]
