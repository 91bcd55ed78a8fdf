"""Accounts that end: the plan with its steps, and the looks at handles that are kept afterwards."""

from django.conf import settings
from django.db import models

from channels.life_querysets import ClosingQuerySet
from channels.models.account import Account
from orgmap.core.models import Stamped
from orgmap.core.tracking import tracked


@tracked()
class Closing(Stamped):
    """The plan by which an account ends on a day, so that its readers hear of it and nobody else takes its name."""

    class State(models.TextChoices):
        PLANNED = "planned", "Planned"
        CLOSED = "closed", "Closed"
        CANCELLED = "cancelled", "Called off"

    account = models.ForeignKey(Account, models.CASCADE, related_name="closings")
    on = models.DateField("closes on")
    reason = models.CharField("why it ends", max_length=200)
    successor = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True, related_name="+")
    turn_to = models.CharField("where people turn then", max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    ended_on = models.DateField(null=True, blank=True)

    objects = ClosingQuerySet.as_manager()

    class Meta(Stamped.Meta):
        verbose_name = "closing"
        constraints = [
            models.UniqueConstraint(
                fields=["account"],
                condition=models.Q(state="planned"),
                name="channels_closing_one_at_a_time",
                violation_error_message="This account is being closed already.",
            ),
            models.CheckConstraint(
                condition=models.Q(state="planned", ended_on__isnull=True)
                | (~models.Q(state="planned") & models.Q(ended_on__isnull=False)),
                name="channels_closing_ended_has_date",
                violation_error_message="A closing that is over has the day on which it ended; a planned one has none.",
            ),
        ]
        indexes = [models.Index(fields=["on", "id"], condition=models.Q(state="planned"), name="channels_closing_next")]

    def __str__(self) -> str:
        return f"closes on {self.on:%-d %B %Y}"


@tracked()
class ClosingStep(models.Model):
    """One thing that has to be done before an account is closed."""

    class Code(models.TextChoices):
        SUCCESSOR = "successor", "A successor is named, or where people turn then"
        MONTH = "month", "Readers were told a month before"
        FORTNIGHT = "fortnight", "Readers were told two weeks before"
        DAYS = "days", "Readers were told 48 hours before"
        HANDLE = "handle", "The handle is kept, so that nobody else takes it"
        KEYS = "keys", "The keys were handed back, and apps and agencies have none"

    closing = models.ForeignKey(Closing, models.CASCADE, related_name="steps")
    code = models.CharField("step", max_length=10, choices=Code)
    due_on = models.DateField("due on")
    done_on = models.DateField("done on", null=True, blank=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "step"
        constraints = [models.UniqueConstraint(fields=["closing", "code"], name="channels_closing_step_once")]

    def __str__(self) -> str:
        return self.get_code_display()


@tracked()
class HandleCheck(models.Model):
    """Somebody looked whether the handle of a closed account is still ours."""

    class Seen(models.TextChoices):
        OURS = "ours", "Still ours, and quiet"
        FREE = "free", "Nobody has it: anyone could take it"
        TAKEN = "taken", "Somebody else has it"
        GONE = "gone", "The platform is gone: there is nothing left to look at"
        MERGED = "merged", "It was a second record of an account that goes on"

    account = models.ForeignKey(Account, models.CASCADE, related_name="handle_checks")
    on = models.DateField("looked at on")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    seen = models.CharField("what was seen", max_length=10, choices=Seen)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "look at the handle"
        verbose_name_plural = "looks at the handle"
        indexes = [models.Index("account", models.F("on").desc(), models.F("id").desc(), name="channels_handle_latest")]

    def __str__(self) -> str:
        return self.get_seen_display()
