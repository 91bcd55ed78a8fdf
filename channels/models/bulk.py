"""Changing many accounts at once."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone


class BulkChange(models.Model):
    """One word set on many accounts: what, on which, by whom and why, and how far it has come.

    A worker goes through the accounts in batches. ``position`` is saved together with each batch, so that whoever goes
    on after an interruption neither repeats nor misses any. All batches are one ``action`` of the history.
    """

    class What(models.TextChoices):
        AUDIENCE = "audience", "Audience"
        MARKET = "market", "Market"
        OWNER = "owner", "Owner"
        OBJECTIVE = "objective", "Objective"
        STATUS = "status", "Status"
        TAG = "tag", "Tag"
        CONTACT = "contact", "Contact"
        HOLDER = "holder", "Holder"

    class How(models.TextChoices):
        ADD = "add", "Add it to what is there"
        ONLY = "only", "Set only this"
        REMOVE = "remove", "Take it away"

    class State(models.TextChoices):
        DRAFT = "draft", "Not applied yet"
        WAITING = "waiting", "Waiting for a worker"
        RUNNING = "running", "At work"
        DONE = "done", "Done"
        FAILED = "failed", "Stopped"
        UNDOING = "undoing", "Being taken back"
        UNDONE = "undone", "Taken back"

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    what = models.CharField(max_length=10, choices=What)
    how = models.CharField(max_length=10, choices=How, default=How.ADD)
    value = models.CharField(
        max_length=254, blank=True, help_text="Number of a record, a status, a tag, a contact, a name."
    )
    label = models.CharField(max_length=300, blank=True, help_text="What the value is called.")
    person = models.JSONField(default=dict, blank=True, help_text="Of a holder: name, email, employer, user.")
    reason = models.CharField(max_length=200, blank=True)
    accounts = ArrayField(models.BigIntegerField(), default=list)
    total = models.PositiveIntegerField(default=0)
    left_out = models.PositiveIntegerField(default=0, help_text="Chosen, but not theirs to change.")
    position = models.PositiveIntegerField(default=0, help_text="So many accounts were looked at.")
    changed = models.PositiveIntegerField(default=0, help_text="So many were changed.")
    left = models.JSONField(default=dict, blank=True, help_text="How many were left alone, and why: see bulk.staying.")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    rest = models.BooleanField(default=False, help_text="Take back what can be, whatever was changed since.")
    error = models.CharField(max_length=500, blank=True)
    action = models.UUIDField(default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["-created_at"], name="channels_bulk_latest"),
            models.Index(
                fields=["id"],
                condition=models.Q(state__in=["waiting", "running", "undoing"]),
                name="channels_bulk_unfinished",
            ),
        ]

    def __str__(self) -> str:
        if self.what == self.What.HOLDER:
            first = ", first to ask" if self.how == self.How.ONLY else ""
            return f"Name {self.label or '…'} as a holder{first}"
        verb = {"add": "Add", "only": "Set", "remove": "Take away"}[self.how]
        if self.what in {self.What.OWNER, self.What.STATUS, self.What.CONTACT}:
            verb = "Set"  # an account has one; ``how`` says what becomes of the present owner
        return f"{verb} the {self.get_what_display().lower()} {self.label or '…'}"

    @property
    def is_working(self) -> bool:
        return self.state in {self.State.WAITING, self.State.RUNNING, self.State.UNDOING}
