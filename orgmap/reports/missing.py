"""What accounts lack, by rule: how many now, where they are listed, and how that went over the kept reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from channels.models import Account
from channels.querysets import LACKS
from orgmap.reports.models import Level, Snapshot

KEPT = 30
"""So many reports make the small line."""
SAYS = {
    "owner": ("has no owner", "have no owner"),
    "objective": ("serves no objective", "serve no objective"),
    "audience": ("does not say whom it is for", "do not say whom they are for"),
    "contact": ("has no contact", "have no contact"),
    "post": ("has been silent for half a year", "have been silent for half a year"),
    "confirmation": ("was not confirmed within half a year", "were not confirmed within half a year"),
    "holders": ("has fewer than two people who hold the keys", "have fewer than two people who hold the keys"),
}
FLAGS = {"objective": "no_objective", "audience": "unplaced", "post": "dormant"}
"""The report's flag for the same thing, where it has one: its numbers make the line."""
STEPS = {
    "fix_duplicate": ("is registered twice", "are registered twice"),
    "check_lookalike": ("looks like another one", "look like another one"),
    "merge": ("does what another one does as well", "do what another one does as well"),
}
"""What the report found among all accounts together."""


@dataclass(frozen=True)
class Lack:
    """One rule: how many accounts it is about, and where they are."""

    key: str
    count: int
    says: str
    url: str
    line: Sequence[int | None] = ()

    @property
    def in_words(self) -> str:
        """What the line shows."""
        known = [value for value in self.line if value is not None]
        return f"In the last {len(known)} reports: from {known[0]} to {known[-1]}" if len(known) > 1 else ""


def lacks(today: date, snapshot: Snapshot | None) -> list[Lack]:
    """Every rule with its count, the live ones first; those of the report when there is one."""
    accounts, directory = Account.objects.running(), reverse("channels:account_list")
    lines = over_time() if snapshot is not None else {}
    found = []
    for key, rule in LACKS.items():
        count = rule(accounts, today).count()
        found.append(Lack(key, count, SAYS[key][count != 1], f"{directory}?missing={key}", lines.get(key, ())))
    if snapshot is not None:
        stored = Level.objects.filter(snapshot=snapshot).order_by("pk").values_list("figures__actions", flat=True)
        actions: dict[str, Any] = stored.first() or {}
        for action, says in STEPS.items():
            count = int(actions.get(action, 0))
            found.append(
                Lack(action, count, says[count != 1], reverse("reports:step_list", args=[snapshot.pk, action]))
            )
    return found


def over_time() -> dict[str, list[int | None]]:
    """How many accounts each flag was raised for, oldest report first. One query."""
    newest = Snapshot.objects.newest_first().values_list("pk", flat=True)[:KEPT]
    totals = (
        Level.objects.filter(snapshot__in=list(newest))
        .order_by("snapshot", "pk")
        .distinct("snapshot")
        .values_list("figures__sprawl__total", flat=True)
    )
    rows = list(totals)
    return {key: [of_total(total, flag) for total in rows] for key, flag in FLAGS.items()}


def of_total(total: dict[str, Any] | None, flag: str) -> int | None:
    """How many accounts a share stands for."""
    if not total or total.get(flag) is None:
        return None
    return round(total[flag] * total["accounts"])
