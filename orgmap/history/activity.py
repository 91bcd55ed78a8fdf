"""The activity of a record in words: who changed what, when, from where and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import connection, models
from pghistory.models import Context

from orgmap.history.changes import Change, Events, Names, Source, lines_of, sources
from orgmap.history.done import mark_undone_of
from orgmap.history.extent import key_of, larger
from orgmap.history.offers import Need, mark_entries, needs_of

if TYPE_CHECKING:
    from orgmap.users.models import User


@dataclass
class Entry:
    """What one person did to the record at one moment."""

    at: datetime
    who: str
    where: str
    """The page that it was done on; empty for a command."""
    address: str
    """The network address; only for those who may read contacts."""
    reason: str
    batch: int | None
    """The import that it was part of."""
    context: UUID | None = None
    """The action, which can be undone as one."""
    record: str = ""
    """The record as forms name it: account:12."""
    changes: list[Change] = field(default_factory=list)
    undone_by: str = ""
    undone_at: datetime | None = None
    partly: bool = False
    user: int | None = None
    is_whole: bool = False
    """Only to be taken back for all of its records."""
    is_larger: bool = False
    """The action changed other records too."""
    needed: set[Need] = field(default_factory=set)
    may_undo: bool = False


def activity_of(
    record: models.Model, limit: int, *, start: int = 0, private: bool = False, reader: User | None = None
) -> tuple[list[Entry], bool]:
    """The latest entries, newest first, and whether there are older ones.

    What one request or import did is one entry. ``private`` lets contacts, holders and network addresses through:
    ask for the right first. ``reader`` is offered to undo what they may. The number of queries depends on the kind of
    record, not on the number of entries.
    """
    told = sources(type(record), private=private)
    rows = _latest(record, told, limit + 1, start)
    wanted: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        wanted[row.source].append(row.event)
    events = {index: Events(told[index], pks) for index, pks in wanted.items()}
    names = Names()
    for index in events:
        names.want(events[index])
    contexts = Context.objects.in_bulk({row.context for row in rows if row.context})
    people = get_user_model().objects.in_bulk(
        {context.metadata["user"] for context in contexts.values() if context.metadata.get("user")}
    )
    names.fetch()
    entries = []
    groups = [list(group) for _, group in groupby(rows, key=lambda row: row.key)]
    for group in groups[:limit]:
        changes = [
            line
            for row in sorted(group, key=lambda row: (row.source, row.event))
            for line in lines_of(told[row.source], *events[row.source].pair(row.event), names, private)
        ]
        if changes:
            context = contexts.get(group[0].context)
            entry = _entry(record, group[0], context.metadata if context else {}, people, changes, private)
            for row in group:
                entry.needed |= needs_of(told[row.source], *events[row.source].pair(row.event))
            entries.append(entry)
    known = [entry for entry in entries if entry.context]
    mark_undone_of(known, record)
    if reader is not None:
        beyond = larger([entry.context for entry in known if entry.context], record)
        for entry in known:
            entry.is_larger = entry.context in beyond
        mark_entries(reader, record, known)
    return entries, len(groups) > limit


@dataclass(frozen=True)
class _Row:
    key: str
    at: datetime
    source: int
    event: int
    context: Any


def _latest(record: models.Model, told: list[Source], limit: int, start: int) -> list[_Row]:
    """The events behind the latest entries, in one query."""
    parts = [
        f"SELECT {index} AS source, pgh_id, pgh_created_at, pgh_context_id FROM {source.events._meta.db_table}"  # noqa: S608 - tables of ours
        f" WHERE {source.key} = %s"
        for index, source in enumerate(told)
    ]
    query = f"""
        WITH event AS (
            SELECT *, coalesce(pgh_context_id::text, date_trunc('second', pgh_created_at)::text) AS key
            FROM ({" UNION ALL ".join(parts)}) every
        ), latest AS (
            SELECT key, max(pgh_created_at) AS at FROM event GROUP BY key ORDER BY at DESC, key LIMIT %s OFFSET %s
        )
        SELECT key, at, source, pgh_id, pgh_context_id FROM latest JOIN event USING (key) ORDER BY at DESC, key, pgh_id
    """  # noqa: S608 - tables of ours
    with connection.cursor() as cursor:
        cursor.execute(query, [record.pk] * len(told) + [limit, start])
        return [_Row(*row) for row in cursor.fetchall()]


def _entry(
    record: models.Model,
    row: _Row,
    told: Mapping[str, Any],
    people: Mapping[Any, Any],
    changes: list[Change],
    private: bool,
) -> Entry:
    person = people.get(told.get("user"))
    batch = told.get("batch")
    return Entry(
        at=row.at,
        who=str(person) if person else ("Somebody who is gone" if told.get("user") else "The system"),
        where=str(told.get("url") or ""),
        address=str(told.get("address") or "") if private else "",
        reason=str(told.get("reason") or ""),
        batch=batch if isinstance(batch, int) else None,
        context=row.context,
        record=key_of(record),
        changes=changes,
        user=told.get("user"),
        is_whole=bool(told.get("whole")),
    )
