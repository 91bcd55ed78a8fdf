"""People's places in departments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from departments.models import Department, Membership
from orgmap.history.services import because
from orgmap.users.models import Role

if TYPE_CHECKING:
    from orgmap.users.models import User

ANSWERING = (Membership.Role.HEAD, Membership.Role.DEPUTY)


@transaction.atomic
def appoint(*, by: User | None, department: Department, role: str, user: User | None, reason: str = "") -> None:
    """Give a place to a person. A department has one head and one deputy: who was it before becomes a member.

    A member of staff who answers for a department becomes a department head, else the rights would be missing. ``user``
    None empties the place of head or deputy.
    """
    with because(by=by, reason=reason):
        Department.objects.select_for_update(of=("self",)).get(pk=department.pk)
        if role in ANSWERING:
            before = department.memberships.filter(role=role).exclude(user=user)
            before.update(role=Membership.Role.MEMBER)
        if user is None:
            return
        found, made = Membership.objects.get_or_create(user=user, department=department, defaults={"role": role})
        if not made and found.role != role:
            found.role = role
            found.save(update_fields=["role"])
        if role in ANSWERING and user.role == Role.STAFF:
            user.role = Role.HEAD
            user.save(update_fields=["role"])


@transaction.atomic
def dismiss(*, by: User | None, membership: Membership, reason: str = "") -> None:
    """End a person's place in a department."""
    with because(by=by, reason=reason):
        membership.delete()
