"""Telling people that they answer for departments now, and what that asks of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.timezone import localdate

from departments.models import Department, Membership
from departments.waiting import waiting_for
from orgmap.core.words import sentence_list
from orgmap.users.models import User
from orgmap.users.posting import still
from orgmap.users.telling import tell

if TYPE_CHECKING:
    from collections.abc import Iterable

PLACED = "place-given"
ANSWERING = (Membership.Role.HEAD, Membership.Role.DEPUTY)
NAMED = 5
"""So many departments are named; of more it says how many."""


def tell_placed(*, person: User, places: Sequence[Membership], by: User | None, now: datetime) -> int:
    """One letter about all places that a person was given in one go; none for those that somebody took themselves."""
    places = [place for place in places if place.role in ANSWERING]
    if not places or (by is not None and person.pk == by.pk):
        return 0
    departments = [place.department for place in places]
    waiting = waiting_for(User.objects.get(pk=person.pk), localdate(now), most=None)
    return tell(
        people=[person],
        kind=PLACED,
        subject=f"You are {spoken(places)} now",
        template="departments/placed.txt",
        context={
            "by": by,
            "places": spoken(places),
            "count": len(departments),
            "below": below(departments),
            "ties": waiting.ties.count(),
            "invitations": waiting.invitations.count(),
        },
        link=reverse("reports:department_detail", args=[departments[0].slug]) if len(departments) == 1 else "/",
        about=[department.pk for department in departments],
        now=now,
    )


def spoken(places: Sequence[Membership]) -> str:
    """ "head of Marketing", "head of Marketing and deputy of Sales", "head or deputy of 12 departments"."""
    if len(places) > NAMED:
        roles = {Membership.Role(place.role).label.lower() for place in places}
        return f"{' or '.join(sorted(roles, reverse=True))} of {len(places)} departments"
    named = [f"{Membership.Role(place.role).label.lower()} of {place.department}" for place in places]
    return sentence_list(named, last="and")


def below(departments: Iterable[Department]) -> int:
    """How many further departments hang below these."""
    own = {department.pk for department in departments}
    return Department.objects.active().below(*own).exclude(pk__in=own).count()


def still_placed(person: User, departments: set[int]) -> set[int]:
    rows = Membership.objects.filter(user=person, department__in=departments, role__in=ANSWERING)
    return set(rows.values_list("department", flat=True))


still(PLACED, still_placed)
