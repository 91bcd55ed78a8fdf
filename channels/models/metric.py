"""Sampled figures of accounts."""

from django.db import models

from channels.models.account import Account
from channels.models.importing import ImportBatch
from orgmap.core.tracking import tracked


@tracked()
class Metric(models.Model):
    """One figure of one account on one day: 1,940 followers on 8 August 2011. A figure nobody knows is no row."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="metrics")
    name = models.CharField(max_length=60, default="followers")
    on = models.DateField()
    value = models.BigIntegerField()
    batch = models.ForeignKey(ImportBatch, models.SET_NULL, null=True, blank=True, related_name="metrics")

    class Meta:
        verbose_name = "figure"
        constraints = [
            models.UniqueConstraint(fields=["account", "name", "on"], name="channels_metric_once_a_day"),
            models.CheckConstraint(
                condition=models.Q(value__gte=0),
                name="channels_metric_from_0",
                violation_error_message="A figure is 0 or more.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.value} {self.name} on {self.on}"
