"""Reading rows of some records, or of all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import connection

from channels.auditing.scope import Keys


def rows(query: str, keys: Keys, column: str, rest: str = "", condition: str = "") -> list[tuple[Any, ...]]:
    """The rows of a query, of these records only; none of none, without asking."""
    if keys is not None and not keys:
        return []
    conditions = [condition] if condition else []
    if keys is not None:
        conditions.append(f"{column} = ANY(%s)")
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    return run(f"{query}{where} {rest}", [sorted(keys)] if keys is not None else None)


def run(query: str, values: Any = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()


def scalar(query: str, values: Any = None) -> Any:
    return run(query, values)[0][0]


def grouped(pairs: Iterable[tuple[int, Any]]) -> dict[int, tuple[Any, ...]]:
    """Pairs that come sorted by their first, as one tuple each."""
    found: dict[int, list[Any]] = {}
    for key, value in pairs:
        if key in found:
            found[key].append(value)
        else:
            found[key] = [value]
    return {key: tuple(values) for key, values in found.items()}
