"""Lists of objectives."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from channels.imports.known import World
from channels.imports.planning.common import Dates, catalogue, fitting, foreign, names_of
from channels.imports.records import Alteration, Creation, Entry, List, Plan
from channels.imports.values import NotAFigure, is_nothing, number
from departments.labels import key

NUMBERS = ("baseline", "target", "current")
STATUSES = {
    "draft": "draft planned proposed",
    "active": "active running current open ongoing",
    "achieved": "achieved done reached met completed complete",
    "dropped": "dropped cancelled canceled stopped abandoned ended",
}
DATES = ("starts_on", "ends_on")
LARGEST = Decimal(10) ** 12


@dataclass
class Draft:
    """An objective as a row has it."""

    line: int
    statement: str
    sides: list[int]
    benefit: int
    fields: dict[str, Any] = field(default_factory=dict)
    audiences: list[int] = field(default_factory=list)
    markets: list[int] = field(default_factory=list)


def plan_objectives(found: List, world: World) -> Plan:
    """Which objectives a list adds or changes. One is known again by its statement and its first department."""
    plan = Plan(found.kind, rows=len(found.entries))
    dates = Dates(found, DATES)
    existing: dict[tuple[str, int], Any] = {}
    for objective in world.objectives():
        sides = sorted(objective.sides.all(), key=lambda side: (side.position, side.pk))
        for side in sides:
            existing.setdefault((key(objective.statement), side.department_id), objective)
    seen: dict[tuple[str, int], int] = {}
    benefits = world.codes("benefits")
    for entry in found.entries:
        draft = draft_of(plan, entry, world, dates, benefits)
        if draft is None:
            continue
        identity = (key(draft.statement), draft.sides[0])
        if identity in seen:
            told = f"'{draft.statement}' of {names_of(world, draft.sides[:1])} stands in line {seen[identity]} already."
            plan.merge(draft.line, draft.statement, told)
            continue
        seen[identity] = draft.line
        compare(plan, world, draft, existing.get(identity))
    return plan


def draft_of(
    plan: Plan, entry: Entry, world: World, dates: Dates, benefits: dict[str, tuple[int, str]]
) -> Draft | None:
    """The objective of a row, refused without a statement, a department or a benefit."""
    if entry.problem:
        plan.refuse(entry.line, "", entry.problem)
        return None
    statement, label, benefit = entry.get("statement"), entry.get("department"), entry.get("benefit")
    if is_nothing(statement) or not key(statement):
        plan.refuse(entry.line, statement, "This row states no objective. Say what is to be reached.")
        return None
    if is_nothing(label):
        plan.refuse(entry.line, statement, f"'{statement}' names no department. Say who pursues it.")
        return None
    departments = world.index.find(label)
    if departments.problem:
        plan.refuse(entry.line, label, departments.problem)
        return None
    for remark in departments.remarks:
        plan.remark(entry.line, label, remark)
    if foreign(world, departments.departments):
        plan.refuse(
            entry.line,
            label,
            f"'{label}' is not one of your departments. Only its head or the lead adds its objectives.",
        )
        return None
    found = None if is_nothing(benefit) else benefits.get(key(benefit)) or benefits.get(key(benefit.split()[0]))
    if found is None:
        told = f"'{benefit}' is not a benefit." if benefit else "The row names no benefit."
        plan.refuse(entry.line, benefit, f"{told} Write one of the catalogue's, by its id or name: for example B02.")
        return None
    draft = Draft(
        entry.line, fitting(plan, entry, statement, 300, "statement"), list(departments.departments), found[0]
    )
    draft.audiences = [pk for pk, _ in catalogue(plan, entry, world, "audience", "audiences")]
    draft.markets = [pk for pk, _ in catalogue(plan, entry, world, "market", "markets")]
    fill(plan, entry, draft, dates)
    return draft


def fill(plan: Plan, entry: Entry, draft: Draft, dates: Dates) -> None:
    """Measure, figures, dates and status of a row."""
    for name, limit in (("measure", 200), ("unit", 40)):
        if not is_nothing(entry.get(name)):
            draft.fields[name] = fitting(plan, entry, entry.get(name), limit, name)
    if not is_nothing(entry.get("notes")):
        draft.fields["notes"] = entry.get("notes")
    for name in NUMBERS:
        cell = entry.get(name)
        if is_nothing(cell):
            continue
        try:
            value = number(cell)
        except NotAFigure as problem:
            plan.remark(entry.line, cell, f"{problem} The {name} was left out.")
            continue
        if abs(value) >= LARGEST:
            plan.remark(entry.line, cell, f"'{cell}' is too large. The {name} was left out.")
            continue
        draft.fields[name] = round(value, 4)
        if cell.endswith("%"):
            draft.fields.setdefault("unit", "%")
    for name in DATES:
        if (day := dates.read(plan, entry, name)) is not None:
            draft.fields[name] = day
    status = entry.get("status")
    if not is_nothing(status):
        found = next((code for code, words in STATUSES.items() if status.casefold() in words.split()), None)
        if found:
            draft.fields["status"] = found
        else:
            known = "draft, active, achieved or dropped"
            plan.remark(entry.line, status, f"'{status}' is not a status and was left out. Known are {known}.")


def compare(plan: Plan, world: World, draft: Draft, current: Any | None) -> None:
    """What the map does not have yet of an objective."""
    starts = draft.fields.get("starts_on", current.starts_on if current else None)
    ends = draft.fields.get("ends_on", current.ends_on if current else None)
    if starts and ends and ends < starts:
        told = f"'{draft.statement}' would end on {ends} before it starts on {starts}. Correct one of the two dates."
        plan.refuse(draft.line, str(ends), told)
        return
    if current is None:
        plan.created.append(Creation(draft.line, draft.statement, draft))
        return
    fields: dict[str, tuple[str, str]] = {}
    columns: dict[str, Any] = {}
    for name, value in draft.fields.items():
        old = getattr(current, name)
        if value != old:
            columns[name] = value
            fields[name] = (shown(old), shown(value))
    if draft.benefit != current.benefit_id:
        columns["benefit_id"] = draft.benefit
        fields["benefit"] = (current.benefit.code, "another")
    data: dict[str, Any] = {"columns": columns}
    for name, known in (
        ("sides", [side.department_id for side in current.sides.all()]),
        ("audiences", [record.pk for record in current.audiences.all()]),
        ("markets", [record.pk for record in current.markets.all()]),
    ):
        data[name] = [pk for pk in getattr(draft, name) if pk not in known]
        if data[name]:
            added = names_of(world, data[name]) if name == "sides" else f"{len(data[name])} more"
            fields["departments" if name == "sides" else name] = (f"{len(known)} known", added)
    if fields:
        plan.changed.append(Alteration(draft.line, draft.statement, current.pk, fields, data))
    else:
        plan.same += 1


def shown(value: Any) -> str:
    """A value for people."""
    if isinstance(value, date):
        return value.isoformat()
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str("" if value is None else value)
