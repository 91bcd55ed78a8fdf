"""How many findings there are by rule, how that went, and what this month brought."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

from django.core.cache import cache
from django.db import connection
from django.db.models import Count, Q, Sum

from channels.models import FindingCount
from channels.querysets import FindingQuerySet
from orgmap.users.models import User
from orgmap.users.policies import is_lead

KEPT_SECONDS = 300
DAYS = 30
"""So many days make the small line."""
COUNTED = 10_000
"""So many findings of a list are counted; of more the page says that there are more."""

LATEST = """
    SELECT (SELECT max(id) FROM channels_findingnote), (SELECT max(id) FROM channels_auditrun),
        (SELECT max(id) FROM channels_finding)
"""

T = TypeVar("T")


def by_rule(findings: FindingQuerySet) -> dict[str, int]:
    """How many there are of each rule. Remembered until somebody decides something or the audit runs again."""
    return remembered(findings, lambda: count_by_rule(findings))


def count_by_rule(findings: FindingQuerySet) -> dict[str, int]:
    return dict(findings.order_by().values_list("rule").annotate(Count("pk")))


def remembered(findings: FindingQuerySet, count: Callable[[], T]) -> T:
    """A number that stays as it is until a finding changes: every decision leaves a note, and every audit a run."""
    sql, parameters = findings.order_by().values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(LATEST)
        state = cursor.fetchone()
    key = f"channels.worklist:{hash((sql, repr(parameters), state))}"
    known: T | None = cache.get(key)
    if known is None:
        known = count()
        cache.set(key, known, KEPT_SECONDS)
    return known


@dataclass(frozen=True)
class Trend:
    """How many findings of a rule stood open at the end of each of the last days."""

    values: Sequence[int | None]

    @property
    def in_words(self) -> str:
        known = [value for value in self.values if value is not None]
        if len(known) < 2:
            return ""
        return f"In the last {len(self.values)} days: from {known[0]:,} to {known[-1]:,}"


def trends(today: date) -> dict[str, Trend]:
    """By rule, oldest day first; days on which nothing was counted are gaps."""
    first = today - timedelta(days=DAYS - 1)
    rows = FindingCount.objects.filter(day__gt=today - timedelta(days=DAYS), day__lte=today)
    found: dict[str, list[int | None]] = {}
    for rule, day, count in rows.values_list("rule", "day", "open"):
        found.setdefault(rule, [None] * DAYS)[(day - first).days] = count
    return {rule: Trend(values) for rule, values in found.items()}


@dataclass(frozen=True)
class Progress:
    """What this month brought."""

    opened: int
    closed: int


def progress(user: User, findings: FindingQuerySet, today: date) -> Progress:
    """How many findings opened and closed since the first of the month, as far as this person sees them."""
    first = today.replace(day=1)
    if is_lead(user):
        told: dict[str, Any] = FindingCount.objects.filter(day__gte=first, day__lte=today).aggregate(
            opened=Sum("opened"), closed=Sum("closed")
        )
        return Progress(told["opened"] or 0, told["closed"] or 0)
    return remembered(
        findings.filter(Q(since__gte=first) | Q(state="resolved", resolved_at__date__gte=first)),
        lambda: Progress(
            findings.filter(since__gte=first).count(),
            findings.filter(state="resolved", resolved_at__date__gte=first).count(),
        ),
    )
