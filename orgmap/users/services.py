"""What can be done about people: invite, change, switch off and on; what they chose and read."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from orgmap.core.editing import set_fields, take
from orgmap.core.errors import DomainError
from orgmap.users.models import Letters, Notice, Role, User


class LastLead(DomainError):
    """Somebody must stay who can keep the map."""


class Oneself(DomainError):
    """Nobody switches off their own way in."""


@transaction.atomic
def invite_user(*, email: str, name: str, role: str) -> User:
    """Somebody new, who chooses a password by the link of the invitation."""
    return User.objects.create_user(email, None, name=name.strip(), role=role)


@transaction.atomic
def change_user(*, user: User, version: int | None, **fields: object) -> User:
    """Change a person's name, mail address or role. The last lead stays one."""
    user = take(User.objects.all(), user.pk, version)
    if fields.get("role", user.role) != Role.LEAD:
        refuse_without_leads(user)
    set_fields(user, fields)
    return user


@transaction.atomic
def change_own(*, user: User, **fields: object) -> User:
    """What somebody calls themselves, and how letters come to them."""
    user = take(User.objects.all(), user.pk, None)
    set_fields(user, fields)
    if user.letters == Letters.NEVER:
        user.notices.to_mail().update(by_mail=False)
    return user


@transaction.atomic
def mark_read(*, user: User, now: datetime, notice: int | None = None) -> None:
    """Somebody has read one of their notices, or all."""
    unread = Notice.objects.visible_to(user).unread()
    (unread if notice is None else unread.filter(pk=notice)).update(read_at=now)


@transaction.atomic
def deactivate_user(*, user: User, by: User) -> User:
    """Switch off somebody's way in. They stay in the activity, and can be switched on again."""
    user = take(User.objects.all(), user.pk, None)
    if user.pk == by.pk:
        raise Oneself("This is your own way in. Ask another social media lead to switch it off.")
    refuse_without_leads(user)
    set_fields(user, {"is_active": False})
    return user


@transaction.atomic
def reactivate_user(*, user: User) -> User:
    """Switch somebody's way in on again."""
    user = take(User.objects.all(), user.pk, None)
    set_fields(user, {"is_active": True})
    return user


def refuse_without_leads(user: User) -> None:
    """Refuse to lose the last lead. Who has never signed in does not count: an invitation may be lost.

    Locks the leads, so that two of them cannot leave at once.
    """
    leads = User.objects.select_for_update().filter(Q(role=Role.LEAD) | Q(is_superuser=True), is_active=True)
    rows = list(leads.order_by("pk"))
    if user.pk in {lead.pk for lead in rows} and not any(can_sign_in(lead) for lead in rows if lead.pk != user.pk):
        raise LastLead(
            f"{user} is the last social media lead who can sign in. Make somebody else a lead first, so that the map "
            "is not left without one."
        )


def can_sign_in(user: User) -> bool:
    """Has a password, or came in by single sign-on before."""
    return user.has_usable_password() or user.last_login is not None
