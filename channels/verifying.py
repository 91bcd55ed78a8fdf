"""Whether an address is one of ours: what anyone outside may learn."""

from dataclasses import dataclass
from typing import Literal

from channels.models import Account
from channels.platforms import PLATFORMS, recognise

LONGEST = 2_000
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


def answer(text: str) -> Answer:
    """Whether the address names an account of ours that outsiders may ask about."""
    named = recognise(text)
    if not named.platform or not named.handle:
        return Answer("not_an_account")
    account = (
        Account.objects.filter(platform__code=named.platform, handle_key=named.key, is_public=True)
        .exclude(status=Account.Status.PLANNED)
        .select_related("platform", "successor__platform")
        .order_by("pk")
        .first()
    )
    if account is None:
        return Answer("unknown", PLATFORM_NAMES.get(named.platform, named.platform), named.handle)
    if account.status == Account.Status.RETIRED:
        next_one = account.successor
        known = next_one is not None and next_one.is_public and next_one.status != Account.Status.PLANNED
        turn_to = f"{next_one} on {next_one.platform}" if next_one and known else ""
        return Answer("retired", account.platform.name, account.handle, successor=turn_to)
    owner = account.sides.select_related("department").order_by("position", "pk").first()
    return Answer(
        "ours",
        account.platform.name,
        account.handle,
        account.name,
        owner.department.name if owner else "",
        account.language,
        account.address,
    )


def asked_of(text: str) -> str:
    """What somebody typed, made harmless."""
    return text.replace("\x00", "").strip()[:LONGEST]
