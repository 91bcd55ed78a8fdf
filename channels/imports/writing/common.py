"""What the writers share."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from django.db import models

T = TypeVar("T")
CHUNK = 1000


def chunks(items: Sequence[T], size: int = CHUNK) -> Iterator[Sequence[T]]:
    """Pieces of a sequence."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def insert(model: type[models.Model], records: Sequence[Any], progress: Callable[[int], None] | None = None) -> None:
    """Insert records piece by piece; they get their numbers."""
    for piece in chunks(records):
        model._default_manager.bulk_create(piece)
        if progress:
            progress(len(piece))


def update(model: type[models.Model], changes: Iterable[tuple[int, dict[str, Any]]]) -> None:
    """Set columns of records by number, those with the same columns together."""
    groups: dict[tuple[str, ...], list[models.Model]] = {}
    for pk, columns in changes:
        if columns:
            names = tuple(sorted(columns))
            groups.setdefault(names, []).append(model(pk=pk, **columns))
    for names, records in groups.items():
        fields = [name.removesuffix("_id") if name.endswith("_id") else name for name in names]
        for piece in chunks(records, 500):
            model._default_manager.bulk_update(piece, fields)
