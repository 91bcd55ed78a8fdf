"""Telling departments that they are asked: to accept an agreement or its change, to pursue an objective jointly."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse

from departments.models import Department, Membership, ObjectiveInvitation, Tie, TieSide, TieVersion
from departments.policies import answered_departments
from departments.services.terms import Wording
from orgmap.core.words import sentence_list
from orgmap.users.models import Role, User
from orgmap.users.policies import is_lead
from orgmap.users.posting import still
from orgmap.users.telling import tell

if TYPE_CHECKING:
    from collections.abc import Iterable

TIE, JOINT = "agreement-asked", "objective-asked"
ROLES = [Membership.Role.HEAD, Membership.Role.DEPUTY]


def tell_sides(*, tie: Tie, text: TieVersion, by: User, now: datetime) -> int:
    """Tell those who answer for the sides that have not answered this text yet. Returns how many were told."""
    sides = list(tie.sides.select_related("department").order_by("position", "pk"))
    waiting = [side.department_id for side in sides if side.answer == TieSide.Answer.WAITING]
    wording = Wording([text.terms])
    context = {
        "tie": tie,
        "by": by,
        "from": text.side,
        "changes": text.number > 1,
        "binding": tie.status == Tie.Status.ACTIVE,
        "sides": sentence_list([side.department.name for side in sides], last="and"),
        "scope": wording.scope(text.terms),
        "until": wording.say(text.terms, "ends_on"),
        "note": text.note,
    }
    verb = "suggests other words for" if text.number > 1 else "proposes"
    return tell(
        people=[person for person in answering_for(waiting) if person != by],
        kind=TIE,
        subject=f"{text.side or by} {verb} “{text.terms['title']}”",
        template="departments/asked.txt",
        context=context,
        link=reverse("departments:tie_detail", args=[tie.pk]),
        about=[tie.pk],
        once=f"tie {tie.pk} text {text.number}",
        now=now,
    )


def tell_invited(*, invitations: Iterable[ObjectiveInvitation], by: User | None, now: datetime) -> int:
    """Tell those who answer for departments that are asked to pursue an objective jointly."""
    told = 0
    for each in invitations:
        told += tell(
            people=[person for person in answering_for([each.department_id]) if person != by],
            kind=JOINT,
            subject=f"{each.department} is asked to pursue “{each.objective}” jointly",
            template="departments/invited.txt",
            context={"invitation": each, "by": by},
            link=reverse("reports:invitation_answer", args=[each.pk]),
            about=[each.pk],
            once=f"invitation {each.pk}",
            now=now,
        )
    return told


def answering_for(departments: Collection[int]) -> list[User]:
    """Head and deputy of each department; without any, those of the nearest above that has some, else the leads."""
    found: dict[User, None] = {}
    leads = list(User.objects.filter(role=Role.LEAD, is_active=True).order_by("pk"))
    for department in departments:
        found |= dict.fromkeys(nearest(department) or leads)
    return list(found)


def nearest(department: int) -> list[User]:
    parents = dict(Department.objects.order_by().above(department).values_list("pk", "parent_id"))
    parents[department] = Department.objects.values_list("parent_id", flat=True).get(pk=department)
    places = Membership.objects.filter(department__in=parents, role__in=ROLES, user__is_active=True)
    people: dict[int, list[User]] = {}
    for place in places.filter(user__role=Role.HEAD).select_related("user").order_by("-role", "pk"):
        people.setdefault(place.department_id, []).append(place.user)
    at: int | None = department
    while at is not None and at not in people:
        at = parents.get(at)
    return people[at] if at is not None else []


def still_waiting(person: User, ties: set[int]) -> set[int]:
    """Of these agreements, those in which a side has not answered for which this person answers."""
    sides = TieSide.objects.filter(tie__in=ties, answer=TieSide.Answer.WAITING)
    sides = sides.filter(tie__status__in=[Tie.Status.PROPOSED, Tie.Status.ACTIVE])
    if not is_lead(person):
        sides = sides.filter(department__in=answered_departments(person))
    return set(sides.values_list("tie", flat=True))


def still_invited(person: User, invitations: set[int]) -> set[int]:
    rows = ObjectiveInvitation.objects.filter(pk__in=invitations, answer=ObjectiveInvitation.Answer.WAITING)
    if not is_lead(person):
        rows = rows.filter(department__in=answered_departments(person))
    return set(rows.values_list("pk", flat=True))


still(TIE, still_waiting)
still(JOINT, still_invited)
