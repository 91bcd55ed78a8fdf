"""Too many at one place, and those that could go. What stands where is for the report's engine to say (METHOD 1.7)."""

from __future__ import annotations

from datetime import date

from channels.audit.facts import Account, Detail, Given, Place
from channels.audit.rule import Parameter, Rule, count, named


def crowded(place: Place, given: Given) -> Detail | None:
    """A place where as many accounts stand as make a crowd."""
    limit = given.values["crowded"]["accounts"]
    if place.accounts < limit:
        return None
    return {"name": place.name, "accounts": place.accounts, "limit": limit}


def says_crowded(detail: Detail, today: date) -> str:
    return (
        f"{count(detail['accounts'], 'account')} speak to {detail['name']}; "
        f"{count(detail['limit'], 'account')} are a crowd."
    )


def removable(account: Account, given: Given) -> Detail | None:
    """An account every place and purpose of which others keep."""
    if not account.is_running or account.takers is None:
        return None
    first = account.takers.first
    return {"takers": [{"id": each.id, "name": each.name} for each in first], "count": account.takers.total}


def says_removable(detail: Detail, today: date) -> str:
    if not detail["takers"]:
        return "Others keep every place and purpose that it serves."
    who = named([each["name"] for each in detail["takers"]], detail["count"])
    return f"{who} {'keeps' if detail['count'] == 1 else 'keep'} every place and purpose that it serves."


RULES = (
    Rule(
        "crowded",
        "place",
        "medium",
        "Crowded place",
        "The same people meet several of our accounts on one platform, and must guess which one is theirs.",
        "Agree who speaks there, and merge or retire the others.",
        crowded,
        says_crowded,
        (Parameter("accounts", "Accounts that are a crowd", "accounts", 3, 3, 50, (3, 4, 5, 8, 12)),),
        handed=True,
    ),
    Rule(
        "removable",
        "account",
        "low",
        "Could be merged",
        "Nobody would lose a place or a purpose. Dormant accounts count too, which the report lists under “Retire”.",
        "Merge it into the accounts named, with a successor and a notice.",
        removable,
        says_removable,
        handed=True,
    ),
)
