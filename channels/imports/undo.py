"""Taking an applied list back, by what the history says it did.

What the list added and nobody touched since goes; what it changed gets its old value back where the new one still
stands. Whatever people changed afterwards stays, and is listed.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pghistory.models
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from channels.imports.apply import NotWaiting, lock
from channels.models import Account, AccountAudience, AccountDepartment, AccountMarket, ImportBatch, Metric
from departments.models import Department, Objective, ObjectiveDepartment, Tie, TieSide, WorkingGroup
from departments.models.objective import ObjectiveAudience, ObjectiveMarket
from departments.models.tie import TieObjective
from orgmap.history.services import because
from orgmap.users.models import User

Model = type[models.Model]
OWN_PARTS: dict[Model, str] = {
    AccountAudience: "account_id",
    AccountMarket: "account_id",
    AccountDepartment: "account_id",
    TieObjective: "tie_id",
    WorkingGroup: "tie_id",
    TieSide: "tie_id",
    ObjectiveAudience: "objective_id",
    ObjectiveMarket: "objective_id",
    ObjectiveDepartment: "objective_id",
}
"""Rows that belong to a record and stay when it stays."""
WHOLES: dict[str, Model] = {"account_id": Account, "tie_id": Tie, "objective_id": Objective}
ORDER: tuple[Model, ...] = (Metric, *OWN_PARTS, Account, Tie, Objective, Department)
"""What is deleted first: nothing is deleted before what points to it."""
KEPT_BY_HISTORY = {"id", "version"}
MOST_LISTED = 500


@dataclass
class Trace:
    """What a list did to the records of one model."""

    model: Model
    inserted: dict[int, dict[str, Any]] = field(default_factory=dict)
    """Number to the values as the list left them."""
    updated: dict[int, dict[str, tuple[Any, Any]]] = field(default_factory=dict)
    """Number to the columns that the list changed, each with the value before and after."""
    touched: set[int] = field(default_factory=set)
    """Records that were changed since."""


@dataclass
class Undone:
    """What taking a list back did."""

    deleted: dict[str, int] = field(default_factory=dict)
    restored: int = 0
    kept: list[str] = field(default_factory=list)


@transaction.atomic
def undo_batch(*, batch: ImportBatch, by: User | None) -> Undone:
    """Take an applied list back as a whole."""
    lock()
    batch = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if batch.state != ImportBatch.State.APPLIED:
        raise NotWaiting(f"'{batch}' is not applied, so there is nothing to take back. Reload the page to see it.")
    contexts = list(
        pghistory.models.Context.objects.filter(metadata__contains={"batch": batch.pk}).values_list("pk", flat=True)
    )
    traces = {model: trace(model, contexts) for model in ORDER}
    undone = Undone()
    with because(by=by, reason=f"undo of the import of {batch.filename}"):
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for each in traces.values():
            restore(each, undone)
        delete(traces, undone)
        batch.state = ImportBatch.State.UNDONE
        batch.undone_at = timezone.now()
        batch.counts = {
            **batch.counts,
            "undo": {"deleted": undone.deleted, "restored": undone.restored, "kept": undone.kept[:MOST_LISTED]},
        }
        batch.save(update_fields=["state", "undone_at", "counts"])
    return undone


def trace(model: Model, contexts: list[Any]) -> Trace:
    """What the history says the list did to one model, and what came after."""
    events = model.pgh_event_model._default_manager  # type: ignore[attr-defined]  # pghistory puts it there
    found = Trace(model)
    first: dict[int, int] = {}
    last: dict[int, dict[str, Any]] = {}
    inserted: set[int] = set()
    for event in events.filter(pgh_context__in=contexts).order_by("pgh_id").values().iterator(chunk_size=2000):
        pk = event["pgh_obj_id"]
        if pk not in first:
            first[pk] = event["pgh_id"]
            if event["pgh_label"] == "insert":
                inserted.add(pk)
        last[pk] = event
    before: dict[int, dict[str, Any]] = {}
    if first:
        others = events.filter(pgh_obj__in=list(first)).exclude(pgh_context__in=contexts).order_by("pgh_id")
        for event in others.values().iterator(chunk_size=2000):
            pk = event["pgh_obj_id"]
            if event["pgh_id"] < first[pk]:
                before[pk] = event
            else:
                found.touched.add(pk)
    for pk, after in last.items():
        if pk in inserted:
            found.inserted[pk] = after
        elif pk in before:
            found.updated[pk] = {
                name: (before[pk][name], value)
                for name, value in after.items()
                if not name.startswith("pgh_") and name not in KEPT_BY_HISTORY and before[pk][name] != value
            }
    return found


def restore(found: Trace, undone: Undone) -> None:
    """Give changed columns their old value back where the list's value still stands."""
    manager = found.model._default_manager
    current = manager.in_bulk(list(found.updated))
    for pk, columns in found.updated.items():
        record = current.get(pk)
        if record is None:
            continue
        old = {name: before for name, (before, after) in columns.items() if getattr(record, name) == after}
        newer = [name for name in columns if name not in old]
        if newer:
            undone.kept.append(
                f"{named(record)}: {', '.join(plain(name) for name in newer)} was changed since and stays."
            )
        if not old:
            continue
        try:
            with transaction.atomic():
                manager.filter(pk=pk).update(**old)
        except IntegrityError:
            undone.kept.append(f"{named(record)}: the old value is no longer possible, so the list's stays.")
        else:
            undone.restored += 1


