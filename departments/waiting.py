"""What waits for a person: proposals to answer, invitations to answer, agreements to renew.

Heads and deputies answer for their departments and all below. The lead answers for departments where nobody does.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from departments.models import Department, ObjectiveInvitation, Tie
from departments.policies import answered_departments
from orgmap.users.policies import is_lead

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet

    from orgmap.users.models import User

SOON = 30
"""From so many days before its end an agreement asks to be renewed."""


@dataclass(frozen=True)
class Waiting:
    """What waits for a person, each as a queryset."""

    ties: QuerySet[Tie]
    """Proposals and changes that they are asked to answer."""
    invitations: QuerySet[ObjectiveInvitation]
    """Objectives that their departments are asked to own jointly."""
    ending: QuerySet[Tie]
    """Their active agreements that end within a month, or ended within the last one and were not renewed."""


def waiting_for(user: User, today: date) -> Waiting:
    """What waits for a person. Three queries when all are read, besides asking whom they answer for."""
    asked = asked_departments(user)
    return Waiting(
        ties=Tie.objects.visible_to(user).waiting_for(asked),
        invitations=ObjectiveInvitation.objects.visible_to(user).waiting_for(asked),
        ending=Tie.objects.visible_to(user).ending(asked, today, SOON),
    )


def asked_departments(user: User) -> Collection[int] | QuerySet[Any]:
    """The departments whose questions come to this person."""
    if is_lead(user):
        return Department.objects.without_anybody().values("pk")
    return answered_departments(user)
