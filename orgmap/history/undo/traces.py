"""What an action did to each table, as one temporary table per tracked model: the state before, after and now.

Everything is set-based: 50,000 changed accounts are a few statements. A row of a trace says by which ``way`` a record
goes back (delete, update, insert; unset when nothing is to be done), and ``kept`` says what stands in the way.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models

from orgmap.history.changes import event_models

LARGE = 5_000
"""Of an action with more events the database first has to learn how many there are: it plans for a few otherwise, and
an undo that follows at once would take hours instead of seconds."""
MEMORY = "128MB"
"""What sorting and joining the states of a large action may use before it goes to disk."""
Progress = Callable[[str, float], None]
"""Takes what is being done and how much of the undo is done, in [0, 1]."""
NOT_COMPARED = frozenset({"id", "version"})
NO_WHOLE = frozenset({"users.user"})
"""People: a membership is a part of its department, not of the person."""


@dataclass(frozen=True)
class Action:
    """Which events are to be taken back: all of a context, those of a context that tell of one record, or one."""

    context: UUID | None = None
    record: models.Model | None = None
    event: tuple[str, int] | None = None
    """The model's label and the number of the event."""
    later_by: int | None = None
    """What this person changed about the same records afterwards, before anybody else did, goes back as well."""

    def of(self, model: type[models.Model], events: str) -> tuple[str, list[Any]] | None:
        """The condition for the events of one model with those that followed; None when the action has none there."""
        told = self.itself(model, events)
        if told is None or self.later_by is None or self.context is None:
            return told
        return with_later(told, model, events, self.context, self.later_by)

    def itself(self, model: type[models.Model], events: str) -> tuple[str, list[Any]] | None:
        """The condition for the events of one model; None when the action has none there."""
        if self.event:
            label, number = self.event
            return ("e.pgh_id = %s", [number]) if label == model._meta.label_lower else None
        if self.record is None:
            return "e.pgh_context_id = %s", [self.context]
        if type(self.record) is model:
            column = "pgh_obj_id"
        else:
            whole = whole_of(model)
            if whole is None or whole.related_model is not type(self.record):
                return None
            column = whole.column
        return f"e.pgh_context_id = %s AND e.{column} = %s", [self.context, self.record.pk]


@cache
def whole_of(model: type[models.Model]) -> Any | None:
    """The link to the record that rows of this model are a part of: the only one that takes them along when it goes."""
    fields: list[Any] = [each for each in model._meta.fields if each.is_relation]
    links = [
        each
        for each in fields
        if each.remote_field.on_delete is models.CASCADE
        and each.related_model._meta.label_lower in event_models().keys() - NO_WHOLE
    ]
    return links[0] if len(links) == 1 else None


def with_later(
    told: tuple[str, list[Any]], model: type[models.Model], events: str, context: UUID, by: int
) -> tuple[str, list[Any]]:
    """The condition for the events of an action and for those of the same person about the same records after it, as
    far as nobody else came in between."""
    condition, values = told
    whole = whole_of(model)
    same = f"e.pgh_obj_id IN (SELECT e.pgh_obj_id FROM {events} e WHERE {condition})"
    own: list[Any] = list(values)
    if whole is not None:
        wholes = event_models()[whole.related_model._meta.label_lower]._meta.db_table
        same = f"({same} OR e.{whole.column} IN (SELECT w.pgh_obj_id FROM {wholes} w WHERE w.pgh_context_id = %s))"
        own.append(context)
    by_other = (
        f"SELECT FROM {events} o JOIN pghistory_context oc ON oc.id = o.pgh_context_id"
        " WHERE o.pgh_obj_id = e.pgh_obj_id AND o.pgh_id < e.pgh_id AND o.pgh_context_id <> %s"
        " AND oc.created_at > (SELECT created_at FROM pghistory_context WHERE id = %s)"
        " AND oc.metadata->>'user' IS DISTINCT FROM %s"
    )
    return (
        f"({condition} OR ({same} AND e.pgh_context_id IN (SELECT c.id FROM pghistory_context c"
        " WHERE c.metadata->>'user' = %s AND c.created_at >="
        " (SELECT created_at FROM pghistory_context WHERE id = %s)"
        f" AND c.id <> %s) AND NOT EXISTS ({by_other})))",
        [*values, *own, str(by), context, context, context, context, str(by)],
    )


