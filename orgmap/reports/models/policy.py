"""What the organisation decided about its own figures."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from departments.models import Department
from orgmap.core.models import Stamped
from orgmap.core.tracking import tracked
from orgmap.reports.querysets import IntendedOverlapQuerySet


@tracked()
class Policy(Stamped):
    """The thresholds of the figures, where they differ from the method's. One row; a figure is only comparable with
    another under the same policy."""

    overrides = models.JSONField(default=dict, blank=True, help_text='For example {"dormant_days": 120}.')

    class Meta(Stamped.Meta):
        verbose_name_plural = "policy"
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="reports_policy_one_row")]

    def __str__(self) -> str:
        return "Policy"

    def clean(self) -> None:
        """Only what the engine reads: with any other policy each report would fail. It is loaded for this alone."""
        from orgmap.reports.engine.errors import MalformedOrganisation
        from orgmap.reports.engine.policy import policy

        try:
            policy(self.overrides)
        except MalformedOrganisation as error:
            raise ValidationError({"overrides": str(error)}) from None


@tracked()
class IntendedOverlap(Stamped):
    """A pair of departments, or a meeting place, whose overlap is wanted. It stays in every figure; until the review
    date no action is proposed for it."""

    a = models.ForeignKey(Department, models.CASCADE, null=True, blank=True, related_name="+")
    b = models.ForeignKey(Department, models.CASCADE, null=True, blank=True, related_name="+")
    touchpoint = models.CharField(max_length=250, blank=True)
    reason = models.CharField(max_length=300)
    review_on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = IntendedOverlapQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(a__isnull=False, b__isnull=False, touchpoint="")
                | (models.Q(a__isnull=True, b__isnull=True) & ~models.Q(touchpoint="")),
                name="reports_intended_pair_or_place",
                violation_error_message="Name two departments or a meeting place, not both.",
            )
        ]

    def __str__(self) -> str:
        return self.reason
