"""What an agreement covers in the standing report, and what alignment is with and without it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from departments.models import Department
from orgmap.reports import stored
from orgmap.reports.engine import effect as engine
from orgmap.reports.models import Level

if TYPE_CHECKING:
    from departments.models import Tie
    from orgmap.reports.engine import Effect, Organisation
    from orgmap.reports.facts import Facts
    from orgmap.reports.models import Snapshot

NEW = "0"
"""The id of an agreement that is not made yet."""
MOST_BELOW = 700
"""An agreement is also shown between larger units while these hold no more departments than this."""


@dataclass(frozen=True)
class Standing:
    """An agreement at one level of a report: the index with it and without it, and what it covers there."""

    level: Level
    effect: Effect
    with_it: float | None
    without_it: float | None
    counted: bool
    """Whether the report counts it already; else this is what it would bring."""

    @property
    def difference(self) -> float | None:
        """In shares; never below 0."""
        return None if self.with_it is None or self.without_it is None else self.with_it - self.without_it


def standings(snapshot: Snapshot, levels: Sequence[Level], tie: Mapping[str, Any]) -> list[Standing]:
    """An agreement at each of some levels of a report, without those at which its members could not meet.

    ``tie`` is in the plain layout. Only the facts of its members are read, or of all that stand below their units.
    """
    kept = stored.kept_facts(snapshot)
    found = []
    for level in levels:
        if is_too_wide(tie, level):
            continue
        known = standing(level, *facts_with(kept, below(tie["departments"], level.level), tie), tie["id"])
        if known is not None:
            found.append(known)
    return found


def is_too_wide(tie: Mapping[str, Any], level: Level) -> bool:
    """Whether the units of a level hold so many departments that nobody waits for the answer."""
    return level.level is not None and len(below(tie["departments"], level.level)) > MOST_BELOW


def standing(level: Level, organisation: Organisation, counted: bool, tie: str) -> Standing | None:
    """One agreement at one level."""
    found = engine(organisation, tie, level.level)
    if found is None or not found.pairs:
        return None
    now, share = level.alignment, added(level, found)
    if now is None:
        return Standing(level, found, None, None, counted)
    if counted:
        return Standing(level, found, now, max(now - share, 0.0), counted)
    return Standing(level, found, min(now + share, 1.0), now, counted)


def facts_with(kept: Facts, departments: Sequence[str], tie: Mapping[str, Any]) -> tuple[Organisation, bool]:
    """The facts of some departments with the agreement among them, and whether the report counts it as it is.

    An agreement that the report does not count is put in as if it held from today. Others join two of the departments
    or do not matter.
    """
    concerned = set(departments)
    there = next((row for row in kept.head["ties"] if row["id"] == tie["id"]), None)
    rows = [
        row
        for row in kept.head["ties"]
        if row["id"] != tie["id"] and len(concerned.intersection(row.get("departments", ()))) > 1
    ]
    counted = there is not None and holds(there, kept.as_of)
    now = {key: value for key, value in tie.items() if key not in ("starts", "ends", "status") and value is not None}
    head = {**kept.head, "ties": [*rows, there if counted else now]}
    return replace(kept, head=head).part(departments).read(), counted


def holds(row: Mapping[str, Any], today: date) -> bool:
    """Whether an agreement counts on a day."""
    day = today.isoformat()
    active = row.get("status", "active") == "active"
    return active and (row.get("starts") or day) <= day <= (row.get("ends") or day)


def below(members: Sequence[str], level: int | None) -> list[str]:
    """The departments whose facts decide: the members, or at a level all departments below their units."""
    if level is None:
        return list(members)
    above = {row.pk: row for row in Department.objects.above(*keys_of(members))}
    tops = set()
    for row in above.values():
        if row.slug in members:
            line = [row.pk]
            while (parent := above[line[-1]].parent_id) is not None:
                line.append(parent)
            tops.add(line[::-1][: min(level, len(line))][-1])
    return list(Department.objects.below(*tops).values_list("slug", flat=True)) if tops else list(members)


def keys_of(slugs: Sequence[str]) -> list[int]:
    return list(Department.objects.filter(slug__in=slugs).values_list("pk", flat=True))


def added(level: Level, found: Effect) -> float:
    """The share of all meetings of a level that only this agreement covers."""
    brings = {name: share for name, share in found.adds().items() if share}
    if not brings:
        return 0.0
    spots = level.spots
    gain = sum(brings[name] * spots.weight[at] / spots.pairs[at] for name, at in spots.named(brings).items())
    whole = spots.weight.sum()
    return float(gain / whole) if whole else 0.0


def plain_tie(tie: Tie) -> dict[str, Any]:
    """An agreement as it stands now, in the plain layout."""
    sides = tie.sides.select_related("department").order_by("position", "pk")
    return layout(
        str(tie.pk),
        tie.kind,
        [side.department.slug for side in sides],
        [str(pk) for pk in tie.objectives.values_list("pk", flat=True)],
        {name: getattr(tie, name) for name in ("audiences", "markets", "platforms", "benefits")},
    )


def layout(
    key: str, kind: str, departments: list[str], objectives: list[str], filters: Mapping[str, list[str] | None]
) -> dict[str, Any]:
    """An agreement in the plain layout."""
    found = {"id": key, "kind": kind, "departments": departments, **filters}
    return found | ({"objectives": objectives} if objectives else {})
