"""Undo of large actions by a worker: asking for it, doing it, and saying how far it has come."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from orgmap.core.alone import alone
from orgmap.core.errors import DomainError
from orgmap.history.models import UndoJob
from orgmap.history.services import CannotUndo, undo_action
from orgmap.history.undo.traces import Progress

if TYPE_CHECKING:
    from orgmap.users.models import User

AT_ONCE = 200
"""Up to so many records are set back while the person waits; more are a worker's."""
KEPT = timedelta(days=90)
FAULT = (
    "It stopped through a fault of ours, and nothing was undone. Whoever runs this site finds the reason in its log. "
    "Then ask again."
)
LOCK = 0x756E646F
logger = logging.getLogger(__name__)
State = UndoJob.State
UNFINISHED = (State.WAITING, State.RUNNING)


def ask_to_undo(*, by: User, context: UUID, rest: bool = False, back: str = "") -> UndoJob:
    """Let an action be taken back by a worker. Asked twice, it is one job."""
    UndoJob.objects.filter(finished_at__lt=timezone.now() - KEPT).delete()
    try:
        with transaction.atomic():
            return UndoJob.objects.create(by=by, context=context, rest=rest, back=back[:500])
    except IntegrityError:
        return UndoJob.objects.filter(context=context).latest("pk")


def at_work_on(context: UUID) -> UndoJob | None:
    """The job that takes an action back at this moment."""
    return UndoJob.objects.filter(context=context, state__in=UNFINISHED).first()


def unfinished() -> list[int]:
    """Jobs that wait for a worker, or whose worker died."""
    return list(UndoJob.objects.filter(state__in=UNFINISHED).order_by("pk").values_list("pk", flat=True))


def go_on(*, job_id: int) -> None:
    """Take the action back. One worker at a time does; safe to run again after any interruption."""
    with alone(LOCK, job_id) as mine:
        if not mine:
            return
        UndoJob.objects.filter(pk=job_id, state=State.WAITING).update(state=State.RUNNING)
        job = UndoJob.objects.select_related("by").filter(pk=job_id, state=State.RUNNING).first()
        if job is None:
            return
        try:
            with transaction.atomic(), told_beside(job_id) as progress:
                undone = undo_action(by=job.by, context=job.context, rest=job.rest, progress=progress)
                finish(
                    job_id,
                    state=State.DONE,
                    count=undone.count,
                    kept=[str(each) for each in undone.kept],
                    kept_count=undone.kept_count,
                )
        except CannotUndo as refusal:
            kept = [str(each) for each in refusal.kept]
            finish(job_id, state=State.REFUSED, error=str(refusal)[:500], kept=kept, kept_count=refusal.count)
        except DomainError as refusal:
            finish(job_id, state=State.REFUSED, error=str(refusal)[:500])
        except Exception:
            logger.exception("The undo of action %s stopped.", job.context)
            finish(job_id, state=State.REFUSED, error=FAULT)


def finish(job_id: int, **said: object) -> None:
    UndoJob.objects.filter(pk=job_id).update(finished_at=timezone.now(), share=1, step="", **said)


@contextmanager
def told_beside(job_id: int) -> Iterator[Progress]:
    """Write how far it has come by a connection of its own: of the undo's transaction nobody sees anything yet."""
    beside = connection.copy()

    def tell(words: str, share: float) -> None:
        with beside.cursor() as cursor:
            query = "UPDATE history_undojob SET step = %s, share = %s WHERE id = %s AND state = 'running'"
            cursor.execute(query, [words[:200], share, job_id])

    try:
        yield tell
    finally:
        beside.close()
