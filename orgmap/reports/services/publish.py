"""A snapshot is written whole, in one transaction, or not at all."""

import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import accumulate
from typing import Any

from django.db import connection, transaction

from orgmap.reports.collect import Facts
from orgmap.reports.models import FactSheet, Level, MapSheet, Pair, RollupRequest, Snapshot, Touchpoint, Unit
from orgmap.reports.services import requests
from orgmap.reports.services.figures import KEPT, LevelFigures

FLAGS = ("dormant", "activity_unknown", "no_objective", "unplaced", "orphan")
ACCOUNT_ACTIONS = (
    "fix_duplicate", "check_lookalike", "retire", "revive_or_retire", "merge", "give_objective", "name_owner", "place",
    "borrow_channel", "open_channel",
)  # fmt: skip
PAIR_ACTIONS = ("one_owner", "joint_objective", "hand_off")
AT_EVERY_LEVEL = ("crowded", "surplus", "removable", "silent_objectives", "duplicates")
KEPT_IDS = 100_000


class ClaimLost(Exception):
    """Another worker took the request over; its figures count."""


def publish(
    *, request: RollupRequest, facts: Facts, levels: Sequence[LevelFigures], since: Snapshot | None, now: datetime
) -> Snapshot:
    """Publish figures of facts. Until this commits, the last snapshot stands."""
    with transaction.atomic():
        snapshot = Snapshot.objects.create(
            as_of=facts.organisation["as_of"],
            collected_at=facts.collected_at,
            checked_at=facts.collected_at,
            published_at=now,
            seen=facts.seen,
            input_hash=facts.input_hash,
            policy=levels[-1].result["policy"],
            catalogue_version=facts.catalogue_version,
            sprawl=sprawl_of_all_levels(levels[-1].result),
            seconds=max((now - facts.collected_at).total_seconds(), 0),
        )
        copy(FactSheet, ("snapshot_id", "department", "content"), fact_sheets(snapshot.pk, facts))
        MapSheet.objects.create(snapshot=snapshot, content=levels[-1].accounts)
        for figures in levels:
            write_level(snapshot, figures, since)
        if not requests.finish(request=request, snapshot=snapshot, now=now):
            raise ClaimLost
    return snapshot


def write_level(snapshot: Snapshot, figures: LevelFigures, since: Snapshot | None) -> None:
    """One level with its units, contested places and pairs."""
    result = figures.result
    alignment = result["alignment"]
    level = Level.objects.create(
        snapshot=snapshot,
        level=figures.level,
        units=len(result["units"]),
        alignment=alignment["alignment"],
        contested=alignment["contested"],
        blind=alignment["blind"],
        figures=figures_of_level(result),
        actions=[row for row in result["actions"] if row["action"] not in ACCOUNT_ACTIONS],
        trend=None if figures.trend is None or since is None else {**named(since), **figures.trend},
    )
    copy(
        Unit,
        ("level_id", "unit", "alignment", "weight", "contested", "position", "division", "parent", "row"),
        unit_rows(level.pk, figures),
    )
    copy(
        Touchpoint,
        ("level_id", "touchpoint", "units", "pairs", "weight", "alignment", "blind", "uncovered"),
        (
            (
                level.pk, row["touchpoint"], json.dumps(row["units"]), row["pairs"], row["weight"], row["alignment"],
                row["blind"], row["pairs"] * row["weight"] * (1 - (row["alignment"] or 0)),
            )
            for row in alignment["by_touchpoint"]
        ),
    )  # fmt: skip
    copy(
        Pair,
        ("level_id", "rank", "a", "b", "shared", "overlap", "coverage", "gap", "quadrant", "row", "places"),
        pair_rows(level.pk, result, figures.siblings),
    )
    copy(
        MapSheet,
        ("snapshot_id", "level_id", "below", "content"),
        ((snapshot.pk, level.pk, below, content) for below, content in figures.sheets),
    )


def named(since: Snapshot) -> dict[str, Any]:
    """Which snapshot a trend starts from."""
    return {"since": since.pk, "since_on": since.as_of.isoformat(), "since_at": since.published_at.isoformat()}


def figures_of_level(result: dict[str, Any]) -> dict[str, Any]:
    """The result without what has rows of its own, or is the same at every level."""
    alignment, silos, sprawl, benefits = (result[block] for block in ("alignment", "silos", "sprawl", "benefits"))
    return {
        "completeness": result["completeness"],
        "quadrants": result["quadrants"],
        "alignment": without(alignment, "by_unit", "by_touchpoint"),
        "silos": without(silos, "brokers"),
        "sprawl": without(sprawl, "by_unit", "flags", *AT_EVERY_LEVEL),
        "benefits": without(benefits, "grid"),
        "proposals": result["proposals"],
        "actions": result["action_counts"],
    }


