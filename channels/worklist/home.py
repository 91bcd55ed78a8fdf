"""What the audit says at the start of a day: rules with their counts, what came and went since yesterday."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import QueryDict

from channels.models import AuditRun, FindingTally
from channels.worklist import counting
from channels.worklist.folding import Fold, folds
from channels.worklist.pages import EVERYWHERE, RuleLine, rule_groups
from orgmap.users.models import User

SHOWN = 10


@dataclass(frozen=True)
class Standing:
    """The rules with most to do, the serious ones first; how many more there are, and how many findings in all.

    folds: what is true of nearly every account.
    """

    rules: list[RuleLine]
    folds: list[Fold]
    more: int
    total: int
    has_looked: bool


def standing(user: User, today: date) -> Standing:
    """What is to be done, by rule."""
    counts = FindingTally.objects.of(user).to_do().by_rule()
    said = folds(user, counts)
    groups, _ = rule_groups(QueryDict(), counts, counting.trends(today), {fold.code for fold in said})
    rules = [line for name, group in groups if name != EVERYWHERE for line in group]
    looked = bool(counts) or AuditRun.objects.exists()
    return Standing(rules[:SHOWN], said, max(len(rules) - SHOWN, 0), sum(counts.values()), looked)


def since_yesterday(today: date) -> tuple[int, int]:
    """How many findings opened and closed yesterday and today."""
    told = counting.brought(today - timedelta(days=1), today)
    return told.opened, told.closed


def to_do(user: User) -> tuple[int, int]:
    """How many findings a head or an assignee has to do something about, and how many of them are theirs by name."""
    numbers = FindingTally.objects.of(user).to_do()
    return numbers.total(), numbers.total(assignee=user)
