"""What an undo would do and leave, said before anything is undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import models, transaction

from orgmap.history.changes import event_models
from orgmap.history.undo.settling import settle
from orgmap.history.undo.traces import Action, Trace, drop, relations, run, traces_of
from orgmap.history.undo.words import Kept, Stay, kept_in, stays_in


@dataclass
class Foreseen:
    """What goes by the model's label, and what stays: counted by reason, and by name the first of each kind."""

    removed: dict[str, int] = field(default_factory=dict)
    set_back: int = 0
    stays: list[Stay] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    kept_count: int = 0
    batches: set[int] = field(default_factory=set)
    """The lists by which came what stands in the way."""


@transaction.atomic
def foresee_undo(contexts: Sequence[UUID], *, leave: Sequence[type[models.Model]] = ()) -> Foreseen:
    """What taking these actions back, all but what was changed since, would do. Writes nothing."""
    found = Foreseen()
    for context in contexts:
        traces = traces_of(Action(context=context), leave)
        settle(traces)
        for trace in traces:
            if number := trace.count("u.way = 'delete' AND u.kept IS NULL"):
                label = trace.model._meta.label_lower
                found.removed[label] = found.removed.get(label, 0) + number
            found.set_back += trace.count("u.way IN ('update', 'insert') AND u.kept IS NULL")
            found.batches |= batches_behind(trace)
        kept, count = kept_in(traces)
        found.kept += kept
        found.kept_count += count
        if kept:
            found.stays += stays_in(traces)
        drop(traces)
    return found


def batches_behind(trace: Trace) -> set[int]:
    """The lists by which came what keeps records of a trace from going."""
    found = run(
        f"SELECT DISTINCT (c.metadata->>'batch')::bigint FROM {trace.name} u"
        f" JOIN {trace.events} e ON e.pgh_obj_id = u.pk AND e.pgh_id > u.last"
        " JOIN pghistory_context c ON c.id = e.pgh_context_id"
        " WHERE (u.kept IN ('changed', 'gone', 'again') OR u.newer <> '{}') AND c.metadata->>'batch' IS NOT NULL"
    )
    if trace.count("starts_with(u.kept, 'used:')"):
        for link in relations(trace.model):
            label = link.model._meta.label_lower
            if label not in event_models():
                continue
            events = event_models()[label]._meta.db_table
            found += run(
                f"SELECT DISTINCT (c.metadata->>'batch')::bigint FROM {trace.name} u"
                f" JOIN {link.model._meta.db_table} r ON r.{link.column} = u.pk"
                f" JOIN {events} e ON e.pgh_obj_id = r.id AND e.{link.column} = u.pk"
                " JOIN pghistory_context c ON c.id = e.pgh_context_id"
                " WHERE u.kept = %s AND c.metadata->>'batch' IS NOT NULL",
                [f"used:{label}"],
            )
    return {number for (number,) in found}
