"""The departments that one department meets, computed live: METHOD 1.2 to 1.4 for a single unit at the finest level.

The engine computes the same for everybody, with arrays that a web process has no room for. A test compares the two.
Only the records that may share an audience with the department are read.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from departments.models import Department
from orgmap.reports.footprint import ACCOUNTS, OBJECTIVES, Catalogue, Place, Record, Weights, catalogue, records
from orgmap.reports.models import Policy
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
    overrides = Policy.objects.values_list("overrides", flat=True).first() or {}
    words = catalogue()
    own_accounts = records(ACCOUNTS, words, department=department.pk, as_of=as_of)
    own_objectives = records(OBJECTIVES, words, department=department.pk, as_of=as_of)
    mine = {place for record in (*own_accounts, *own_objectives) for place in record.places(words)}
    nodes = words.audiences_over({audience for _, audience, _, _ in mine})
    weights = Weights.of(overrides, words)
    scale = {place: number for number, place in enumerate(sorted(place for place in mine if weights.counts(place)))}
    held: dict[int, int] = defaultdict(int)
    for kind in (ACCOUNTS, OBJECTIVES):
        gather(held, scale, records(kind, words, audiences=nodes, as_of=as_of), words)
    tree = Department.objects
    related = {
        *tree.below(department.pk).values_list("pk", flat=True),
        *tree.above(department.pk).values_list("pk", flat=True),
    }
    others = {unit: places for unit, places in held.items() if places and unit not in related}
    numbers = Numbers.of(overrides)
    ties = [
        *derived_ties(own_accounts, own_objectives, numbers, words),
        *declared_ties(department.pk, as_of, numbers, words),
    ]
    return ranked(others, ties, [(place, weights.of_place(place)) for place in scale])


def gather(held: dict[int, int], scale: Mapping[Place, int], found: Iterable[Record], words: Catalogue) -> None:
    """Give every department the places of these records that are also mine, one bit for each."""
    alike: dict[tuple[object, ...], int] = {}
    for record in found:
        key = (record.kind, record.audiences, record.markets, record.detail)
        if key not in alike:
            alike[key] = sum(1 << scale[place] for place in set(record.places(words)) if place in scale)
        for unit in record.departments:
            held[unit] |= alike[key]


def ranked(others: Mapping[int, int], ties: Sequence[Tie], mine: Sequence[tuple[Place, float]]) -> list[Neighbour]:
    """The neighbours in the order of their gaps."""
    by_unit: dict[int, list[Tie]] = defaultdict(list)
    for tie in sorted(ties, key=lambda tie: -tie.strength):
        for member in tie.members:
            by_unit[member].append(tie)
    departments = Department.objects.in_bulk(list(others))
    found = []
    for unit, bits in others.items():
        places = [mine[number] for number, bit in enumerate(reversed(f"{bits:b}")) if bit == "1"]
        agreed = by_unit.get(unit, [])
        covered = sum(weight * strongest(agreed, place) for place, weight in places) if agreed else 0.0
        shared = sum(weight for _, weight in places)
        found.append(Neighbour(departments[unit], len(places), shared, covered))
    return sorted(found, key=lambda one: (-round(one.gap, 9), -round(one.shared, 9), one.department.slug))


def strongest(ties: Sequence[Tie], place: Place) -> float:
    """The strength of the strongest agreement about a place; ties come strongest first."""
    return next((float(tie.strength) for tie in ties if tie.covers(place)), 0.0)