def delete(traces: dict[Model, Trace], undone: Undone) -> None:
    """Delete what the list added, except what was changed since or is used by what stays."""
    going = {model: set(found.inserted) - found.touched for model, found in traces.items()}
    reasons: dict[tuple[Model, int], str] = {
        (model, pk): "was changed since and stays"
        for model, found in traces.items()
        for pk in found.touched & set(found.inserted)
    }
    for whole, pk in wholes_of_touched(traces):
        if pk in going[whole]:
            going[whole].discard(pk)
            reasons[whole, pk] = "was changed since and stays"
    settle(going, traces, reasons)
    for model in ORDER:
        pks = going[model]
        if pks:
            gone = model._base_manager.filter(pk__in=pks)._raw_delete("default")
            if model not in OWN_PARTS:
                undone.deleted[str(model._meta.verbose_name_plural)] = gone
    by_model: dict[Model, list[int]] = {}
    for model, pk in reasons:
        if model not in OWN_PARTS:
            by_model.setdefault(model, []).append(pk)
    for model, pks_kept in by_model.items():
        for record in model._default_manager.filter(pk__in=pks_kept).order_by("pk"):
            undone.kept.append(f"{named(record)} {reasons[model, record.pk]}.")


def wholes_of_touched(traces: dict[Model, Trace]) -> Iterable[tuple[Model, int]]:
    """Records of which a part that the list added was changed or taken away since: another owner, one audience less."""
    for part, column in OWN_PARTS.items():
        for pk in traces[part].touched & set(traces[part].inserted):
            yield WHOLES[column], traces[part].inserted[pk][column]


def settle(going: dict[Model, set[int]], traces: dict[Model, Trace], reasons: dict[tuple[Model, int], str]) -> None:
    """Keep what something that stays points to, and the parts of what stays, until nothing more has to be kept."""
    moved = True
    while moved:
        moved = False
        for part, column in OWN_PARTS.items():
            whole = WHOLES[column]
            staying = set(traces[whole].inserted) - going[whole]
            kept = {pk for pk in going[part] if traces[part].inserted[pk][column] in staying}
            going[part] -= kept
            moved = moved or bool(kept)
        for model, pks in going.items():
            if not pks or model in OWN_PARTS:
                continue
            used = set()
            for relation in relations(model):
                name = relation.field.attname
                rows = relation.related_model._base_manager.filter(**{f"{name}__in": list(pks)})
                leaving = going.get(relation.related_model, set())
                used |= {owner for owner, pk in rows.values_list(name, "pk") if pk not in leaving}
            for pk in used & pks:
                reasons[model, pk] = "is used by something that stays, so it stays too"
            pks -= used
            moved = moved or bool(used)


def relations(model: Model) -> Iterable[Any]:
    """What points to records of a model, the history aside."""
    for relation in model._meta.get_fields(include_hidden=True):
        if (
            relation.auto_created
            and not relation.concrete
            and (relation.one_to_many or relation.one_to_one)
            and not relation.related_model.__name__.endswith("Event")  # type: ignore[union-attr]  # never a text here
        ):
            yield relation


def named(record: models.Model) -> str:
    """A record for a sentence: what it is and its name."""
    if isinstance(record, AccountDepartment):
        return f"The departments of account {record.account}"
    if isinstance(record, Metric):
        return f"The {record.name} of {record.account} on {record.on}"
    return f"{str(record._meta.verbose_name).capitalize()} {record}"


def plain(column: str) -> str:
    """A column for a sentence."""
    return column.removesuffix("_id").replace("_", " ")
