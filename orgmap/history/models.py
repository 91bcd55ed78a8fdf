"""The pulse of the map: which statement changed how much, and in which transaction."""

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
