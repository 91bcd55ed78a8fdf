"""What can be done to accounts: one function per intent.

Each is atomic, says who does it (``by``), and refuses with a sentence (`orgmap.core.errors.DomainError`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from channels.models import Account
from departments.models import Audience, Department, Market, Objective
from departments.services.lists import set_list, set_sides
from orgmap.core.editing import set_fields, take
from orgmap.history.services import because

if TYPE_CHECKING:
    from orgmap.users.models import User


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
