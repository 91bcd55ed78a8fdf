"""Applying a list again that was taken back: its file is kept for a while, and read as a list of its own.

The earlier list stays as it was, with what it did and what taking it back did; each leads to the other.
"""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Coalesce, Greatest
from django.utils.timezone import localtime

from channels.imports.apply import NotWaiting
from channels.models import ImportBatch
from orgmap.core.errors import DomainError
from orgmap.history.services import because
from orgmap.users.models import User

State = ImportBatch.State


class NotKept(DomainError):
    """The file is no longer there."""


@transaction.atomic
def take_again(*, batch: ImportBatch, by: User) -> ImportBatch:
    """The file of a list that was taken back as one that waits to be applied; the one that waits already, if any."""
    batch = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if batch.state == State.UPLOADED:
        raise NotWaiting(f"'{batch}' waits already. Look at what it would do, then apply it.")
    if not batch.lacks_something:
        raise NotWaiting(f"'{batch}' is on the map. Take it back before you apply it again.")
    if not batch.content:
        raise NotKept(f"The file of '{batch}' is no longer kept. Upload it again.")
    waiting = ImportBatch.objects.filter(state=State.UPLOADED, by=by, counts__again=batch.pk).order_by("-pk").first()
    if waiting is not None:
        return waiting
    kept = {name: batch.counts[name] for name in ("rows", "hidden") if name in batch.counts}
    return ImportBatch.objects.create(
        kind=batch.kind,
        filename=batch.filename,
        sha256=batch.sha256,
        sheet=batch.sheet,
        mapping=batch.mapping,
        content=batch.content,
        counts={**kept, "again": batch.pk},
        by=by,
    )


def earlier(batch: ImportBatch) -> ImportBatch | None:
    """The list whose file this one is."""
    again = batch.counts.get("again")
    return ImportBatch.objects.defer("content").filter(pk=again).first() if again else None


def later(batch: ImportBatch) -> ImportBatch | None:
    """The latest list that is the file of this one."""
    return ImportBatch.objects.defer("content").filter(counts__again=batch.pk).order_by("-pk").first()


def is_kept(batch: ImportBatch) -> bool:
    return ImportBatch.objects.filter(pk=batch.pk).exclude(content=b"").exists()


def forget_files(*, now: datetime) -> int:
    """Let go of the files of lists that were applied, or taken back, long ago; how many."""
    if not settings.IMPORTS_KEPT_DAYS:
        return 0
    done = ImportBatch.objects.filter(state__in=[State.APPLIED, State.UNDONE]).exclude(content=b"")
    touched = Greatest(Coalesce("applied_at", "created_at"), Coalesce("undone_at", "created_at"))
    old = done.alias(touched=touched).filter(touched__lt=now - timedelta(days=settings.IMPORTS_KEPT_DAYS))
    return old.update(content=b"")


@transaction.atomic
def forget_waiting(*, now: datetime) -> int:
    """Throw away the lists that were uploaded long ago and never applied; how many. Nothing of them was written."""
    if not settings.IMPORTS_KEPT_DAYS:
        return 0
    waiting = ImportBatch.objects.filter(state=State.UPLOADED)
    with because(by=None, reason=f"not applied within {settings.IMPORTS_KEPT_DAYS} days"):
        _, gone = waiting.filter(updated_at__lt=now - timedelta(days=settings.IMPORTS_KEPT_DAYS)).delete()
    return gone.get(ImportBatch._meta.label, 0)


def kept_until(batch: ImportBatch) -> date | None:
    """The day on which a list that waits is thrown away; None where lists are kept for ever."""
    if not settings.IMPORTS_KEPT_DAYS:
        return None
    return localtime(batch.updated_at + timedelta(days=settings.IMPORTS_KEPT_DAYS)).date()
