"""The only way a view gets an account. Cannot see it: 404. Can see it, not yours: 403."""

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from channels.models import Account

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
