"""The findings of a list for spreadsheets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.http import QueryDict

from channels.worklist.filters import FindingFilter
from channels.worklist.lines import lines
from channels.worklist.pages import asked_of

if TYPE_CHECKING:
    from orgmap.users.models import User

READ_AT_ONCE = 1_000
AT_ONCE = 5_000
"""A spreadsheet of more findings takes longer than somebody waits for a page: a worker makes it."""
HEADER = (
    "Finding", "Rule", "Severity", "About", "Kind", "What is wrong", "Departments", "State", "Since", "Assigned to",
    "Until", "Waived until", "Waived because",
)  # fmt: skip
BEAT = """
    SELECT coalesce((SELECT max(id) FROM channels_findingnote), 0)
         + coalesce((SELECT max(id) FROM channels_auditrun), 0)
"""


def total(user: User, query: QueryDict) -> int:
    """How many findings the list shows."""
    return FindingFilter(query, user=user).shown()


def rows(user: User, query: QueryDict, today: date) -> Iterator[tuple[Any, ...]]:
    """The lines of the file, read part by part."""
    last = 0
    found = FindingFilter(query, user=user).found().with_subjects().order_by("pk")
    while part := lines(found.filter(pk__gt=last)[:READ_AT_ONCE], user, today):
        last = part[-1].pk
        for line in part:
            finding = line.finding
            yield (
                line.pk, line.title, line.how_severe, line.subject, line.kind, line.says,
                "; ".join(department.name for department in line.departments), finding.get_state_display(),
                finding.since, str(finding.assignee or ""), finding.due_on, finding.waived_until,
                finding.waived_reason,
            )  # fmt: skip


def beat() -> int:
    """A number that rises with every decision, which leaves a note, and with every look of the audit."""
    with connection.cursor() as cursor:
        cursor.execute(BEAT)
        return int(cursor.fetchone()[0])


__all__ = ["AT_ONCE", "HEADER", "asked_of", "beat", "rows", "total"]
