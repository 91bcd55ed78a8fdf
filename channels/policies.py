"""Who may do what to accounts, holders, platforms and imports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rules

from channels.models import Account, AccountRequest, Campaign, Closing, Finding, FindingNote, Stage
from departments.policies import answered_departments
from orgmap.history.undo.rights import needs
from orgmap.users.policies import is_head, is_lead, is_signed_in

if TYPE_CHECKING:
    from orgmap.users.models import User


@rules.predicate
def runs_account(user: User, account: Account | None) -> bool:
    """Head or deputy of a department that runs the account."""
    return account is not None and any(side.department_id in answered_departments(user) for side in account.sides.all())


def asking_departments(user: User) -> frozenset[int]:
    """The departments that somebody may ask for a new account for, or to run one together with its owner.

    The one place that says so: heads and deputies for theirs and all below, members of staff for those where they have
    a seat. The lead asks for any and is not asked here; executives read.
    """
    known: frozenset[int] | None = getattr(user, "_asking_departments", None)
    if known is None:
        seats = user.memberships.values_list("department_id", flat=True) if is_head(user) or is_staff(user) else ()
        known = answered_departments(user) | frozenset(seats)
        user._asking_departments = known  # type: ignore[attr-defined]  # a memory for this request only
    return known


@rules.predicate
def is_staff(user: User) -> bool:
    """A member of staff, who reads and suggests."""
    return bool(user.is_authenticated and user.is_active and user.role == "staff")


@rules.predicate
def may_ask(user: User) -> bool:
    """There is a department that they may ask for."""
    return bool(user.is_authenticated and asking_departments(user))


@rules.predicate
def asked_for_it(user: User, asked: AccountRequest | None) -> bool:
    """Whoever made the request."""
    return asked is not None and asked.by_id is not None and asked.by_id == user.pk


@rules.predicate
def stands_undecided(user: User, asked: AccountRequest | None) -> bool:
    """It stands where people bring it themselves, not where the lead's decision brought it."""
    return asked is not None and asked.stage in {Stage.REQUESTED, Stage.WITHDRAWN, Stage.JOINED, Stage.OPENED}


@rules.predicate
def answers_for_request(user: User, asked: AccountRequest | None) -> bool:
    """Head or deputy of the department for which the account is asked for."""
    return asked is not None and asked.department_id in answered_departments(user)


@rules.predicate
def runs_closed_account(user: User, closing: Closing | None) -> bool:
    """Head or deputy of a department that runs the account that is being closed."""
    return closing is not None and runs_account(user, closing.account)


@rules.predicate
def answers_for_finding(user: User, finding: Finding | None) -> bool:
    """Head or deputy of a department that the finding concerns."""
    return finding is not None and not answered_departments(user).isdisjoint(finding.concerns)


@rules.predicate
def said_it(user: User, note: FindingNote | None) -> bool:
    """Whoever wrote the note."""
    return note is not None and note.by_id == user.pk


rules.add_perm("channels", is_lead)
rules.add_perm("channels.view_account", is_signed_in)
rules.add_perm("channels.add_account", is_lead | is_head)
rules.add_perm("channels.change_account", is_lead | runs_account)
rules.add_perm("channels.delete_account", is_lead)
rules.add_perm("channels.view_contacts", is_lead | runs_account)
rules.add_perm("channels.import_lists", is_lead | is_head)
rules.add_perm("channels.change_many", is_lead | is_head)
rules.add_perm("channels.set_rule", is_lead)
rules.add_perm("channels.decide_findings", is_lead | is_head)
rules.add_perm("channels.view_finding", is_lead)
rules.add_perm("channels.change_finding", is_lead | answers_for_finding)
rules.add_perm("channels.view_findingnote", is_lead)
rules.add_perm("channels.change_findingnote", is_lead | said_it)
rules.add_perm("channels.delete_findingnote", is_lead)
rules.add_perm("channels.share_view", is_lead)
for name in ("platform", "holder", "metric", "importbatch", "campaign"):
    for action in ("view", "add", "change", "delete"):
        rules.add_perm(f"channels.{action}_{name}", is_lead)
rules.add_perm("channels.view_accountrequest", is_signed_in)
rules.add_perm("channels.add_accountrequest", is_lead | may_ask)
rules.add_perm("channels.change_accountrequest", is_lead | asked_for_it | answers_for_request)
rules.add_perm("channels.delete_accountrequest", is_lead)
rules.add_perm("channels.decide_accountrequest", is_lead)
rules.add_perm("channels.set_back_accountrequest", is_lead | (stands_undecided & (asked_for_it | answers_for_request)))
rules.add_perm("channels.open_accountrequest", is_lead | answers_for_request)
rules.add_perm("channels.change_lettertext", is_lead)
rules.add_perm("channels.view_closing", is_signed_in)
rules.add_perm("channels.change_closing", is_lead | runs_closed_account)
rules.add_perm("channels.see_to_handles", is_lead | is_head)
rules.add_perm("channels.hand_over_keys", is_lead | is_head)

rules.add_perm("channels.take_back_campaign", rules.always_false)
needs(Campaign, "channels.take_back_campaign")  # its letters are out, and people answered: it is ended instead
needs(AccountRequest, "channels.set_back_accountrequest", "stage")
