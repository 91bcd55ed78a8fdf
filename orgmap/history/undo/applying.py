"""The way back: deletes, then updates, then inserts, each as one statement."""

from contextlib import suppress
from typing import Any

from django.db import IntegrityError, connection, models, transaction
from django.db.models.expressions import DatabaseDefault
from django.db.models.fields import NOT_PROVIDED

from orgmap.history.undo.traces import Progress, Trace, run, silently

FREE = "u.kept IS NULL"


class Refused(Exception):
    """The database refused a table; one by one will show which records."""

    def __init__(self, trace: Trace | None, sentence: str) -> None:
        super().__init__(sentence)
        self.trace = trace
        self.sentence = sentence


def apply(traces: list[Trace], progress: Progress = silently) -> None:
    """Set everything back that nothing stands in the way of. Raises Refused when a constraint says no."""
    steps = [(delete, trace) for trace in traces] + [(update, trace) for trace in traces]
    steps += [(insert, trace) for trace in traces]
    with transaction.atomic():
        for number, (act, trace) in enumerate(steps):
            progress(f"Setting back: {trace.nouns}", 0.5 + 0.35 * number / len(steps))
            try:
                act(trace)
            except IntegrityError as error:
                raise Refused(trace, sentence_of(error, trace)) from error
        progress("Checking it against the rules of the map", 0.85)
        try:
            run("SET CONSTRAINTS ALL IMMEDIATE")
        except IntegrityError as error:
            table = cause(error).table_name
            found = next((trace for trace in traces if trace.table == table), None)
            raise Refused(found, sentence_of(error, found)) from error
        run("SET CONSTRAINTS ALL DEFERRED")


def delete(trace: Trace) -> None:
    run(f"DELETE FROM {trace.table} t USING {trace.name} u WHERE t.id = u.pk AND u.way = 'delete' AND {FREE}")


def update(trace: Trace) -> None:
    if trace.replays:
        replay(trace)
        return
    differs = [f'bool_or((u.after)."{each}" IS DISTINCT FROM (u.before)."{each}")' for each in trace.columns]
    which = run(f"SELECT {', '.join(differs)} FROM {trace.name} u WHERE u.way = 'update' AND {FREE}")[0]
    columns = [column for column, has_changed in zip(trace.columns, which, strict=True) if has_changed]
    if not columns:
        return
    due = {
        each: f'(u.after)."{each}" IS DISTINCT FROM (u.before)."{each}"'
        f' AND t."{each}" IS NOT DISTINCT FROM (u.after)."{each}"'
        for each in columns
    }
    values = ", ".join(
        f'"{each}" = CASE WHEN {due[each]} THEN (u.before)."{each}" ELSE t."{each}" END' for each in columns
    )
    run(
        f"UPDATE {trace.table} t SET {values} FROM {trace.name} u"
        f" WHERE t.id = u.pk AND u.way = 'update' AND {FREE} AND ({' OR '.join(f'({each})' for each in due.values())})"
    )


def replay(trace: Trace, refused: dict[int, str] | None = None) -> None:
    """Set back event by event, the latest first. Values that stood together once can stand together again.

    With ``refused`` what the database refuses is noted there, and the rest goes on.
    """
    differs = ", ".join(
        f'''CASE WHEN e."{each}" IS DISTINCT FROM p."{each}" THEN '{each}' END''' for each in trace.columns
    )
    events = run(
        f"""
        SELECT e.pgh_obj_id, p.pgh_id, array_remove(ARRAY[{differs}]::text[], NULL), u.newer
        FROM ({trace.mine()}) e
        JOIN {trace.name} u ON u.pk = e.pgh_obj_id AND u.way = 'update' AND {FREE}
        JOIN {trace.events} p ON p.pgh_id = (
            SELECT max(b.pgh_id) FROM {trace.events} b WHERE b.pgh_obj_id = e.pgh_obj_id AND b.pgh_id < e.pgh_id)
        WHERE e.pgh_label = 'update' ORDER BY e.pgh_id DESC
        """,
        trace.values,
    )
    for pk, before, columns, newer in events:
        names = [each for each in columns if each not in newer]
        if names and pk not in (refused or ()):
            values = ", ".join(f'"{each}" = p."{each}"' for each in names)
            query = f"UPDATE {trace.table} t SET {values} FROM {trace.events} p WHERE t.id = %s AND p.pgh_id = %s"
            if refused is None:
                run(query, [pk, before])
            else:
                attempt(trace, pk, query, [pk, before], refused)


