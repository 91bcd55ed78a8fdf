"""Why something changes, and how a change is taken back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

import pghistory
from django.db import models, transaction
from django.utils.timezone import localtime
from pghistory import runtime
from pghistory.models import Context

from orgmap.core.errors import DomainError
from orgmap.history.changes import event_models
from orgmap.history.extent import is_whole, key_of, touches_others
from orgmap.history.undo.afterwards import WHOLE, tell_of
from orgmap.history.undo.applying import Refused, apply, find_refused
from orgmap.history.undo.rights import forbidden
from orgmap.history.undo.settling import keep_refused, settle
from orgmap.history.undo.traces import Action, Progress, Trace, drop, run, silently, traces_of
from orgmap.history.undo.words import Kept, called, kept_in

if TYPE_CHECKING:
    from orgmap.users.models import User


class NothingToUndo(DomainError):
    """Everything stands as it did before: somebody took it back already."""


class NotYours(DomainError):
    """Undo takes the right to change every record that it sets back."""


class OnlyWhole(DomainError):
    """What an action did to one record hangs together with what it did to others, as in a merge of two."""


class CannotUndo(DomainError):
    """Something that was changed since stands in the way. ``kept`` says what, who and when; ``count`` how many.

    ``rest``: how much could be undone beside it; ``own``: whether some of what stands in the way was changed by the
    person who asks.
    """

    def __init__(
        self, sentence: str, kept: Sequence[Kept] = (), count: int = 0, *, rest: int = 0, own: bool = False
    ) -> None:
        super().__init__(sentence)
        self.kept = list(kept)
        self.count = count
        self.rest = rest
        self.own = own


@dataclass
class Undone:
    """What an undo did."""

    removed: dict[str, int] = field(default_factory=dict)
    """Records by the model's label."""
    changed: dict[str, int] = field(default_factory=dict)
    brought_back: dict[str, int] = field(default_factory=dict)
    kept: list[Kept] = field(default_factory=list)
    kept_count: int = 0

    @property
    def count(self) -> int:
        return sum(sum(each.values()) for each in (self.removed, self.changed, self.brought_back))


@contextmanager
def because(
    *,
    by: User | None,
    reason: str = "",
    batch: int | None = None,
    undoes: UUID | None = None,
    partly: bool = False,
    of: models.Model | None = None,
    whole: bool = False,
) -> Iterator[UUID]:
    """Give every change inside the person, the reason and the import it belongs to.

    What it gives is the number of the action; inside another one, that of the other. ``undoes`` is the action that it
    takes back, all of it or partly: ``of`` one record. ``whole``: what it does to several records hangs together, so
    that it can only be taken back for all of them.

    COPY does not carry it by itself: run at least one ordinary write in the same transaction before it.
    """
    told: dict[str, object] = {}
    if by is not None:
        told["user"] = by.pk
    if reason:
        told["reason"] = reason
    if batch is not None:
        told["batch"] = batch
    if undoes is not None:
        told["undoes"] = str(undoes)
    if partly:
        told["partly"] = True
    if of is not None:
        told["of"] = key_of(of)
    if whole:
        told["whole"] = True
    with pghistory.context(**told) as action:
        yield action.id


def left_a_trace(action: UUID) -> bool:
    """Whether an action changed anything that the history keeps: only then there is something to see and undo."""
    return Context.objects.filter(pk=action).exists()


@contextmanager
def within(action: UUID) -> Iterator[None]:
    """Let what happens inside `because` belong to an action that began in an earlier transaction, or process.

    What takes many transactions is one entry of the activity then, and one undo.
    """
    before = runtime._tracker.value
    runtime._tracker.value = before._replace(id=action)
    try:
        yield
    finally:
        runtime._tracker.value = before


def undo_action(
    *,
    by: User | None,
    context: UUID,
    of: models.Model | None = None,
    rest: bool = False,
    later: bool = False,
    reason: str = "",
    leave: Sequence[type[models.Model]] = (),
    progress: Progress = silently,
) -> Undone:
    """Take a whole action back, or (``of``) what it did to one record and its parts. Redo is the undo of an undo.

    Whatever was changed since in the same fields stays: then the whole is refused with the list (CannotUndo), or with
    ``rest`` everything else is undone. With ``later`` what the same person changed about the same records afterwards,
    before anybody else did, goes back as well. ``by`` None asks for no right (commands). ``leave`` names models to
    leave alone; ``progress`` is told how far it has come.
    """
    if of is not None and is_whole(context) and touches_others(context, of):
        raise OnlyWhole(
            f"What was done to {of} is one thing with what was done to other records. Undo all of it: "
            "the page of the action does."
        )
    action = Action(context=context, record=of, later_by=by.pk if later and by is not None else None)
    return _undo(action, by=by, rest=rest, reason=reason, leave=leave, progress=progress)


