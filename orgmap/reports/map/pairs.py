"""What is between the units that the map shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from departments.models import Tie, TieSide
from orgmap.core.templatetags.figures import percent
from orgmap.reports import words
from orgmap.reports.map import units as places
from orgmap.reports.models import Level
from orgmap.reports.names import Names
from orgmap.reports.pair_kept import kept
from orgmap.reports.templatetags.reports import weighed


@dataclass(frozen=True)
class PairRow:
    """Two units: the places they share, in number and in weight, and how much of it is agreed."""

    a: str
    b: str
    a_name: str
    b_name: str
    count: float
    overlap: float | None
    coverage: float | None
    gap: float
    covered: float
    left_right: bool
    quadrant: str
    has_ties: bool

    @property
    def label(self) -> str:
        """The pair in words."""
        noun = "place" if self.count == 1 else "places"
        return f"{self.a_name} and {self.b_name}: {weighed(self.count)} {noun} shared, {percent(self.coverage)} agreed"


def stored(level: Level, units: set[str], known: Names) -> list[PairRow]:
    """The pairs among some units as the report keeps them, widest gap first."""
    return [
        PairRow(
            a=row["a"],
            b=row["b"],
            a_name=known.department(row["a"]),
            b_name=known.department(row["b"]),
            count=row["shared"] if row["count"] is None else row["count"],
            overlap=row["overlap"],
            coverage=row["coverage"],
            gap=row["gap"],
            covered=row["shared"] - row["gap"],
            left_right=row["quadrant"] == "left_right_hand",
            quadrant=words.QUADRANTS[row["quadrant"]][0],
            has_ties=bool(row["ties"]),
        )
        for row in kept(level).between(units).rows()
    ]


@dataclass(frozen=True)
class Proposed:
    """A proposed agreement between two units of the picture."""

    a: str
    b: str
    tie: Tie


def proposed(units: set[str], related: frozenset[tuple[str, str]]) -> list[Proposed]:
    """The agreements that wait for an answer, lifted to the units shown; one line for each pair of units."""
    sides: dict[int, set[int]] = {}
    for tie, department in TieSide.objects.filter(tie__status=Tie.Status.PROPOSED).values_list("tie", "department"):
        sides.setdefault(tie, set()).add(department)
    if not sides:
        return []
    unit = places.unit_of({pk for found in sides.values() for pk in found}, units)
    ties = Tie.objects.in_bulk(list(sides))
    found: dict[tuple[str, str], Tie] = {}
    for pk, departments in sorted(sides.items()):
        for pair in combinations(sorted({unit[one] for one in departments if one in unit}), 2):
            if pair not in related:
                found.setdefault(pair, ties[pk])
    return [Proposed(a, b, tie) for (a, b), tie in found.items()]


def summary(pairs: Sequence[PairRow]) -> dict[str, object]:
    """The picture in a sentence, by the report's kinds of pairs: how many meet the same people, how many of these have
    agreed too little, how many meet few of the same people, and the widest gap."""
    apart = [pair for pair in pairs if pair.left_right]
    same = len(apart) + sum(pair.quadrant == words.QUADRANTS["aligned"][0] for pair in pairs)
    return {"same": same, "apart": len(apart), "few": len(pairs) - same, "widest": apart[0] if apart else None}
