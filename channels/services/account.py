"""One account: change it, retire it, bring it back, delete what never was."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from channels.models import Account
from departments.models import Audience, Department, Market, Objective
from departments.services.lists import set_list, set_sides
from orgmap.core.editing import set_fields, take
from orgmap.core.errors import DomainError
from orgmap.history.services import because

if TYPE_CHECKING:
    from orgmap.users.models import User


class AlreadyRetired(DomainError):
    """Someone retired the account first."""


class CannotRetire(DomainError):
    """The account can't be followed by the one that was named."""


class CannotDelete(DomainError):
    """Something hangs on the account."""


@transaction.atomic
def change_account(
    *,
    by: User | None,
    account: Account,
    version: int | None,
    departments: Sequence[Department] | None = None,
    audiences: Sequence[Audience] | None = None,
    markets: Sequence[Market] | None = None,
    objectives: Sequence[Objective] | None = None,
    reason: str = "",
    **fields: object,
) -> Account:
    """Change the words of an account's sentence and its facts. Lists that are not given stay as they are.

    Raises EditConflict when somebody changed the account after ``version``. Forms go by fields instead: see
    `orgmap.core.edit_form`.
    """
    with because(by=by, reason=reason):
        account = take(Account.objects.all(), account.pk, version)
        set_fields(account, fields)
        if departments is not None:
            set_sides(account.sides, departments)
        for manager, wanted in (
            (account.audiences, audiences),
            (account.markets, markets),
            (account.objectives, objectives),
        ):
            if wanted is not None:
                set_list(manager, wanted)
    return account


@transaction.atomic
def start_account(*, by: User, account: Account, status: str, reason: str = "") -> Account:
    """Let a planned account begin, wake a dormant one, or say that one only is planned or sleeps."""
    with because(by=by, reason=reason):
        account = take(Account.objects.all(), account.pk, None)
        if account.status == Account.Status.RETIRED:
            raise AlreadyRetired(f"{account} is retired. Bring it back first.")
        set_fields(account, {"status": status})
    return account


@transaction.atomic
def retire_account(*, by: User, account: Account, on: date, reason: str, successor: Account | None = None) -> Account:
    """Take an account out of service; its history stays, and with a successor people learn where to turn."""
    with because(by=by, reason=reason):
        account = take(Account.objects.all(), account.pk, None)
        if account.status == Account.Status.RETIRED:
            raise AlreadyRetired(f"{account} was already retired. Reload the page to see by whom.")
        if successor is not None and successor.pk == account.pk:
            raise CannotRetire(f"{account} cannot follow itself. Name another account, or none.")
        if successor is not None and successor.status == Account.Status.RETIRED:
            raise CannotRetire(f"{successor} is retired itself. Name an account that runs, or none.")
        retired = {"status": Account.Status.RETIRED, "retired_on": on, "retired_reason": reason, "successor": successor}
        set_fields(account, retired)
    return account


@transaction.atomic
def revive_account(*, by: User, account: Account, reason: str = "") -> Account:
    """Bring a retired account back."""
    with because(by=by, reason=reason):
        account = take(Account.objects.all(), account.pk, None)
        if account.status != Account.Status.RETIRED:
            raise DomainError(f"{account} is not retired. Reload the page to see what it is.")
        back: dict[str, object] = {
            "status": Account.Status.ACTIVE,
            "retired_on": None,
            "retired_reason": "",
            "successor": None,
        }
        set_fields(account, back)
    return account


def hanging_on(account: Account) -> list[str]:
    """What would be lost or left without its other end if the account were deleted."""
    found = [f"it is the successor of {other}" for other in account.predecessors.order_by("handle_key", "pk")[:5]]
    found += [f"it serves “{objective}”" for objective in account.objectives.order_by("statement", "pk")[:5]]
    found += [f"{side.department} co-manages it" for side in account.sides.filter(position__gt=0).order_by("position")]
    if account.closings.filter(state="planned").exists():
        found.append("it is being closed by a plan")
    for count, one, many in (
        (account.metrics.count(), "figure", "figures"),
        (account.holders.count(), "named holder", "named holders"),
        (account.suggestions.filter(state="waiting").count(), "waiting suggestion", "waiting suggestions"),
    ):
        if count:
            found.append(f"{count:,} {one if count == 1 else many}")
    return found


@transaction.atomic
def delete_account(*, by: User, account: Account, reason: str = "") -> None:
    """Delete an account that was put on the map by mistake. One that ran is retired instead."""
    with because(by=by, reason=reason):
        account = take(Account.objects.all(), account.pk, None)
        if hanging := hanging_on(account):
            raise CannotDelete(
                f"{account} cannot be deleted: {'; '.join(hanging)}. Take these away first, or retire it."
            )
        account.delete()
