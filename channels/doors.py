"""The only way a view gets an account. Cannot see it: 404. Can see it, not yours: 403."""

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from channels.models import Account, AccountRequest, BulkChange, Closing, Decision, Export, Finding, Holder, Suggestion
from departments.policies import answered_departments
from orgmap.users.policies import is_lead

if TYPE_CHECKING:
    from orgmap.users.models import User


def visible_account(user: "User", pk: int) -> Account:
    """An account that the user may read about."""
    accounts = Account.objects.visible_to(user).select_related("platform", "successor")
    return get_object_or_404(accounts.prefetch_related("sides__department"), pk=pk)


def editable_account(user: "User", pk: int) -> Account:
    """An account that the user may change."""
    account = visible_account(user, pk)
    if not user.has_perm("channels.change_account", account):
        raise PermissionDenied("Only this account's departments or the social media lead can change it.")
    return account


def deletable_account(user: "User", pk: int) -> Account:
    """An account that the user may delete."""
    account = visible_account(user, pk)
    if not user.has_perm("channels.delete_account", account):
        raise PermissionDenied("Only the social media lead deletes accounts. Retire it instead: its history stays.")
    return account


def keys_of(user: "User") -> frozenset[int] | None:
    """The departments whose accounts' keys the user may hand on; None: of all accounts."""
    if not user.has_perm("channels.hand_over_keys"):
        raise PermissionDenied("Only department heads and the social media lead see and hand on who holds the keys.")
    return None if is_lead(user) else answered_departments(user)


def holder(account: Account, pk: int) -> Holder:
    """Somebody who holds the keys of an account that the user may change."""
    return get_object_or_404(account.holders.filter(left_on=None), pk=pk)


def answerable_suggestion(user: "User", pk: int) -> Suggestion:
    """A suggestion that the user may accept or decline."""
    rows = Suggestion.objects.visible_to(user).select_related("account__platform", "department", "by", "answered_by")
    found: Suggestion = get_object_or_404(rows, pk=pk)
    right = "channels.change_account" if found.account else "departments.change_department"
    if not user.has_perm(right, found.account or found.department):
        raise PermissionDenied("Only the head of the owner or the social media lead answers this suggestion.")
    return found


def visible_changes(user: "User") -> QuerySet[BulkChange]:
    """The changes of many accounts: everybody's for the lead, a head's own."""
    if not user.has_perm("channels.change_many"):
        raise PermissionDenied("Only the social media lead and department heads change many accounts at once.")
    changes = BulkChange.objects.defer("accounts").select_related("by", "undone_by")
    return changes if is_lead(user) else changes.filter(by=user)


def bulk_change(user: "User", pk: int) -> BulkChange:
    """A change of many accounts that the user may look at, apply and take back."""
    return get_object_or_404(visible_changes(user), pk=pk)


def export(user: "User", pk: int) -> Export:
    """A file that the user asked for."""
    return get_object_or_404(Export.objects.filter(by=user), pk=pk)


def visible_request(user: "User", pk: int) -> AccountRequest:
    """A request for an account that the user may read."""
    rows = AccountRequest.objects.visible_to(user).select_related("platform", "department", "by", "objective")
    return get_object_or_404(rows.select_related("account__platform"), pk=pk)


def own_request(user: "User", pk: int) -> AccountRequest:
    """A request that the user may change and withdraw."""
    found = visible_request(user, pk)
    if not user.has_perm("channels.change_accountrequest", found):
        raise PermissionDenied("Only whoever asked, the heads of the department or the social media lead change it.")
    return found


def decidable_request(user: "User", pk: int) -> AccountRequest:
    """A request that the user decides."""
    found = visible_request(user, pk)
    if not user.has_perm("channels.decide_accountrequest", found):
        raise PermissionDenied("The social media lead decides about new accounts.")
    return found


def openable_request(user: "User", pk: int) -> AccountRequest:
    """A request whose account the user may put on the map."""
    found = visible_request(user, pk)
    if not user.has_perm("channels.open_accountrequest", found):
        raise PermissionDenied("Only the heads of the department or the social media lead open its account.")
    return found


def visible_finding(user: "User", pk: int) -> Finding:
    """A finding that the user may read."""
    found: Finding = get_object_or_404(Finding.objects.visible_to(user).with_subjects(), pk=pk)
    return found


def decidable_finding(user: "User", pk: int) -> Finding:
    """A finding that the user may assign, waive and open again."""
    found = visible_finding(user, pk)
    if not Finding.objects.decidable_by(user).filter(pk=pk).exists():
        raise PermissionDenied("Only the heads of its departments or the social media lead decide about this finding.")
    return found


def decisions(user: "User") -> QuerySet[Decision]:
    """The decisions about many findings that the user made."""
    if not user.has_perm("channels.decide_findings"):
        raise PermissionDenied("Only the social media lead and department heads decide about findings.")
    return Decision.objects.defer("findings").select_related("by", "to").filter(by=user)


def decision(user: "User", pk: int) -> Decision:
    """A decision about many findings that the user made."""
    return get_object_or_404(decisions(user), pk=pk)


def closing_of(account: Account) -> Closing | None:
    """The plan by which an account ends: the one that runs, else the latest."""
    rows = account.closings.select_related("successor__platform", "by").order_by("-pk")
    return rows.filter(state=Closing.State.PLANNED).first() or rows.first()
