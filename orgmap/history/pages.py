"""Activity, page by page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Model

from orgmap.history.activity import Entry, activity_of

if TYPE_CHECKING:
    from orgmap.users.models import User

PAGE = 30
LATEST = 10


@dataclass(frozen=True)
class ActivityPage:
    """Entries of one page, and the numbers of the pages before and after it."""

    entries: list[Entry]
    number: int
    older: int | None
    newer: int | None


def activity_page(record: Model, asked: str, *, private: bool, reader: User) -> ActivityPage:
    """The page that a query string asks for; the first when it asks for nothing that is a number."""
    number = max(int(asked), 1) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
    entries, more = activity_of(record, PAGE, start=(number - 1) * PAGE, private=private, reader=reader)
    return ActivityPage(entries, number, number + 1 if more else None, number - 1 if number > 1 else None)
