"""Who holds the keys of an account. Names only: a password is kept nowhere."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from channels.models import Account, Holder
from orgmap.core.editing import set_fields, take
from orgmap.history.services import because

if TYPE_CHECKING:
    from orgmap.users.models import User


@transaction.atomic
def add_holder(*, by: User, account: Account, is_primary: bool = False, **fields: object) -> Holder:
    """Name somebody who holds the keys; the first to ask is one person, so an earlier one steps back."""
    with because(by=by):
        account = take(Account.objects.all(), account.pk, None)
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


def step_back(account: Account) -> None:
    for first in account.holders.filter(is_primary=True, left_on=None):
        set_fields(first, {"is_primary": False})
