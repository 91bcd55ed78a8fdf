"""One worker at a time at one piece of work."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def alone(kind: int, number: int = 0, *, wait: bool = False) -> Iterator[bool]:
    """Whether this is the only one who works on a piece of work; told to wait, it is in the end.

    A killed worker loses the lock with its session.
    """
    with connection.cursor() as cursor:
        if wait:
            cursor.execute("SELECT pg_advisory_lock(%s, %s)", [kind, number])
            held = True
        else:
            cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [kind, number])
            held = bool(cursor.fetchone()[0])
    try:
        yield held
    finally:
        if held and connection.connection is not None and not connection.connection.closed:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [kind, number])


def is_free(kind: int, number: int = 0) -> bool:
    """Whether nobody works on a piece of work; inside a transaction nobody begins until it ends."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [kind, number])
        return bool(cursor.fetchone()[0])