@dataclass
class Trace:
    """What the action did to one model."""

    model: type[models.Model]
    where: str
    values: list[Any]
    replays: bool = False
    """Its updates only go back one by one, in reverse order: each state in between stood once."""

    @cached_property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def nouns(self) -> str:
        return str(self.model._meta.verbose_name_plural)

    @cached_property
    def events(self) -> str:
        return event_models()[self.model._meta.label_lower]._meta.db_table

    @cached_property
    def name(self) -> str:
        return f"undo_{self.table}"

    @cached_property
    def fields(self) -> list[Any]:
        """What is compared and set back."""
        kept = {each.column for each in event_models()[self.model._meta.label_lower]._meta.fields}
        return [each for each in self.model._meta.local_concrete_fields if each.column in kept - NOT_COMPARED]

    @cached_property
    def columns(self) -> list[str]:
        return [each.column for each in self.fields]

    @cached_property
    def links(self) -> list[Any]:
        return [each for each in self.fields if each.is_relation]

    @cached_property
    def whole(self) -> Any | None:
        return whole_of(self.model)

    def mine(self) -> str:
        return f"SELECT e.* FROM {self.events} e WHERE {self.where}"

    def fill(self) -> None:
        """Lock the records and write the trace."""
        rows = ", ".join
        before = [f'(x.before)."{column}"' for column in self.columns]
        after = [f'(x.after)."{column}"' for column in self.columns]
        now = [f't."{column}"' for column in self.columns]
        newer = rows(
            f"CASE WHEN {a} IS DISTINCT FROM {b} AND {n} IS DISTINCT FROM {a} AND {n} IS DISTINCT FROM {b}"
            f" THEN '{column}' END"
            for column, b, a, n in zip(self.columns, before, after, now, strict=True)
        )
        due = " OR ".join(
            f"({a} IS DISTINCT FROM {b} AND {n} IS NOT DISTINCT FROM {a})"
            for b, a, n in zip(before, after, now, strict=True)
        )
        if run(f"SELECT count(*) FROM ({self.mine()}) m", self.values)[0][0] > LARGE:
            run(f"SET LOCAL work_mem = '{MEMORY}'")
            run(f"ANALYZE {self.events}")
        run(
            f"SELECT count(*) FROM (SELECT FROM {self.table} WHERE id IN (SELECT m.pgh_obj_id FROM ({self.mine()}) m)"
            " ORDER BY id FOR UPDATE) locked",
            self.values,
        )
        run(
            f"""
            CREATE TEMPORARY TABLE {self.name} ON COMMIT DROP AS
            WITH span AS MATERIALIZED (
                SELECT pgh_obj_id AS pk, min(pgh_id) AS start, max(pgh_id) AS last FROM ({self.mine()}) m GROUP BY 1
            ), earlier AS MATERIALIZED (
                SELECT span.pk, max(e.pgh_id) AS id
                FROM span JOIN {self.events} e ON e.pgh_obj_id = span.pk AND e.pgh_id < span.start GROUP BY 1
            ), x AS (
                SELECT span.pk, span.last, first.pgh_label <> 'insert' AS was, after.pgh_label <> 'delete' AS stays,
                       after, CASE WHEN first.pgh_label = 'delete' THEN first ELSE before END AS before
                FROM span
                JOIN {self.events} first ON first.pgh_id = span.start
                JOIN {self.events} after ON after.pgh_id = span.last
                LEFT JOIN earlier USING (pk)
                LEFT JOIN {self.events} before ON before.pgh_id = earlier.id
            )
            SELECT x.*,
                CASE WHEN was AND stays THEN array_remove(ARRAY[{newer}]::text[], NULL) ELSE '{{}}' END AS newer,
                CASE WHEN was AND stays THEN CASE WHEN (x.before).pgh_id IS NULL OR {due} THEN 'update' END
                     WHEN stays AND t.id IS NOT NULL THEN 'delete'
                     WHEN was AND NOT stays AND (t.id IS NULL OR ROW({rows(now)}) IS DISTINCT FROM ROW({rows(before)}))
                     THEN 'insert' END AS way,
                CASE WHEN was AND stays AND (x.before).pgh_id IS NULL THEN 'unknown'
                     WHEN was AND stays AND t.id IS NULL AND ROW({rows(after)}) IS DISTINCT FROM ROW({rows(before)})
                     THEN 'gone'
                     WHEN NOT was AND stays AND t.id IS NOT NULL
                          AND ROW({rows(now)}) IS DISTINCT FROM ROW({rows(after)}) THEN 'changed'
                     WHEN was AND NOT stays AND t.id IS NOT NULL
                          AND ROW({rows(now)}) IS DISTINCT FROM ROW({rows(before)}) THEN 'again' END AS kept
            FROM x LEFT JOIN {self.table} t ON t.id = x.pk
            """,
            self.values,
        )
        run(f"UPDATE {self.name} SET newer = '{{}}' WHERE kept IS NOT NULL")
        self.leave_out_parts_that_stand_again()
        run(f"ANALYZE {self.name}")

    def leave_out_parts_that_stand_again(self) -> None:
        """A part that somebody made anew with the same content needs no second one."""
        unique = [
            each.fields
            for each in self.model._meta.constraints
            if isinstance(each, models.UniqueConstraint) and each.fields and not each.condition
        ]
        if self.whole is None or not unique:
            return
        fields = [self.model._meta.get_field(name) for name in unique[0]]
        same = [f't."{each.column}" = (u.before)."{each.column}"' for each in fields]  # type: ignore[union-attr]  # never a relation without a column
        same += [f't."{each}" IS NOT DISTINCT FROM (u.before)."{each}"' for each in self.columns]
        run(
            f"UPDATE {self.name} u SET way = NULL FROM {self.table} t"
            f" WHERE u.way = 'insert' AND u.kept IS NULL AND {' AND '.join(same)}"
            f" AND NOT EXISTS (SELECT FROM {self.name} w WHERE w.pk = t.id AND w.way = 'delete' AND w.kept IS NULL)"
        )

    def count(self, condition: str) -> int:
        return int(run(f"SELECT count(*) FROM {self.name} u WHERE {condition}")[0][0])


