"""A snapshot is written whole, in one transaction, or not at all."""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from math import isnan
from typing import Any

import numpy as np
from django.db import transaction
from django.utils import timezone

from orgmap.reports.engine import Prepared, contested
from orgmap.reports.engine.findings import FLAGS
from orgmap.reports.facts import Facts
from orgmap.reports.models import FactSheet, Level, MapSheet, Pair, RollupRequest, Snapshot, Touchpoint, Unit
from orgmap.reports.services import requests
from orgmap.reports.services.figures import KEPT, LevelFigures, parent_unit
from orgmap.reports.services.lines import copy, lines, text
from orgmap.reports.steps import STEPS, packed

PAIR_ACTIONS = ("one_owner", "joint_objective", "hand_off")
AT_EVERY_LEVEL = ("crowded", "surplus", "removable", "silent_objectives", "duplicates")


class ClaimLost(Exception):
    """Another worker took the request over; its figures count."""


def publish(
    *, request: RollupRequest, facts: Facts, levels: Iterable[LevelFigures], since: Snapshot | None
) -> Snapshot:
    """Publish figures of facts, level by level as they come. Until this commits, the last snapshot stands."""
    with transaction.atomic():
        snapshot = Snapshot.objects.create(
            as_of=facts.as_of,
            collected_at=facts.collected_at,
            checked_at=facts.collected_at,
            published_at=facts.collected_at,
            seen=facts.seen,
            input_hash=facts.input_hash,
            policy={},
            catalogue_version=facts.catalogue_version,
        )
        FactSheet.objects.create(snapshot=snapshot, content=facts.timeless.to_bytes())
        policy: dict[str, Any] = {}
        sprawl: dict[str, Any] = {}
        for figures in levels:
            write_level(snapshot, figures, since)
            policy, sprawl = figures.result["policy"], sprawl or sprawl_of_all_levels(figures)
            del figures  # or it would stay while the next one is computed
        now = timezone.now()
        Snapshot.objects.filter(pk=snapshot.pk).update(
            policy=policy,
            sprawl=sprawl,
            published_at=now,
            seconds=max((now - facts.collected_at).total_seconds(), 0),
        )
        snapshot.refresh_from_db()
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
        unit_ids=result["units"],
        alignment=alignment["alignment"],
        contested=alignment["contested"],
        blind=alignment["blind"],
        figures=figures_of_level(figures),
        actions=[
            {**row, "because": []} if row["action"] in PAIR_ACTIONS else row
            for row in result["actions"]
            if row["action"] not in STEPS
        ],
        trend=None if figures.trend is None or since is None else {**named(since), **figures.trend},
    )
    copy(
        Unit,
        ("level_id", "unit", "alignment", "weight", "contested", "position", "division", "parent", "row"),
        lines(unit_rows(level.pk, figures)),
    )
    copy(
        Touchpoint,
        ("level_id", "touchpoint", "units", "pairs", "weight", "alignment", "blind", "uncovered"),
        touchpoint_lines(level.pk, figures.prepared),
    )
    copy(
        Pair,
        ("level_id", "rank", "a", "b", "shared", "overlap", "coverage", "gap", "quadrant", "row", "places"),
        lines(pair_rows(level.pk, result, figures.siblings)),
    )
    copy(
        MapSheet,
        ("snapshot_id", "level_id", "below", "content"),
        lines((snapshot.pk, level.pk, below, content) for below, content in figures.sheets),
    )
    if figures.accounts is not None:
        MapSheet.objects.create(snapshot=snapshot, content=figures.accounts)


def touchpoint_lines(level: int, prepared: Prepared) -> Iterator[str]:
    """Every contested place; who stands there as numbers. Tens of thousands at each level: written without detours."""
    found, names = contested(prepared), prepared.footprints.places.names
    numbers = [str(unit) for unit in range(len(prepared.units.ids))]
    holders = [numbers[unit] for unit in found.holders.values.tolist()]
    uncovered = found.pairs * found.weight * (1 - np.nan_to_num(found.index))
    starts = found.holders.starts.tolist()
    rows = zip(
        found.touchpoint.tolist(), starts[:-1], starts[1:], found.pairs.tolist(), found.weight.tolist(),
        found.index.tolist(), found.blind.tolist(), uncovered.tolist(), strict=True,
    )  # fmt: skip
    for touchpoint, start, stop, pairs, weight, index, blind, left in rows:
        units, share = ",".join(holders[start:stop]), "\\N" if isnan(index) else repr(index)
        yield (f"{level}\t{text(names[touchpoint])}\t{{{units}}}\t{pairs}\t{weight!r}\t{share}\t{blind:d}\t{left!r}\n")


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
        "sprawl": without(sprawl, "by_unit", *AT_EVERY_LEVEL),
        "benefits": without(benefits, "grid"),
        "proposals": result["proposals"],
        "actions": result["action_counts"],
    }


def sprawl_of_all_levels(figures: LevelFigures) -> dict[str, Any]:
    """What the level does not change; flags as lists of the accounts that carry them. Long lists are cut."""
    sprawl, findings = figures.result["sprawl"], figures.prepared.common.findings
    ids = figures.prepared.organisation.account_ids
    kept = {
        **{block: sprawl[block][: KEPT.steps] for block in ("silent_objectives", "duplicates")},
        "removable": naming(sprawl["removable"], "covered_by"),
        "crowded": naming(sprawl["crowded"], "accounts"),
        "surplus": sprawl["surplus"],
    }
    return {
        **kept,
        "counts": {block: len(rows) for block, rows in sprawl.items() if block in kept and block != "surplus"},
        "actions": packed(row for row in figures.result["actions"] if row["action"] in STEPS),
        "flags": {flag: ids[findings.carrying(flag)].tolist() for flag in FLAGS},
    }


def naming(rows: list[dict[str, Any]], key: str) -> list[dict[str, Any]]:
    """The first rows, as long as they name no more accounts than are kept."""
    named = accumulate(len(row[key]) for row in rows)
    return [row for row, so_far in zip(rows, named, strict=True) if row[key] and so_far <= KEPT.ids]


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


def without(block: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in block.items() if key not in keys}
