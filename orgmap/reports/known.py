"""Which records a figure of "what the map knows" counts, and which it misses, as the report saw them. METHOD 1.5."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.urls import reverse

from orgmap.reports import stored, words
from orgmap.reports.engine import Common
from orgmap.reports.engine.completeness import records
from orgmap.reports.engine.touchpoints import footprints
from orgmap.reports.engine.units import units
from orgmap.reports.models import Level, Snapshot

BY_DEFAULT = "_by_default"
PLACED = "_placed"
UNITS = ("departments_registered", "units_registered")
"""Figures that count units: every department, or those of the level that is compared."""


@dataclass(frozen=True)
class Counted:
    """The records that a figure counts, and those that it counts against: `account:7`, `objective:3` or a unit."""

    there: Sequence[str]
    lacking: Sequence[str]
    total: int


def counted(level: Level, key: str) -> Counted:
    """What a figure of the block `completeness` counts at a level; `accounts` are all that it counted."""
    organisation = stored.kept_facts(level.snapshot).read()
    if key in UNITS:
        at = units(organisation, level.level)
        held = np.diff(footprints(Common(organisation).entries, at).held.indptr) > 0
        return _split(list(at.ids), held, ~held)
    kind = "objective" if key.startswith("objectives") else "account"
    ids = [f"{kind}:{one}" for one in getattr(organisation, f"{kind}s").ids]
    if key == "accounts":
        return _split(ids, np.ones(len(ids), dtype=bool), np.zeros(len(ids), dtype=bool))
    flags = records(organisation)
    lacking = ~flags[key]
    if key.endswith(PLACED):
        lacking &= ~flags[key + BY_DEFAULT]
    elif key.endswith(BY_DEFAULT):
        lacking &= ~flags[key.removesuffix(BY_DEFAULT)]
    return _split(ids, flags[key], lacking)


def _split(ids: Sequence[str], there: "np.typing.NDArray[np.bool_]", lacking: "np.typing.NDArray[np.bool_]") -> Counted:
    return Counted(
        [ids[at] for at in np.flatnonzero(there).tolist()],
        [ids[at] for at in np.flatnonzero(lacking).tolist()],
        len(ids),
    )


def address(snapshot: Snapshot, level: Level, key: str) -> str:
    """Where the records that a figure counts, or misses, are listed."""
    return f"{reverse('reports:known_list', args=[snapshot.pk, key])}?level={words.at(level)}"


def completeness(level: Level, levels: Sequence[Level]) -> dict[str, Any]:
    """What the map knows: the departments whatever level is compared, and then the units of that level."""
    found: dict[str, Any] = level.figures["completeness"]
    if level.level is None:
        return found
    finest = Level.objects.filter(pk=levels[-1].pk).values_list("figures__completeness__departments_registered")
    return found | {"departments_registered": finest.get()[0], "units_registered": found["departments_registered"]}


def rows(
    snapshot: Snapshot, level: Level, levels: Sequence[Level], said: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Rows of completeness, each with the address of its list."""
    every = levels[-1]
    return [
        row | {"url": address(snapshot, every if row["key"] == "departments_registered" else level, row["key"])}
        for row in said
    ]


def caveat(snapshot: Snapshot, level: Level, levels: Sequence[Level]) -> list[dict[str, Any]]:
    """How little is known, where a headline must not be read without it; each share with the address of its list."""
    return rows(snapshot, level, levels, words.lacking(completeness(level, levels)))
