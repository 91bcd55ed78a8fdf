"""Owning an objective together: a department is asked, and owns it once it has accepted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from departments.models import Department, Objective, ObjectiveDepartment, ObjectiveInvitation
from departments.policies import answered_departments
from departments.services.asking import tell_invited
from departments.services.tie import AlreadyAnswered, NotASide
from orgmap.core.editing import set_fields, take
from orgmap.core.errors import DomainError
from orgmap.history.services import because
from orgmap.users.policies import is_lead

if TYPE_CHECKING:
    from orgmap.users.models import User

Answer = ObjectiveInvitation.Answer


class NobodyToAsk(DomainError):
    """All the departments named own the objective or have been asked."""


@transaction.atomic
def invite(
    *,
    by: User,
    objective: Objective,
    departments: Iterable[Department],
    message: str = "",
    instead_of: Objective | None = None,
) -> list[Department]:
    """Ask departments to own an objective together; whom the person answers for (the lead: all) joins at once.

    ``instead_of`` is the objective of theirs that the joint one would take the place of. Returns who was named anew.
    """
    with because(by=by, reason=message):
        objective = take(Objective.objects.all(), objective.pk, None)
        owners = set(objective.sides.values_list("department_id", flat=True))
        asked = set(objective.invitations.filter(answer=Answer.WAITING).values_list("department_id", flat=True))
        new = [each for each in dict.fromkeys(departments) if each.pk not in owners | asked]
        if not new:
            raise NobodyToAsk(f"All of them pursue “{objective}” already, or have been asked. Name somebody else.")
        own = answered_departments(by)
        joining = [each for each in new if is_lead(by) or each.pk in own]
        for department in joining:
            add_owner(objective, department)
        others = [each for each in new if each not in joining]
        ask_departments(by=by, objective=objective, departments=others, message=message, instead_of=instead_of)
    return new


def ask_departments(
    *,
    by: User | None,
    objective: Objective,
    departments: Iterable[Department],
    message: str = "",
    instead_of: Objective | None = None,
) -> None:
    """Leave a question to each of these departments that has not been asked yet."""
    asked = set(objective.invitations.filter(answer=Answer.WAITING).values_list("department_id", flat=True))
    made = [
        ObjectiveInvitation.objects.create(
            objective=objective, department=department, invited_by=by, message=message, instead_of=instead_of
        )
        for department in departments
        if department.pk not in asked
    ]
    tell_invited(invitations=made, by=by, now=timezone.now())


@transaction.atomic
def answer_invitation(
    *, by: User, invitation: ObjectiveInvitation, accept: bool, now: datetime, reason: str = ""
) -> ObjectiveInvitation:
    """Accept or decline to own an objective together."""
    with because(by=by, reason=reason):
        invitation = take(ObjectiveInvitation.objects.select_related("objective"), invitation.pk, None)
        if invitation.answer != Answer.WAITING:
            raise AlreadyAnswered(
                f"{invitation.department} has answered already: {invitation.get_answer_display().lower()}."
            )
        if not (is_lead(by) or invitation.department_id in answered_departments(by)):
            raise NotASide(f"You do not answer for {invitation.department}. Its head or the lead can.")
        answer = Answer.ACCEPTED if accept else Answer.DECLINED
        set_fields(invitation, {"answer": answer, "answered_by": by, "answered_at": now, "reason": reason})
        if accept:
            add_owner(invitation.objective, invitation.department)
    return invitation


@transaction.atomic
def withdraw_invitation(*, by: User, invitation: ObjectiveInvitation) -> None:
    """Take a question back before it is answered."""
    with because(by=by):
        invitation = take(ObjectiveInvitation.objects.all(), invitation.pk, None)
        if invitation.answer != Answer.WAITING:
            raise AlreadyAnswered(
                f"{invitation.department} has answered already: {invitation.get_answer_display().lower()}."
            )
        set_fields(invitation, {"answer": Answer.WITHDRAWN})


def add_owner(objective: Objective, department: Department) -> None:
    """Put a department behind the owners that there are."""
    last = objective.sides.aggregate(last=Max("position"))["last"]
    ObjectiveDepartment.objects.get_or_create(
        objective=objective, department=department, defaults={"position": 0 if last is None else last + 1}
    )


def is_replaced(own: Objective, by: Objective) -> bool:
    """Whether everybody who pursues an objective now pursues the joint one."""
    joint = set(by.sides.values_list("department_id", flat=True))
    return set(own.sides.values_list("department_id", flat=True)) <= joint
