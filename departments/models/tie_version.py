"""What was proposed when: the versions of an agreement, and the reminders before it ends."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from departments.models.department import Department
from departments.models.tie import Tie
from orgmap.core.models import Stamped
from orgmap.core.tracking import tracked


@tracked()
class TieVersion(Stamped):
    """One text of an agreement, as somebody proposed it. Of an agreement at most one is on the table.

    ``terms`` holds words, dates and scope (`departments.services.terms`). While an agreement is proposed, its own
    fields say what the version on the table says; once it is active, they change only when a version is agreed.
    """

    class State(models.TextChoices):
        OPEN = "open", "On the table"
        AGREED = "agreed", "Agreed"
        REPLACED = "replaced", "Replaced by the next"
        DECLINED = "declined", "Declined"
        WITHDRAWN = "withdrawn", "Taken back"

    tie = models.ForeignKey(Tie, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    side = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    note = models.CharField(max_length=300, blank=True)
    terms = models.JSONField(encoder=DjangoJSONEncoder)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    closed_for = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="+")
    closing_reason = models.CharField(max_length=300, blank=True)

    class Meta(Stamped.Meta):
        constraints = [
            models.UniqueConstraint(fields=["tie", "number"], name="departments_tie_version_once"),
            models.UniqueConstraint(
                fields=["tie"], condition=models.Q(state="open"), name="departments_tie_version_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"Version {self.number} of {self.tie_id}"


class TieReminder(models.Model):
    """A person was told that an agreement ends soon: one row for each step of each end date."""

    tie = models.ForeignKey(Tie, models.CASCADE, related_name="reminders")
    ends_on = models.DateField()
    days = models.PositiveSmallIntegerField(help_text="So many days before the end this was due.")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tie", "ends_on", "days", "user"], name="departments_tie_reminder_once")
        ]

    def __str__(self) -> str:
        return f"{self.tie_id} {self.days} days before {self.ends_on}"
