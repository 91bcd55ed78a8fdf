"""Rows as the lines that COPY reads: many are written in one go."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.db import connection

AT_ONCE = 2000


def copy(model: Any, columns: Sequence[str], lines: Iterable[bytes]) -> None:
    """Write rows to a model's table."""
    names = ", ".join(f'"{column}"' for column in columns)
    with (
        connection.cursor() as cursor,
        cursor.copy(f'COPY "{model._meta.db_table}" ({names}) FROM STDIN') as stream,
    ):
        for some in lines:
            stream.write(some)


def batched(lines: Iterable[str]) -> Iterator[bytes]:
    """Some thousand lines together."""
    left = iter(lines)
    while some := "".join(islice(left, AT_ONCE)):
        yield some.encode()


def lines(rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Rows of any values."""
    for row in rows:
        yield "\t".join([WRITERS[type(value)](value) for value in row]) + "\n"


def text(value: str) -> str:
    """Text in a line; looking for one sign after the other is quicker than for any of them."""
    for sign, written in SIGNS:
        if sign in value:
            value = value.replace(sign, written)
    return value


SIGNS = (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r"))

WRITERS: dict[type, Callable[[Any], str]] = {
    str: text,
    int: repr,
    float: repr,
    type(None): lambda _: "\\N",
    bool: lambda value: "t" if value else "f",
    bytes: lambda value: f"\\\\x{value.hex()}",
}
"""How COPY reads values, by their type."""
