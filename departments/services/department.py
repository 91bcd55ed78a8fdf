"""Departments: create, change, move, close."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.text import slugify

from departments.models import Audience, Department, Market
from departments.services.lists import set_list
from orgmap.core.editing import set_fields, take
from orgmap.core.errors import DomainError
from orgmap.history.services import because

if TYPE_CHECKING:
    from orgmap.users.models import User


class CannotMove(DomainError):
    """A department cannot stand below itself."""


class CannotClose(DomainError):
    """Something still hangs on the department."""


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
    reason: str = "",
) -> Department:
    """Close a department. Its records stay; with a successor, people can be told where its work went."""
    with because(by=by, reason=reason):
        department = take(Department.objects.all(), department.pk, version)
        open_below = list(department.children.filter(status=Department.Status.ACTIVE).order_by("name")[:5])
        if open_below:
            names = ", ".join(child.name for child in open_below)
            raise CannotClose(f"{department} still holds active departments: {names}. Move or close them first.")
        set_fields(department, {"status": Department.Status.CLOSED, "closed_on": on, "successor": successor})
    return department


def free_slug(name: str) -> str:
    """An address part for a new department: its name in small letters, numbered when another one has it."""
    base = slugify(name)[:70] or "department"
    taken = set(Department.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug
