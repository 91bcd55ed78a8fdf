"""Findings turned into next steps, one row each. METHOD section 5, in the order of its table."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from orgmap.reports.steps import unpacked

from .bounds import Bounds
from .pair_rows import shared_places
from .prepared import Prepared
from .touchpoints import PURPOSE

Row = dict[str, Any]


def actions(prepared: Prepared, result: dict[str, Any], bounds: Bounds | None = None) -> list[Row]:
    """The block `actions`. Rows: action, subject (ids), because (words or ids), value (points or gap, else None).

    With bounds without the steps that no level changes (`Common.steps`).
    """
    return [
        *_groups(result["proposals"]),
        *_pairs(result["pairs"], result["proposals"], prepared, None if bounds is None else bounds.places),
        *(unpacked(prepared.common.steps[0]) if bounds is None else ()),
        *_ties(prepared),
        *_benefits(result["benefits"]["by_benefit"]),
    ]


def row(action: str, subject: Iterable[str], because: Any, value: float | None = None) -> Row:
    """One step."""
    return {"action": action, "subject": list(subject), "because": because, "value": value}


def _groups(proposals: list[Row]) -> Iterable[Row]:
    for group in proposals:
        because = {key: group[key] for key in ("benefit", "audience", "lead", "objectives")}
        yield row("form_group", group["members"], because, group["gain"])


def _pairs(pairs: list[Row], proposals: list[Row], prepared: Prepared, most: int | None) -> Iterable[Row]:
    """Left hand, right hand: one owner, a joint objective or a hand-off, unless a proposed group holds both."""
    grouped = [set(group["members"]) for group in proposals]
    where, index = prepared.footprints.places, prepared.units.index
    partial = np.append(prepared.tied.ranking.left > 0, True)  # -1 is the last
    for pair in pairs:
        both = {pair["a"], pair["b"]}
        if pair["quadrant"] != "left_right_hand" or any(both <= group for group in grouped):
            continue
        shared = shared_places(prepared, index[pair["a"]], index[pair["b"]])
        uncovered = shared.place[partial[shared.rank]]
        if pair["one_owner"]:
            action = "one_owner"
        elif (where.kind[uncovered] == PURPOSE).any():
            action = "joint_objective"
        else:
            action = "hand_off"
        because = [where.names[place] for place in uncovered[:most].tolist()]
        yield row(action, (pair["a"], pair["b"]), because, pair["gap"])


def _ties(prepared: Prepared) -> Iterable[Row]:
    """Groups too large to work, and groups or hand-offs about nothing."""
    cap = prepared.organisation.policy.group_cap
    for tie in prepared.ties:
        if tie.kind == "working_group" and len(tie.members) > cap:
            yield row("split_group", [tie.id], f"{len(tie.members)} departments, more than {cap}")
        if tie.kind in ("working_group", "hand_off") and not tie.scoped:
            yield row("focus_tie", [tie.id], "names no objective, audience, market, platform or benefit")


def _benefits(by_benefit: Row) -> Iterable[Row]:
    for benefit, found in by_benefit.items():
        if found["state"] == "gap":
            yield row("benefit_gap", [benefit], [])
        elif found["state"] == "declared":
            yield row("benefit_declared", [benefit], found["units"])
