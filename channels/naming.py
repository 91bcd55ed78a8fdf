"""What two records are called where one speaks of both: by handle, and where those are equal by what differs."""

from __future__ import annotations

from collections.abc import Callable

from channels.models import Account


def told_apart(one: Account, other: Account) -> tuple[str, str]:
    """Names by which somebody knows which of the two is meant: "acme (page)" and "acme (group)"."""
    for way in WAYS:
        names = way(one), way(other)
        if names[0].casefold() != names[1].casefold():
            return names
    return f"{one} (number {one.pk})", f"{other} (number {other.pk})"


def placed(name: str, account: Account) -> str:
    """Such a name with the platform."""
    return name if name.endswith(f" on {account.platform}") else f"{name} on {account.platform}"


def owner(account: Account) -> str:
    side = account.sides.filter(position=0).select_related("department").first()
    return side.department.name if side else "no owner"


def bare(address: str) -> str:
    """An address as people say it."""
    return address.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")


def are_two_kinds(one: Account, other: Account) -> bool:
    """Whether two of one name are a page and a group, say: perhaps both are wanted."""
    return one.platform_id == other.platform_id and one.kind != other.kind


WAYS: tuple[Callable[[Account], str], ...] = (
    str,
    lambda account: f"{account} on {account.platform}",
    lambda account: f"{account} ({account.kind})",
    lambda account: f"{account} ({bare(account.address) or 'no address'})",
    lambda account: f"{account} ({owner(account)})",
)
"""From the shortest to the longest."""