def sprawl_of_all_levels(result: dict[str, Any]) -> dict[str, Any]:
    """What the level does not change; flags as lists of the accounts that carry them. Long lists are cut."""
    sprawl, flags = result["sprawl"], result["sprawl"]["flags"]
    kept = {
        **{block: sprawl[block][: KEPT.steps] for block in ("silent_objectives", "duplicates")},
        "removable": naming(sprawl["removable"], "covered_by"),
        "crowded": naming(sprawl["crowded"], "accounts"),
        "surplus": sprawl["surplus"],
    }
    return {
        **kept,
        "counts": {block: len(rows) for block, rows in sprawl.items() if block in kept and block != "surplus"},
        "actions": [row for row in result["actions"] if row["action"] in ACCOUNT_ACTIONS],
        "flags": {flag: [account for account, carried in flags.items() if carried[flag]] for flag in FLAGS},
    }


def naming(rows: list[dict[str, Any]], key: str) -> list[dict[str, Any]]:
    """The first rows, as long as they name no more accounts than are kept."""
    named = accumulate(len(row[key]) for row in rows)
    return [row for row, so_far in zip(rows, named, strict=True) if so_far <= KEPT_IDS]


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
            found.divisions[int(found.division[at])], figures.parents[unit], json.dumps(row),
        )  # fmt: skip


def pair_rows(level: int, result: dict[str, Any], siblings: Sequence[dict[str, Any]]) -> Iterator[tuple[Any, ...]]:
    """Pairs by rank, each with its meeting places; then the other ones that the map shows, without them."""
    action = {tuple(row["subject"]): row["action"] for row in result["actions"] if row["action"] in PAIR_ACTIONS}
    for rank, row in enumerate((*result["pairs"], *siblings), start=1):
        shared = row.get("touchpoints")
        kept = {
            **without(row, "touchpoints"),
            "count": row.get("count"),
            "action": action.get((row["a"], row["b"])),
        }
        yield (
            level, rank, row["a"], row["b"], row["shared"], row["overlap"], row["coverage"], row["gap"],
            row["quadrant"], json.dumps(kept),
            None if shared is None else json.dumps({"count": row["count"], "rows": shared}),
        )  # fmt: skip


def fact_sheets(snapshot: int, facts: Facts) -> Iterator[tuple[int, str, bytes]]:
    """The facts, cut by department, so that one department's evidence is read without the others'."""
    organisation, texts = facts.organisation, facts.texts
    by_id = {part: {row["id"]: at for at, row in enumerate(organisation[part])} for part in ("accounts", "objectives")}
    accounts_of: dict[str, set[int]] = {"": set(), **{row["id"]: set() for row in organisation["departments"]}}
    objectives_of: dict[str, set[int]] = {department: set() for department in accounts_of}
    channels: dict[int, list[int]] = {}
    for at, account in enumerate(organisation["accounts"]):
        serves = [by_id["objectives"][key] for key in account.get("objectives", ())]
        for objective in serves:
            channels.setdefault(objective, []).append(at)
        for department in account.get("departments") or [""]:
            accounts_of[department].add(at)
            objectives_of[department].update(serves)
    for at, objective in enumerate(organisation["objectives"]):
        for department in objective.get("departments") or [""]:
            objectives_of[department].add(at)
            accounts_of[department].update(channels.get(at, ()))
    named = {by_id["objectives"][key] for tie in organisation["ties"] for key in tie.get("objectives", ())}
    head = {"as_of": organisation["as_of"], "policy": organisation["policy"], "catalogue": organisation["catalogue"]}
    whole = {
        **{part: texts[part] for part in ("departments", "ties")},
        "objectives": picked(texts["objectives"], named),
    }
    yield snapshot, "*", packed({**whole, "accounts": []}, json.dumps(head)[1:-1] + ",")
    for department, mine in accounts_of.items():
        theirs = objectives_of[department]
        if mine or theirs:
            yield (
                snapshot,
                department,
                packed(
                    {"accounts": picked(texts["accounts"], mine), "objectives": picked(texts["objectives"], theirs)}
                ),
            )


def picked(texts: list[str], which: set[int]) -> list[str]:
    return [texts[at] for at in sorted(which)]


def packed(parts: dict[str, list[str]], head: str = "") -> bytes:
    """Lists of JSON texts as one compressed JSON object."""
    body = ",".join(f'"{part}":[{",".join(rows)}]' for part, rows in parts.items())
    return zlib.compress(f"{{{head}{body}}}".encode(), 1)


def copy(model: Any, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write many rows at once."""
    names = ", ".join(f'"{column}"' for column in columns)
    with (
        connection.cursor() as cursor,
        cursor.copy(f'COPY "{model._meta.db_table}" ({names}) FROM STDIN') as stream,
    ):
        for row in rows:
            stream.write_row(row)


def without(block: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in block.items() if key not in keys}
