"""The letter with which somebody comes in."""

from __future__ import annotations

from datetime import datetime

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from orgmap.users.models import Notice, User
from orgmap.users.posting import leads
from orgmap.users.telling import tell

DAYS = settings.PASSWORD_RESET_TIMEOUT // 86400
"""So long the link works."""


KIND = "invitation"


def invitation_path(user: User) -> str:
    """Where somebody chooses a password: signed, good once and for some days."""
    key = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": key})


def send_invitation(*, user: User, by: User, now: datetime) -> None:
    """Have a worker write to somebody who was invited. An invitation that did not go yet gives way to this one."""
    Notice.objects.to_mail().filter(user=user, kind=KIND).update(by_mail=False)
    context = {"user": user, "by": by, "days": DAYS, "organisation": settings.ORGANISATION_NAME}
    tell(
        people=[user],
        kind=KIND,
        subject=render_to_string("users/invitation_subject.txt", context),
        template="users/invitation.txt",
        context=context,
        link="/",
        now=now,
    )


def letter_of(user: User) -> Notice | None:
    """The latest invitation of somebody, if its letter has not gone: it waits, or the mail server refused it."""
    latest = Notice.objects.filter(user=user, kind=KIND).order_by("-made_at", "-pk").first()
    return latest if latest is not None and latest.mailed_at is None else None


leads(KIND, invitation_path)
