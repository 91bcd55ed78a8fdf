"""The pulse of the map, which statement changed how much and in which transaction; and undos that a worker does."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class Change(models.Model):
    """One statement that changed the map. Triggers write it; the reports ask it what they have not seen yet.

    ``xact`` is the writing transaction. A report keeps the database's snapshot that it was read in; whatever was not
    visible in that snapshot came later, however the clocks and commits interleave.
    """

    source = models.CharField(max_length=63)
    rows = models.IntegerField()
    at = models.DateTimeField(default=timezone.now)
    xact = models.BigIntegerField()

    class Meta:
        indexes = [models.Index("at", name="history_change_at")]

    def __str__(self) -> str:
        return f"{self.rows} rows in {self.source}"


class UndoJob(models.Model):
    """Taking a large action back: who asked, and how far a worker has come.

    All of it is one transaction that also says that it is done, so a killed worker leaves everything as it was, and
    whoever goes on after it begins anew.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting for a worker"
        RUNNING = "running", "At work"
        DONE = "done", "Undone"
        REFUSED = "refused", "Not undone"

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    context = models.UUIDField(help_text="The action that is to be taken back.")
    rest = models.BooleanField(default=False, help_text="Take back what can be, whatever was changed since.")
    back = models.CharField(max_length=500, blank=True, help_text="The page that it was asked for on.")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    step = models.CharField(max_length=200, blank=True, help_text="What the worker does now.")
    share = models.FloatField(default=0, help_text="How much of the work is done, in [0, 1].")
    count = models.PositiveIntegerField(default=0, help_text="So many entries are as before.")
    kept = models.JSONField(default=list, help_text="What stands in the way, or stayed, in sentences.")
    kept_count = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["context"],
                condition=models.Q(state__in=["waiting", "running"]),
                name="history_undojob_one_at_work",
            )
        ]

    def __str__(self) -> str:
        return f"Undo of action {self.context}"

    @property
    def is_working(self) -> bool:
        return self.state in {self.State.WAITING, self.State.RUNNING}
