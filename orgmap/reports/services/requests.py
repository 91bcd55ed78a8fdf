"""Wishes for fresh figures: made by beat, by the lead, or by a command; held by one worker at a time.

Who rolls up holds a lock of the database's session. A killed worker loses it at once, so that a request which says
"running" while nobody holds the lock is known to be orphaned, without a clock and without guessing.
"""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F

from channels.services.audit import lacks_handed
from orgmap.core.alone import is_free
from orgmap.history import pulse
from orgmap.reports.models import RollupRequest, Snapshot
from orgmap.reports.sources import SOURCES

LOCK = 0x004D_4150
HANDING = 0x4841_4E44
MAX_TRIES = 3
REST_AFTER_FAILURE = timedelta(minutes=10)

WAITING, RUNNING, SPREAD, DONE, FAILED = (
    RollupRequest.State.WAITING,
    RollupRequest.State.RUNNING,
    RollupRequest.State.SPREAD,
    RollupRequest.State.DONE,
    RollupRequest.State.FAILED,
)


def request_rollup(*, reason: str, now: datetime) -> RollupRequest:
    """Ask for fresh figures. Where somebody asked already, that request is given back: one waits at most."""
    RollupRequest.objects.bulk_create([RollupRequest(reason=reason, requested_at=now)], ignore_conflicts=True)
    return (
        RollupRequest.objects.filter(state=WAITING).first()
        or RollupRequest.objects.filter(state__in=[RUNNING, SPREAD]).order_by("-pk").first()
        or (RollupRequest.objects.order_by("-pk")[0])
    )


def look_for_changes(*, now: datetime, today: date) -> int | None:
    """The request that a worker should be told of now, made where the map has changed; None where all is well."""
    if is_spread():
        return None
    last = RollupRequest.objects.order_by("-pk").first()
    if last is not None and last.state == RUNNING:
        return last.pk if take_back_orphans() else None
    if last is not None and last.state == WAITING:
        return last.pk
    if last is not None and last.state == FAILED and last.finished_at and now - last.finished_at < REST_AFTER_FAILURE:
        return None
    reason = reason_for_rollup(today=today)
    return request_rollup(reason=reason, now=now).pk if reason else None


def reason_for_rollup(*, today: date) -> str:
    """Why the last report is no longer the last word; empty where it still is."""
    snapshot = Snapshot.objects.latest_published()
    if snapshot is None:
        return "the first report"
    if snapshot.as_of != today:
        return "a new day"
    if pulse.has_changed(snapshot.look, SOURCES):
        return "the map changed"
    return "the audit asks for it" if lacks_handed(since=snapshot.collected_at) and is_free(HANDING) else ""


@transaction.atomic
def take_back_orphans() -> bool:
    """Let requests wait again whose worker died. False while somebody is at work."""
    if not is_free(LOCK):
        return False
    orphans = list(RollupRequest.objects.filter(state=RUNNING).order_by("-pk").values_list("pk", "tries"))
    for pk, tries in orphans:
        orphan = RollupRequest.objects.filter(pk=pk, state=RUNNING)
        if tries >= MAX_TRIES:
            orphan.update(state=FAILED, finished_at=F("claimed_at"), error=f"Its worker died {tries} times.")
        elif RollupRequest.objects.filter(state=WAITING).exists():
            orphan.update(
                state=FAILED, finished_at=F("claimed_at"), error="Its worker died; a later request does its work."
            )
        else:
            orphan.update(state=WAITING)
    return RollupRequest.objects.filter(state=WAITING).exists()


def claim(*, request_id: int, now: datetime) -> RollupRequest | None:
    """Take a request; None where it is done or was tried often enough. Only for the one who holds the lock."""
    taken = RollupRequest.objects.filter(pk=request_id, state__in=[WAITING, RUNNING], tries__lt=MAX_TRIES).update(
        state=RUNNING, claimed_at=now, tries=F("tries") + 1, error=""
    )
    return RollupRequest.objects.get(pk=request_id) if taken else None


def is_spread() -> bool:
    """Whether a request is at work on several workers: others wait for it."""
    return RollupRequest.objects.filter(state=SPREAD).exists()


def spread(*, request: RollupRequest) -> None:
    """Say that the pairs of a claimed request are left to several workers."""
    RollupRequest.objects.filter(pk=request.pk, state=RUNNING, tries=request.tries).update(state=SPREAD)


def claim_spread(*, request_id: int) -> RollupRequest | None:
    """Take back a request whose pairs are there. Only for the one who holds the lock."""
    taken = RollupRequest.objects.filter(pk=request_id, state=SPREAD).update(state=RUNNING)
    return RollupRequest.objects.get(pk=request_id) if taken else None


def overtake_spread(*, now: datetime) -> None:
    """Somebody computes everything here and now: what several workers are at counts no more."""
    RollupRequest.objects.filter(state=SPREAD).update(
        state=FAILED, finished_at=now, error="A later request did its work."
    )


def finish(*, request: RollupRequest, snapshot: Snapshot, now: datetime) -> bool:
    """Say that a claimed request is done. False where someone else took it over in the meantime."""
    mine = RollupRequest.objects.filter(pk=request.pk, state=RUNNING, tries=request.tries)
    return bool(mine.update(state=DONE, finished_at=now, snapshot=snapshot, error=""))


def give_up(*, request: RollupRequest, error: str, now: datetime) -> None:
    """Keep what went wrong; the request waits for another try, or has failed after the last one."""
    mine = RollupRequest.objects.filter(pk=request.pk, state__in=[RUNNING, SPREAD], tries=request.tries)
    again = request.tries < MAX_TRIES and not RollupRequest.objects.filter(state=WAITING).exists()
    if again:
        mine.update(state=WAITING, error=error[:2000])
    else:
        mine.update(state=FAILED, finished_at=now, error=error[:2000])
