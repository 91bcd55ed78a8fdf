"""Where each department of a list comes to stand, now that all rows are known."""

from dataclasses import replace

from channels.imports.known import World
from channels.imports.planning.draft import Draft
from channels.imports.records import Plan
from channels.imports.values import is_nothing
from departments.labels import KnownDepartment


def place(plan: Plan, world: World, drafts: dict[int, Draft]) -> None:
    """Find each row's superior, now that all rows are known."""
    for draft in drafts.values():
        if draft.pk > 0:
            world.index.add(with_aliases(world.index.departments[draft.pk], draft.aliases))
    for draft in drafts.values():
        draft.parent = draft.before.parent if draft.before else None
    for draft in drafts.values():
        label = draft.entry.get("parent")
        if is_nothing(label):
            continue
        found = world.index.find(label)
        stays = "stays where it is" if draft.pk > 0 else "was put at the top"
        if found.problem or not found.departments:
            plan.remark(
                draft.line,
                label,
                f"'{label}' is neither in the list nor on the map, so '{draft.name}' {stays}. "
                f"Add '{label}' as a department to put it below.",
            )
            continue
        draft.parent = found.departments[0]
    straighten(plan, world, drafts)
    keep_apart(plan, world, drafts)


def keep_apart(plan: Plan, world: World, drafts: dict[int, Draft]) -> None:
    """Leave out what would stand beside a department of its own name; what is below it goes below that one."""
    while clash := first_clash(world, drafts):
        draft, other = clash
        there = draft.before.name if draft.before else draft.name
        told = f"There is a '{there}' already where '{draft.name}' would stand"
        if draft.before:
            plan.remark(draft.line, draft.entry.get("parent"), f"{told}, so it stays where it is.")
            draft.parent = draft.before.parent
            continue
        plan.refuse(draft.line, draft.name, f"{told}. Name a superior that only one department of the list has.")
        del drafts[draft.pk]
        for below in drafts.values():
            if below.parent == draft.pk:
                below.parent = other


def first_clash(world: World, drafts: dict[int, Draft]) -> tuple[Draft, int] | None:
    """A row that moves or adds a department to where one of that name stands, and which one that is."""
    moved = {pk: draft for pk, draft in drafts.items() if draft.before and draft.parent != draft.before.parent}
    taken = {
        (each.parent, each.name.lower()): pk
        for pk, each in world.index.departments.items()
        if pk > 0 and pk not in moved
    }
    for draft in (*moved.values(), *(draft for draft in drafts.values() if draft.pk < 0)):
        name = draft.before.name if draft.before else draft.name
        other = taken.setdefault((draft.parent, name.lower()), draft.pk)
        if other != draft.pk:
            return draft, other
    return None


def straighten(plan: Plan, world: World, drafts: dict[int, Draft]) -> None:
    """Leave where it was whatever would come to stand below itself, now that all moves are known."""
    turned = True
    while turned:
        turned = False
        for draft in drafts.values():
            before = draft.before.parent if draft.before else None
            if draft.parent != before and circular(world, drafts, draft.pk, draft.parent):
                stays = "stays where it is" if draft.before else "was put at the top"
                told = f"'{draft.name}' would stand below itself, so it {stays}."
                plan.remark(draft.line, draft.entry.get("parent"), told)
                draft.parent, turned = before, True


def circular(world: World, drafts: dict[int, Draft], pk: int, parent: int | None) -> bool:
    """Whether a department would come to stand below itself."""
    seen: set[int] = set()
    while parent is not None and parent not in seen:
        if parent == pk:
            return True
        seen.add(parent)
        parent = drafts[parent].parent if parent in drafts else world.index.departments[parent].parent
    return False


def with_aliases(department: KnownDepartment, aliases: list[str]) -> KnownDepartment:
    """A department of the map under its further names."""
    return replace(department, aliases=tuple(dict.fromkeys((*department.aliases, *aliases))))
