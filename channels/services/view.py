"""Keeping views of the directory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.http import QueryDict

from channels.models import SavedView
from orgmap.core.errors import DomainError

if TYPE_CHECKING:
    from orgmap.users.models import User

MOST = 30


class TooManyViews(DomainError):
    """A person keeps so many views that nobody finds one among them."""


@transaction.atomic
def save_view(*, by: User, name: str, query: str, is_shared: bool) -> SavedView:
    """Keep a list under a name; a view of this name is replaced. Only the lead shares."""
    own = SavedView.objects.select_for_update().filter(owner=by)
    view = own.filter(name=name).first() or SavedView(owner=by, name=name)
    if view.pk is None and own.count() >= MOST:
        raise TooManyViews(f"You keep {MOST} views already. Remove one that you no longer need.")
    view.query = kept(query)
    view.is_shared = is_shared and by.has_perm("channels.share_view")
    view.full_clean()
    view.save()
    return view


def kept(query: str) -> str:
    """The part of a query string that makes a view: empty choices and the page say nothing."""
    asked = QueryDict(query, mutable=True)
    for name in list(asked):
        values = [value for value in asked.getlist(name) if value]
        if name == "page" or not values:
            del asked[name]
        else:
            asked.setlist(name, values)
    return asked.urlencode()
