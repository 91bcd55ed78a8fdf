"""What waits for a person: proposals to answer, invitations to answer, agreements to renew.

Heads and deputies answer for their departments and all below. The lead answers for departments where nobody does.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

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
    most: int | None
    """Each holds no more than this; None: all."""


def waiting_for(user: User, today: date, most: int | None = 20) -> Waiting:
    """What waits for a person: the first of each. Three queries when all are read, besides asking whom they answer for.

    A lead whose organisation has no heads yet is asked everything; no page draws thousands of rows.
    """
    asked = asked_departments(user)
    return Waiting(
        ties=Tie.objects.visible_to(user).waiting_for(asked)[:most],
        invitations=ObjectiveInvitation.objects.visible_to(user).waiting_for(asked)[:most],
        ending=Tie.objects.visible_to(user).ending(asked, today, SOON)[:most],
        most=most,
    )


def asked_departments(user: User) -> Collection[int]:
    """The departments whose questions come to this person."""
    if is_lead(user):
        return list(Department.objects.without_anybody().values_list("pk", flat=True))
    return answered_departments(user)
