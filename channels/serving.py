"""Which accounts serve an objective: linking many at once, and handing them from one objective to another."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import transaction

from channels.models import Account, AccountObjective
from orgmap.history.services import because

if TYPE_CHECKING:
    from departments.models import Objective
    from orgmap.users.models import User


@transaction.atomic
def link_accounts(
    *, by: User, objective: Objective, add: Collection[Account], remove: Collection[Account]
) -> tuple[int, int]:
    """Let accounts serve an objective, and others no longer. Returns how many began and how many ceased to."""
    with because(by=by):
        gone, _ = AccountObjective.objects.filter(objective=objective, account__in=list(remove)).delete()
        known = set(AccountObjective.objects.filter(objective=objective).values_list("account_id", flat=True))
        new = [account for account in dict.fromkeys(add) if account.pk not in known]
        AccountObjective.objects.bulk_create(
            [AccountObjective(account=account, objective=objective) for account in new]
        )
    return len(new), gone


@transaction.atomic
def hand_on_accounts(*, by: User, old: Objective, new: Objective) -> int:
    """Let every account that serves one objective serve another instead."""
    with because(by=by):
        accounts = list(Account.objects.filter(objectives=old))
        link_accounts(by=by, objective=new, add=accounts, remove=())
        AccountObjective.objects.filter(objective=old).delete()
    return len(accounts)
