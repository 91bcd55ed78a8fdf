"""Agreements and working groups."""

from __future__ import annotations

from datetime import date

from channels.audit.facts import Detail, Given, Tie
from channels.audit.rule import Parameter, Rule, count, day, days_since


def runs(tie: Tie, today: date) -> bool:
    """METHOD 1.1: active and within its dates."""
    return tie.status == "active" and tie.ends_on >= today and (tie.starts_on is None or tie.starts_on <= today)


def tie_overdue(tie: Tie, given: Given) -> Detail | None:
    """An agreement that nobody ended or renewed by its day."""
    return {"ends_on": tie.ends_on.isoformat()} if tie.status == "active" and tie.ends_on < given.today else None


def group_too_large(tie: Tie, given: Given) -> Detail | None:
    """A running group of more departments than can work together."""
    most = given.values["group-too-large"]["most"]
    if tie.kind != "working_group" or not runs(tie, given.today) or tie.sides <= most:
        return None
    return {"departments": tie.sides, "most": most}


def group_without_objective(tie: Tie, given: Given) -> Detail | None:
    """A running group about nothing in particular, or about objectives none of which is live."""
    if tie.kind != "working_group" or not runs(tie, given.today):
        return None
    if not given.live.isdisjoint(tie.objectives):
        return None
    if not tie.objectives:
        return None if tie.has_filters else {"objectives": []}
    return {"objectives": [given.objectives[each].statement for each in sorted(tie.objectives)]}


def says_group_without_objective(detail: Detail, today: date) -> str:
    found = detail["objectives"]
    if not found:
        return "It states no objective, so it hardly counts as an agreement."
    if len(found) == 1:
        return f"“{found[0]}”, which it works on, is not live."
    return f"None of the {len(found)} objectives that it works on is live."


RULES = (
    Rule(
        "tie-overdue",
        "tie",
        "medium",
        "Agreement past its review",
        "It counts no more: what it covered stands open again.",
        "Ask its sides to renew or to end it.",
        tie_overdue,
        lambda detail, today: (
            f"It was to be reviewed or ended by {day(detail['ends_on'])}, {days_since(detail['ends_on'], today)} ago."
        ),
    ),
    Rule(
        "group-too-large",
        "tie",
        "low",
        "Group too large",
        "In large groups a few talk and nobody decides; it counts for less with each further department.",
        "Split it by objective, three to seven departments each.",
        group_too_large,
        lambda detail, today: (
            f"{count(detail['departments'], 'department')} belong to it; {detail['most']} can work together."
        ),
        (Parameter("most", "Departments that can work together", "departments", 7, 3, 30, (5, 7, 9, 12)),),
    ),
    Rule(
        "group-without-objective",
        "tie",
        "medium",
        "Group without objective",
        "A group about nothing meets until it no longer meets.",
        "Give it one objective, or end it.",
        group_without_objective,
        says_group_without_objective,
    ),
)
