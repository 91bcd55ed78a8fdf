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
from orgmap.core.errors import EditConflict
from orgmap.history.services import because

if TYPE_CHECKING:
    from orgmap.users.models import User


def lists_of(account: Account) -> str:
    """Which departments, audiences, markets and objectives hang on an account, as one short text to compare."""
    lists = (
        account.sides.order_by("position", "pk").values_list("department_id", flat=True),
        account.audiences.order_by("pk").values_list("pk", flat=True),
        account.markets.order_by("pk").values_list("pk", flat=True),
        account.objectives.order_by("pk").values_list("pk", flat=True),
    )
    return ";".join(",".join(map(str, keys)) for keys in lists)


@transaction.atomic
def change_account(
    *,
    by: User | None,
    account: Account,
    version: int | None,
    lists: str | None = None,
    departments: Sequence[Department] | None = None,
    audiences: Sequence[Audience] | None = None,
    markets: Sequence[Market] | None = None,
    objectives: Sequence[Objective] | None = None,
    reason: str = "",
    **fields: object,
) -> Account:
    """Change the words of an account's sentence and its facts. Lists that are not given stay as they are.

    Raises EditConflict when somebody changed the account after ``version``, or its lists after ``lists`` (`lists_of`),
    which have no version of their own.
    """
    with because(by=by, reason=reason):
        account = take(Account.objects.all(), account.pk, version)
        if lists is not None and lists != lists_of(account):
            raise EditConflict(
                f"Somebody changed {account} while you were editing. Both texts stand below: keep what is right, save "
                "again."
            )
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
