"""Everything that was done, an action a line: a bulk edit of 1,240 accounts is one, with its first changes."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import rules
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db import connection, models
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from pghistory.models import Context

from orgmap.history.changes import INNER, LEFT_OUT, OWN, PRIVATE_PARTS, Source, event_models
from orgmap.history.done import Done, fill, mark_undone, of_record, source_of, whole_model

ROUNDS = 5
LARGE = 1_000
SETTLED = timedelta(hours=1)
"""So long after its last write an action counts as finished."""


@dataclass(frozen=True)
class Wanted:
    """Which actions: by person, by kind of record, of one record, from a day on, until a day."""

    people: Sequence[int] | None = None
    kinds: Sequence[type[models.Model]] = ()
    record: models.Model | None = None
    since: datetime | None = None
    until: datetime | None = None


def sources_for(user: Any, kinds: Sequence[type[models.Model]] = ()) -> list[Source]:
    """What this person may read of: the kinds of records that they may see, contacts and holders apart. What no
    right speaks of is for the lead."""
    found = []
    for _, events in sorted(event_models().items()):
        model: Any = events.pgh_tracked_model  # type: ignore[attr-defined]  # pghistory puts it there
        if model._meta.label_lower in INNER:
            continue
        whole = whole_model(model)
        if kinds and whole not in kinds:
            continue
        asked = model if model._meta.label_lower in PRIVATE_PARTS | LEFT_OUT else whole
        right = f"{asked._meta.app_label}.view_{asked._meta.model_name}"
        if user.has_perm(right if rules.perm_exists(right) else "users"):
            found.append(source_of(model))
    return found


def everything() -> list[Source]:
    """Whoever did something themselves may read of it and take it back, whatever it is about."""
    return [
        source_of(events.pgh_tracked_model)  # type: ignore[attr-defined]  # pghistory puts it there
        for label, events in sorted(event_models().items())
        if label not in INNER
    ]


def of_own(source: Source) -> bool:
    """Whether the list tells of it whoever did it themselves."""
    return source.model._meta.label_lower in OWN


def actions(user: Any, wanted: Wanted, limit: int, *, after: str = "", private: bool = False) -> tuple[list[Done], str]:
    """The latest actions that this person may read of, and where the older ones begin ("" when there are none).

    ``private`` lets contacts and network addresses through: ask for the right first. The number of queries depends on
    the kinds of records, not on the number of actions.
    """
    told = sources_for(user, wanted.kinds)
    own = [] if wanted.kinds or wanted.record else [each for each in everything() if of_own(each) and each not in told]
    others = {whole_model(source.model) for source in own}
    found: list[Done] = []
    for _ in range(ROUNDS):
        contexts = list(page_of(told, wanted, limit + 1, after))
        counted = remembered_counts([*told, *own], contexts, wanted)
        for done in dones(contexts, private):
            counts = counted.get(done.context, {})
            done.counts = {kind: counts[kind] for kind in counts if done.user == user.pk or kind not in others}
            if done.counts:
                found.append(done)
        if len(found) > limit or len(contexts) <= limit:
            break
        after = f"{contexts[-1].created_at.isoformat()}~{contexts[-1].pk}"
    shown = found[:limit]
    fill(shown, [*told, *own], private=private, record=wanted.record)
    mark_undone(shown)
    return shown, shown[-1].cursor if len(found) > limit else ""


def action(user: Any, context: UUID, limit: int, start: int, *, private: bool = False) -> Done | None:
    """One action with ``limit`` of its changed records from ``start`` on; None when nothing of it may be read."""
    contexts = Context.objects.filter(pk=context)
    told = sources_for(user)
    if any(each.metadata.get("user") == user.pk for each in contexts):
        told = everything()
    counted = counts_of(told, [context], None)
    for done in dones(contexts, private):
        if counted.get(context):
            done.counts = dict(counted[context])
            fill([done], told, private=private, limit=limit, start=start)
            mark_undone([done])
            return done
    return None


def page_of(told: Sequence[Source], wanted: Wanted, limit: int, after: str) -> Iterable[Any]:
    """Contexts, the latest first, by keyset."""
    rows: Any = Context.objects.order_by("-created_at", "-pk")
    cursor = read_cursor(after)
    if cursor:
        rows = rows.extra(where=["(created_at, id) < (%s, %s)"], params=cursor)
    if wanted.people is not None:
        rows = rows.extra(where=["metadata->>'user' = ANY(%s)"], params=[[str(each) for each in wanted.people]])
    if wanted.since:
        rows = rows.filter(created_at__gte=wanted.since)
    if wanted.until:
        rows = rows.filter(created_at__lt=wanted.until)
    if wanted.kinds or wanted.record:
        parts, values = [], []
        for source in told:
            condition, value = of_record(source, wanted.record)
            if condition is None:
                continue
            parts.append(
                f"EXISTS (SELECT FROM {source.events._meta.db_table} e"
                f" WHERE e.pgh_context_id = pghistory_context.id{condition})"
            )
            values += value
        rows = rows.extra(where=[f"({' OR '.join(parts) or 'false'})"], params=values)  # noqa: S610 - as above
    return rows[:limit]


def read_cursor(text: str) -> list[Any] | None:
    """The moment and the number of the last action of a page; None when the text is not one."""
    at, _, pk = text.partition("~")
    try:
        moment, number = parse_datetime(at), UUID(pk)
    except ValueError:
        return None
    return [moment, number] if moment and moment.tzinfo else None


def remembered_counts(
    told: Sequence[Source], contexts: Sequence[Any], wanted: Wanted
) -> dict[UUID, dict[type[models.Model], int]]:
    """How many records each action changed. What is done stays as it is, so large counts are made once a process."""
    if wanted.record is not None:
        return counts_of(told, [each.pk for each in contexts], wanted.record)
    scope = zlib.crc32(",".join(source.model._meta.label_lower for source in told).encode())
    keys = {f"history:{scope}:{each.pk}": each for each in contexts}
    known: dict[str, dict[type[models.Model], int]] = cache.get_many(keys)
    found = counts_of(told, [each.pk for key, each in keys.items() if key not in known], None)
    over = timezone.now() - SETTLED
    for key, each in keys.items():
        if key in known:
            found[each.pk] = known[key]
        elif each.updated_at < over and sum(found[each.pk].values()) >= LARGE:
            cache.set(key, found[each.pk], 24 * 3600)
    return found


def counts_of(
    told: Sequence[Source], contexts: Sequence[UUID], record: models.Model | None
) -> dict[UUID, dict[type[models.Model], int]]:
    """How many records each action changed, by kind, in one query."""
    by_whole: dict[type[models.Model], list[str]] = defaultdict(list)
    for source in told:
        condition, _ = of_record(source, record)
        if condition is not None:
            by_whole[whole_model(source.model)].append(
                f"SELECT e.pgh_context_id AS context, e.{source.key} AS pk FROM {source.events._meta.db_table} e"  # noqa: S608 - tables of ours
                f" WHERE e.pgh_context_id = ANY(%s){condition}"
            )
    parts, values = [], []
    counted = list(by_whole)
    for number, queries in enumerate(by_whole.values()):
        parts.append(
            f"SELECT {number}, context, count(DISTINCT pk) FROM ({' UNION ALL '.join(queries)}) a GROUP BY context"  # noqa: S608 - tables of ours
        )
        for _ in queries:
            values += [list(contexts), *([record.pk] if record else [])]
    found: dict[UUID, dict[type[models.Model], int]] = defaultdict(dict)
    if parts and contexts:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), values)
            for number, context, count in cursor.fetchall():
                found[context][counted[number]] = count
    return found


def dones(contexts: Iterable[Any], private: bool) -> Iterator[Done]:
    """Who, when, from where and why."""
    contexts = list(contexts)
    people = get_user_model().objects.in_bulk({each.metadata["user"] for each in contexts if each.metadata.get("user")})
    for each in contexts:
        told = each.metadata
        person = people.get(told.get("user"))
        batch = told.get("batch")
        yield Done(
            context=each.pk,
            at=each.created_at,
            user=told.get("user"),
            who=str(person) if person else ("Somebody who is gone" if told.get("user") else "The system"),
            reason=str(told.get("reason") or ""),
            where=str(told.get("url") or ""),
            address=str(told.get("address") or "") if private else "",
            batch=batch if isinstance(batch, int) else None,
            undoes=str(told.get("undoes") or ""),
            is_whole=bool(told.get("whole")),
        )
