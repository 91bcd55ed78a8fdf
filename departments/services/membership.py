"""People's places in departments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from departments.models import Department, Membership
from departments.services.placing import ANSWERING, tell_placed
from orgmap.history.services import because
from orgmap.users.models import Role

if TYPE_CHECKING:
    from orgmap.users.models import User


@transaction.atomic
def appoint(
    *,
    by: User | None,
    department: Department,
    role: str,
    user: User | None,
    reason: str = "",
    now: datetime | None = None,
) -> Membership | None:
    """Give a place to a person. A department has one head and one deputy: who was it before becomes a member.

    A member of staff who answers for a department becomes a department head, else the rights would be missing. ``user``
    None empties the place of head or deputy. With ``now`` a new head or deputy is told; without it, whoever calls may
    tell of several places at once. Returns the place, if somebody has it only now.
    """
    with because(by=by, reason=reason):
        Department.objects.select_for_update(of=("self",)).get(pk=department.pk)
        if role in ANSWERING:
            before = department.memberships.filter(role=role).exclude(user=user)
            before.update(role=Membership.Role.MEMBER)
        if user is None:
            return None
        found, made = Membership.objects.get_or_create(user=user, department=department, defaults={"role": role})
        is_new = made or found.role != role
        if not made and is_new:
            found.role = role
            found.save(update_fields=["role"])
        if role in ANSWERING and user.role == Role.STAFF:
            user.role = Role.HEAD
            user.save(update_fields=["role"])
        if is_new and now is not None:
            tell_placed(person=user, places=[found], by=by, now=now)
    return found if is_new else None


@transaction.atomic
def name_heads(*, by: User, heads: Sequence[tuple[Department, User]], now: datetime) -> dict[int, str]:
    """Name the heads of several departments that have none, as one action. Of those that stay as they are: why, by key.

    A department that somebody else gave a head meanwhile keeps that head. Each head gets one letter about all theirs.
    """
    refused: dict[int, str] = {}
    keys = [department.pk for department, _ in heads]
    departments = Department.objects.select_for_update(of=("self",)).order_by("pk").in_bulk(keys)
    places = Membership.objects.filter(
        department__in=keys, role=Membership.Role.HEAD, user__is_active=True, user__role=Role.HEAD
    )
    there = {place.department_id: place.user for place in places.select_related("user")}
    named = []
    for department, user in heads:
        found, head = departments.get(department.pk), there.get(department.pk)
        if found is None or found.status != Department.Status.ACTIVE:
            refused[department.pk] = f"{department} is closed by now, so nobody heads it."
        elif head is not None and head != user:
            refused[department.pk] = f"{head} was named head of {department} meanwhile, and stays it."
        else:
            named.append((found, user))
    with because(by=by, reason=f"Heads named for {len(named)} departments" if len(named) > 1 else ""):
        given: dict[User, list[Membership]] = {}
        for department, user in named:
            place = appoint(by=by, department=department, role=Membership.Role.HEAD, user=user)
            given.setdefault(user, []).extend([place] if place else [])
        for user, theirs in given.items():
            tell_placed(person=user, places=theirs, by=by, now=now)
    return refused


@transaction.atomic
def dismiss(*, by: User | None, membership: Membership, reason: str = "") -> None:
    """End a person's place in a department."""
    with because(by=by, reason=reason):
        membership.delete()
