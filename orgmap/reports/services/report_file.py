"""A report as a file: who asks for it finds it finished, under way, or makes it be set.

What happened so far is in a row. Who sets it holds a lock of their database session, so that a file that says
"being set" while nobody holds the lock is known to be orphaned.
"""

import hashlib
from datetime import datetime
from functools import cache
from importlib.metadata import version

from django.conf import settings
from django.db import transaction
from django.db.models import F

from orgmap.core.alone import is_free
from orgmap.reports import words
from orgmap.reports.models import Level, ReportFile, Snapshot
from orgmap.users.models import User

SOURCE = settings.BASE_DIR / "templates" / "reports" / "report.typ"
LOCK = 0x0050_4446
MAX_TRIES = 3
STEPS = ("It waits for a worker.", "The figures are read.", "The pages are set.", "It is finished.")
"""What is done, by the number of steps."""

WAITING, RUNNING, DONE, FAILED = (
    ReportFile.State.WAITING,
    ReportFile.State.RUNNING,
    ReportFile.State.DONE,
    ReportFile.State.FAILED,
)


def edition_of(snapshot: Snapshot) -> str:
    """Stands for everything a file is made of besides its figures."""
    parts = (typesetting(), settings.ORGANISATION_NAME, settings.SITE_ADDRESS, snapshot.name)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


@cache
def typesetting() -> str:
    """How reports are set by this release."""
    return f"{version('typst')} {hashlib.sha256(SOURCE.read_bytes()).hexdigest()}"


def file_of(snapshot: Snapshot, level: Level) -> ReportFile | None:
    """The file of a report at a level, as far as it is."""
    found = ReportFile.objects.filter(snapshot=snapshot, level=words.at(level), edition=edition_of(snapshot))
    return found.defer("content").first()


@transaction.atomic
def request_file(*, snapshot: Snapshot, level: Level, by: User, now: datetime) -> ReportFile:
    """Ask for the file of a report. Finished or under way, it is given back; one that failed is tried again."""
    found, is_new = ReportFile.objects.get_or_create(
        snapshot=snapshot,
        level=words.at(level),
        edition=edition_of(snapshot),
        defaults={"asked_at": now, "asked_by": by},
    )
    if not is_new and found.state == FAILED:
        again = ReportFile.objects.filter(pk=found.pk, state=FAILED)
        again.update(state=WAITING, step=0, tries=0, error="", asked_at=now, asked_by=by, finished_at=None)
        found.refresh_from_db()
    return found


def claim(*, file_id: int) -> ReportFile | None:
    """Take a file that waits or whose worker died; None where it is done or was tried often enough."""
    mine = ReportFile.objects.filter(pk=file_id, state__in=[WAITING, RUNNING])
    if mine.filter(tries__lt=MAX_TRIES).update(state=RUNNING, step=0, tries=F("tries") + 1):
        return ReportFile.objects.select_related("snapshot").get(pk=file_id)
    mine.update(state=FAILED, error=f"Its worker died {MAX_TRIES} times.")
    return None


def done(*, file: ReportFile, step: int) -> None:
    """Say how far it is."""
    ReportFile.objects.filter(pk=file.pk, state=RUNNING).update(step=step)


@transaction.atomic
def finish(*, file: ReportFile, content: bytes, now: datetime) -> None:
    """Keep the finished file; those of earlier editions go."""
    ReportFile.objects.filter(pk=file.pk).update(
        state=DONE, step=len(STEPS) - 1, content=content, finished_at=now, error=""
    )
    others = ReportFile.objects.filter(snapshot=file.snapshot_id, level=file.level).exclude(pk=file.pk)
    others.exclude(edition=file.edition).delete()


def give_up(*, file: ReportFile, error: str, now: datetime) -> None:
    """Keep what went wrong; the file waits for another try, or has failed after the last one."""
    state = WAITING if file.tries < MAX_TRIES else FAILED
    ReportFile.objects.filter(pk=file.pk, state=RUNNING).update(state=state, error=error[:2000], finished_at=now)


def unfinished() -> list[int]:
    """Files that wait for a worker, or whose worker died."""
    found = ReportFile.objects.filter(state__in=[WAITING, RUNNING]).order_by("pk").values_list("pk", "state")
    return [pk for pk, state in found if state == WAITING or is_free(LOCK, pk)]
