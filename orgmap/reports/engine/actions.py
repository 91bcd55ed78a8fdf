"""Findings turned into next steps, one row each. METHOD section 5, in the order of its table."""

from collections.abc import Iterable
from itertools import product
from typing import Any

from .organisation import Organisation
from .prepared import Prepared

Row = dict[str, Any]
BORROW_FROM = 50


def actions(prepared: Prepared, result: dict[str, Any]) -> list[Row]:
    """The block `actions`. Rows: action, subject (ids), because (words or ids), value (points or gap, else None)."""
    organisation = prepared.organisation
    return [
        *_groups(result["proposals"]),
        *_pairs(result["pairs"], result["proposals"]),
        *_handles(result["sprawl"]["duplicates"]),
        *_accounts(result["sprawl"]),
        *_objectives(result["sprawl"]["silent_objectives"], organisation),
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


def _pairs(pairs: list[Row], proposals: list[Row]) -> Iterable[Row]:
    """Left hand, right hand: one owner, a joint objective or a hand-off, unless a proposed group holds both."""
    grouped = [set(group["members"]) for group in proposals]
    for pair in pairs:
        both = {pair["a"], pair["b"]}
        if pair["quadrant"] != "left_right_hand" or any(both <= group for group in grouped):
            continue
        uncovered = [place["touchpoint"] for place in pair["touchpoints"] if place["coverage"] < 1]
        if pair["one_owner"]:
            action = "one_owner"
        elif any(place.startswith("purpose|") for place in uncovered):
            action = "joint_objective"
        else:
            action = "hand_off"
        yield row(action, (pair["a"], pair["b"]), uncovered, pair["gap"])


def _handles(duplicates: list[list[str]]) -> Iterable[Row]:
    for kind, first, second in duplicates:
        yield row("fix_duplicate" if kind == "duplicate" else "check_lookalike", (first, second), kind)


def _accounts(sprawl: Row) -> Iterable[Row]:
    flags = sprawl["flags"]
    dormant = [account for account, flag in flags.items() if flag["dormant"]]
    for account in dormant:
        if flags[account]["no_objective"]:
            yield row("retire", [account], "dormant and serves no objective")
        else:
            yield row("revive_or_retire", [account], "dormant, yet serves an objective")
    for found in sprawl["removable"]:
        if not flags[found["account"]]["dormant"]:
            subject = (found["account"], *found["covered_by"])
            yield row("merge", subject, "every place and purpose it serves is already served")
    for account, flag in flags.items():
        if flag["no_objective"] and not flag["dormant"]:
            yield row("give_objective", [account], "serves no objective")
        if flag["orphan"]:
            yield row("name_owner", [account], "no active department or no contact answers for it")
        if flag["unplaced"]:
            yield row("place", [account], "no audience recorded")


def _objectives(silent: list[str], organisation: Organisation) -> Iterable[Row]:
    """A live objective without channel borrows an account that reaches its people, else opens one."""
    here: dict[tuple[str, str], list[str]] = {}
    for account in organisation.visible if silent else ():
        for place in product(account.audiences, account.markets):
            here.setdefault(place, []).append(account.id)
    for key in silent:
        wanted = organisation.objectives[key]
        there = (here.get(place, [])[:BORROW_FROM] for place in product(wanted.audiences, wanted.markets))
        reaching = sorted(set().union(*there))[:BORROW_FROM]
        yield row("borrow_channel" if reaching else "open_channel", [key], reaching)


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
