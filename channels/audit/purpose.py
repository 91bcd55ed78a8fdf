"""What an account is for, and for whom."""

from __future__ import annotations

from datetime import date

from channels.audit.facts import Account, Detail, Given, Objective
from channels.audit.rule import Rule, count, day

NAMED = 3
"""So many ended objectives are named; the rest is a number."""


def no_objective(account: Account, given: Given) -> Detail | None:
    """A running account that serves no live objective, nor one that has ended: at best one that is yet to begin."""
    if not account.is_reachable:
        return None
    if not account.objectives:
        return {"coming": 0}
    if not given.live.isdisjoint(account.objectives) or not given.ended.isdisjoint(account.objectives):
        return None
    return {"coming": len(account.objectives)}


def says_no_objective(detail: Detail, today: date) -> str:
    if not detail["coming"]:
        return "It serves no stated objective."
    if detail["coming"] == 1:
        return "It serves no objective yet: the one that it names has not begun."
    return f"It serves no objective yet: none of the {detail['coming']} that it names has begun."


def objective_ended(account: Account, given: Given) -> Detail | None:
    """A running account that served objectives, none of which is live any more."""
    if not account.is_reachable or not account.objectives:
        return None
    if not given.live.isdisjoint(account.objectives) or given.ended.isdisjoint(account.objectives):
        return None
    ended = [given.objectives[each] for each in sorted(given.ended.intersection(account.objectives))]
    return {"objectives": [end_of(each, given.today) for each in ended[:NAMED]], "count": len(ended)}


def end_of(objective: Objective, today: date) -> Detail:
    """What an objective says and how it ended."""
    if objective.status in {"achieved", "dropped"}:
        how = objective.status
    elif objective.ends_on is not None and objective.ends_on < today:
        how = objective.ends_on.isoformat()
    else:
        how = "left"
    return {"id": objective.id, "statement": objective.statement, "how": how}


def says_objective_ended(detail: Detail, today: date) -> str:
    parts = []
    for each in detail["objectives"]:
        how = each["how"]
        ended = (
            f"was {how}"
            if how in {"achieved", "dropped"}
            else "has no active department"
            if how == "left"
            else f"ended on {day(how)}"
        )
        parts.append(f"“{each['statement']}” {ended}")
    if more := detail["count"] - len(parts):
        parts.append(f"{count(more, 'more')} ended, too" if more == 1 else f"{more} more ended, too")
    return f"{'; '.join(parts)}. It serves no live objective."


def no_audience(account: Account, given: Given) -> Detail | None:
    """A running account of which nobody said whom it speaks to, not even by default of its first department."""
    return {} if account.is_reachable and not account.has_audience else None


def no_market(account: Account, given: Given) -> Detail | None:
    """A running account that names no market although there are several: it counts as speaking everywhere."""
    if account.is_reachable and not account.has_market and given.markets > 1:
        return {"markets": given.markets}
    return None


RULES = (
    Rule(
        "no-objective",
        "account",
        "medium",
        "No objective",
        "Nobody can say what would be lost without it, so it can be neither improved nor ended with good reason.",
        "Link the objective that it serves, or ask its owner whether it is still needed.",
        no_objective,
        says_no_objective,
    ),
    Rule(
        "objective-ended",
        "account",
        "medium",
        "Objective has ended",
        "What it was opened for is over; it goes on out of habit.",
        "Give it a new objective, or retire it with a successor.",
        objective_ended,
        says_objective_ended,
    ),
    Rule(
        "no-audience",
        "account",
        "medium",
        "No audience",
        "Without it nobody sees which other departments speak to the same people.",
        "Say whom it speaks to, or give its department a usual audience.",
        no_audience,
        lambda detail, today: "Nobody said whom it speaks to.",
    ),
    Rule(
        "no-market",
        "account",
        "low",
        "No market",
        "It counts as speaking everywhere, and so as overlapping with everybody.",
        "Say where it speaks; if it is everywhere, choose the market that holds all others.",
        no_market,
        lambda detail, today: f"It names no market, so it counts as speaking in all {detail['markets']} of them.",
    ),
)
