"""Deciding about many findings at once."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone


class Decision(models.Model):
    """One decision about many findings: what, about which, by whom and why, and how far it has come.

    A worker goes through the findings in batches. ``position`` is saved together with each batch, so that whoever goes
    on after an interruption neither repeats nor misses any.
    """

    class What(models.TextChoices):
        ASSIGN = "assign", "Assign"
        WAIVE = "waive", "Waive"
        REOPEN = "reopen", "Open again"

    class Who(models.TextChoices):
        PERSON = "person", "One person has them all"
        HEADS = "heads", "Each goes to the head of its department"
        NOBODY = "nobody", "Nobody has them any more"

    class State(models.TextChoices):
        DRAFT = "draft", "Not decided yet"
        WAITING = "waiting", "Waiting for a worker"
        RUNNING = "running", "At work"
        DONE = "done", "Done"
        FAILED = "failed", "Stopped"

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    what = models.CharField(max_length=10, choices=What)
    findings = ArrayField(models.BigIntegerField(), default=list)
    total = models.PositiveIntegerField(default=0)
    left_out = models.PositiveIntegerField(default=0, help_text="Chosen, but not theirs to decide, or decided already.")
    query = models.CharField(max_length=2000, blank=True, help_text="The list that they were chosen from.")
    who = models.CharField(max_length=10, choices=Who, blank=True)
    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    action = models.UUIDField(default=uuid.uuid4, help_text="The action of the history that all of it is one of.")
    position = models.PositiveIntegerField(default=0, help_text="So many findings were looked at.")
    changed = models.PositiveIntegerField(default=0, help_text="So many were changed.")
    headless = models.PositiveIntegerField(default=0, help_text="So many have no department with a head.")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    error = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["id"],
                condition=models.Q(state__in=["waiting", "running"]),
                name="channels_decision_unfinished",
            ),
        ]

    def __str__(self) -> str:
        return {"assign": "Assign", "waive": "Waive", "reopen": "Open again"}[self.what]

    @property
    def is_working(self) -> bool:
        return self.state in {self.State.WAITING, self.State.RUNNING}
