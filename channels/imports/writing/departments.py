"""Writing departments."""

from collections.abc import Callable
from typing import Any

from channels.imports.planning.draft import Draft
from channels.imports.records import Plan
from channels.imports.writing.common import insert, update
from departments.models import Department


def write_departments(plan: Plan, *, progress: Callable[[int], None], **_: object) -> None:
    """Add new departments from the top down, then change known ones."""
    drafts: dict[int, Draft] = {creation.data.pk: creation.data for creation in plan.created}
    numbers: dict[int, int] = {}
    for level in levels(drafts):
        records = [
            Department(
                name=draft.name,
                slug=draft.slug,
                aliases=draft.aliases,
                parent_id=numbers.get(draft.parent, draft.parent) if draft.parent is not None else None,
                **draft.fields,
            )
            for draft in level
        ]
        insert(Department, records, progress)
        numbers.update({draft.pk: record.pk for draft, record in zip(level, records, strict=True)})
    known = Department.objects.in_bulk([change.pk for change in plan.changed])
    update(
        Department,
        (
            (change.pk, {"parent_id": numbers.get(change.data["parent"], change.data["parent"])})
            for change in plan.changed
            if "parent" in change.data
        ),
    )
    update(Department, ((change.pk, columns(change.data, known[change.pk])) for change in plan.changed))


def levels(drafts: dict[int, Draft]) -> list[list[Draft]]:
    """New departments with those first that stand above others."""
    depth: dict[int, int] = {}

    def depth_of(pk: int) -> int:
        chain = []
        while pk in drafts and pk not in depth:
            chain.append(pk)
            parent = drafts[pk].parent
            if parent is None:
                break
            pk = parent
        base = depth.get(pk, -1)
        for number in reversed(chain):
            base += 1
            depth[number] = base
        return base

    found: dict[int, list[Draft]] = {}
    for pk, draft in drafts.items():
        depth_of(pk)
        found.setdefault(depth[pk], []).append(draft)
    return [found[level] for level in sorted(found)]


def columns(data: dict[str, Any], current: Department) -> dict[str, Any]:
    """The columns to set of a known department; all moves come before, in one statement."""
    found = {name: value for name, value in data.items() if name not in ("parent", "aliases")}
    if "aliases" in data:
        found["aliases"] = [*current.aliases, *data["aliases"]]
    return found
