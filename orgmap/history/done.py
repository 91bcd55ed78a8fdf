"""One action, filled with the first records that it changed and what changed about them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import connection, models

from orgmap.history.changes import Change, Events, Names, Source, event_models, lines_of
from orgmap.history.extent import touching
from orgmap.history.offers import Need, needs_of
from orgmap.history.undo.traces import whole_of

SHOWN = 5
"""So many changed records of an action stand in its line; its own page has the others."""
SAMPLE = 200
"""The line of a large action takes them from so many events of each table, not from all."""


@dataclass
class Touched:
    """What an action did to one record: its name, and each change before and after."""

    model: type[models.Model]
    pk: int
    name: str
    changes: list[Change]
    url: str = ""
    """Its page, where it has one and still stands."""

    @property
    def noun(self) -> str:
        return str(self.model._meta.verbose_name)


@dataclass
class Done:
    """One action: who did what to how many records, when, from where and why."""

    context: UUID
    at: datetime
    user: Any
    who: str
    reason: str
    where: str
    address: str
    batch: int | None
    undoes: str
    counts: dict[type[models.Model], int] = field(default_factory=dict)
    """Changed records by the whole that they are, or are a part of."""
    touched: list[Touched] = field(default_factory=list)
    more: int = 0
    """Changed records besides those that are shown."""
    undone_by: str = ""
    undone_at: datetime | None = None
    partly: bool = False
    may_undo: bool = False
    is_whole: bool = False
    """Only to be taken back for all of its records."""
    needed: set[Need] = field(default_factory=set)
    """What it takes to take the shown changes back."""

    @property
    def summary(self) -> str:
        """How many records of which kind."""
        return ", ".join(
            f"{count:,} {model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural}"
            for model, count in sorted(self.counts.items(), key=lambda each: -each[1])
        )

    @property
    def cursor(self) -> str:
        return f"{self.at.isoformat()}~{self.context}"


def source_of(model: type[models.Model]) -> Source:
    """The events of a model as those of the record that it is, or is a part of."""
    whole = whole_of(model)
    events = event_models()[model._meta.label_lower]
    return Source(model, events, whole.name) if whole else Source(model, events, "pgh_obj", own=True)


def whole_model(model: type[models.Model]) -> type[models.Model]:
    link = whole_of(model)
    return link.related_model if link else model


def of_record(source: Source, record: models.Model | None) -> tuple[str | None, list[Any]]:
    """The condition for events of one record; None when this table has none of it."""
    if record is None:
        return "", []
    if whole_model(source.model) is not type(record):
        return None, []
    return f" AND e.{source.key} = %s", [record.pk]


def fill(
    found: Sequence[Done],
    told: Sequence[Source],
    *,
    private: bool,
    limit: int = SHOWN,
    start: int = 0,
    record: models.Model | None = None,
) -> None:
    """The first changed records of each action, with what changed."""
    chosen = records_of(found, told, limit, start, record)
    rows = events_of(chosen, told)
    events = {index: Events(told[index], [event for _, event in each]) for index, each in rows.items()}
    names = Names()
    for each in events.values():
        names.want(each)
    for (_, model), pks in chosen.items():
        names.wanted[model] |= set(pks)
    names.fetch()
    lines: dict[tuple[UUID, type[models.Model], int], list[Change]] = defaultdict(list)
    needed: dict[UUID, set[Need]] = defaultdict(set)
    for index, pairs in rows.items():
        source = told[index]
        for context, event in pairs:
            row, before = events[index].pair(event)
            whole = row[source.key]
            lines[context, whole_model(source.model), whole] += lines_of(source, row, before, names, private)
            needed[context] |= needs_of(source, row, before)
    for done in found:
        for model in done.counts:
            for pk in chosen.get((done.context, model), ()):
                name = names.known.get((model, pk), "one that is gone")
                done.touched.append(Touched(model, pk, name, lines[done.context, model, pk]))
        done.needed = needed[done.context]
        done.more = max(sum(done.counts.values()) - start - len(done.touched), 0)


def records_of(
    found: Sequence[Done], told: Sequence[Source], limit: int, start: int, record: models.Model | None
) -> dict[tuple[UUID, type[models.Model]], list[int]]:
    """Which records of each action are shown: ``limit`` from ``start`` on, kind by kind; one query a kind."""
    wanted: dict[type[models.Model], list[tuple[UUID, int, int]]] = defaultdict(list)
    for done in found:
        first, left = start, limit
        for model, count in done.counts.items():
            if first >= count:
                first -= count
            elif left > 0:
                wanted[model].append((done.context, first, min(left, count - first)))
                left -= min(left, count - first)
                first = 0
    sample = f" LIMIT {SAMPLE}" if limit <= SHOWN else ""
    chosen: dict[tuple[UUID, type[models.Model]], list[int]] = {}
    for model, asked in wanted.items():
        parts, values = [], []
        for source in told:
            condition, value = of_record(source, record)
            if whole_model(source.model) is model and condition is not None:
                parts.append(
                    f"(SELECT e.{source.key} AS pk FROM {source.events._meta.db_table} e"  # noqa: S608 - tables of ours
                    f" WHERE e.pgh_context_id = a.context{condition}{sample})"
                )
                values += value
        query = f"""
            SELECT a.context, r.pk
            FROM unnest(%s::uuid[], %s::int[], %s::int[]) a (context, first, number),
            LATERAL (
                SELECT DISTINCT pk FROM ({" UNION ALL ".join(parts)}) x ORDER BY pk OFFSET a.first LIMIT a.number
            ) r
        """  # noqa: S608 - tables of ours
        with connection.cursor() as cursor:
            cursor.execute(query, [*map(list, zip(*asked, strict=True)), *values])
            for context, pk in cursor.fetchall():
                chosen.setdefault((context, model), []).append(pk)
    return chosen


def events_of(
    chosen: dict[tuple[UUID, type[models.Model]], list[int]], told: Sequence[Source]
) -> dict[int, list[tuple[UUID, int]]]:
    """The events of the shown records, by the index of their source, in one query."""
    parts, values = [], []
    by_model: dict[type[models.Model], list[tuple[UUID, int]]] = defaultdict(list)
    for (context, model), pks in chosen.items():
        by_model[model] += [(context, pk) for pk in pks]
    for index, source in enumerate(told):
        asked = by_model.get(whole_model(source.model))
        if asked:
            parts.append(
                f"SELECT {index}, e.pgh_context_id, e.pgh_id FROM unnest(%s::uuid[], %s::bigint[]) a (context, pk)"  # noqa: S608 - tables of ours
                f" JOIN {source.events._meta.db_table} e ON e.pgh_context_id = a.context AND e.{source.key} = a.pk"
            )
            values += [list(each) for each in zip(*asked, strict=True)]
    found: dict[int, list[tuple[UUID, int]]] = defaultdict(list)
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(f"{' UNION ALL '.join(parts)} ORDER BY 1, 3", values)
            for index, context, event in cursor.fetchall():
                found[index].append((context, event))
    return found


@dataclass(frozen=True)
class TakenBack:
    """Who took an action back, and when; partly: what it did to one record, or one change of it."""

    by: str
    at: datetime
    partly: bool
    action: UUID
    """The undo itself."""
    of_one: bool
    """Whether it took back what was done to one record."""
    has_kept: bool
    """Whether something stayed that stood in the way."""


def taken_back(contexts: Sequence[UUID]) -> dict[UUID, list[TakenBack]]:
    """How these actions were taken back, unless the undo was taken back as well. Two queries."""
    if not contexts:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT u.metadata->>'undoes', u.metadata->>'user', u.created_at, u.metadata ? 'partly', u.id,
                u.metadata ? 'of', u.metadata ? 'kept'
            FROM pghistory_context u
            WHERE u.metadata->>'undoes' = ANY(%s) AND NOT EXISTS (
                SELECT FROM pghistory_context r WHERE r.metadata->>'undoes' = u.id::text)
            ORDER BY u.created_at
            """,
            [[str(context) for context in contexts]],
        )
        rows = cursor.fetchall()
    people = get_user_model().objects.in_bulk({int(user) for _, user, *_ in rows if user})
    found: dict[UUID, list[TakenBack]] = defaultdict(list)
    for undone, user, at, partly, action, of_one, has_kept in rows:
        by = str(people.get(int(user), "somebody who is gone")) if user else "the system"
        found[UUID(undone)].append(TakenBack(by, at, partly, action, of_one, has_kept))
    return found


