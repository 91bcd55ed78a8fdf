"""What can be done about people, as far as accounts and departments are concerned by it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from channels.leaving import Heir
from channels.models import Holder
from channels.people import held_by
from departments.services import appoint, dismiss, tell_placed
from orgmap.core.errors import DomainError
from orgmap.history.services import because
from orgmap.users.services import deactivate_user

if TYPE_CHECKING:
    from orgmap.users.models import User


class NoHeir(DomainError):
    """Whoever takes over must be able to."""


@transaction.atomic
def deactivate_person(
    *,
    by: User,
    user: User,
    on: date,
    now: datetime,
    keys_to: User | None = None,
    places_to: User | None = None,
    reason: str = "",
) -> None:
    """Switch off somebody's way in and hand on what they held, in one action.

    Keys that nobody takes over are marked as left; headships that nobody takes over become free, so that the lists of
    what is missing show both.
    """
    for heir in (keys_to, places_to):
        if heir is not None and (heir.pk == user.pk or not heir.is_active):
            raise NoHeir(f"{heir} cannot take over from {user}. Choose somebody else who may sign in.")
    with because(by=by, reason=reason or f"{user} no longer signs in"):
        held = held_by(user, on)
        for holder in list(held.keys):
            hand_on_key(holder, Heir.of(keys_to) if keys_to else None, on)
        given = []
        for place in list(held.places):
            if places_to is not None:
                given.append(appoint(by=by, department=place.department, role=place.role, user=places_to))
            dismiss(by=by, membership=place)
        if places_to is not None:
            tell_placed(person=places_to, places=[place for place in given if place], by=by, now=now)
        deactivate_user(user=user, by=by)


def hand_on_key(holder: Holder, heir: Heir | None, on: date) -> None:
    """One person less holds the keys of an account, and the heir holds them instead."""
    primary, holder.is_primary, holder.left_on = holder.is_primary, False, on
    holder.save(update_fields=["is_primary", "left_on"])
    if heir is None:
        return
    others = Holder.objects.filter(account=holder.account_id, user=heir.user, left_on=None)
    known = (others if heir.user else others.filter(name__iexact=heir.name)).first()
    if known is None:
        Holder.objects.create(
            account_id=holder.account_id, user=heir.user, name=heir.name[:200], email=heir.email, is_primary=primary
        )
    elif primary:
        known.is_primary = True
        known.save(update_fields=["is_primary"])
