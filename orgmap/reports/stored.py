"""What a snapshot keeps, read back: the engine's result as it was, and the facts that it was made of."""

from collections.abc import Iterable
from typing import Any

from orgmap.reports.facts import Facts
from orgmap.reports.models import FactSheet, Level, Pair, Snapshot, Unit
from orgmap.reports.steps import unpacked

BEFORE_ACCOUNTS = ("form_group", "one_owner", "joint_objective", "hand_off")
"""The actions that come before those about accounts, which are kept once for all levels."""


def kept_facts(snapshot: Snapshot) -> Facts:
    """The facts as a snapshot saw them."""
    return Facts.from_bytes(bytes(FactSheet.objects.values_list("content", flat=True).get(snapshot=snapshot)))


def facts(snapshot: Snapshot, departments: Iterable[str] | None = None) -> dict[str, Any]:
    """The organisation as a snapshot saw it, in the plain layout; or as far as some departments are concerned.

    The engine answers every question about those departments from that part alone: their records are there, and so is
    whatever is linked to them, the whole tree, the catalogue and all agreements.
    """
    found = kept_facts(snapshot)
    return (found if departments is None else found.part(departments)).organisation


def result(level: Level) -> dict[str, Any]:
    """The engine's result at a level, put together again. Of a level with many units it holds the kept pairs only."""
    snapshot = level.snapshot
    units = list(Unit.objects.filter(level=level).order_by("unit"))
    visible = sorted(
        row["id"] for row in facts(snapshot)["accounts"] if row.get("status", "active") in ("active", "dormant")
    )
    sprawl = snapshot.sprawl
    steps, flags, _ = (sprawl.pop(part) for part in ("actions", "flags", "counts"))
    carried = {flag: set(accounts) for flag, accounts in flags.items()}
    figures, spots = level.figures, level.spots
    pairs = list(Pair.objects.filter(level=level).order_by("rank"))
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
                    "units": level.names_of(row.units),
                    "pairs": row.pairs,
                    "weight": row.weight,
                    "alignment": row.alignment,
                    "blind": row.blind,
                }
                for row in spots.spots(range(len(spots)))
            ],
        },
        "quadrants": figures["quadrants"],
        "pairs": [
            {
                **{key: value for key, value in pair.row.items() if key not in ("count", "action")},
                "touchpoints": [_place(place) for place in (pair.places or {"rows": []})["rows"]],
            }
            for pair in pairs
        ],
        "silos": {
            **silos(level),
            "brokers": {unit.unit: unit.row["broker"] for unit in units if unit.row["broker"] is not None},
        },
        "sprawl": {
            **figures["sprawl"],
            **sprawl,
            "by_unit": {unit.unit: unit.row["sprawl"] for unit in units},
            "flags": {account: {flag: account in them for flag, them in carried.items()} for account in visible},
        },
        "benefits": {
            **figures["benefits"],
            "grid": {unit.unit: unit.row["benefits"] for unit in units if unit.row["benefits"] is not None},
        },
        "proposals": figures["proposals"],
        "actions": [
            *(_with_reason(row, pairs) for row in level.actions if row["action"] in BEFORE_ACCOUNTS),
            *unpacked(steps),
            *(row for row in level.actions if row["action"] not in BEFORE_ACCOUNTS),
        ],
    }


def silos(level: Level) -> dict[str, Any]:
    """The block of silos by names, without its brokers: they stand with their units."""
    kept = level.figures["silos"]
    return {
        **kept,
        "edges": [level.names_of(edge) for edge in kept["edges"]],
        "keystones": [_keystone(row, kept["islands"]) for row in kept["keystones"]],
    }


def _place(place: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in place.items() if key != "records"}


def _keystone(row: dict[str, Any], islands: list[list[str]]) -> dict[str, Any]:
    """A keystone with its largest piece, which is what is left of the island."""
    _, *pieces = row["would_split_into"]
    gone = {row["unit"], *(unit for piece in pieces for unit in piece)}
    rest = next([unit for unit in island if unit not in gone] for island in islands if row["unit"] in island)
    return {"unit": row["unit"], "would_split_into": [rest, *pieces]}


def _with_reason(row: dict[str, Any], pairs: list[Pair]) -> dict[str, Any]:
    """A step about a pair with the places that are not agreed in full, which the pair's row lists."""
    if row["action"] == "form_group":
        return row
    pair = next(pair for pair in pairs if [pair.a, pair.b] == row["subject"])
    uncovered = [place["touchpoint"] for place in (pair.places or {"rows": []})["rows"] if place["coverage"] < 1]
    return {**row, "because": uncovered}
