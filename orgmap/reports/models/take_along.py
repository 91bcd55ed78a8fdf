"""A report that leaves the house: as a file, by a link, by mail."""

from django.conf import settings
from django.db import models


class ReportFile(models.Model):
    """A report at one level as a PDF. Asked for once, set by a worker, kept with its snapshot.

    ``level`` is written as addresses write it. ``edition`` stands for how it is set: when that
    changes, so does the file.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        RUNNING = "running", "Being set"
        DONE = "done", "Done"
        FAILED = "failed", "Failed"

    snapshot = models.ForeignKey("Snapshot", models.CASCADE, related_name="files")
    level = models.CharField(max_length=10)
    edition = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    step = models.PositiveSmallIntegerField(default=0, help_text="How many of its steps are done.")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    finished_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    content = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "level", "edition"], name="reports_file_once"),
            models.CheckConstraint(
                condition=models.Q(state="done", content__isnull=False) | ~models.Q(state="done"),
                name="reports_file_done_has_content",
            ),
        ]
        indexes = [
            models.Index(
                fields=["id"], condition=models.Q(state__in=["waiting", "running"]), name="reports_file_unfinished"
            )
        ]

    def __str__(self) -> str:
        return f"PDF of report {self.snapshot_id}"


class SharedLink(models.Model):
    """An address that nobody can guess, under which executives who have signed in read one frozen report."""

    snapshot = models.ForeignKey("Snapshot", models.CASCADE, related_name="links")
    key = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField(null=True, help_text="When an executive last opened it.")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["snapshot", "-made_at"], name="reports_link_of_report")]

    def __str__(self) -> str:
        return f"Link to report {self.snapshot_id}"


class LetterReader(models.Model):
    """Somebody who wants the headline by mail, once a month."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    since = models.DateField(help_text="The first letter comes in the month after this day.")

    def __str__(self) -> str:
        return f"Letters to {self.user_id}"
