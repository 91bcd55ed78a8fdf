"""How much changed since somebody last looked: exact, however clocks and commits interleave."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

UNSEEN = """
    source = ANY(%(sources)s) AND at > %(looked_at)s - interval '1 day'
    AND (at > %(looked_at)s OR NOT pg_visible_in_snapshot(xact::text::xid8, %(seen)s::pg_snapshot))
"""
"""Whatever was written after the look is new. What was written before it, in a transaction that committed only
afterwards, is new too: the database's snapshot of the look doesn't show that transaction. No transaction runs a day."""


@dataclass(frozen=True)
class Look:
    """A moment at which facts were read: the database's clock, and which transactions it showed."""

    looked_at: datetime
    seen: str


def beat() -> int:
    """A number that rises with every change: what was counted at the same beat needs no counting again.

    A change that began before another and is saved after it does not raise it: keep nothing for longer than a minute.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM history_change")
        return int(cursor.fetchone()[0])


def changes_since(look: Look, sources: Sequence[str]) -> int:
    """Saved changes to these tables that the look has not seen; an import or a bulk edit is one."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(DISTINCT xact) FROM history_change WHERE {UNSEEN}", _values(look, sources))  # noqa: S608 - ours
        return int(cursor.fetchone()[0])


def has_changed(look: Look, sources: Sequence[str]) -> bool:
    """Whether there is any such change."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT EXISTS (SELECT FROM history_change WHERE {UNSEEN})", _values(look, sources))  # noqa: S608 - ours
        return bool(cursor.fetchone()[0])


def _values(look: Look, sources: Sequence[str]) -> dict[str, Any]:
    return {"sources": list(sources), "looked_at": look.looked_at, "seen": look.seen}
