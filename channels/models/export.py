"""Files of a list that take a while."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone


class Export(models.Model):
    """A list as a file, made by a worker: for whom, of what, how far it is. It goes after a day.

    Its content is kept beside it, so that whichever process answers can hand it out.
    """

    class What(models.TextChoices):
        ACCOUNTS = "accounts", "The directory of accounts"
        FINDINGS = "findings", "What the audit found"

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting for a worker"
        RUNNING = "running", "At work"
        DONE = "done", "Ready"
        FAILED = "failed", "Stopped"

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    what = models.CharField(max_length=10, choices=What, default=What.ACCOUNTS)
    query = models.TextField(blank=True, help_text="The filters, the order and the columns.")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    total = models.PositiveIntegerField(default=0)
    written = models.PositiveIntegerField(default=0, help_text="So many rows stand in the file by now.")
    content = models.BinaryField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)
    beat = models.BigIntegerField(default=0, help_text="The pulse of what it lists when it was asked for.")
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["created_at"], name="channels_export_by_age")]

    def __str__(self) -> str:
        return f"{self.total:,} {self.what} as a spreadsheet"

    @property
    def is_working(self) -> bool:
        return self.state in {self.State.WAITING, self.State.RUNNING}

    @property
    def filename(self) -> str:
        return f"{self.what}-{timezone.localdate(self.created_at).isoformat()}.xlsx"

    @property
    def list_url(self) -> str:
        """The list that it was asked for from."""
        page = reverse("channels:audit_list" if self.what == self.What.FINDINGS else "channels:account_list")
        return f"{page}?{self.query}" if self.query else page
