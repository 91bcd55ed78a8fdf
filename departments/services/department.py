"""Departments: create, change, move, close."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.text import slugify

from departments.hanging import hanging
from departments.models import Audience, Department, Market
from departments.services import following
from departments.services.lists import set_list
from departments.services.merging import Lines, locked
from orgmap.core.editing import set_fields, take
from orgmap.core.errors import DomainError
from orgmap.core.words import sentence_list
from orgmap.history.services import because

if TYPE_CHECKING:
    from orgmap.users.models import User


NEW = "new"
"""The address of the page that makes a department: no department has it."""


class CannotMove(DomainError):
    """A department cannot stand below itself."""


class CannotClose(DomainError):
    """Something still hangs on the department."""


class CannotReopen(DomainError):
    """The department is open, or what it stands below is not."""


class CannotDelete(DomainError):
    """Something would be left without its department."""


@transaction.atomic
def create_department(
    *,
    by: User | None,
    name: str,
    parent: Department | None = None,
    default_audiences: Iterable[Audience] = (),
    default_markets: Iterable[Market] = (),
    reason: str = "",
    **fields: object,
) -> Department:
    """Put a new department on the map. Its slug comes from its name, or from a given one, and never changes."""
    with because(by=by, reason=reason):
        fields.setdefault("slug", free_slug(name))
        department = Department(name=name.strip(), parent=parent, **fields)
        department.full_clean()
        department.save()
        set_list(department.default_audiences, default_audiences)
        set_list(department.default_markets, default_markets)
    return department


@transaction.atomic
def change_department(
    *,
    by: User | None,
    department: Department,
    version: int | None,
    default_audiences: Iterable[Audience] | None = None,
    default_markets: Iterable[Market] | None = None,
    reason: str = "",
    **fields: object,
) -> Department:
    """Change a department's own words and defaults. Place in the tree and status have intents of their own."""
    with because(by=by, reason=reason):
        department = take(Department.objects.all(), department.pk, version)
        set_fields(department, fields)
        if default_audiences is not None:
            set_list(department.default_audiences, default_audiences)
        if default_markets is not None:
            set_list(department.default_markets, default_markets)
    return department


@transaction.atomic
def move_department(
    *, by: User | None, department: Department, parent: Department | None, version: int | None, reason: str = ""
) -> Department:
    """Hang a department, with all below it, under another one or at the top."""
    with because(by=by, reason=reason):
        department = take(Department.objects.all(), department.pk, version)
        if parent is not None and Department.objects.below(department.pk).filter(pk=parent.pk).exists():
            raise CannotMove(
                f"{parent} stands below {department}, so {department} cannot become part of it. Choose a department "
                f"outside of {department}, or move {parent} first."
            )
        if parent is not None and parent.status == Department.Status.CLOSED:
            raise CannotMove(f"{parent} is closed. Open it again first, or choose a department that is active.")
        set_fields(department, {"parent": parent})
    return department


@transaction.atomic
def close_department(
    *,
    by: User | None,
    department: Department,
    on: date,
    successor: Department | None,
    version: int | None,
    hand_over: bool = False,
    reason: str = "",
) -> Lines:
    """Close a department; its past stays with it. ``hand_over`` gives the successor what is open: accounts,
    objectives, agreements and departments below. Returns what went over, in sentences."""
    if hand_over and successor is None:
        raise CannotClose(f"Nobody takes over what {department} holds. Name a successor, or leave it where it is.")
    with because(by=by, reason=reason):
        department = take(Department.objects.all(), department.pk, version)
        if department.status == Department.Status.CLOSED:
            raise CannotClose(f"{department} is closed already. Open it again first if it is to close another way.")
        if successor is not None:
            department, successor = locked(department, successor)
            if successor.pk == department.pk or successor.status == Department.Status.CLOSED:
                raise CannotClose(f"{successor} cannot follow {department}. Choose another department that is active.")
        told = following.Told()
        if successor is not None and hand_over:
            following.branches_follow(told, department, successor, open_only=True)
            following.records_follow(told, department, successor, open_only=True)
            following.agreements_follow(told, department, successor)
            following.invitations_follow(told, department, successor)
        open_below = list(department.children.filter(status=Department.Status.ACTIVE).order_by("name")[:5])
        if open_below:
            names = ", ".join(child.name for child in open_below)
            raise CannotClose(f"{department} still holds active departments: {names}. Move or close them first.")
        set_fields(department, {"status": Department.Status.CLOSED, "closed_on": on, "successor": successor})
    return told.lines


@transaction.atomic
def reopen_department(*, by: User | None, department: Department, version: int | None, reason: str = "") -> Department:
    """Put a closed department back to work. What it handed over stays where it is now."""
    with because(by=by, reason=reason):
        department = take(Department.objects.select_related("parent"), department.pk, version)
        if department.status == Department.Status.ACTIVE:
            raise CannotReopen(f"{department} is open. Reload the page to see since when.")
        if department.parent is not None and department.parent.status == Department.Status.CLOSED:
            raise CannotReopen(
                f"{department} stands below {department.parent}, which is closed. Open that one first, or move "
                f"{department} to another place."
            )
        set_fields(department, {"status": Department.Status.ACTIVE, "closed_on": None, "successor": None})
    return department


@transaction.atomic
def delete_department(*, by: User | None, department: Department, version: int | None, reason: str = "") -> None:
    """Take a department off the map that was put there by mistake. Refused while anything hangs on it."""
    with because(by=by, reason=reason):
        department = take(Department.objects.all(), department.pk, version)
        found = hanging(department)
        if found:
            kinds = sentence_list([f"{each.count} {each.what}" for each in found], "and")
            raise CannotDelete(
                f"{department} still has {kinds}. Merge it with another department, or close it; then nothing is lost."
            )
        department.delete()


def free_slug(name: str) -> str:
    """An address part for a new department: its name in small letters, numbered when another one has it."""
    base = slugify(name)[:70] or "department"
    taken = {NEW, *Department.objects.filter(slug__startswith=base).values_list("slug", flat=True)}
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug
