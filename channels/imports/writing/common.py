"""What the writers share."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from django.db import connection, models
from psycopg import sql

T = TypeVar("T")
CHUNK = 5000


def chunks(items: Sequence[T], size: int = CHUNK) -> Iterator[Sequence[T]]:
    """Pieces of a sequence."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def insert(model: type[models.Model], records: Sequence[Any], progress: Callable[[int], None] | None = None) -> None:
    """Insert records by COPY, piece by piece; they get their numbers. Columns that the database fills are left to it.

    COPY does not tell the history who and why: a plain write of the same transaction must have done so before.
    """
    fields = [field for field in model._meta.concrete_fields if not field.has_db_default()]
    columns = sql.SQL(", ").join([sql.Identifier(str(field.column)) for field in fields])
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(model._meta.db_table), columns)
    names = [field.attname for field in fields]
    for piece in chunks(records):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [model._meta.db_table, len(piece)],
            )
            for record, (number,) in zip(piece, cursor.fetchall(), strict=True):
                record.pk = number
                record._state.adding = False
            with cursor.copy(statement.as_string(cursor.connection)) as copy:
                for record in piece:
                    copy.write_row([getattr(record, name) for name in names])
        if progress:
            progress(len(piece))


def update(model: type[models.Model], changes: Iterable[tuple[int, dict[str, Any]]]) -> None:
    """Set columns of records by number, those with the same columns together: by COPY into a table of the moment."""
    groups: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
    for pk, columns in changes:
        if columns:
            names = tuple(sorted(columns))
            groups.setdefault(names, []).append((pk, *(columns[name] for name in names)))
    table, new = sql.Identifier(model._meta.db_table), sql.Identifier("import_new_values")
    for names, rows in groups.items():
        columns_named = sql.SQL(", ").join([sql.Identifier(name) for name in ("id", *names)])
        settings = sql.SQL(", ").join([sql.SQL("{0} = new.{0}").format(sql.Identifier(name)) for name in names])
        with connection.cursor() as cursor:
            for statement in (
                sql.SQL("CREATE TEMPORARY TABLE {} AS SELECT {} FROM {} WITH NO DATA").format(
                    new, columns_named, table
                ),
                sql.SQL("COPY {} ({}) FROM STDIN").format(new, columns_named),
                sql.SQL("UPDATE {0} SET {1} FROM {2} new WHERE {0}.id = new.id").format(table, settings, new),
                sql.SQL("DROP TABLE {}").format(new),
            ):
                text = statement.as_string(cursor.connection)
                if text.startswith("COPY"):
                    with cursor.copy(text) as copy:
                        for row in rows:
                            copy.write_row(row)
                else:
                    cursor.execute(text)
