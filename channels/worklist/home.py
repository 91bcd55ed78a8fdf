"""What the audit says at the start of a day: rules with their counts, what came and went since yesterday."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Sum
from django.http import QueryDict

from channels.models import AuditRun, Finding, FindingCount
from channels.worklist import counting
from channels.worklist.pages import RuleLine, rule_groups
from orgmap.users.models import User

SHOWN = 10


@dataclass(frozen=True)
class Standing:
    """The rules with most to do, the serious ones first; how many more there are, and how many findings in all."""

    rules: list[RuleLine]
    more: int
    total: int
    has_looked: bool


def standing(user: User, today: date) -> Standing:
    """What is to be done, by rule."""
    counts = counting.by_rule(Finding.objects.visible_to(user).to_do())
    groups, _ = rule_groups(QueryDict(), counts, counting.trends(today))
    rules = [line for _, group in groups for line in group]
    looked = bool(rules) or AuditRun.objects.exists()
    return Standing(rules[:SHOWN], max(len(rules) - SHOWN, 0), sum(counts.values()), looked)


def since_yesterday(today: date) -> tuple[int, int]:
    """How many findings opened and closed yesterday and today."""
    told = FindingCount.objects.filter(day__gte=today - timedelta(days=1), day__lte=today).aggregate(
        opened=Sum("opened"), closed=Sum("closed")
    )
    return told["opened"] or 0, told["closed"] or 0


def to_do(user: User) -> tuple[int, int]:
    """How many findings a head or an assignee has to do something about, and how many of them are theirs by name."""
    found = Finding.objects.visible_to(user).to_do()
    return sum(counting.by_rule(found).values()), found.filter(assignee=user).count()
