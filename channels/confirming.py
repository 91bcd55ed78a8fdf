"""Which accounts nobody has confirmed: those that only a list put on the map, and that no owner ever attested."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from channels.models import Account
from channels.querysets import AccountQuerySet

NOT_CONFIRMED = "It is on the organisation's list; nobody has confirmed it yet."


def came_by_list(**which: Any) -> QuerySet[Any]:
    """The entries of the history by which lists put accounts on the map."""
    events: Any = Account.pgh_event_model  # type: ignore[attr-defined]  # pghistory puts it there
    inserted: QuerySet[Any] = events.objects.filter(pgh_label="insert", pgh_context__metadata__has_key="batch", **which)
    return inserted


def unconfirmed(accounts: Iterable[Account]) -> set[int]:
    """The numbers of those that only a list put on the map, and that no owner ever attested: one query."""
    asked = [account.pk for account in accounts if account.last_attested_on is None]
    return set(came_by_list(pgh_obj_id__in=asked).values_list("pgh_obj_id", flat=True)) if asked else set()


def brought_by(batch: int) -> AccountQuerySet:
    """The accounts that a list put on the map and that still stand there."""
    brought = came_by_list(pgh_obj_id=OuterRef("pk"), pgh_context__metadata__batch=batch)
    return Account.objects.filter(Exists(brought))
