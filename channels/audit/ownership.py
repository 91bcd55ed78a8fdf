"""Who answers for an account, and whether they are still there."""

from __future__ import annotations

from datetime import date

from channels.audit.facts import Account, Department, Detail, Given
from channels.audit.rule import Rule, day, named


def no_owner(account: Account, given: Given) -> Detail | None:
    """A running account beside which no department stands."""
    return {} if account.is_running and not account.departments else None


def owner_closed(account: Account, given: Given) -> Detail | None:
    """A running account whose first department is closed."""
    if not account.is_running or not account.departments:
        return None
    owner = given.departments[account.departments[0]]
    if owner.is_active:
        return None
    others = [given.departments[each].name for each in account.departments[1:] if given.departments[each].is_active]
    return {"owner": owner.name, "closed_on": owner.closed_on.isoformat() if owner.closed_on else "", "others": others}


def says_owner_closed(detail: Detail, today: date) -> str:
    closed = f"{detail['owner']}, which owns it, closed on {day(detail['closed_on'])}"
    if not detail["others"]:
        return f"{closed}; no active department answers for it."
    verb = "co-manages" if len(detail["others"]) == 1 else "co-manage"
    return f"{closed}; {named(detail['others'])} still {verb} it."


def no_contact(account: Account, given: Given) -> Detail | None:
    """A running account about which nobody can be asked."""
    return {} if account.is_reachable and not account.contact.strip() else None


def head_left(department: Department, given: Given) -> Detail | None:
    """An active department whose head or deputy may no longer log in."""
    return {"left": list(department.left)} if department.is_active and department.left else None


def says_head_left(detail: Detail, today: date) -> str:
    verb = "answers" if len(detail["left"]) == 1 else "answer"
    return f"{named(detail['left'])} {verb} for it but may no longer log in."


RULES = (
    Rule(
        "no-owner",
        "account",
        "high",
        "No owner",
        "Nobody answers what the account says, and nobody notices when its keys are lost or stolen.",
        "Find out who posts there, and make that department its owner; retire it if nobody does.",
        no_owner,
        lambda detail, today: "No department stands beside it.",
    ),
    Rule(
        "owner-closed",
        "account",
        "high",
        "Owner is closed",
        "The department that answered for it is gone, so its promises to the public are nobody's.",
        "Hand it to the department that took over the work, or retire it with a successor.",
        owner_closed,
        says_owner_closed,
    ),
    Rule(
        "no-contact",
        "account",
        "medium",
        "No contact",
        "When something goes wrong at night, nobody knows whom to call.",
        "Name a shared mailbox, better than a person: people leave.",
        no_contact,
        lambda detail, today: "No mailbox and no person is named for it.",
    ),
    Rule(
        "head-left",
        "department",
        "medium",
        "Head has left",
        "Reminders and approvals for the department's accounts go to somebody who doesn't read them any more.",
        "Make somebody else head or deputy.",
        head_left,
        says_head_left,
    ),
)
