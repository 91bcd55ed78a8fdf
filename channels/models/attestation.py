"""Asking owners whether their accounts still hold, and what they answered."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models

from departments.models import Department


def loose(to: str | type[models.Model], **options: object) -> models.ForeignKey:
    """A link to a record that may go, and come back by undo, without this row: what was answered stays written."""
    return models.ForeignKey(to, models.DO_NOTHING, db_constraint=False, **options)  # type: ignore[arg-type]


class Outcome(models.TextChoices):
    """What became of the questions about an account."""

    WAITING = "waiting", "No answer"
    CONFIRMED = "confirmed", "Confirmed"
    CORRECTED = "corrected", "Confirmed with corrections"
    NOT_OURS = "not_ours", "Not ours"
    NOT_NEEDED = "not_needed", "Not needed any more"
    GONE = "gone", "No longer on the map"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), model_name="CampaignEvent")
class Campaign(models.Model):
    """A round of questions: owners confirm certain accounts by a day. Which accounts, is settled when it begins."""

    class Scope(models.TextChoices):
        ALL = "all", "All running accounts"
        BELOW = "below", "A department and all below it"
        FILTER = "filter", "A choice of the directory"

    name = models.CharField(max_length=120)
    scope = models.CharField(max_length=10, choices=Scope, default=Scope.ALL)
    department = loose(Department, null=True, blank=True, related_name="+")
    filters = models.CharField(max_length=1000, blank=True, help_text="Of the directory, as they stand in its address.")
    note = models.TextField("a word to the owners", max_length=1000, blank=True)
    due_on = models.DateField("to be answered by")
    begun_at = models.DateTimeField()
    begun_on = models.DateField()
    begun_by = loose(settings.AUTH_USER_MODEL, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = loose(settings.AUTH_USER_MODEL, null=True, blank=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["due_on"], condition=models.Q(ended_at=None), name="channels_campaign_running")]

    def __str__(self) -> str:
        return self.name


class CampaignItem(models.Model):
    """One account of a campaign and what was answered. Its words are as they were, so that results stay readable."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="items", db_index=False)
    account = loose("channels.Account", related_name="campaign_items", db_index=False)
    label = models.CharField(max_length=300)
    department = loose(Department, null=True, related_name="+", db_index=False)
    department_name = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=12, choices=Outcome, default=Outcome.WAITING)
    note = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = loose(settings.AUTH_USER_MODEL, null=True, blank=True, related_name="+", db_index=False)
    answered_name = models.CharField(max_length=254, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "account"], name="channels_campaign_item_once"),
        ]
        indexes = [
            models.Index(fields=["account"], condition=models.Q(state="waiting"), name="channels_campaign_waiting"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="frozen",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF EXISTS (SELECT FROM channels_campaign WHERE id = NEW.campaign_id AND ended_at IS NOT NULL) THEN
                        RAISE EXCEPTION 'The results of a campaign that has ended do not change.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'channels_campaign_frozen';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def told_display(self) -> str:
        """What became of it in words, as `told` has it where a page asked for that."""
        return Outcome(getattr(self, "told", self.state)).label


class Attestation(models.Model):
    """One answer about one account, in a campaign or outside."""

    account = loose("channels.Account", related_name="attestations", db_index=False)
    department = loose(Department, null=True, related_name="+", db_index=False)
    outcome = models.CharField(max_length=12, choices=Outcome)
    note = models.CharField(max_length=300, blank=True)
    by = loose(settings.AUTH_USER_MODEL, related_name="+", db_index=False)
    at = models.DateTimeField()
    on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["account", "-id"], name="channels_attestation_latest")]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.get_outcome_display()}"


class AttestationReminder(models.Model):
    """That those who answer for an account were told at a step before or after it was due."""

    account = loose("channels.Account", related_name="+", db_index=False)
    campaign = models.ForeignKey(Campaign, models.CASCADE, null=True, related_name="+", db_index=False)
    due_on = models.DateField()
    step = models.SmallIntegerField(help_text="Days from the day on which it is due; before it negative.")
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "due_on", "step", "campaign"],
                nulls_distinct=False,
                name="channels_attestation_reminder_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.step:+} days from {self.due_on}"
