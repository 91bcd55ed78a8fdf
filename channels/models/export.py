"""Files of the directory that take a while."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class Export(models.Model):
    """The directory as a file, made by a worker: for whom, of which list, how far it is. It goes after a day.

    Its content is kept beside it, so that whichever process answers can hand it out.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting for a worker"
        RUNNING = "running", "At work"
        DONE = "done", "Ready"
        FAILED = "failed", "Stopped"

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    query = models.TextField(blank=True, help_text="The filters, the order and the columns.")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    total = models.PositiveIntegerField(default=0)
    written = models.PositiveIntegerField(default=0, help_text="So many accounts stand in the file by now.")
    content = models.BinaryField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)
    beat = models.BigIntegerField(default=0, help_text="The pulse of the map when it was asked for.")
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["created_at"], name="channels_export_by_age")]

    def __str__(self) -> str:
        return f"{self.total:,} accounts as a spreadsheet"

    @property
    def is_working(self) -> bool:
        return self.state in {self.State.WAITING, self.State.RUNNING}

    @property
    def filename(self) -> str:
        return f"accounts-{timezone.localdate(self.created_at).isoformat()}.xlsx"
