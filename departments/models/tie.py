"""Agreements between departments."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from departments.models.department import Department
from departments.models.objective import Objective
from departments.querysets import TieQuerySet
from orgmap.core.models import Stamped
from orgmap.core.spelling import learns
from orgmap.core.tracking import tracked


def scope_filter(what: str) -> ArrayField:
    """A list of catalogue codes that narrows an agreement. Unset means any; an empty list means none."""
    return ArrayField(
        models.CharField(max_length=60), null=True, blank=True, help_text=f"Codes of {what}. Unset: any. Empty: none."
    )


@tracked()
class Tie(Stamped):
    """An agreement between departments about who does what, for a time.

    Its scope is either the scope of the objectives it names or the four filters, never both; with neither it is about
    nothing in particular and counts for little.
    """

    class Kind(models.TextChoices):
        WORKING_GROUP = "working_group", "Working group"
        HAND_OFF = "hand_off", "Hand-off"
        LIAISON = "liaison", "Liaison"

    class Status(models.TextChoices):
        PROPOSED = "proposed", "Proposed"
        ACTIVE = "active", "Active"
        DECLINED = "declined", "Declined"
        ENDED = "ended", "Ended"

    kind = models.CharField(max_length=15, choices=Kind)
    title = models.CharField(max_length=200)
    terms = models.TextField(
        "what was agreed", blank=True, help_text="For example: complaints go to Customer care within an hour."
    )
    contact = models.CharField(max_length=200, blank=True, help_text="For a liaison: the named person.")
    departments = models.ManyToManyField(Department, through="TieSide", related_name="ties")
    objectives = models.ManyToManyField(Objective, blank=True, through="TieObjective", related_name="ties")
    audiences = scope_filter("audiences")
    markets = scope_filter("markets")
    platforms = scope_filter("platforms")
    benefits = scope_filter("benefits")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField("ends or is reviewed on")
    status = models.CharField(max_length=10, choices=Status, default=Status.PROPOSED)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    ended_reason = models.CharField(max_length=300, blank=True)

    objects = TieQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="departments_tie_dates_in_order",
                violation_error_message="The agreement ends before it starts. Change one of the two dates.",
            )
        ]
        triggers = [
            *Stamped.Meta.triggers,
            *learns("ARRAY[title, terms]::text[]"),
            pgtrigger.Trigger(
                name="filters_or_objectives",
                when=pgtrigger.After,
                operation=pgtrigger.Update | pgtrigger.Insert,
                func="""
                    IF num_nonnulls(NEW.audiences, NEW.markets, NEW.platforms, NEW.benefits) > 0
                       AND EXISTS (SELECT 1 FROM departments_tieobjective WHERE tie_id = NEW.id) THEN
                        RAISE EXCEPTION 'An agreement names objectives or filters, not both.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'departments_tie_one_scope';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.title


@tracked()
class TieSide(models.Model):
    """One department's side of an agreement: it binds when every side has accepted."""

    class Answer(models.TextChoices):
        WAITING = "waiting", "Waiting"
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Declined"

    tie = models.ForeignKey(Tie, models.CASCADE, related_name="sides")
    department = models.ForeignKey(Department, models.PROTECT, related_name="tie_sides")
    position = models.PositiveSmallIntegerField(default=0)
    answer = models.CharField(max_length=10, choices=Answer, default=Answer.WAITING)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tie", "department"], name="departments_tie_side_once")]

    def __str__(self) -> str:
        return f"{self.tie_id}: {self.department_id} {self.answer}"


@tracked()
class TieObjective(models.Model):
    """An objective that an agreement is about."""

    tie = models.ForeignKey(Tie, models.CASCADE, related_name="+")
    objective = models.ForeignKey(Objective, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tie", "objective"], name="departments_tie_objective_once")]
        triggers = [
            pgtrigger.Trigger(
                name="objectives_or_filters",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF EXISTS (SELECT 1 FROM departments_tie WHERE id = NEW.tie_id
                               AND num_nonnulls(audiences, markets, platforms, benefits) > 0) THEN
                        RAISE EXCEPTION 'An agreement names objectives or filters, not both.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'departments_tie_one_scope';
                    END IF;
                    RETURN NULL;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.tie_id}: {self.objective_id}"


@tracked()
class WorkingGroup(Stamped):
    """A small group around one objective: the agreement of that kind, with the people who carry it."""

    tie = models.OneToOneField(Tie, models.CASCADE, related_name="group")
    objective = models.ForeignKey(
        Objective,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="groups",
        help_text="The one objective it works on.",
    )
    lead = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="led_groups")
    sponsor = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="sponsored_groups")

    class Meta(Stamped.Meta):
        pass

    def __str__(self) -> str:
        return f"Group of {self.tie_id}"
