"""Names and addresses: the same twice, nearly the same, or not what they say."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from operator import itemgetter

from channels.audit.facts import Account, Detail, Given, Other
from channels.audit.rule import Parameter, Rule, named
from channels.platforms import PLATFORMS, address_of, handle_key, recognise

NAMED = 5


def duplicate(account: Account, given: Given) -> Detail | None:
    """A running account whose handle an earlier one of the same platform has, too."""
    return pairing([each for each in account.others if each.is_same]) if account.others else None


def look_alike(account: Account, given: Given) -> Detail | None:
    """A running account whose handle could be mistaken for that of an earlier one of the same platform."""
    if not account.others:
        return None
    least = given.values["look-alike"]["letters"]
    return pairing([each for each in account.others if not each.is_same and each.letters >= least])


def pairing(others: list[Other]) -> Detail | None:
    if not others:
        return None
    known = sorted(others, key=itemgetter(0))
    return {
        "others": [{"id": each.id, "name": each.name} for each in known[:NAMED]],
        "count": len(known),
        "ids": [each.id for each in known],
    }


def label_contradicts(account: Account, given: Given) -> Detail | None:
    """A running account whose address is that of another platform or of another handle."""
    if not account.is_running or is_canonical(account, given):
        return None
    found = recognise(account.address, more=given.more)
    if found.platform is None or (found.platform == account.platform and found.handle is None):
        return None
    if found.platform == account.platform and (
        found.key is None or found.key in {handle_key(account.platform, account.handle, account.kind), account.handle}
    ):
        return None
    return {
        "says": account.handle,
        "on": account.platform_name,
        "address": account.address,
        "platform": "" if found.platform == account.platform else platform_name(found.platform, given),
        "handle": found.handle or "",
    }


def platform_name(code: str, given: Given) -> str:
    return next((spec.name for spec in (*PLATFORMS, *given.more) if spec.id == code), code)


def says_label_contradicts(detail: Detail, today: date) -> str:
    where = f" on {detail['platform']}" if detail["platform"] else ""
    whose = f"“{detail['handle']}”{where}" if detail["handle"] else f"no account{where}"
    return (
        f"It is kept as “{detail['says']}” on {detail['on']}, but its address {detail['address']} is that of {whose}."
    )


def not_canonical(account: Account, given: Given) -> Detail | None:
    """A running account whose address leads to it, but is not written the one way that can be compared."""
    if not account.is_reachable or is_canonical(account, given):
        return None
    usual = address_of(account.platform, account.handle, account.kind, more=given.more)
    if usual is None:
        found = recognise(account.address, more=given.more)
        usual = found.url if found.platform == account.platform else None
    if usual is None or usual == account.address or label_contradicts(account, given) is not None:
        return None
    return {"address": account.address, "canonical": usual}


def is_canonical(account: Account, given: Given) -> bool:
    """Whether its address, if it has any, is the one that platform and handle make."""
    if not account.address:
        return True
    before, after = frame(account.platform, account.kind)
    if account.address == f"{before}{account.handle}{after}" and before:
        return True
    return account.address == address_of(account.platform, account.handle, account.kind, more=given.more)


@lru_cache(maxsize=512)
def frame(platform: str, kind: str) -> tuple[str, str]:
    """What stands before and after an ordinary handle in a canonical address: many are compared with it."""
    made = address_of(platform, "handle0handle", kind)
    before, found, after = (made or "").partition("handle0handle")
    return (before, after) if found else ("", "")


LETTERS = Parameter("letters", "Letters of a handle that can be mistaken", "letters", 6, 6, 30, (6, 8, 10, 12))
RULES = (
    Rule(
        "duplicate",
        "account",
        "high",
        "Same account twice",
        "Each of the two records is wrong about the other, and counts count it twice.",
        "Merge the two records, and choose which value of each field is right.",
        duplicate,
        lambda detail, today: f"{listed(detail)} {'has' if detail['count'] == 1 else 'have'} the same handle.",
        handed=True,
    ),
    Rule(
        "look-alike",
        "account",
        "medium",
        "Looks like another account",
        "Visitors can't tell them apart; one may be an impostor, a stray or a slip of the pen.",
        "Look at both: merge, retire one, report an impostor, or waive if both are wanted.",
        look_alike,
        lambda detail, today: f"It could be mistaken for {listed(detail)}.",
        (LETTERS,),
        handed=True,
    ),
    Rule(
        "label-contradicts",
        "account",
        "high",
        "Address contradicts the handle",
        "Either the map or the link on our own pages sends people to the wrong place.",
        "Open the address, and correct whichever of the two is wrong.",
        label_contradicts,
        says_label_contradicts,
    ),
    Rule(
        "address-not-canonical",
        "account",
        "low",
        "Address not in canonical form",
        "Two spellings of one address hide that they are one account.",
        "Take the canonical address over.",
        not_canonical,
        lambda detail, today: f"Its address {detail['address']} is usually written {detail['canonical']}.",
    ),
)


def listed(detail: Detail) -> str:
    return named([each["name"] for each in detail["others"]], detail["count"])
