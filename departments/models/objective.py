"""What departments pursue."""

from django.conf import settings
from django.db import models

from departments.models.catalogue import Audience, Benefit, Market
from departments.models.department import Department
from departments.querysets import ObjectiveQuerySet
from orgmap.core.models import Stamped
from orgmap.core.spelling import learns
from orgmap.core.tracking import tracked


@tracked()
class Objective(Stamped):
    """What one or several departments pursue together, for whom, and how they will know."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        ACTIVE = "active", "Active"
        ACHIEVED = "achieved", "Achieved"
        DROPPED = "dropped", "Dropped"

    statement = models.CharField(max_length=300)
    benefit = models.ForeignKey(Benefit, models.PROTECT, related_name="objectives")
    departments = models.ManyToManyField(Department, through="ObjectiveDepartment", related_name="objectives")
    audiences = models.ManyToManyField(Audience, blank=True, through="ObjectiveAudience", related_name="objectives")
    markets = models.ManyToManyField(
        Market, blank=True, through="ObjectiveMarket", related_name="objectives", help_text="None means all."
    )
    measure = models.CharField(max_length=200, blank=True, help_text="What is counted: for example calls a week.")
    unit = models.CharField(max_length=40, blank=True)
    baseline = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    target = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    current = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.ACTIVE)
    notes = models.TextField(blank=True)
    ended_reason = models.CharField("why it ended", max_length=300, blank=True, default="", db_default="")

    objects = ObjectiveQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True)
                | models.Q(starts_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="departments_objective_dates_in_order",
                violation_error_message="The objective ends before it starts. Change one of the two dates.",
            )
        ]
        triggers = [*Stamped.Meta.triggers, *learns("ARRAY[statement, measure, notes]::text[]")]

    def __str__(self) -> str:
        return self.statement


@tracked()
class ObjectiveDepartment(models.Model):
    """A department that pursues an objective; position 0 leads."""

    objective = models.ForeignKey(Objective, models.CASCADE, related_name="sides")
    department = models.ForeignKey(Department, models.PROTECT, related_name="objective_sides")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["objective", "department"], name="departments_objective_department_once")
        ]

    def __str__(self) -> str:
        return f"{self.objective_id}: {self.department_id}"


@tracked()
class ObjectiveAudience(models.Model):
    """For whom an objective is."""

    objective = models.ForeignKey(Objective, models.CASCADE, related_name="+")
    audience = models.ForeignKey(Audience, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["objective", "audience"], name="departments_objective_audience_once")
        ]

    def __str__(self) -> str:
        return f"{self.objective_id}: {self.audience_id}"


@tracked()
class ObjectiveMarket(models.Model):
    """Where an objective holds."""

    objective = models.ForeignKey(Objective, models.CASCADE, related_name="+")
    market = models.ForeignKey(Market, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["objective", "market"], name="departments_objective_market_once")
        ]

    def __str__(self) -> str:
        return f"{self.objective_id}: {self.market_id}"


@tracked()
class CheckIn(Stamped):
    """What an objective's measure stood at on a day."""

    objective = models.ForeignKey(Objective, models.CASCADE, related_name="check_ins")
    on = models.DateField()
    value = models.DecimalField(max_digits=16, decimal_places=4)
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta(Stamped.Meta):
        constraints = [models.UniqueConstraint(fields=["objective", "on"], name="departments_check_in_once_a_day")]

    def __str__(self) -> str:
        return f"{self.on}: {self.value}"
