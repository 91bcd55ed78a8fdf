"""Who holds the keys of an account."""

from __future__ import annotations

from datetime import date

from channels.audit.facts import Account, Detail, Given
from channels.audit.rule import Parameter, Rule, count


def few_holders(account: Account, given: Given) -> Detail | None:
    """A running account whose keys fewer named people hold than there should be."""
    least = given.values["few-holders"]["least"]
    if not account.is_reachable or account.holders.named >= least:
        return None
    return {"holders": account.holders.named, "least": least}


def says_few_holders(detail: Detail, today: date) -> str:
    have = detail["holders"]
    who = (
        "Nobody is named as holding its keys" if not have else f"{count(have, 'person', 'people')} alone holds its keys"
    )
    if have > 1:
        who = f"{have} people hold its keys"
    return f"{who}; at least {detail['least']} should."


def no_staff_holder(account: Account, given: Given) -> Detail | None:
    """A running account whose keys people hold, but none of ours."""
    holders = account.holders
    return {"holders": holders.named} if account.is_reachable and holders.named and not holders.staff else None


def says_no_staff_holder(detail: Detail, today: date) -> str:
    if detail["holders"] == 1:
        return "The one person who holds its keys is not of our staff."
    return f"None of the {detail['holders']} people who hold its keys is of our staff."


def holder_left(account: Account, given: Given) -> Detail | None:
    """A running account one of whose holders may no longer log in here, but was never released."""
    holders = account.holders
    return {"gone": holders.gone, "holders": holders.named} if account.is_reachable and holders.gone else None


def says_holder_left(detail: Detail, today: date) -> str:
    if detail["holders"] == 1:
        return "The one person who holds its keys may no longer log in here."
    return f"{detail['gone']} of the {detail['holders']} people who hold its keys may no longer log in here."


RULES = (
    Rule(
        "few-holders",
        "account",
        "medium",
        "Too few hold the keys",
        "One illness, one quarrel or one lost phone, and nobody gets in any more.",
        "Name a second person with access, one of them of our staff, and say in which vault the keys lie.",
        few_holders,
        says_few_holders,
        (Parameter("least", "People who should hold the keys", "people", 2, 1, 5, (1, 2, 3)),),
    ),
    Rule(
        "no-staff-holder",
        "account",
        "high",
        "Only outsiders hold the keys",
        "When the agency goes, the account goes with it.",
        "Give at least one named member of staff full access.",
        no_staff_holder,
        says_no_staff_holder,
    ),
    Rule(
        "holder-left",
        "account",
        "high",
        "Holder has left",
        "Somebody who no longer works here can still speak in our name.",
        "Change the password, take their access away, and release them as a holder here.",
        holder_left,
        says_holder_left,
    ),
)
