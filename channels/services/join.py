"""Run an account together instead of opening another one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from django.db import transaction

from channels.models import Account
from channels.policies import asking_departments
from channels.services.account import change_account
from channels.services.register import NotYours
from channels.services.suggestion import suggest
from departments.models import Department
from departments.policies import answered_departments
from orgmap.core.editing import take
from orgmap.core.errors import DomainError
from orgmap.users.policies import is_lead

if TYPE_CHECKING:
    from orgmap.users.models import User

Joined = Literal["joined", "asked"]


@transaction.atomic
def join_account(*, by: User, account: Account, department: Department, note: str = "") -> Joined:
    """Let a department co-manage an account: at once if the person answers for its owner, else the owner is asked."""
    if not is_lead(by) and department.pk not in asking_departments(by):
        raise NotYours(f"You have no seat in {department}. Choose a department of yours.")
    account = take(Account.objects.all(), account.pk, None)
    if account.status == Account.Status.RETIRED:
        raise DomainError(f"{account} is retired. Register your own, or ask its department to bring it back.")
    sides = [side.department for side in account.sides.select_related("department").order_by("position", "pk")]
    if department in sides:
        raise DomainError(f"{department} runs {account} already.")
    if is_lead(by) or (sides and sides[0].pk in answered_departments(by)):
        change_account(by=by, account=account, version=None, departments=[*sides, department], reason=note or "joined")
        return "joined"
    wanted = [*sides, department]
    suggest(
        by=by,
        account=account,
        field="departments",
        typed=["\n".join(side.slug for side in wanted)],
        said=", ".join(side.name for side in wanted),
        before=", ".join(side.name for side in sides) or "nothing",
        note=note or f"{department} would like to run this account together with you.",
    )
    return "asked"
