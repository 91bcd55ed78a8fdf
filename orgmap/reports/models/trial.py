"""A what-if of a large organisation: the one that somebody looks at, while a worker computes it."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class Trial(models.Model):
    """What one person tries now; the next thing that they try takes its place. Nothing of the registry is in it.

    against: an earlier report, where somebody asks why alignment moved since, in place of steps. key: SHA-256 of all
    that is asked; done, parts: how far the work is.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        RUNNING = "running", "Running"
        DONE = "done", "Done"
        FAILED = "failed", "Cannot be"

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="trial")
    snapshot = models.ForeignKey("Snapshot", models.CASCADE, related_name="+")
    against = models.ForeignKey("Snapshot", models.CASCADE, null=True, blank=True, related_name="+")
    level = models.PositiveSmallIntegerField(null=True)
    steps = models.JSONField(default=list)
    key = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    done = models.PositiveSmallIntegerField(default=0)
    parts = models.PositiveSmallIntegerField(default=0)
    outcome = models.JSONField(null=True)
    error = models.TextField(blank=True)
    heard_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{len(self.steps)} steps of {self.user_id}, {self.state}"

    @property
    def is_working(self) -> bool:
        """Whether a worker has it, or will."""
        return self.state in (self.State.WAITING, self.State.RUNNING)
