"""Links that show one frozen report to executives."""

import secrets
from datetime import datetime

from django.db import transaction

from orgmap.core.errors import DomainError
from orgmap.reports.models import SharedLink, Snapshot
from orgmap.users.models import User


class NotFrozen(DomainError):
    """A report without a name may be gone tomorrow."""


@transaction.atomic
def share_report(*, snapshot: Snapshot, by: User, now: datetime) -> SharedLink:
    """A new link to a report that has a name."""
    kept = Snapshot.objects.select_for_update(no_key=True).only("name").get(pk=snapshot.pk)
    if not kept.name:
        raise NotFrozen("This report has no name and will not be kept. Give it a name first, then share it.")
    return SharedLink.objects.create(snapshot=snapshot, key=secrets.token_urlsafe(24), made_by=by, made_at=now)


def withdraw_link(*, link: SharedLink, by: User, now: datetime) -> None:
    """From now on the link shows nothing. Withdrawn twice, it stays as the first one left it."""
    SharedLink.objects.filter(pk=link.pk, withdrawn_at=None).update(withdrawn_at=now, withdrawn_by=by)


def link_opened(*, link: SharedLink, now: datetime) -> None:
    """Keep that an executive has read it."""
    SharedLink.objects.filter(pk=link.pk).update(opened_at=now)
