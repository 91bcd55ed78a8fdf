"""How many findings there are by rule, how that went, and what this month brought."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count

from channels.audit import RULES
from channels.auditing.reading import run
from channels.finding_querysets import FindingQuerySet
from channels.models import FindingCount

DAYS = 30
"""So many days make the small line."""
COUNTED = 10_000
"""So many findings of a list have pages; of more the page says that there are more."""


def count_by_rule(findings: FindingQuerySet) -> dict[str, int]:
    """How many there are of each rule, counted one by one: of a choice that is no filter of the list."""
    return dict(findings.order_by().values_list("rule").annotate(Count("pk")))


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


BROUGHT = """
    WITH gone AS (
        SELECT last.live - coalesce(t.live, 0) AS number FROM unnest(%(rules)s::text[]) AS r (rule)
        JOIN LATERAL (
            SELECT open + waived AS live FROM channels_findingcount
            WHERE rule = r.rule ORDER BY day DESC LIMIT 1
        ) last ON true
        LEFT JOIN (
            SELECT rule, sum(number) AS live FROM channels_findingtally
            WHERE concerns IS NULL AND state IN ('open', 'assigned', 'waived') GROUP BY rule
        ) t USING (rule)
    ), told AS (
        SELECT opened, closed FROM channels_findingcount WHERE day BETWEEN %(first)s AND %(last)s
        UNION ALL SELECT greatest(-number, 0), greatest(number, 0) FROM gone
    )
    SELECT coalesce(sum(opened), 0)::int, coalesce(sum(closed), 0)::int FROM told
"""


@dataclass(frozen=True)
class Progress:
    """What this month brought."""

    opened: int
    closed: int


def progress(today: date) -> Progress:
    """How many findings of the whole organisation opened and closed since the first of the month."""
    return brought(today.replace(day=1), today)


def brought(first: date, last: date) -> Progress:
    """What some days up to today brought. What went with its subject since the audit last looked has closed already:
    what stood open before, what opened and what closed always make what stands open now."""
    return Progress(*run(BROUGHT, {"rules": sorted(RULES), "first": first, "last": last})[0])
