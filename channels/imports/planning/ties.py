"""Lists of agreements."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from channels.imports.known import World
from channels.imports.planning.common import Dates, catalogue, fitting, foreign, names_of
from channels.imports.records import Alteration, Creation, Entry, List, Plan
from channels.imports.values import is_nothing, parts
from departments.labels import key

KINDS = {
    "working_group": "working group, group, workinggroup, task force, committee, joint objective",
    "hand_off": "hand off, handoff, handover, hand over, escalation, referral",
    "liaison": "liaison, contact, named contact, link",
}
TITLES = {"working_group": "Working group", "hand_off": "Hand-off", "liaison": "Liaison"}
STATUSES = {
    "proposed": "proposed draft planned pending",
    "active": "active running agreed accepted current",
    "declined": "declined refused rejected",
    "ended": "ended closed expired over",
}
SCOPES = ("audiences", "markets", "platforms", "benefits")
DATES = ("starts_on", "ends_on")


@dataclass
class Draft:
    """An agreement as a row has it."""

    line: int
    title: str
    kind: str
    sides: list[int]
    fields: dict[str, Any] = field(default_factory=dict)
    objectives: list[int] = field(default_factory=list)
    accepted: frozenset[int] | None = None
    """The sides that accept with the list: the departments of whoever brings it; None means all."""
    begins: str = "active"
    """Its status where it is new."""


def plan_ties(found: List, world: World) -> Plan:
    """Which agreements a list adds or changes. One is known again by its title and its departments."""
    plan = Plan(found.kind, rows=len(found.entries))
    dates = Dates(found, DATES)
    objectives: dict[str, list[tuple[int, frozenset[int]]]] = {}
    for objective in world.objectives():
        sides = frozenset(side.department_id for side in objective.sides.all())
        objectives.setdefault(key(objective.statement), []).append((objective.pk, sides))
    existing = {
        (key(tie.title), frozenset(side.department_id for side in tie.sides.all())): tie for tie in world.ties()
    }
    seen: dict[tuple[str, frozenset[int]], int] = {}
    for entry in found.entries:
        draft = draft_of(plan, entry, world, dates, objectives)
        if draft is None:
            continue
        identity = (key(draft.title), frozenset(draft.sides))
        if identity in seen:
            plan.merge(draft.line, draft.title, f"'{draft.title}' stands in line {seen[identity]} already.")
            continue
        seen[identity] = draft.line
        compare(plan, world, draft, existing.get(identity))
    return plan


def draft_of(
    plan: Plan,
    entry: Entry,
    world: World,
    dates: Dates,
    objectives: dict[str, list[tuple[int, frozenset[int]]]],
) -> Draft | None:
    """The agreement of a row, refused without two departments or a review date."""
    if entry.problem:
        plan.refuse(entry.line, "", entry.problem)
        return None
    sides = sides_of(plan, entry, world)
    if sides is None:
        return None
    names = names_of(world, sides)
    if foreign(world, sides):
        plan.refuse(
            entry.line, names, f"Neither {names} is one of your departments. Only their heads or the lead propose this."
        )
        return None
    ends_on = dates.read(plan, entry, "ends_on")
    if ends_on is None:
        plan.refuse(entry.line, entry.get("ends_on"), f"The agreement of {names} has no end or review date. Add one.")
        return None
    kind = kind_of(plan, entry)
    title = entry.get("title") or f"{TITLES[kind]} of {names}"
    draft = Draft(entry.line, fitting(plan, entry, title, 200, "title"), kind, sides, {"ends_on": ends_on})
    starts_on = dates.read(plan, entry, "starts_on")
    if starts_on and starts_on > ends_on:
        told = f"'{title}' would end on {ends_on} before it starts on {starts_on}. Correct one of the two dates."
        plan.refuse(entry.line, str(ends_on), told)
        return None
    if starts_on:
        draft.fields["starts_on"] = starts_on
    for name, limit in (("terms", 5000), ("contact", 200)):
        if not is_nothing(entry.get(name)):
            draft.fields[name] = fitting(plan, entry, entry.get(name), limit, name)
    scope(plan, entry, world, draft, objectives)
    standing(plan, entry, world, draft)
    return draft


def sides_of(plan: Plan, entry: Entry, world: World) -> list[int] | None:
    """The departments that a row binds, in their order."""
    sides: list[int] = []
    for name in ("departments", "first", "second"):
        label = entry.get(name)
        if is_nothing(label):
            continue
        found = world.index.find(label)
        if found.problem or found.remarks:
            plan.refuse(
                entry.line, label, found.problem or found.remarks[0].removesuffix(" The row was taken without it.")
            )
            return None
        sides += [pk for pk in found.departments if pk not in sides]
    if len(sides) < 2:
        what = names_of(world, sides) or "nobody"
        plan.refuse(entry.line, what, f"An agreement binds at least two departments; this row names {what}.")
        return None
    return sides


def kind_of(plan: Plan, entry: Entry) -> str:
    """Working group, hand-off or liaison; a remark when the word is unknown."""
    cell = entry.get("kind")
    plain = key(cell)
    if is_nothing(cell):
        return "liaison" if not is_nothing(entry.get("contact")) else "working_group"
    for kind, words in KINDS.items():
        if plain in [word.strip() for word in words.split(",")]:
            return kind
    plan.remark(entry.line, cell, f"'{cell}' is no kind of agreement; it was taken as a working group.")
    return "working_group"


def scope(
    plan: Plan, entry: Entry, world: World, draft: Draft, objectives: dict[str, list[tuple[int, frozenset[int]]]]
) -> None:
    """What the agreement is about: objectives, or else filters."""
    for statement in parts(entry.get("objectives"), r"[;|\n]"):
        matches = objectives.get(key(statement), [])
        own = [pk for pk, sides in matches if sides & set(draft.sides)] or [pk for pk, _ in matches]
        if own:
            draft.objectives.append(own[0])
        else:
            told = f"'{statement}' is not an objective on the map and was left out. Import the objectives first."
            plan.remark(entry.line, statement, told)
    for name in SCOPES:
        if codes := [code for _, code in catalogue(plan, entry, world, name, name)]:
            if draft.objectives:
                told = f"An agreement is about objectives or about filters, not both; the {name} were left out."
                plan.remark(entry.line, entry.get(name), told)
            else:
                draft.fields[name] = codes


def standing(plan: Plan, entry: Entry, world: World, draft: Draft) -> None:
    """Whether it binds already: a list of the lead's does unless it says otherwise, a head's only proposes."""
    cell = entry.get("status")
    found = next((code for code, words in STATUSES.items() if cell.casefold() in words.split()), None)
    if cell and found is None and not is_nothing(cell):
        known = "proposed, active, declined or ended"
        plan.remark(entry.line, cell, f"'{cell}' is not a status and was left out. Known are {known}.")
    if world.allowed is None:
        draft.begins = found or "active"
        if found:
            draft.fields["status"] = found
        return
    draft.accepted = frozenset(pk for pk in draft.sides if pk in world.allowed)
    if set(draft.sides) <= draft.accepted:
        draft.begins = found or "active"
        return
    draft.begins = "proposed"
    if found == "active":
        told = "It is proposed now and binds when the other departments accept."
        plan.remark(entry.line, cell, told)


def compare(plan: Plan, world: World, draft: Draft, current: Any | None) -> None:
    """What the map does not have yet of an agreement."""
    if current is None:
        plan.created.append(Creation(draft.line, draft.title, draft))
        return
    fields: dict[str, tuple[str, str]] = {}
    columns: dict[str, Any] = {}
    named = {objective.pk for objective in current.objectives.all()}
    for name, value in draft.fields.items():
        old = getattr(current, name)
        if name == "status" and not may_set(draft, name, old):
            continue
        if name in SCOPES and named:
            continue
        if value != old:
            columns[name] = value
            fields[name] = (shown(old), shown(value))
    filters = any(getattr(current, name) is not None for name in SCOPES)
    objectives = [] if filters else [pk for pk in draft.objectives if pk not in named]
    if objectives:
        fields["objectives"] = (f"{len(named)} known", f"{len(objectives)} more")
    if fields:
        data = {"columns": columns, "objectives": objectives}
        plan.changed.append(Alteration(draft.line, draft.title, current.pk, fields, data))
    else:
        plan.same += 1


def may_set(draft: Draft, name: str, old: str) -> bool:
    """Whether the list may set the status of an agreement of the map: a lead's may, but never revives one."""
    return draft.accepted is None and not (
        old in ("ended", "declined") and draft.fields[name] in ("active", "proposed")
    )


def shown(value: Any) -> str:
    """A value for people."""
    if isinstance(value, list):
        return ", ".join(value)
    return value.isoformat() if isinstance(value, date) else str(value or "")
