"""Lists that were read in."""

from django.conf import settings
from django.db import models

from orgmap.core.models import Stamped
from orgmap.core.tracking import tracked


@tracked(exclude=("content",))
class ImportBatch(Stamped):
    """One file that was read in, by whom, and what became of its rows."""

    class Kind(models.TextChoices):
        DEPARTMENTS = "departments", "Departments"
        ACCOUNTS = "accounts", "Accounts"
        OBJECTIVES = "objectives", "Objectives"
        TIES = "ties", "Agreements"
        METRICS = "metrics", "Figures"

    class State(models.TextChoices):
        UPLOADED = "uploaded", "Uploaded"
        APPLIED = "applied", "Applied"
        UNDONE = "undone", "Undone"
        REFUSED = "refused", "Refused"

    kind = models.CharField(max_length=15, choices=Kind)
    filename = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    sheet = models.CharField(max_length=120, blank=True)
    mapping = models.JSONField(default=dict, help_text="Their header to our field.")
    counts = models.JSONField(default=dict, help_text="Rows read, created, changed, same, refused.")
    state = models.CharField(max_length=10, choices=State, default=State.UPLOADED)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="import_batches"
    )
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    content = models.BinaryField(blank=True, default=b"", help_text="The file, kept for a while after it was applied.")

    class Meta(Stamped.Meta):
        indexes = [models.Index(fields=["-created_at"], name="channels_import_latest")]

    def __str__(self) -> str:
        return self.filename

    @property
    def standing(self) -> str:
        """How it stands, in words: of a list that was taken back in part the rest is on the map."""
        if self.state == self.State.UNDONE:
            return "Taken back"
        if self.state == self.State.APPLIED and self.counts.get("undo"):
            return "Partly taken back"
        return str(self.get_state_display())

    @property
    def lacks_something(self) -> bool:
        """Whether some of it was taken back, so that it may be applied again."""
        return self.state == self.State.UNDONE or self.standing == "Partly taken back"


class ImportRow(models.Model):
    """A row of a list that needs a word: refused, merged into another, or taken with a remark."""

    class Outcome(models.TextChoices):
        REFUSED = "refused", "Refused"
        MERGED = "merged", "Merged"
        REMARK = "remark", "Taken, with a remark"

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField(help_text="Line of the file, the header being 1.")
    outcome = models.CharField(max_length=10, choices=Outcome)
    value = models.CharField(max_length=500, blank=True)
    message = models.CharField(max_length=500)

    class Meta:
        indexes = [models.Index(fields=["batch", "line"], name="channels_import_row_line")]

    def __str__(self) -> str:
        return f"Line {self.line}: {self.message}"