def silently(words: str, share: float) -> None:
    """Nobody waits for word of an undo."""


def traces_of(action: Action, leave: Collection[type[models.Model]] = (), progress: Progress = silently) -> list[Trace]:
    """The traces of the models that the action touched, but for those to ``leave``, in the order of their labels."""
    found = []
    for label, events in sorted(event_models().items()):
        model: type[models.Model] = apps.get_model(label)
        told = None if model in leave else action.of(model, events._meta.db_table)
        if told and run(f"SELECT EXISTS (SELECT FROM {events._meta.db_table} e WHERE {told[0]})", told[1])[0][0]:
            found.append(Trace(model, *told))
    for number, trace in enumerate(found):
        progress(f"Reading what was changed: {trace.nouns}", 0.4 * number / len(found))
        trace.fill()
    return found


def drop(traces: list[Trace]) -> None:
    """The transaction may go on and take something else back."""
    for trace in traces:
        run(f"DROP TABLE {trace.name}")


def relations(model: type[models.Model]) -> Iterator[Any]:
    """What points to records of a model, the history aside."""
    events = set(event_models().values())
    for relation in model._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ManyToOneRel) or relation.related_model in events:
            continue
        link: Any = relation.field
        if link.model._meta.concrete_model._meta.managed and link.db_constraint:
            yield link


def run(query: str, values: list[Any] | None = None) -> list[Any]:
    """One statement; its rows, if it gives any."""
    with connection.cursor() as cursor:
        cursor.execute(query, values or [])
        return cursor.fetchall() if cursor.description else []
