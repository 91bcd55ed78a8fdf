"""Records as columns: accounts and objectives, numbered by their place.

Departments and catalogue are numbered as they stand in a head, sorted by code; accounts and objectives by id. Lists are
laid end to end (`Ragged`).
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

import numpy as np

from orgmap.reports.engine.arrays import Flags, Ints, Ragged, take

STATUSES = ("planned", "active", "dormant", "retired")


@dataclass(frozen=True)
class Records:
    """What accounts and objectives have in common. Audiences and markets are effective: defaults are filled in.

    id: ascending; departments: in their order, the first is the owner; by_default: placed by the owner's defaults.
    """

    id: Ints
    departments: Ragged
    audiences: Ragged
    markets: Ragged
    by_default: Flags

    def __len__(self) -> int:
        return len(self.id)


@dataclass(frozen=True)
class AccountFacts(Records):
    """Accounts. status: position in STATUSES; last_post: day number, 0 if unknown; objectives: those served."""

    platform: Ints
    status: Ints
    last_post: Ints
    objectives: Ragged
    handle: Sequence[str]
    contact: Sequence[str]
    gets: Sequence[str]


@dataclass(frozen=True)
class ObjectiveFacts(Records):
    """Objectives. starts, ends: day numbers, 0 where open."""

    benefit: Ints
    active: Flags
    starts: Ints
    ends: Ints


Some = TypeVar("Some", bound=Records)


def picked(records: Some, which: Ints) -> Some:
    """Some of the records."""
    chosen: dict[str, Any] = {}
    for field in fields(records):
        column = getattr(records, field.name)
        if isinstance(column, Ragged):
            chosen[field.name] = take(column, which)
        elif isinstance(column, np.ndarray):
            chosen[field.name] = column[which]
        else:
            chosen[field.name] = [*map(column.__getitem__, which.tolist())]
    return replace(records, **chosen)


def columns(part: str, records: Records) -> Iterator[tuple[str, Any]]:
    """All columns by name, each as an array of numbers as narrow as they are."""
    for field in fields(records):
        column, name = getattr(records, field.name), f"{part}.{field.name}"
        if isinstance(column, Ragged):
            yield f"{name}.lengths", _narrow(column.lengths)
            yield f"{name}.values", _narrow(column.values)
        else:
            yield name, _narrow(column) if isinstance(column, np.ndarray) else as_text(column)


def _narrow(numbers: Any) -> Any:
    return numbers if numbers.dtype == bool else numbers.astype(np.min_scalar_type(int(numbers.max(initial=0))))


def as_text(value: object) -> Any:
    """JSON as bytes."""
    return np.frombuffer(json.dumps(value, ensure_ascii=False).encode(), dtype=np.uint8)


def restored(kind: type[Some], part: str, stored: Mapping[str, Any]) -> Some:
    """Records back from their columns."""
    found: dict[str, Any] = {}
    for field in fields(kind):
        name = f"{part}.{field.name}"
        if field.type is Ragged:
            starts = np.concatenate(([0], np.cumsum(stored[f"{name}.lengths"], dtype=np.int64)))
            found[field.name] = Ragged(starts, stored[f"{name}.values"].astype(np.int64))
        elif field.type is Ints:
            found[field.name] = stored[name].astype(np.int64)
        else:
            found[field.name] = stored[name] if field.type is Flags else json.loads(stored[name].tobytes())
    return kind(**found)
