"""Requests for a new snapshot: the state of the job lives here, not in the message."""

from django.db import models
from django.utils import timezone


class RollupRequest(models.Model):
    """A wish for fresh figures. At most one waits; a worker claims it, and a sweep gives back what a dead one held."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        RUNNING = "running", "Running"
        SPREAD = "spread", "Spread over several workers"
        DONE = "done", "Done"
        FAILED = "failed", "Failed"

    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    reason = models.CharField(max_length=200, blank=True)
    requested_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    snapshot = models.ForeignKey("Snapshot", models.SET_NULL, null=True, blank=True, related_name="requests")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["state"], condition=models.Q(state="waiting"), name="reports_one_waiting"),
        ]
        indexes = [models.Index(fields=["-requested_at"], name="reports_rollup_latest")]

    def __str__(self) -> str:
        return f"{self.state} since {self.requested_at:%H:%M}"
