"""How far an action reaches: whether it is about one record only, and which records it touched."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import connection, models
from pghistory.models import Context

from orgmap.history.changes import event_models
from orgmap.history.undo.traces import whole_of


def key_of(record: models.Model) -> str:
    """The record as forms name it: account:12."""
    return f"{record._meta.model_name}:{record.pk}"


def is_whole(context: UUID) -> bool:
    """Whether an action can only be taken back for all of its records."""
    return Context.objects.filter(pk=context, metadata__whole=True).exists()


def touches_others(context: UUID, record: models.Model) -> bool:
    return context in larger([context], record)


def larger(contexts: Collection[UUID], record: models.Model) -> set[UUID]:
    """Which of these actions changed something besides this record and its parts. One query."""
    return _found(contexts, record, others=True)


def touching(contexts: Collection[UUID], record: models.Model) -> set[UUID]:
    """Which of these actions changed this record, or a part of it. One query."""
    return _found(contexts, record, others=False)


def _found(contexts: Collection[UUID], record: models.Model, *, others: bool) -> set[UUID]:
    parts: list[str] = []
    values: list[Any] = []
    for _, events in sorted(event_models().items()):
        model: type[models.Model] = events.pgh_tracked_model  # type: ignore[attr-defined]  # pghistory puts it there
        column = _column(model, record)
        if column is None and not others:
            continue
        part = f"EXISTS (SELECT FROM {events._meta.db_table} e WHERE e.pgh_context_id = a.context"
        if column is not None:
            part += f" AND e.{column} {'IS DISTINCT FROM' if others else '='} %s"
            values.append(record.pk)
        parts.append(f"{part})")
    if not contexts or not parts:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT a.context FROM unnest(%s::uuid[]) a (context) WHERE {' OR '.join(parts)}",  # noqa: S608 - as above
            [list(contexts), *values],
        )
        return {context for (context,) in cursor.fetchall()}


def _column(model: type[models.Model], record: models.Model) -> str | None:
    """Where events of this model name the record that they are about; None when they are about another kind."""
    if model is type(record):
        return "pgh_obj_id"
    whole = whole_of(model)
    return whole.column if whole is not None and whole.related_model is type(record) else None
