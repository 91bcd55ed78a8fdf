"""Uploaded lists on their way: kept, looked at, mapped anew, applied, taken back."""

import hashlib
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from channels.confirming import brought_by
from channels.imports.apply import NotWaiting, allowed_departments, apply_batch, check
from channels.imports.reading import read_list
from channels.imports.records import List, MissingColumns, Plan, UnreadableList
from channels.imports.undo import undo_batch
from channels.models import Account, ImportBatch
from orgmap.core.errors import DomainError
from orgmap.history.services import because
from orgmap.users.models import User

AT_ONCE = 5_000
"""Longer lists are applied by a worker."""
CHECKED = 2_000
"""So many rows of a longer list are compared with the map before it is applied."""
GUESSED = 2_000_000
"""Of larger files, in bytes, it is not tried what else they could list."""
CLEARLY = 2
"""So many fields more make another kind of list the likelier one, where it can be read as both."""
PATIENCE = timedelta(minutes=15)
"""A worker that has not answered by then has lost the message; the list may be applied again."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a list would do, or why that can't be said yet."""

    found: List | None = None
    plan: Plan | None = None
    problem: str = ""
    unchecked: int = 0
    """Rows that were not compared yet."""
    likelier: str = ""
    """Another kind of list that its headers look more like."""


def keep_upload(*, content: bytes, filename: str, kind: str, sheet: str, by: User) -> ImportBatch:
    """Keep an uploaded file until it is applied. Raises UnreadableList when it is no list at all."""
    try:
        found: List = read_list(content, kind=kind, sheet=sheet)
    except MissingColumns as refusal:
        found = refusal.found
    return ImportBatch.objects.create(
        kind=kind,
        filename=filename[-255:],
        sha256=hashlib.sha256(content).hexdigest(),
        sheet=found.sheet[:120],
        content=content,
        counts={"rows": len(found.entries)},
        by=by,
    )


def preview_batch(*, batch: ImportBatch, by: User, today: date) -> Preview:
    """What an uploaded list would do to the map. Writes nothing."""
    try:
        found = read_list(bytes(batch.content), kind=batch.kind, sheet=batch.sheet, mapping=batch.mapping)
    except MissingColumns as refusal:
        likelier = likelier_kind(batch, known=0)
        return Preview(found=refusal.found, problem=f"{refusal} The choices are below.", likelier=likelier)
    except UnreadableList as refusal:
        return Preview(problem=str(refusal))
    unchecked = len(found.entries) - CHECKED if len(found.entries) > AT_ONCE else 0
    part = replace(found, entries=found.entries[:CHECKED]) if unchecked else found
    likelier = likelier_kind(batch, known=len(set(found.mapping.values())) + CLEARLY)
    return Preview(found=found, plan=check(part, by=by, today=today), unchecked=unchecked, likelier=likelier)


def likelier_kind(batch: ImportBatch, *, known: int) -> str:
    """The kind of list of which a file has more fields than ``known``, the most of all; nothing for the kind it is."""
    best = ""
    if batch.mapping or len(batch.content) > GUESSED:
        return best
    for kind in ImportBatch.Kind.values:
        if kind == batch.kind:
            continue
        try:
            found = read_list(bytes(batch.content), kind=kind, sheet=batch.sheet)
        except UnreadableList:
            continue
        if (number := len(set(found.mapping.values()))) > known:
            best, known = kind, number
    return best


def read_as(*, batch: ImportBatch, kind: str) -> None:
    """Read an uploaded file as another kind of list."""
    waiting = ImportBatch.objects.filter(pk=batch.pk, state=ImportBatch.State.UPLOADED)
    if not waiting.update(kind=kind, mapping={}):
        raise NotWaiting(f"'{batch}' is no longer waiting, so it can't be read otherwise. Upload it again.")


