"""Requests and closings, named for the pages that show them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models.expressions import RawSQL

from departments.policies import answered_departments
from orgmap.users.policies import is_lead

if TYPE_CHECKING:
    from orgmap.users.models import User


class RequestQuerySet(models.QuerySet[Any]):
    """Requests for accounts, named for the pages that show them."""

    def visible_to(self, user: User) -> Self:
        """Everyone who has logged in reads what is asked for: whoever meets the same people may have an answer."""
        return self if user.is_authenticated else self.none()

    def for_list(self) -> Self:
        """Rows of a list: the latest first."""
        return self.select_related("platform", "department", "by", "account").order_by("-created_at", "-pk")

    def running(self) -> Self:
        """Not at an end."""
        return self.filter(stage__in=["requested", "in_review", "changes_asked", "approved"])

    def waiting_for(self, user: User) -> Self:
        """What this person has to do next: the lead decides, whoever asked changes it, its department opens it."""
        mine = models.Q(stage="changes_asked", by=user)
        if is_lead(user):
            return self.filter(
                mine | models.Q(stage__in=["requested", "in_review"]) | models.Q(stage="approved", by=user)
            )
        own = answered_departments(user)
        return self.filter(mine | models.Q(stage="approved", department__among=own))

    def concerning(self, user: User) -> Self:
        """Asked for by this person, or for a department that they answer for."""
        return self.filter(models.Q(by=user) | models.Q(department__among=answered_departments(user)))


class ClosingQuerySet(models.QuerySet[Any]):
    """Closings, named for the pages that show them."""

    def planned(self) -> Self:
        """Under way: of an account that was retired by other means nothing is left to do."""
        return self.filter(state="planned").exclude(account__status="retired")

    def for_list(self) -> Self:
        """Rows of a list: what is next comes first."""
        rows = self.select_related("account__platform", "successor").prefetch_related(
            "steps", "account__sides__department"
        )
        return rows.order_by("on", "pk")

    def of(self, user: User) -> Self:
        """Those of accounts that this person sees to."""
        if is_lead(user):
            return self
        own = answered_departments(user)
        return self.filter(account__in=_accounts_run_by(own)) if own else self.none()

    def due(self, today: date) -> Self:
        """With a step that is due, or the day itself."""
        steps = self.model._meta.get_field("steps").related_model.objects.filter(
            closing=models.OuterRef("pk"), done_on=None, due_on__lte=today
        )
        return self.filter(models.Q(on__lte=today) | models.Q(models.Exists(steps)))


def _accounts_run_by(departments: frozenset[int]) -> RawSQL:
    return RawSQL(
        "SELECT account_id FROM channels_accountdepartment WHERE department_id = ANY(%s)", (list(departments),)
    )
