"""A roll-up whose pairs several workers compute: what they need, and what they have found, as rows."""

from django.db import models
from django.utils import timezone

from orgmap.reports.models.rollup import RollupRequest


class SpreadRollup(models.Model):
    """The facts of a request in state "spread", kept until it is published.

    ``facts`` are those of `collect`, ``pair_facts`` the arrays of the engine's pair stage, ``top`` how many pairs a
    block hands on (null: all). ``told_at`` is when workers were last told of blocks.
    """

    request = models.OneToOneField(RollupRequest, models.CASCADE, related_name="spread")
    facts = models.BinaryField()
    pair_facts = models.BinaryField()
    top = models.PositiveIntegerField(null=True)
    laid_out_at = models.DateTimeField(default=timezone.now)
    told_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"Parts of request {self.request_id}"


class PairBlock(models.Model):
    """The pairs whose first unit is one of the rows from ``start`` to before ``stop``.

    ``parts`` is what the engine says of them; null until a worker has computed it.
    """

    spread = models.ForeignKey(SpreadRollup, models.CASCADE, related_name="blocks")
    start = models.PositiveIntegerField()
    stop = models.PositiveIntegerField()
    parts = models.JSONField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["spread", "start"], name="reports_pair_block_once")]

    def __str__(self) -> str:
        return f"Rows {self.start} to {self.stop - 1}"
