"""Who may do what to accounts, holders, platforms and imports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rules

from channels.models import Account
from departments.policies import answered_departments
from orgmap.users.policies import is_head, is_lead, is_signed_in

if TYPE_CHECKING:
    from orgmap.users.models import User


@rules.predicate
def runs_account(user: User, account: Account | None) -> bool:
    """Head or deputy of a department that runs the account."""
    return account is not None and any(side.department_id in answered_departments(user) for side in account.sides.all())


rules.add_perm("channels", is_lead)
rules.add_perm("channels.view_account", is_signed_in)
rules.add_perm("channels.add_account", is_lead | is_head)
rules.add_perm("channels.change_account", is_lead | runs_account)
rules.add_perm("channels.delete_account", is_lead)
rules.add_perm("channels.view_contacts", is_lead | runs_account)
rules.add_perm("channels.import_lists", is_lead | is_head)
rules.add_perm("channels.change_many", is_lead | is_head)
rules.add_perm("channels.share_view", is_lead)
for name in ("platform", "holder", "metric", "importbatch"):
    for action in ("view", "add", "change", "delete"):
        rules.add_perm(f"channels.{action}_{name}", is_lead)
