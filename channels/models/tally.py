"""How many findings there are of each kind, kept by the database itself: no page counts findings one by one.

Whatever statement adds, changes or removes findings, its trigger adds the difference here, in the same transaction:
so many more of one kind, so many fewer of another. Rows are only added, never changed, so that nobody who decides waits
for an audit that is at it; a number is the sum of its rows. `channels.auditing.tally` puts them together now and then.
"""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import NullIf

from channels.finding_querysets import TallyQuerySet

KEY = "rule, state, assignee_id, due_on, opened_in, closed_in"


def kinds(rows: str, number: int) -> str:
    """Of what kind these findings are. An end counts only while somebody has it to do."""
    return f"""
        SELECT rule, state, assignee_id, CASE WHEN state IN ('open', 'assigned') THEN due_on END AS due_on,
            date_trunc('month', since::timestamp)::date AS opened_in,
            CASE WHEN state = 'resolved'
                 THEN date_trunc('month', coalesce(last_seen, resolved_at::date)::timestamp)::date END AS closed_in,
            concerns, {number} AS number
        FROM {rows}
    """  # noqa: S608 - names of ours


def added(changes: str) -> str:
    """The statement that adds the difference: once by the departments that they concern, and once without."""
    return f"""
        INSERT INTO channels_findingtally ({KEY}, concerns, number)
            SELECT {KEY}, concerns, sum(number) FROM ({changes}) changed
            GROUP BY GROUPING SETS (({KEY}, concerns), ({KEY})) HAVING sum(number) <> 0
    """  # noqa: S608 - names of ours


COUNTED = [
    pgtrigger.Trigger(
        name=f"counted_{way}",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(**tables),
        func=f"{added(changes)}; RETURN NULL;",
    )
    for way, operation, tables, changes in (
        ("insert", pgtrigger.Insert, {"new": "new_values"}, kinds("new_values", 1)),
        ("delete", pgtrigger.Delete, {"old": "old_values"}, kinds("old_values", -1)),
        (
            "update",
            pgtrigger.Update,
            {"old": "old_values", "new": "new_values"},
            f"{kinds('old_values', -1)} UNION ALL {kinds('new_values', 1)}",
        ),
    )
]
"""Triggers of findings."""


EMPTY = models.Value([], output_field=ArrayField(models.BigIntegerField()))


class FindingTally(models.Model):
    """So many findings of one kind that concern the same departments; without departments: of all together."""

    rule = models.CharField(max_length=40)
    state = models.CharField(max_length=10)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, db_index=False, db_constraint=False, related_name="+"
    )
    due_on = models.DateField(null=True)
    opened_in = models.DateField(null=True, help_text="First day of the month in which they were opened last.")
    closed_in = models.DateField(null=True, help_text="First day of the month in which they were closed.")
    concerns = ArrayField(models.BigIntegerField(), null=True)
    first = models.GeneratedField(
        expression=models.Func(models.F("concerns"), template="(%(expressions)s)[1]"),
        output_field=models.BigIntegerField(null=True),
        db_persist=True,
        help_text="The department that answers first: mostly the only one, and looked up without opening an array.",
    )
    more = models.GeneratedField(
        expression=NullIf(models.Func(models.F("concerns"), template="(%(expressions)s)[2:]"), EMPTY),
        output_field=ArrayField(models.BigIntegerField(), null=True),
        db_persist=True,
        help_text="The others, where there are any.",
    )
    number = models.IntegerField(help_text="Less than nothing where findings went to another kind.")

    objects = TallyQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["rule", "state"], condition=models.Q(concerns=None), name="channels_finding_tally_whole"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number:+} {self.rule}, {self.state}"
