"""An overlap that is wanted: said with a reason, until a review date."""

from datetime import date

from django.db import transaction

from departments.models import Department
from orgmap.core.errors import DomainError
from orgmap.history.services import because
from orgmap.reports.models import IntendedOverlap
from orgmap.users.models import User


class AlreadyIntended(DomainError):
    """Somebody said so first."""


@transaction.atomic
def intend_overlap(
    *, a: Department, b: Department, reason: str, review_on: date, by: User, today: date
) -> IntendedOverlap:
    """Mark what two departments share as wanted. It stays in every figure; no action is proposed until the date."""
    first, second = sorted((a, b), key=lambda department: department.slug)
    known = IntendedOverlap.objects.filter(a=first, b=second, review_on__gte=today).first()
    if known is not None:
        raise AlreadyIntended(
            f"This overlap is marked as intended until {known.review_on:%-d %B %Y}: “{known.reason}”. "
            "Take that back first."
        )
    with because(by=by, reason=reason):
        mark = IntendedOverlap(a=first, b=second, reason=reason, review_on=review_on, by=by)
        mark.full_clean()
        mark.save()
    return mark


@transaction.atomic
def withdraw_intention(*, mark: IntendedOverlap, by: User) -> None:
    """Take the mark back: actions are proposed again."""
    with because(by=by, reason="The overlap is no longer intended."):
        mark.delete()