def chief(undos: Sequence[TakenBack]) -> TakenBack:
    """The undo that speaks for an action: that of all of it, else the latest."""
    return next((each for each in undos if not each.partly), undos[-1])


def how_taken_back(context: UUID) -> TakenBack | None:
    """The undo that speaks for this action; nobody took it back: none."""
    undos = taken_back([context]).get(context)
    return chief(undos) if undos else None


def mark_undone(found: Sequence[Any]) -> None:
    """Say of each of these actions whether and by whom it was taken back."""
    back = taken_back([done.context for done in found if done.context])
    for done in found:
        if undos := back.get(done.context):
            told = chief(undos)
            done.undone_by, done.undone_at, done.partly = told.by, told.at, told.partly or told.has_kept


def mark_undone_of(found: Sequence[Any], record: models.Model) -> None:
    """Say of each of these entries of a record whether what it did to this record was taken back, and by whom."""
    back = taken_back([entry.context for entry in found if entry.context])
    here = touching([each.action for undos in back.values() for each in undos], record) if back else set()
    for entry in found:
        undos = [each for each in back.get(entry.context, ()) if each.action in here]
        if undos:
            told = next((each for each in undos if is_all(each)), undos[-1])
            entry.undone_by, entry.undone_at, entry.partly = told.by, told.at, not is_all(told)


def is_all(undo: TakenBack) -> bool:
    """Whether an undo that touched a record took all back that was done to it."""
    return not undo.has_kept and (undo.of_one or not undo.partly)
