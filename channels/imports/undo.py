"""Taking an applied list back, by what the history says it did.

What the list added and nobody touched since goes; what it changed gets its old value back where the new one still
stands. Whatever people changed afterwards stays, and is listed. The history's own undo does it, for the whole list.
"""

from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone
from pghistory.models import Context

from channels.imports.apply import NotWaiting, lock
from channels.models import ImportBatch
from orgmap.history.services import NothingToUndo, because, undo_action
from orgmap.history.undo.traces import whole_of
from orgmap.users.models import User


@dataclass
class Undone:
    """What taking a list back did."""

    deleted: dict[str, int] = field(default_factory=dict)
    restored: int = 0
    kept: list[str] = field(default_factory=list)


@transaction.atomic
def undo_batch(*, batch: ImportBatch, by: User | None) -> Undone:
    """Take an applied list back as a whole. Whoever may have the list may take back what it did."""
    lock()
    batch = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if batch.state != ImportBatch.State.APPLIED:
        raise NotWaiting(f"'{batch}' is not applied, so there is nothing to take back. Reload the page to see it.")
    reason = f"Undo of the import of {batch.filename}"
    undone = Undone()
    contexts = Context.objects.filter(metadata__contains={"batch": batch.pk}).order_by("-created_at", "-pk")
    with because(by=by, reason=reason):
        for context in contexts.values_list("pk", flat=True):
            with suppress(NothingToUndo):
                did = undo_action(by=None, context=context, rest=True, reason=reason, leave=(ImportBatch,))
                for label, count in did.removed.items():
                    model: type[models.Model] = apps.get_model(label)
                    if is_own(model):
                        noun = str(model._meta.verbose_name_plural)
                        undone.deleted[noun] = undone.deleted.get(noun, 0) + count
                undone.restored += sum(did.changed.values()) + sum(did.brought_back.values())
                undone.kept += [str(each) for each in did.kept]
        batch.state = ImportBatch.State.UNDONE
        batch.undone_at = timezone.now()
        told: dict[str, Any] = {"deleted": undone.deleted, "restored": undone.restored, "kept": undone.kept}
        told["by"] = by.pk if by is not None else None
        batch.counts = {**batch.counts, "undo": told}
        batch.save(update_fields=["state", "undone_at", "counts"])
    return undone


def is_own(model: type[models.Model]) -> bool:
    """Whether people would count it: an account, not its audience; figures are parts that they count."""
    return whole_of(model) is None or model._meta.label_lower == "channels.metric"
