"""Asking whether a new account turned out as was hoped, on the day that its request named."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.urls import reverse

from channels.letters import filled, letter_for, send_letter
from channels.models import Account, AccountRequest, Stage
from channels.services.closing_letters import leads, people_of
from departments.answering import Answering
from orgmap.users.models import User
from orgmap.users.posting import still

if TYPE_CHECKING:
    from channels.life_querysets import RequestQuerySet

LATE = timedelta(days=30)
"""So long after the day the letter still goes, when no worker ran on it."""


def remind_of_reviews(*, now: datetime, today: date) -> int:
    """Write to those who see to accounts that were to be looked at again by today, and to the leads; once each."""
    rows = due_reviews().filter(review_on__lte=today, review_on__gt=today - LATE)
    told, answering = 0, Answering.now()
    for asked in rows.select_related("account__platform").order_by("review_on", "pk"):
        account: Account = asked.account
        names = {
            "account": f"{account} on {account.platform}",
            "day": f"{asked.created_at:%-d %B %Y}",
            "measure": asked.measure,
            "target": asked.target,
        }
        told += send_letter(
            filled(letter_for("request-review"), names),
            to=[*people_of(account, answering), *leads()],
            kind="request-review",
            link=reverse("channels:account_detail", args=[account.pk]),
            now=now,
            about=asked.pk,
            once=f"review {asked.pk} {asked.review_on}",
        )
    return told


def due_reviews() -> RequestQuerySet:
    """Opened requests whose account runs."""
    return AccountRequest.objects.filter(stage=Stage.OPENED, account__in=Account.objects.running())


def still_runs(person: User, keys: set[int]) -> set[int]:
    """A letter about an account that was closed meanwhile does not go."""
    return set(due_reviews().filter(pk__in=keys).values_list("pk", flat=True))


still("request-review", still_runs)