def undo_change(
    *, by: User | None, model: type[models.Model], event: int, rest: bool = False, reason: str = ""
) -> Undone:
    """Take one change of one record back: one event."""
    return _undo(Action(event=(model._meta.label_lower, event)), by=by, rest=rest, reason=reason)


@transaction.atomic
def _undo(
    action: Action,
    *,
    by: User | None,
    rest: bool,
    reason: str,
    leave: Sequence[type[models.Model]] = (),
    progress: Progress = silently,
) -> Undone:
    undoes = _context_of(action)
    run("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"undo {undoes or action.event}"])
    told = Context.objects.filter(pk=undoes).first()
    partly = action.context is None or action.record is not None
    with because(by=by, reason=reason or _reason(told), undoes=undoes, partly=partly, of=action.record) as own_action:
        traces = traces_of(action, leave, progress)
        own = bool(by and told and told.metadata.get("user") == by.pk)
        kept, count = _set_back(traces, by=by, rest=rest, own=own, progress=progress)
        undone = Undone(kept=kept, kept_count=count)
        for trace in traces:
            for way, counts in (
                ("delete", undone.removed),
                ("update", undone.changed),
                ("insert", undone.brought_back),
            ):
                if number := trace.count(f"u.way = '{way}' AND u.kept IS NULL"):
                    counts[trace.model._meta.label_lower] = number
        tell_of(traces, by)
        if undoes is not None and not partly and not kept:
            for act in WHOLE:
                act(undoes, own_action)
        drop(traces)
    if not undone.count and not kept:
        raise NothingToUndo("Everything stands as it did before: there is nothing left to undo. Reload the page.")
    return undone


def _set_back(
    traces: list[Trace], *, by: User | None, rest: bool, own: bool, progress: Progress
) -> tuple[list[Kept], int]:
    while True:
        progress("Looking for what was changed since", 0.4)
        settle(traces)
        if by is not None:
            _demand(traces, by, own=own, came=False)
        kept, count = kept_in(traces)
        if kept and not rest:
            free = sum(trace.count("u.way IS NOT NULL AND u.kept IS NULL") for trace in traces)
            mine = by is not None and any(each.by == by.pk for each in kept)
            raise CannotUndo(_refusal(count), kept, count, rest=free, own=mine)
        if kept:
            pghistory.context(kept=count).__enter__()
        try:
            apply(traces, progress)
        except Refused as refusal:
            trace = refusal.trace
            if trace is None:
                raise CannotUndo(refusal.sentence) from refusal
            refused = find_refused(traces, trace)
            if not refused and trace.replays:
                raise CannotUndo(refusal.sentence) from refusal
            trace.replays = True
            keep_refused(trace, refused)
        else:
            break
    if by is not None:
        _demand(traces, by, own=own, came=True)
    return kept, count


def _demand(traces: list[Trace], by: User, *, own: bool, came: bool) -> None:
    for model, pks in forbidden(traces, by, own=own, came=came):
        names = list(called(model, pks[:3]).values())
        more = f" and {len(pks) - 3} more" if len(pks) > 3 else ""
        raise NotYours(
            f"You may not change {', '.join(names)}{more}, so you cannot undo what was done to it. "
            "Ask the social media lead."
        )


def _context_of(action: Action) -> UUID | None:
    if action.event is None:
        return action.context
    label, number = action.event
    found = event_models()[label]._default_manager.filter(pgh_id=number).values_list("pgh_context_id", flat=True)
    return found.first()


def _reason(told: Context | None) -> str:
    """Undo of what; the undo of an undo is a redo."""
    if told is None:
        return "Undo"
    before = str(told.metadata.get("reason") or f"the change of {localtime(told.created_at):%-d %B %Y, %H:%M}")
    if told.metadata.get("undoes"):
        kind, _, what = before.partition(" of ")
        if what and kind in {"Undo", "Redo"}:
            return f"{'Redo' if kind == 'Undo' else 'Undo'} of {what}"
    return f"Undo of {before}"


def _refusal(count: int) -> str:
    things = "One thing stands" if count == 1 else f"{count} things stand"
    return f"{things} in the way: changed since, or needed by something newer. Nothing was undone."
