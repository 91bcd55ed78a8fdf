"""Whether an address or a handle is one of ours: what anyone outside may learn."""

import re
from dataclasses import dataclass
from typing import Literal

from channels.confirming import NOT_CONFIRMED, unconfirmed
from channels.models import Account
from channels.platforms import PLATFORMS, is_called, keys_called, recognise
from channels.querysets import AccountQuerySet
from channels.search import fold

LONGEST = 2_000
MOST = 50
HANDLE = re.compile(r"@?\w(?:[\w.\-]{0,98}\w)?")
PLATFORM_NAMES = {spec.id: spec.name for spec in PLATFORMS}

Outcome = Literal["ours", "retired", "unknown", "not_an_account"]


@dataclass(frozen=True)
class Answer:
    """What anyone may know about an address: an account that isn't public is answered as an unknown one."""

    outcome: Outcome
    platform: str = ""
    handle: str = ""
    name: str = ""
    department: str = ""
    language: str = ""
    address: str = ""
    successor: str = ""
    """The account to which people turn instead of a retired one."""
    confirmed: bool = True
    """Whether anybody put it on the map by hand or attested it: else "ours" only means that a list has it."""
    note: str = ""
    """What to say of it beside the outcome."""


def asked_about() -> AccountQuerySet:
    """The accounts that outsiders may ask about, also those that were retired."""
    found = Account.objects.filter(is_public=True).exclude(status=Account.Status.PLANNED)
    return found.select_related("platform", "successor__platform").prefetch_related("sides__department")


def answer(text: str) -> Answer:
    """Whether the address names an account of ours that outsiders may ask about."""
    named = recognise(text)
    if not named.platform or not named.handle:
        return Answer("not_an_account")
    account = asked_about().filter(platform__code=named.platform, handle_key=named.key).order_by("pk").first()
    if account is None:
        return Answer("unknown", PLATFORM_NAMES.get(named.platform, named.platform), named.handle)
    return standing(account, unconfirmed([account]))


@dataclass(frozen=True)
class Called:
    """A handle without a platform, and what is known of our accounts that have it."""

    handle: str
    accounts: list[Answer]


def called(text: str) -> Called | None:
    """Our accounts with a handle, by platform; None for a text that is no handle."""
    if not HANDLE.fullmatch(text):
        return None
    handle = text.lstrip("@")
    rows = {row.pk: row for row in asked_about().filter(handle_key__in=keys_called(handle))[:MOST]}
    if len(plain := fold(handle)) > 2:
        on_servers = asked_about().filter(platform__code="mastodon", search_text__startswith=f"{plain}@")
        rows |= {row.pk: row for row in on_servers[:MOST]}
    found = [row for row in rows.values() if is_called(row.platform.code, row.handle_key, handle)]
    found.sort(key=lambda row: (row.status == Account.Status.RETIRED, row.platform.name, row.pk))
    doubtful = unconfirmed(found)
    return Called(handle, [standing(row, doubtful) for row in found])


def standing(account: Account, doubtful: set[int]) -> Answer:
    """What anyone may know of an account that outsiders may ask about."""
    if account.status == Account.Status.RETIRED:
        next_one = account.successor
        known = next_one is not None and next_one.is_public and next_one.status != Account.Status.PLANNED
        turn_to = f"{next_one} on {next_one.platform}" if next_one and known else ""
        return Answer("retired", account.platform.name, account.handle, successor=turn_to)
    owner = min(account.sides.all(), key=lambda side: (side.position, side.pk), default=None)
    return Answer(
        "ours",
        account.platform.name,
        account.handle,
        account.name,
        owner.department.name if owner else "",
        account.language,
        account.address,
        confirmed=account.pk not in doubtful,
        note=NOT_CONFIRMED if account.pk in doubtful else "",
    )


def asked_of(text: str) -> str:
    """What somebody typed, made harmless."""
    return text.replace("\x00", "").strip()[:LONGEST]