def insert(trace: Trace) -> None:
    query, values = inserting(trace)
    run(query, values)


def inserting(trace: Trace) -> tuple[str, list[Any]]:
    """Put records back under their old numbers. What the history does not keep starts anew."""
    told: dict[str, str] = {"id": "u.pk"} | {each: f'(u.before)."{each}"' for each in trace.columns}
    values: list[Any] = []
    fields: list[Any] = list(trace.model._meta.local_concrete_fields)
    for each in fields:
        if each.column in told or isinstance(each, models.GeneratedField):
            continue
        if each.name == "version":
            told["version"] = "(u.before).version + 1"
        elif each.name == "created_at":
            first = f"SELECT min(e.pgh_created_at) FROM {trace.events} e WHERE e.pgh_obj_id = u.pk"
            told["created_at"] = f"coalesce(({first}), now())"
        elif each.db_default is NOT_PROVIDED or not isinstance(each.get_default(), DatabaseDefault):
            told[each.column] = "%s"
            values.append(each.get_db_prep_save(each.get_default(), connection))
    columns = ", ".join(connection.ops.quote_name(each) for each in told)
    return (
        f"INSERT INTO {trace.table} ({columns}) SELECT {', '.join(told.values())} FROM {trace.name} u"
        f" WHERE u.way = 'insert' AND {FREE}",
        values,
    )


def find_refused(traces: list[Trace], trace: Trace) -> dict[int, str]:
    """Which records of a table the database refuses: everything before it as one, then its own one by one."""
    unique = [
        each.name
        for each in trace.model._meta.constraints
        if isinstance(each, models.UniqueConstraint) and each.deferrable
    ]
    point = transaction.savepoint()
    for each in traces:
        delete(each)
    before = traces[: traces.index(trace)]
    for act, others in ((update, [each for each in traces if each is not trace]), (insert, before)):
        for each in others:
            with suppress(IntegrityError), transaction.atomic():
                act(each)
    if unique:
        run(f"SET CONSTRAINTS {', '.join(unique)} IMMEDIATE")
    refused: dict[int, str] = {}
    replay(trace, refused)
    query, values = inserting(trace)
    pks = run(f"SELECT pk FROM {trace.name} u WHERE u.way = 'insert' AND {FREE} ORDER BY (u.before).pgh_id DESC")
    for (pk,) in pks:
        attempt(trace, pk, f"{query} AND u.pk = %s", [*values, pk], refused)
    transaction.savepoint_rollback(point)
    return refused


def attempt(trace: Trace, pk: int, query: str, values: list[Any], refused: dict[int, str]) -> None:
    try:
        with transaction.atomic():
            run(query, values)
    except IntegrityError as error:
        refused[pk] = sentence_of(error, trace)


def cause(error: IntegrityError) -> Any:
    """What PostgreSQL says about the refusal."""
    return getattr(error.__cause__, "diag", None)


def sentence_of(error: IntegrityError, trace: Trace | None) -> str:
    """A refusal of the database in words."""
    told = cause(error)
    for constraint in trace.model._meta.constraints if trace else ():
        if constraint.name == told.constraint_name:
            if constraint.violation_error_message != constraint.default_violation_error_message:
                return str(constraint.violation_error_message)
            if isinstance(constraint, models.UniqueConstraint):
                return "The same stands there already."
    if told.sqlstate == "23503":
        return "Something that it belongs to, or that belongs to it, was changed at this moment."
    if told.sqlstate == "23505":
        return "The same stands there already."
    return str(told.message_primary)
