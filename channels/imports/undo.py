"""Taking an applied list back, by what the history says it did.

What the list added and nobody touched since goes; what it changed gets its old value back where the new one still
stands. Whatever people changed afterwards stays, and is listed; the list counts as partly taken back then, and the rest
can be taken back once nothing hangs on it any more. The history's own undo does it, for the whole list.
"""

from contextlib import suppress
from dataclasses import dataclass, field
from uuid import UUID

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone
from pghistory.models import Context

from channels.imports.apply import NotWaiting, lock, written_because
from channels.models import ImportBatch
from orgmap.core.errors import DomainError
from orgmap.core.words import sentence_list
from orgmap.history.services import NothingToUndo, because, undo_action
from orgmap.history.undo.foresight import Foreseen, foresee_undo
from orgmap.history.undo.traces import whole_of
from orgmap.users.models import User


class NothingGoes(DomainError):
    """Later things hang on all that the list did. Nothing was taken back; the sentence says what to take back first."""


@dataclass
class Undone:
    """What taking a list back did."""

    deleted: dict[str, int] = field(default_factory=dict)
    restored: int = 0
    kept: list[str] = field(default_factory=list)
    """By name, the first of each kind."""
    kept_count: int = 0


@dataclass
class Outlook:
    """What taking a list back would do."""

    deleted: dict[str, int]
    restored: int
    stays: list[str]
    kept: list[str]
    kept_count: int
    hides: bool
    """Whether what stays is no longer shown to the public, as it was after the list was applied."""
    first: list[ImportBatch]
    """The lists to take back before it, the newest first."""

    @property
    def does_something(self) -> bool:
        return bool(self.deleted or self.restored)


@transaction.atomic
def undo_batch(*, batch: ImportBatch, by: User | None) -> Undone:
    """Take an applied list back as far as that goes. Whoever may have the list may take back what it did."""
    lock()
    batch = ImportBatch.objects.defer("content").select_for_update(of=("self",)).get(pk=batch.pk)
    demand_applied(batch)
    reason = f"Undo of the import of {batch.filename}"
    undone = Undone()
    count = 0
    with because(by=by, reason=reason) as action:
        contexts = contexts_of(batch)
        for context in contexts[:-1]:
            set_back(context, reason)
        for context in contexts[-1:]:
            with suppress(NothingToUndo):
                did = undo_action(by=None, context=context, rest=True, reason=reason, leave=(ImportBatch,))
                count = did.count
                undone = Undone(
                    deleted=counted(did.removed),
                    restored=sum(did.changed.values()) + sum(did.brought_back.values()),
                    kept=[str(each) for each in did.kept],
                    kept_count=did.kept_count,
                )
        stays: list[str] = []
        if undone.kept:
            left = outlook(batch)
            stays = left.stays
            if not count:
                raise NothingGoes(refusal(batch, left))
        told = batch.counts.get("undo", {})
        deleted: dict[str, int] = dict(told.get("deleted", {}))
        add_up(deleted, undone.deleted)
        counts = {name: value for name, value in batch.counts.items() if name not in {"asked", "asked_at", "failed"}}
        batch.counts = counts | {
            "undo": {
                "deleted": deleted,
                "restored": told.get("restored", 0) + undone.restored,
                "kept": undone.kept,
                "kept_count": undone.kept_count,
                "stays": stays,
                "by": by.pk if by is not None else None,
                "action": str(action),
            }
        }
        batch.state = ImportBatch.State.APPLIED if undone.kept else ImportBatch.State.UNDONE
        batch.undone_at = timezone.now()
        batch.save(update_fields=["state", "undone_at", "counts"])
    return undone


@transaction.atomic
def outlook(batch: ImportBatch) -> Outlook:
    """What taking an applied list back would do now. Writes nothing: what was done with it later is only tried."""
    demand_applied(batch)
    contexts = contexts_of(batch)
    with transaction.atomic():
        for context in contexts[:-1]:
            set_back(context, "")
        found: Foreseen = foresee_undo(contexts[-1:], leave=(ImportBatch,))
        transaction.set_rollback(len(contexts) > 1)
    first = ImportBatch.objects.filter(pk__in=found.batches - {batch.pk}, state=ImportBatch.State.APPLIED)
    return Outlook(
        deleted=counted(found.removed),
        restored=found.set_back,
        stays=[str(each) for each in found.stays],
        kept=[str(each) for each in found.kept],
        kept_count=found.kept_count,
        hides=len(contexts) > 1,
        first=list(first.defer("content").order_by("-applied_at", "-pk")),
    )


def set_back(context: UUID, reason: str) -> None:
    """Take back what was done with a list as a whole after it was applied: that its accounts were shown to anyone."""
    with suppress(NothingToUndo):
        undo_action(by=None, context=context, rest=True, reason=reason, leave=(ImportBatch,))


def demand_applied(batch: ImportBatch) -> None:
    if batch.state != ImportBatch.State.APPLIED:
        raise NotWaiting(f"'{batch}' is not applied, so there is nothing to take back. Reload the page to see it.")


def refusal(batch: ImportBatch, left: Outlook) -> str:
    """Why nothing of a list goes, and what to take back first."""
    told = f"Nothing of {batch} can be taken back now. {'; '.join(left.stays)}."
    if left.first:
        return f"{told} Take back {sentence_list([str(each) for each in left.first], 'and')} first, then this list."
    return f"{told} What people changed since stays."


def contexts_of(batch: ImportBatch) -> list[UUID]:
    """What was done with a list after it was written, the latest first; at the end the action that wrote it."""
    found = Context.objects.filter(metadata__contains={"batch": batch.pk}).order_by("-created_at", "-pk")
    told = found.values_list("pk", "metadata__reason")
    return [pk for pk, _ in sorted(told, key=lambda each: each[1] == written_because(batch))]


def counted(removed: dict[str, int]) -> dict[str, int]:
    """What people would count of what is removed, by what they call it."""
    found: dict[str, int] = {}
    for label, number in removed.items():
        model: type[models.Model] = apps.get_model(label)
        if is_own(model):
            add_up(found, {str(model._meta.verbose_name_plural): number})
    return found


def in_words(deleted: dict[str, int]) -> list[str]:
    """ "1 account", "2 figures"."""
    single = {str(each._meta.verbose_name_plural): str(each._meta.verbose_name) for each in apps.get_models()}
    return [f"{count:,} {single.get(name, name) if count == 1 else name}" for name, count in deleted.items()]


def add_up(sums: dict[str, int], more: dict[str, int]) -> None:
    for name, number in more.items():
        sums[name] = sums.get(name, 0) + number


def is_own(model: type[models.Model]) -> bool:
    """Whether people would count it: an account, not its audience; figures are parts that they count."""
    return whole_of(model) is None or model._meta.label_lower == "channels.metric"
