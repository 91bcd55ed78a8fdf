"""What is missing: an account for an objective, a department's presence, a benefit that nobody works on."""

from __future__ import annotations

from datetime import date

from channels.audit.facts import Benefit, Department, Detail, Given, Objective
from channels.audit.rule import Rule, count


def objective_without_account(objective: Objective, given: Given) -> Detail | None:
    """A live objective that no running account serves."""
    return {} if objective.is_live(given.today) and not objective.accounts else None


def department_without_account(department: Department, given: Given) -> Detail | None:
    """An active department without a running account, here or below, that doesn't say why."""
    if not department.is_active or department.has_accounts or department.no_account_reason.strip():
        return None
    return {}


def benefit_not_staffed(benefit: Benefit, given: Given) -> Detail | None:
    """A benefit for which no running account works."""
    return None if benefit.staffed else {"declared": benefit.declared}


def says_benefit_not_staffed(detail: Detail, today: date) -> str:
    declared = detail["declared"]
    if not declared:
        return "No department has an objective for it."
    verb = "names" if declared == 1 else "name"
    return (
        f"{count(declared, 'objective')} {verb} it, but no account serves {'it' if declared == 1 else 'any of them'}."
    )


RULES = (
    Rule(
        "objective-without-account",
        "objective",
        "medium",
        "Objective without account",
        "What nobody says anywhere is not pursued.",
        "Borrow an account that already reaches these people; open one only if there is none.",
        objective_without_account,
        lambda detail, today: "No running account serves it.",
    ),
    Rule(
        "department-without-account",
        "department",
        "low",
        "Department without account",
        "Either its accounts are not on the map yet, or it has a reason worth knowing.",
        "Register its accounts, or say why it needs none.",
        department_without_account,
        lambda detail, today: "It runs no account, here or below, and doesn't say why.",
    ),
    Rule(
        "benefit-not-staffed",
        "benefit",
        "low",
        "Benefit nobody works on",
        "Something that social media is good for, and nobody here does it.",
        "Ask who could; give that department an objective and an account.",
        benefit_not_staffed,
        says_benefit_not_staffed,
    ),
)
