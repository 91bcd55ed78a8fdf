"""Writing many rows at once: COPY with numbers that we give out ourselves."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models


def reserve(model: type[models.Model], count: int) -> int:
    """The first of so many primary keys that nobody else will be given."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [model._meta.db_table])
        sequence = cursor.fetchone()[0]
        cursor.execute("SELECT nextval(%s)", [sequence])
        first = int(cursor.fetchone()[0])
        cursor.execute("SELECT setval(%s, %s)", [sequence, max(first + count - 1, first)])
    return first


def copy(model: type[models.Model], fields: str, rows: Iterable[Sequence[Any]]) -> int:
    """Write rows of a model by COPY, its fields in one text with spaces; returns how many rows there were.

    The triggers of the model fire as for any insert. Fields that are left out take the database's own defaults.
    """
    columns = {field.name: str(field.column) for field in model._meta.local_concrete_fields}
    named = ", ".join(connection.ops.quote_name(columns[name]) for name in fields.split())
    count = 0
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {connection.ops.quote_name(model._meta.db_table)} ({named}) FROM STDIN") as out,
    ):
        for row in rows:
            out.write_row(row)
            count += 1
    return count
