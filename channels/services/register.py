"""Put an account on the map."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from channels.models import Account, Holder
from channels.services.platform import ensure_platforms
from departments.models import Audience, Department, Market, Objective
from departments.policies import answered_departments
from departments.services.lists import set_list, set_sides
from orgmap.core.errors import DomainError
from orgmap.history.services import because
from orgmap.users.policies import is_lead

if TYPE_CHECKING:
    from orgmap.users.models import User


class AlreadyOnTheMap(DomainError):
    """The account is registered."""


class NotYours(DomainError):
    """A head registers for departments of their own only."""


@transaction.atomic
def register_account(
    *,
    by: User,
    platform: str,
    handle: str,
    handle_key: str,
    departments: Sequence[Department],
    audiences: Iterable[Audience] = (),
    markets: Iterable[Market] = (),
    objectives: Iterable[Objective] = (),
    holders: Sequence[str] = (),
    reason: str = "",
    **fields: object,
) -> Account:
    """Put an account on the map; the first department owns it. ``holders`` are names of staff, the first one to ask."""
    if not is_lead(by) and not (departments and departments[0].pk in answered_departments(by)):
        who = departments[0].name if departments else "nobody"
        raise NotYours(f"It would belong to {who}, and you do not answer for that. Choose a department of yours.")
    record = ensure_platforms([platform])[platform]
    known = Account.objects.filter(platform=record, handle_key=handle_key).first()
    if known is not None:
        raise AlreadyOnTheMap(f"{known} on {record} is already on the map.")
    with because(by=by, reason=reason):
        account = Account(platform=record, handle=handle, handle_key=handle_key, **fields)
        account.full_clean()
        try:
            with transaction.atomic():
                account.save()
        except IntegrityError as twice:
            raise AlreadyOnTheMap(
                f"Somebody put {handle} on {record} on the map at this moment. Join it there."
            ) from twice
        set_sides(account.sides, departments)
        set_list(account.audiences, audiences)
        set_list(account.markets, markets)
        set_list(account.objectives, objectives)
        for position, name in enumerate(dict.fromkeys(holders)):
            holder = Holder(account=account, name=name, is_primary=position == 0)
            holder.full_clean()
            holder.save()
    return account
