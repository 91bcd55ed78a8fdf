"""Two departments become one."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from departments.models import Department
from departments.services import following
from orgmap.core.editing import set_fields
from orgmap.core.errors import DomainError, EditConflict
from orgmap.history.services import because

if TYPE_CHECKING:
    from orgmap.users.models import User

Lines = list[tuple[str, str]]
"""What happens, in sentences, each with the names that it is about."""


class CannotMerge(DomainError):
    """Only two different departments can become one."""


def preview_merge(*, by: User | None, old: Department, new: Department, on: date) -> Lines:
    """What a merge would do. It is done and taken back at once, so that what is shown is what will happen."""
    with transaction.atomic():
        lines = merge_departments(by=by, old=old, new=new, on=on)
        transaction.set_rollback(True)
    return lines


@transaction.atomic
def merge_departments(
    *,
    by: User | None,
    old: Department,
    new: Department,
    on: date,
    versions: tuple[int, int] | None = None,
    reason: str = "",
) -> Lines:
    """Make one department part of another. Everything that hangs on it follows, and it answers to its old names there.

    The old department stays as a closed one that leads on to the new one: past reports and addresses still find it.
    """
    if old.pk == new.pk:
        raise CannotMerge(f"{old} is one department already. Choose another one for it to become part of.")
    with because(by=by, reason=reason or f"{old} becomes part of {new}", whole=True):
        old, new = locked(old, new)
        if versions is not None and (old.version, new.version) != versions:
            raise EditConflict(
                f"Somebody changed {old} or {new} since you looked. Here is what the merge would do now."
            )
        if new.status == Department.Status.CLOSED:
            raise CannotMerge(f"{new} is closed. Open it again first, or choose a department that is active.")
        told = following.Told()
        following.branches_follow(told, old, new, open_only=False)
        following.records_follow(told, old, new, open_only=False)
        following.agreements_follow(told, old, new)
        following.invitations_follow(told, old, new)
        following.people_follow(told, old, new)
        following.others_follow(told, old, new)
        new_names = further_names(old, new)
        set_fields(new, {"aliases": [*new.aliases, *new_names]})
        told.say(len(new_names), f"name leads to {new}", f"names lead to {new}", new_names)
        Department.objects.filter(successor=old).update(successor=new)
        closed = {"status": Department.Status.CLOSED, "closed_on": old.closed_on or on, "successor": new}
        set_fields(old, closed)
    return told.lines


def further_names(old: Department, new: Department) -> list[str]:
    """What the old department was called, without what the new one is called already."""
    known = {name.casefold() for name in (new.name, new.acronym, *new.aliases)}
    found = {name.casefold(): name for name in (old.name, old.acronym, *old.aliases) if name}
    return [name for small, name in found.items() if small not in known]


def locked(*departments: Department) -> list[Department]:
    """The departments as they stand, locked in one order, so that two people never wait for each other."""
    keys = [department.pk for department in departments]
    rows = Department.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    found = {department.pk: department for department in rows}
    return [found[key] for key in keys]
