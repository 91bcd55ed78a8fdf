"""What is left to say of records after an undo has set them back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models

from orgmap.history.undo.traces import Trace, run

if TYPE_CHECKING:
    from orgmap.users.models import User

Act = Callable[[Sequence[int], "User | None"], None]
ACTS: dict[str, Act] = {}
WHOLE: list[Callable[[UUID, UUID], None]] = []


def afterwards(model: type[models.Model], act: Act) -> None:
    """Have this called, in the transaction of the undo, with the records that were set back and by whom."""
    ACTS[model._meta.label_lower] = act


def when_whole(act: Callable[[UUID, UUID], None]) -> None:
    """Have this called, in the transaction of the undo, when all of an action was taken back and nothing of it stayed:
    with the action and with its undo."""
    WHOLE.append(act)


def tell_of(traces: Sequence[Trace], by: User | None) -> None:
    for trace in traces:
        act = ACTS.get(trace.model._meta.label_lower)
        if act is None:
            continue
        pks = [pk for (pk,) in run(f"SELECT pk FROM {trace.name} WHERE way = 'update' AND kept IS NULL ORDER BY pk")]
        if pks:
            act(pks, by)
