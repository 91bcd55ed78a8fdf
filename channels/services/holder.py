"""Who holds the keys of an account. Names only: a password is kept nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from channels.models import Account, Holder
from orgmap.core.editing import set_fields, take
from orgmap.core.errors import DomainError
from orgmap.history.services import because

if TYPE_CHECKING:
    from orgmap.users.models import User


class HoldsAlready(DomainError):
    """One person is named once, else two would seem to hold the keys."""


@transaction.atomic
def add_holder(*, by: User, account: Account, is_primary: bool = False, **fields: object) -> Holder:
    """Name somebody who holds the keys; the first to ask is one person, so an earlier one steps back."""
    with because(by=by):
        account = take(Account.objects.all(), account.pk, None)
        refuse_second(account, fields)
        if is_primary:
            step_back(account)
        holder = Holder(account=account, is_primary=is_primary, **fields)
        holder.full_clean()
        holder.save()
    return holder


@transaction.atomic
def change_holder(*, by: User, holder: Holder, **fields: object) -> Holder:
    """Correct what is said about a holder."""
    with because(by=by):
        account = take(Account.objects.all(), holder.account_id, None)
        holder = take(Holder.objects.all(), holder.pk, None)
        if fields.get("is_primary") and not holder.is_primary:
            step_back(account)
        set_fields(holder, fields)
    return holder


@transaction.atomic
def release_holder(*, by: User, holder: Holder, on: date) -> Holder:
    """Note that somebody no longer holds the keys."""
    with because(by=by):
        holder = take(Holder.objects.all(), holder.pk, None)
        set_fields(holder, {"left_on": on, "is_primary": False})
    return holder


def refuse_second(account: Account, fields: Mapping[str, object]) -> None:
    """Known by their way in or their mail address; two people may have one name."""
    same = Q(user=fields["user"]) if fields.get("user") else Q()
    same |= Q(email__iexact=fields["email"]) if fields.get("email") else Q()
    known = account.holders.filter(same, left_on=None).first() if same else None
    if known is not None:
        raise HoldsAlready(f"{known} holds the keys of {account} already. Change what is said there, or name another.")


def step_back(account: Account) -> None:
    for first in account.holders.filter(is_primary=True, left_on=None):
        set_fields(first, {"is_primary": False})
