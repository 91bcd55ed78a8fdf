"""Reading a file and writing what it says: the whole list in one transaction, or nothing."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from channels.imports.headers import has_secrets
from channels.imports.known import Map
from channels.imports.planning import planned
from channels.imports.reading import read_list
from channels.imports.records import MERGED, REFUSED, REMARK, List, Plan
from channels.imports.report import stored
from channels.imports.writing import write
from channels.models import ImportBatch, ImportRow
from departments.policies import answered_departments
from orgmap.core.errors import DomainError
from orgmap.history.services import because
from orgmap.users.models import User
from orgmap.users.policies import is_lead

LOCK = 7_201_841
"""Two imports never plan against each other's half-written map."""


class NotYours(DomainError):
    """Only the social media lead and department heads import lists."""


class MapMoved(DomainError):
    """Somebody changed the same records while the list was applied. Nothing was written; try again."""


class NotWaiting(DomainError):
    """This list was applied or undone already."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a list."""

    found: List
    plan: Plan
    batch: ImportBatch | None
    """None when there was nothing to write."""


def allowed_departments(by: User | None) -> frozenset[int] | None:
    """The departments whose rows somebody may import: all for the lead and on the command line, their own for heads."""
    if by is None or is_lead(by):
        return None
    if not by.has_perm("channels.import_lists"):
        raise NotYours
    return answered_departments(by)


def check(found: List, *, by: User | None, today: date) -> Plan:
    """What a list would do. Writes nothing."""
    return planned(found, Map(today, allowed_departments(by)))


def no_progress(done: int) -> None:
    """For lists that nobody watches."""


def import_content(
    content: bytes,
    *,
    kind: str,
    filename: str,
    by: User | None,
    today: date,
    mapping: dict[str, str] | None = None,
    sheet: str = "",
    dry_run: bool = False,
    is_public: bool = True,
    progress: Callable[[int], None] = no_progress,
) -> Result:
    """Read a file and apply it. A list that changes nothing leaves no trace.

    ``is_public``: whether anyone may look up the accounts that it adds.
    """
    found = read_list(content, kind=kind, sheet=sheet, mapping=mapping)
    if dry_run:
        return Result(found, check(found, by=by, today=today), None)
    with unmoved(), transaction.atomic():
        lock()
        plan = check(found, by=by, today=today)
        plan.is_public = is_public
        if not plan.writes:
            return Result(found, plan, None)
        batch = ImportBatch.objects.create(
            kind=kind,
            filename=filename[-255:],
            sha256=hashlib.sha256(content).hexdigest(),
            sheet=found.sheet[:120],
            mapping=found.mapping,
            content=b"" if has_secrets(kind, found.headers) else content,
            by=by,
        )
        finish(plan, batch=batch, by=by, progress=progress)
    return Result(found, plan, batch)


def apply_batch(*, batch: ImportBatch, by: User, today: date) -> Result:
    """Apply a file that was uploaded, as it was last mapped."""
    with unmoved(), transaction.atomic():
        lock()
        batch = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
        if batch.state != ImportBatch.State.UPLOADED:
            raise NotWaiting(f"'{batch}' was {batch.get_state_display().lower()} already. Reload the page to see it.")
        found = read_list(bytes(batch.content), kind=batch.kind, sheet=batch.sheet, mapping=batch.mapping)
        plan = check(found, by=by, today=today)
        plan.is_public = not batch.counts.get("hidden")
        batch.rows.all().delete()
        if has_secrets(batch.kind, found.headers):
            batch.content = b""
        finish(plan, batch=batch, by=by, progress=no_progress)
    return Result(found, plan, batch)


def finish(plan: Plan, *, batch: ImportBatch, by: User | None, progress: Callable[[int], None]) -> None:
    """Write a plan and what became of its rows."""
    if plan.writes:
        with because(by=by, reason=written_because(batch), batch=batch.pk):
            ImportBatch.objects.filter(pk=batch.pk).update(applied_at=timezone.now())
            write(plan, batch=batch, by=by, progress=progress)
    ImportRow.objects.bulk_create(
        [
            ImportRow(batch=batch, line=note.line, outcome=note.outcome, value=note.value, message=note.message)
            for note in plan.notes
            if note.outcome in (REFUSED, MERGED, REMARK)
        ],
        batch_size=2000,
    )
    batch.counts = stored(plan) | {name: batch.counts[name] for name in ("again",) if name in batch.counts}
    batch.state = ImportBatch.State.APPLIED
    batch.applied_at = timezone.now()
    batch.save(update_fields=["counts", "state", "applied_at", "content"])


def written_because(batch: ImportBatch) -> str:
    """The reason that the history keeps with what a list wrote."""
    return f"import of {batch.filename}"


class unmoved:
    """Turns a constraint that another person's write broke into a sentence; the transaction is gone by then."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, IntegrityError):
            raise MapMoved from error


def lock() -> None:
    """Wait until no other list is being applied."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
