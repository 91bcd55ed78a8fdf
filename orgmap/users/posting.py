"""Letters: what people were told goes by mail, each by itself or gathered, once.

Which letters went is said by their rows, under a lock of the person: two workers at once send one letter. A worker
that dies between the mail server's yes and the commit sends that letter again; nothing gets lost.
"""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from itertools import groupby

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.timezone import get_default_timezone, localtime
from kombu.exceptions import OperationalError

from orgmap.celery import app
from orgmap.users.models import Letters, Notice, User

MORNING = time(7)
"""When gathered letters go."""
TRIES = 12
"""After so many refusals, about two days, a letter is given up. The notice stands in the app."""
LONGEST_WAIT = timedelta(hours=6)
OF_ONE_LETTER = (smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException, UnicodeError)
"""Refusals that say nothing about other letters; after any other the mail server is left alone until the next look."""
log = logging.getLogger(__name__)

Check = Callable[[User, set[int]], set[int]]
Anew = Callable[[User, set[int], Notice, datetime], tuple[str, str]]
Path = Callable[[User], str]
checks: dict[str, Check] = {}
writers: dict[str, Anew] = {}
paths: dict[str, Path] = {}
whole: set[str] = set()


def still(kind: str, check: Check, anew: Anew | None = None) -> None:
    """Have letters of this kind asked, before they go, whether they still hold.

    The check gets the person and the keys (`about`) of their letters, and gives those that this person still is to be
    told of. A letter about none of them does not go; one about some of them is written ``anew`` (subject and text) of
    those alone. Letters that are about nothing always go.
    """
    checks[kind] = check
    if anew is not None:
        writers[kind] = anew


def leads(kind: str, path: Path) -> None:
    """Have letters of this kind lead to a path that is made when they go: it may hold a secret, which no row keeps.

    Such a letter goes by itself and at once, whatever the person chose: they may not know the app yet.
    """
    paths[kind] = path


def in_full(kind: str) -> None:
    """Have gathered letters carry the text of this kind: it says more than its subject, and is why somebody reads."""
    whole.add(kind)


def post_soon() -> None:
    """Have a worker look for letters. Without a broker the sweep finds them within a minute."""
    try:
        app.send_task("users.post", retry=False, expires=60, ignore_result=True)
    except OperationalError as error:
        log.warning("The broker is away (%s). Letters wait until it is back.", error)


def post(*, now: datetime) -> int:
    """Send all letters that are due. Returns how many went; gathered ones count as one."""
    due = Notice.objects.to_mail().filter(ready(now)).order_by("user", "made_at", "pk")
    sent = 0
    rows = list(due.values_list("user", "user__letters", "pk", "kind"))
    for (person, letters), group in groupby(rows, key=lambda row: row[:2]):
        told = [(pk, letters == Letters.EACH or kind in paths) for _, _, pk, kind in group]
        gathered = [pk for pk, by_itself in told if not by_itself]
        for batch in [[pk] for pk, by_itself in told if by_itself] + ([gathered] if gathered else []):
            try:
                sent += post_batch(person, batch, now)
            except (OSError, UnicodeError) as error:
                put_off(batch, now)
                log.warning("A letter to person %s could not be sent (%s); it is tried again.", person, error)
                if not isinstance(error, OF_ONE_LETTER):
                    return sent
    return sent


def ready(now: datetime) -> Q:
    """Letters that may go: at once, or gathered when their morning has come; not while a refusal is waited out."""
    at_once = Q(user__letters=Letters.EACH) | Q(kind__in=list(paths))
    daily = Q(user__letters=Letters.DAILY, made_at__lt=last_morning(now))
    weekly = Q(user__letters=Letters.WEEKLY, made_at__lt=last_morning(now, monday=True))
    return (at_once | daily | weekly) & (Q(try_at=None) | Q(try_at__lte=now))


def last_morning(now: datetime, *, monday: bool = False) -> datetime:
    """The latest moment at which gathered letters were due."""
    here = localtime(now)
    day = here.date() if here.time() >= MORNING else here.date() - timedelta(days=1)
    if monday:
        day -= timedelta(days=day.weekday())
    return datetime.combine(day, MORNING, get_default_timezone())


@transaction.atomic
def post_batch(person: int, pks: Sequence[int], now: datetime) -> int:
    """Send these notices as one letter and keep that it went: both or neither. Nothing, when another worker does."""
    notices = list(
        Notice.objects.select_for_update(skip_locked=True).to_mail().filter(pk__in=pks).order_by("made_at", "pk")
    )
    user = User.objects.get(pk=person)
    holding = [notice for notice in notices if user.is_active and holds(user, notice, now)]
    gone = {notice.pk for notice in notices} - {notice.pk for notice in holding}
    Notice.objects.filter(pk__in=gone).update(by_mail=False)
    if not holding:
        return 0
    send_letter(user, holding)
    Notice.objects.filter(pk__in=[notice.pk for notice in holding]).update(mailed_at=now)
    return 1


def holds(user: User, notice: Notice, now: datetime) -> bool:
    """Whether a letter still tells of something that is so, and that is for this person; what is settled leaves it."""
    check, about = checks.get(notice.kind), set(notice.about)
    if check is None or not about:
        return True
    left = check(user, about)
    if left and left != about and notice.kind in writers:
        notice.subject, notice.text = writers[notice.kind](user, left, notice, now)
        notice.about = [key for key in notice.about if key in left]
        notice.save(update_fields=["subject", "text", "about"])
    return bool(left)


def put_off(pks: Sequence[int], now: datetime) -> None:
    """Wait after a refusal, each time longer; at last give up."""
    for notice in Notice.objects.filter(pk__in=pks):
        notice.tries += 1
        notice.try_at = now + min(timedelta(minutes=2**notice.tries), LONGEST_WAIT)
        notice.by_mail = notice.tries < TRIES
        notice.save(update_fields=["tries", "try_at", "by_mail"])


def send_letter(user: User, notices: Sequence[Notice]) -> None:
    """Write to one person; raises what the mail server says against it."""
    one = len(notices) == 1
    path = paths.get(notices[0].kind) if one else None
    context = {
        "person": user,
        "notices": notices,
        "notice": notices[0],
        "whole": whole,
        "site": settings.SITE_ADDRESS,
        "address": f"{settings.SITE_ADDRESS}{path(user) if path else notices[0].link}",
        "organisation": settings.ORGANISATION_NAME,
    }
    subject = notices[0].subject if one else f"{len(notices)} notices of Orgmap"
    body = render_to_string("users/letter.txt" if one else "users/letters.txt", context)
    EmailMessage(subject, body, None, [user.email], connection=get_connection()).send()