@transaction.atomic
def foresee(*, batch: ImportBatch, preview: Preview) -> None:
    """Keep how many rows of a waiting list would be taken and refused, for the list of imports: as last looked at."""
    if preview.plan is None:
        return
    counts = preview.plan.counts
    foreseen = {name: counts[name] for name in ("created", "changed", "refused")}
    if preview.unchecked:
        foreseen["looked_at"] = preview.plan.rows
    if batch.counts.get("foreseen") == foreseen:
        return
    waiting = ImportBatch.objects.filter(pk=batch.pk, state=ImportBatch.State.UPLOADED).select_for_update(of=("self",))
    for kept in waiting.only("counts"):
        ImportBatch.objects.filter(pk=kept.pk).update(counts=kept.counts | {"foreseen": foreseen})


def remap_batch(*, batch: ImportBatch, mapping: dict[str, str]) -> None:
    """Read the columns of an uploaded list as somebody says."""
    changed = ImportBatch.objects.filter(pk=batch.pk, state=ImportBatch.State.UPLOADED).update(mapping=mapping)
    if not changed:
        raise NotWaiting(f"'{batch}' is no longer waiting, so its columns can't be read anew. Upload it again.")


@transaction.atomic
def hide_from_public(*, batch: ImportBatch, hidden: bool) -> None:
    """Whether the accounts that an uploaded list adds are kept from the public pages until somebody shows them."""
    waiting = ImportBatch.objects.filter(pk=batch.pk, state=ImportBatch.State.UPLOADED).select_for_update(of=("self",))
    for kept in waiting.only("counts"):
        counts = {name: value for name, value in kept.counts.items() if name != "hidden"}
        batch.counts = counts | ({"hidden": True} if hidden else {})
        ImportBatch.objects.filter(pk=kept.pk).update(counts=batch.counts)


@transaction.atomic
def show_accounts(*, batch: ImportBatch, by: User) -> int:
    """Let anyone look up the accounts that a list brought; how many there are. A head: of own departments."""
    accounts = brought_by(batch.pk).filter(is_public=False)
    allowed = allowed_departments(by)
    if allowed is not None:
        accounts = accounts.filter(sides__position=0, sides__department__in=allowed)
    with because(by=by, reason=f"the accounts of {batch} are shown to anyone", batch=batch.pk):
        return Account.objects.filter(pk__in=list(accounts.values_list("pk", flat=True))).update(is_public=True)


def discard_batch(*, batch: ImportBatch) -> None:
    """Forget an uploaded list."""
    deleted, _ = ImportBatch.objects.filter(pk=batch.pk, state=ImportBatch.State.UPLOADED).delete()
    if not deleted:
        raise NotWaiting(f"'{batch}' was applied already; take it back instead.")


def is_long(batch: ImportBatch) -> bool:
    """Whether a worker should do it."""
    return int(batch.counts.get("rows", 0)) > AT_ONCE


def underway(batch: ImportBatch, *, now: datetime) -> str:
    """What a worker is doing with it: "apply", "undo" or nothing."""
    asked = batch.counts.get("asked_at")
    if not asked or batch.counts.get("failed") or now - datetime.fromisoformat(asked) > PATIENCE:
        return ""
    return str(batch.counts.get("asked", ""))


@transaction.atomic
def ask_worker(*, batch: ImportBatch, what: str, now: datetime) -> None:
    """Write down that a worker is to apply or take back a list."""
    batch = ImportBatch.objects.defer("content").select_for_update(of=("self",)).get(pk=batch.pk)
    if underway(batch, now=now):
        raise NotWaiting(f"'{batch}' is being worked on already. This page says when it is done.")
    counts: dict[str, Any] = {name: value for name, value in batch.counts.items() if name != "failed"}
    batch.counts = {**counts, "asked": what, "asked_at": now.isoformat()}
    batch.save(update_fields=["counts"])


def do_asked(*, batch_id: int, what: str, by_id: int) -> None:
    """What a worker does: apply or take back, and write down a refusal. Safe to run twice."""
    batch = ImportBatch.objects.defer("content").get(pk=batch_id)
    by = User.objects.get(pk=by_id)
    try:
        if what == "undo":
            undo_batch(batch=batch, by=by)
        else:
            apply_batch(batch=batch, by=by, today=timezone.localdate())
    except NotWaiting:
        return
    except DomainError as refusal:
        batch.refresh_from_db()
        batch.counts = {**batch.counts, "failed": str(refusal)}
        batch.save(update_fields=["counts"])
