"""The one door through which people are told something: in the app always, by mail as each of them wants it.

A notice is written in the transaction of whatever it tells of, so nobody hears of what did not happen. Its letter goes
when that is saved, by a worker; what the mail server refuses is tried again (orgmap.users.posting).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection, transaction
from django.template.loader import render_to_string

from orgmap.users.models import Letters, Notice
from orgmap.users.posting import paths, post_soon

if TYPE_CHECKING:
    from orgmap.users.models import User


@transaction.atomic
def tell(
    *,
    people: Iterable[User],
    kind: str,
    subject: str,
    template: str,
    context: Mapping[str, Any],
    link: str,
    now: datetime,
    about: Sequence[int] = (),
    once: str = "",
) -> int:
    """Tell each of these people the same. Returns how many were told: who may not sign in is told nothing.

    template: of a text, without greeting and farewell; it also gets ``person`` and ``organisation``.
    link: a path of ours, where the matter can be seen or done.
    about: keys of the records that it is about, for orgmap.users.posting.still.
    once: a word under which nobody is told twice, however often this is called.
    """
    told = {person.pk: person for person in people if person.is_active}
    if once:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"tell {once}"])
        for known in Notice.objects.filter(user__in=told, once=once).values_list("user", flat=True):
            del told[known]
    notices = [
        made(
            person,
            kind=kind,
            subject=subject,
            template=template,
            context=context,
            link=link,
            about=list(about),
            once=once,
            made_at=now,
            by_mail=person.letters != Letters.NEVER or kind in paths,
        )
        for person in told.values()
    ]
    Notice.objects.bulk_create(notices)
    if any(notice.by_mail for notice in notices):
        post_when_saved()
    return len(notices)


def post_when_saved() -> None:
    """One message to the workers, however many people are told in a transaction."""
    if all(waiting[1] is not post_soon for waiting in connection.run_on_commit):
        transaction.on_commit(post_soon)


def made(person: User, *, subject: str, template: str, context: Mapping[str, Any], **fields: Any) -> Notice:
    """A notice for one person, not saved yet."""
    told, text = written(person, subject=subject, template=template, context=context)
    return Notice(user=person, subject=told, text=text, **fields)


def written(person: User, *, subject: str, template: str, context: Mapping[str, Any]) -> tuple[str, str]:
    """Subject and text for one person."""
    told = {**context, "person": person, "organisation": settings.ORGANISATION_NAME}
    return " ".join(subject.split())[:300], render_to_string(template, told).strip()
