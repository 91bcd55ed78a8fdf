"""The letter with which somebody comes in."""

from __future__ import annotations

from datetime import datetime

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from orgmap.core.errors import DomainError
from orgmap.users.models import User
from orgmap.users.telling import tell_by_mail

DAYS = settings.PASSWORD_RESET_TIMEOUT // 86400
"""So long the link works."""


class MailNotSent(DomainError):
    """The mail server did not take the letter."""


def invitation_path(user: User) -> str:
    """Where somebody chooses a password: signed, good once and for some days."""
    key = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": key})


def send_invitation(*, user: User, by: User, address: str, now: datetime) -> None:
    """Write to somebody who was invited. ``address`` is the whole address of `invitation_path`."""
    context = {"user": user, "by": by, "days": DAYS, "organisation": settings.ORGANISATION_NAME}
    try:
        tell_by_mail(
            person=user,
            kind="invitation",
            subject=render_to_string("users/invitation_subject.txt", context),
            template="users/invitation.txt",
            context=context,
            link="/",
            address=address,
            now=now,
        )
    except OSError as error:
        raise MailNotSent(
            f"{user} is on the list, but the invitation to {user.email} could not be sent: {error}. Have the mail "
            "settings checked, then send it again from this page."
        ) from error
