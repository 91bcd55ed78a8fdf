"""What is written of a level, and of all levels together: rows, ready for the tables."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from orgmap.core.squeezed import squeezed_json
from orgmap.reports.engine import Common
from orgmap.reports.engine.findings import FLAGS, Found
from orgmap.reports.models import Snapshot
from orgmap.reports.services.figures import KEPT, LevelFigures, LevelPlaces, parent_unit
from orgmap.reports.services.lines import batched, lines

PAIR_ACTIONS = ("one_owner", "joint_objective", "hand_off")


@dataclass(frozen=True)
class LevelRows:
    """A level as it is written. values: its own row; lines: those of the tables that hang on it, thousands together."""

    values: dict[str, Any]
    lines: dict[str, list[bytes]]

    def __add__(self, other: "LevelRows") -> "LevelRows":
        """Two parts of one level."""
        tables = self.lines.keys() | other.lines.keys()
        lines = {table: [*self.lines.get(table, []), *other.lines.get(table, [])] for table in tables}
        return LevelRows(self.values | other.values, lines)


def figure_rows(figures: LevelFigures, *, level: int, snapshot: int) -> LevelRows:
    """One level with its units, its pairs and the grid of the widest gaps. level, snapshot: the keys of their rows."""
    result = figures.result
    alignment = result["alignment"]
    values = {
        "pk": level,
        "level": figures.level,
        "units": len(result["units"]),
        "unit_ids": result["units"],
        "alignment": alignment["alignment"],
        "contested": alignment["contested"],
        "blind": alignment["blind"],
        "figures": figures_of_level(figures),
        "actions": [{**row, "because": []} if row["action"] in PAIR_ACTIONS else row for row in result["actions"]],
    }
    tables = {
        "unit": lines(unit_rows(level, figures)),
        "pair": lines(pair_rows(level, result)),
        "siblingsheet": lines([] if figures.siblings is None else [(level, figures.siblings)]),
        "mapsheet": lines((snapshot, level, below, content) for below, content in figures.widest),
    }
    return LevelRows(values, {table: list(batched(found)) for table, found in tables.items()})


def place_rows(places: LevelPlaces, *, level: int, snapshot: int, since: Snapshot | None) -> LevelRows:
    """What else is written of it: its contested places, the other grids of the map, and the trend."""
    trend = None if places.trend is None or since is None else {**named(since), **places.trend}
    sheets: list[tuple[Any, ...]] = [(snapshot, level, below, content) for below, content in places.sheets]
    if places.accounts is not None:
        sheets.append((snapshot, None, "", places.accounts))
    tables = {"touchpointsheet": lines([(level, places.touchpoints)]), "mapsheet": lines(sheets)}
    return LevelRows({"trend": trend}, {table: list(batched(found)) for table, found in tables.items()})


def named(since: Snapshot) -> dict[str, Any]:
    """Which snapshot a trend starts from."""
    return {"since": since.pk, "since_on": since.as_of.isoformat(), "since_at": since.published_at.isoformat()}


def figures_of_level(figures: LevelFigures) -> dict[str, Any]:
    """The result without what has rows of its own, is the same at every level, or follows from the rest."""
    result, at = figures.result, figures.units.index
    alignment, silos, sprawl, benefits = (result[block] for block in ("alignment", "silos", "sprawl", "benefits"))
    return {
        "completeness": result["completeness"],
        "quadrants": result["quadrants"],
        "alignment": without(alignment, "by_unit"),
        "silos": {
            **without(silos, "brokers"),
            "edges": [[at[first], at[second]] for first, second in silos["edges"]],
            "keystones": [
                {**row, "would_split_into": [[], *row["would_split_into"][1:]]} for row in silos["keystones"]
            ],
        },
        "sprawl": without(sprawl, "by_unit"),
        "benefits": without(benefits, "grid"),
        "proposals": result["proposals"],
        "actions": dict(Counter(row["action"] for row in result["actions"])),
    }


@dataclass(frozen=True)
class Everywhere:
    """What no level changes. sprawl: its parts, packed; steps: how many there are of each kind."""

    found: Found
    sprawl: dict[str, bytes]
    steps: dict[str, int]


def everywhere(common: Common) -> Everywhere:
    """Sprawl and the steps about records; flags as lists of the accounts that carry them. Long lists are cut."""
    findings, ids = common.findings, common.organisation.account_ids
    steps, counts = common.steps
    told = {
        "silent_objectives": findings.silent_objectives(KEPT.steps),
        "duplicates": findings.duplicates(KEPT.steps),
        "removable": findings.removable(KEPT.ids),
        "crowded": findings.crowded(KEPT.ids),
        "surplus": findings.serving.surplus,
        "counts": findings.counts,
        "actions": steps,
        "flags": {flag: ids[findings.carrying(flag)].tolist() for flag in FLAGS},
    }
    return Everywhere(common.found, {part: squeezed_json(value) for part, value in told.items()}, counts)


def unit_rows(level: int, figures: LevelFigures) -> Iterator[tuple[Any, ...]]:
    """Every unit with its figures and its place in the tree."""
    result, found = figures.result, figures.units
    position = {unit: at for at, unit in enumerate(figures.order)}
    for at, unit in enumerate(found.ids):
        index = result["alignment"]["by_unit"][unit]
        row = {
            "sprawl": result["sprawl"]["by_unit"][unit],
            "benefits": result["benefits"]["grid"].get(unit),
            "broker": result["silos"]["brokers"].get(unit),
        }
        yield (
            level, unit, index["alignment"], index["weight"], index["contested"], position[unit],
            found.divisions[int(found.division[at])], parent_unit(found, unit), json.dumps(row),
        )  # fmt: skip


def pair_rows(level: int, result: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    """Pairs by rank, each with its meeting places."""
    action = {tuple(row["subject"]): row["action"] for row in result["actions"] if row["action"] in PAIR_ACTIONS}
    for rank, row in enumerate(result["pairs"], start=1):
        kept = {**without(row, "touchpoints"), "action": action.get((row["a"], row["b"]))}
        yield (
            level, rank, row["a"], row["b"], row["shared"], row["overlap"], row["coverage"], row["gap"],
            row["quadrant"], json.dumps(kept), row["touchpoints"].to_bytes(),
        )  # fmt: skip


def without(block: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in block.items() if key not in keys}
