"""Why something changes."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pghistory

if TYPE_CHECKING:
    from orgmap.users.models import User


@contextmanager
def because(*, by: "User | None", reason: str = "", batch: int | None = None) -> Iterator[None]:
    """Give every change inside the person, the reason and the import it belongs to.

    COPY does not carry it by itself: run at least one ordinary write in the same transaction before it.
    """
    told: dict[str, object] = {}
    if by is not None:
        told["user"] = by.pk
    if reason:
        told["reason"] = reason
    if batch is not None:
        told["batch"] = batch
    with pghistory.context(**told):
        yield
