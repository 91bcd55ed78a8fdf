"""Which of two records of one account is kept, unless somebody says otherwise: the better one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, Subquery

from channels.models import Account, AccountDepartment, Holder, Metric

SAID = ("name", "says", "why_care", "rhythm", "reply_promise", "language", "contact", "address")
"""Words that make a record more complete."""


@dataclass(frozen=True)
class Standing:
    """What speaks for a record."""

    pk: int
    runs: bool = True
    said: int = 0
    """So many of its words, lists and keys are filled in."""
    last_post_on: date | None = None
    followers: int = -1
    """The latest figure; -1 where nobody knows."""
    has_owner: bool = False
    last_attested_on: date | None = None


def better(one: Standing, two: Standing) -> Standing:
    """The record to keep: the one that runs, says more, posted last, is followed by more, has an owner, was confirmed
    last; of two that are alike the older one, whichever is named first."""
    return max(one, two, key=worth)


def worth(record: Standing) -> tuple[bool, int, date, int, bool, date, int]:
    never = date.min
    return (
        record.runs,
        record.said,
        record.last_post_on or never,
        record.followers,
        record.has_owner,
        record.last_attested_on or never,
        -record.pk,
    )


def is_better(one: Standing, two: Standing) -> bool:
    """Whether something speaks for the one more than for the other."""
    return worth(one)[:-1] > worth(two)[:-1]


def standings(pks: Sequence[int]) -> dict[int, Standing]:
    """What speaks for these records, in one query."""
    latest = Metric.objects.filter(account=OuterRef("pk"), name="followers").order_by("-on")
    owner = AccountDepartment.objects.filter(account=OuterRef("pk"), position=0)
    rows = (
        Account.objects.filter(pk__in=pks)
        .annotate(
            followers=Subquery(latest.values("value")[:1]),
            has_owner=Exists(owner),
            audience_count=Count("audiences", distinct=True),
            objective_count=Count("objectives", distinct=True),
            has_holder=Exists(Holder.objects.filter(Q(account=OuterRef("pk"), left_on=None))),
        )
        .order_by("pk")
    )
    return {
        account.pk: Standing(
            pk=account.pk,
            runs=account.status == Account.Status.ACTIVE,
            said=sum(bool(getattr(account, name)) for name in SAID)
            + bool(account.audience_count)
            + bool(account.objective_count)
            + bool(account.has_holder),
            last_post_on=account.last_post_on,
            followers=-1 if account.followers is None else account.followers,
            has_owner=account.has_owner,
            last_attested_on=account.last_attested_on,
        )
        for account in rows
    }


def to_keep(one: int, two: int) -> int:
    """Of two accounts the one to keep."""
    known = standings([one, two])
    return better(known[one], known[two]).pk if len(known) == 2 else one
