"""What a snapshot keeps, read back: the engine's result as it was, and the facts that it was made of."""

import json
import zlib
from collections.abc import Iterable
from typing import Any

from orgmap.reports.models import FactSheet, Level, Pair, Snapshot, Touchpoint, Unit

COMMON = "*"
BEFORE_ACCOUNTS = ("form_group", "one_owner", "joint_objective", "hand_off")
"""The actions that come before those about accounts, which are kept once for all levels."""


def facts(snapshot: Snapshot, departments: Iterable[str] | None = None) -> dict[str, Any]:
    """The organisation as a snapshot saw it, in the plain layout; or as far as some departments are concerned.

    The engine answers every question about those departments from that part alone: their records are there, and so is
    whatever is linked to them, the whole tree, the catalogue and all agreements.
    """
    sheets = FactSheet.objects.filter(snapshot=snapshot)
    if departments is not None:
        sheets = sheets.filter(department__in=[COMMON, *departments])
    records: dict[str, dict[str, dict[str, Any]]] = {"accounts": {}, "objectives": {}}
    whole: dict[str, Any] = {}
    for department, content in sheets.values_list("department", "content").iterator():
        sheet = json.loads(zlib.decompress(content))
        if department == COMMON:
            whole = sheet
        for part, known in records.items():
            known.update((row["id"], row) for row in sheet[part])
    return {**whole, **{part: [known[key] for key in sorted(known, key=int)] for part, known in records.items()}}


def result(level: Level) -> dict[str, Any]:
    """The engine's result at a level, put together again. Of a level with many units it holds the kept pairs only."""
    snapshot = level.snapshot
    units = list(Unit.objects.filter(level=level).order_by("unit"))
    visible = sorted(
        row["id"] for row in facts(snapshot)["accounts"] if row.get("status", "active") in ("active", "dormant")
    )
    carried = {flag: set(accounts) for flag, accounts in snapshot.sprawl["flags"].items()}
    figures = level.figures
    return {
        "as_of": snapshot.as_of.isoformat(),
        "units": [unit.unit for unit in units],
        "policy": snapshot.policy,
        "completeness": figures["completeness"],
        "alignment": {
            **figures["alignment"],
            "by_unit": {
                unit.unit: {"alignment": unit.alignment, "weight": unit.weight, "contested": unit.contested}
                for unit in units
            },
            "by_touchpoint": [
                {
                    "touchpoint": row.touchpoint,
                    "units": row.units,
                    "pairs": row.pairs,
                    "weight": row.weight,
                    "alignment": row.alignment,
                    "blind": row.blind,
                }
                for row in Touchpoint.objects.filter(level=level).order_by("pk")
            ],
        },
        "quadrants": figures["quadrants"],
        "pairs": [
            {
                **{key: value for key, value in pair.row.items() if key not in ("count", "action")},
                "touchpoints": [_place(place) for place in (pair.places or {"rows": []})["rows"]],
            }
            for pair in Pair.objects.filter(level=level, places__isnull=False).order_by("rank")
        ],
        "silos": {
            **figures["silos"],
            "brokers": {unit.unit: unit.row["broker"] for unit in units if unit.row["broker"] is not None},
        },
        "sprawl": {
            **figures["sprawl"],
            **{block: value for block, value in snapshot.sprawl.items() if block not in ("flags", "actions", "counts")},
            "by_unit": {unit.unit: unit.row["sprawl"] for unit in units},
            "flags": {account: {flag: account in them for flag, them in carried.items()} for account in visible},
        },
        "benefits": {
            **figures["benefits"],
            "grid": {unit.unit: unit.row["benefits"] for unit in units if unit.row["benefits"] is not None},
        },
        "proposals": figures["proposals"],
        "actions": [
            *(row for row in level.actions if row["action"] in BEFORE_ACCOUNTS),
            *snapshot.sprawl["actions"],
            *(row for row in level.actions if row["action"] not in BEFORE_ACCOUNTS),
        ],
    }


def _place(place: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in place.items() if key != "records"}
