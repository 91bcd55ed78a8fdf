"""Which records an audit asks about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

Keys = frozenset[int] | None
"""Numbers of records; None: all there are."""
NONE: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Scope:
    """Records of each kind. Meeting places have no number: they are asked about all or not at all."""

    account: Keys = NONE
    department: Keys = NONE
    objective: Keys = NONE
    tie: Keys = NONE
    benefit: Keys = NONE
    places: bool = False
    by: tuple[tuple[int, int], ...] = ()
    """Accounts with the person who changed them last."""

    @property
    def is_everything(self) -> bool:
        return all(keys is None for keys in (self.account, self.department, self.objective, self.tie, self.benefit))

    def keys(self, kind: str) -> Keys:
        return (None if self.places else NONE) if kind == "place" else getattr(self, kind)

    def __len__(self) -> int:
        return sum(
            len(keys) for keys in (self.account, self.department, self.objective, self.tie, self.benefit) if keys
        )


EVERYTHING = Scope(None, None, None, None, None)


def only(keys: Iterable[int | None]) -> frozenset[int]:
    return frozenset(key for key in keys if key is not None)


def all_of(kind: str) -> Scope:
    """All records of one kind."""
    whole: dict[str, Any] = {kind: None}
    return Scope(**whole)
