"""The departments that one department meets, computed live: METHOD 1.2 to 1.4 for a single unit at the finest level.

The engine computes the same for everybody, with arrays that a web process has no room for. A test compares the two.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from departments.models import Department
from orgmap.reports.footprint import ACCOUNTS, OBJECTIVES, Catalogue, Place, Weights, catalogue, records
from orgmap.reports.meeting import Ground, Met, met
from orgmap.reports.meeting_kept import met_as_kept
from orgmap.reports.models import Level, Policy
from orgmap.reports.neighbour_ties import Numbers, Tie, declared_ties, derived_ties


@dataclass(frozen=True)
class Neighbour:
    """Another department that meets the same people: how much is shared, and how much of that has an agreement."""

    department: Department
    places: int
    shared: float
    covered: float

    @property
    def coverage(self) -> float | None:
        return self.covered / self.shared if self.shared else None

    @property
    def gap(self) -> float:
        return self.shared - self.covered


def neighbours(department: Department, as_of: date) -> list[Neighbour]:
    """All departments that share a meeting place with this one, the widest gap first. Related ones are not compared."""
    return nearest(department, as_of, None)[0]


def nearest(department: Department, as_of: date, limit: int | None) -> tuple[list[Neighbour], int]:
    """The first of the neighbours, and how many there are."""
    found, total = on_places(department, as_of, None, limit)
    return found[:limit], total


def on_places(
    department: Department,
    as_of: date,
    places: Iterable[Place] | None,
    limit: int | None,
    *,
    words: Catalogue | None = None,
    kept: Level | None = None,
) -> tuple[list[Neighbour], int]:
    """Who shares some places with this department, what it has agreed with each, and how many they are.

    Without ``places`` its own are meant. All with whom it has any agreement are given; of the others the first. Who
    stands there is counted live, or as the level ``kept`` of a report has it.
    """
    others = comparable(department)
    if not others:
        return [], 0
    overrides = Policy.objects.values_list("overrides", flat=True).first() or {}
    words = words or catalogue()
    accounts = records(ACCOUNTS, words, department=department.pk, as_of=as_of)
    objectives = records(OBJECTIVES, words, department=department.pk, as_of=as_of)
    if places is None:
        places = {place for record in (*accounts, *objectives) for place in record.places(words)}
    ground = Ground.of(places, Weights.of(overrides, words), words)
    numbers = Numbers.of(overrides)
    ties = [
        *derived_ties(accounts, objectives, numbers, words),
        *declared_ties(department.pk, as_of, numbers, words),
    ]
    agreed = by_member(ties)
    if kept is None:
        candidates, total = met(ground, as_of, among=others, asked=list(agreed), limit=limit)
    else:
        candidates, total = met_as_kept(ground, kept, among=others, asked=list(agreed), limit=limit)
    shown = ranked(candidates, ground, agreed)
    departments = Department.objects.in_bulk([one.unit for one, _ in shown] or [0])
    return [Neighbour(departments[one.unit], one.places, one.shared, covered) for one, covered in shown], total


def comparable(department: Department) -> list[int]:
    """The active departments that are neither above nor below this one. A root that holds everything has none."""
    tree = Department.objects.order_by()
    others = tree.active().exclude(pk__in=tree.below(department.pk).values("pk"))
    return list(others.exclude(pk__in=tree.above(department.pk).values("pk")).values_list("pk", flat=True))


def by_member(ties: Sequence[Tie]) -> dict[int, list[Tie]]:
    """The agreements of each department, strongest first."""
    found: dict[int, list[Tie]] = defaultdict(list)
    for tie in sorted(ties, key=lambda tie: -tie.strength):
        for member in tie.members:
            found[member].append(tie)
    return found


def ranked(others: Sequence[Met], ground: Ground, agreed: dict[int, list[Tie]]) -> list[tuple[Met, float]]:
    """The departments in the order of their gaps, with how much is covered."""
    found = [(one, 0.0 if one.held is None else ground.covered(one.held, agreed.get(one.unit, ()))) for one in others]
    return sorted(
        found, key=lambda each: (-round(each[0].shared - each[1], 9), -round(each[0].shared, 9), each[0].slug)
    )
