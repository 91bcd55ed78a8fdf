"""What people decide about findings. One or a thousand go the same way, in a few statements.

Each takes the findings that a person chose as a queryset; who may choose which is the caller's to say
(`FindingQuerySet.decidable_by`). Each returns how many it changed; what stood so already is no change. Each is part of
an action of the history, and goes back with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from channels.models import Finding, FindingNote
from orgmap.core.errors import DomainError
from orgmap.history.services import because
from orgmap.history.undo.afterwards import afterwards

if TYPE_CHECKING:
    from channels.finding_querysets import FindingQuerySet
    from orgmap.users.models import User

State, Kind = Finding.State, FindingNote.Kind
LONGEST_WAIVER = 2
"""Years. What is never to be asked again is a setting of the rule, not a waiver."""


class CannotWaive(DomainError):
    """A waiver needs a reason and an end."""


class CannotAssign(DomainError):
    """The person can't take it."""


class NothingSaid(DomainError):
    """A note without a word."""


@transaction.atomic
def assign(
    *, by: User, findings: FindingQuerySet, to: User | None, due_on: date | None = None, now: datetime, reason: str = ""
) -> int:
    """Give findings to a person, with a day by which they are mended; to nobody takes them back."""
    if to is not None and not to.is_active:
        raise CannotAssign(f"{to} may no longer log in. Choose somebody who does.")
    chosen = _locked(findings.to_do())
    state = State.OPEN if to is None else State.ASSIGNED
    due_on = None if to is None else due_on
    changed = [each for each in chosen if (each.assignee_id, each.due_on) != (to.pk if to else None, due_on)]
    with because(by=by):
        _rows(changed).update(state=state, assignee=to, due_on=due_on)
    words = to_whom(to, due_on)
    _note(changed, Kind.ASSIGNED, by=by, now=now, text=f"{words}: {reason}" if reason else words)
    return len(changed)


@transaction.atomic
def waive(*, by: User, findings: FindingQuerySet, until: date, reason: str, now: datetime, today: date) -> int:
    """Accept that the fact stands until a day. The day after, the finding opens by itself if it still does."""
    if not reason.strip():
        raise CannotWaive("Say why it may stand: whoever reads the list after you wants to know.")
    if until < today:
        raise CannotWaive(f"{until:%-d %B %Y} has passed. Choose a day from today on.")
    if (until - today).days > LONGEST_WAIVER * 366:
        raise CannotWaive(
            f"{until:%-d %B %Y} is more than {LONGEST_WAIVER} years away. Choose an earlier day, or set the rule."
        )
    chosen = _locked(findings.live())
    changed = [each for each in chosen if (each.waived_reason, each.waived_until) != (reason.strip(), until)]
    with because(by=by):
        _rows(changed).update(state=State.WAIVED, waived_reason=reason.strip(), waived_until=until)
    _note(changed, Kind.WAIVED, by=by, now=now, text=f"until {until:%-d %B %Y}: {reason.strip()}")
    return len(changed)


@transaction.atomic
def reopen(*, by: User | None, findings: FindingQuerySet, now: datetime, today: date, reason: str = "") -> int:
    """End a waiver before its time, or open what was resolved. Whoever had it has it again."""
    changed = _locked(findings.exclude(state__in=[State.OPEN, State.ASSIGNED]))
    with because(by=by) if by else nullcontext():
        open_again(changed, today=today)
    _note(changed, Kind.REOPENED, by=by, now=now, text=reason)
    return len(changed)


@transaction.atomic
def end_waivers(*, now: datetime, today: date) -> int:
    """Open what was waived until a day that has passed."""
    over = Finding.objects.filter(state=State.WAIVED, waived_until__lt=today)
    return reopen(by=None, findings=over, now=now, today=today, reason="The waiver has ended.")


@transaction.atomic
def resolve(*, by: User | None, findings: FindingQuerySet, now: datetime, today: date, reason: str = "") -> int:
    """Close findings. What the audit still sees, it opens again: to let a fact stand, waive it."""
    changed = _locked(findings.live())
    _rows(changed).update(
        state=State.RESOLVED, resolved_at=now, resolved_by=by, last_seen=today, waived_reason="", waived_until=None
    )
    _note(changed, Kind.RESOLVED, by=by, now=now, text=reason)
    return len(changed)


@transaction.atomic
def add_note(*, by: User, findings: FindingQuerySet, text: str, now: datetime) -> int:
    """Say something about findings."""
    if not text.strip():
        raise NothingSaid("Write something first.")
    chosen = _locked(findings)
    with because(by=by):
        _note(chosen, Kind.NOTE, by=by, now=now, text=text.strip())
    return len(chosen)


def note_undone(pks: Sequence[int], by: User | None) -> None:
    """A decision was taken back: say at each finding how it stands now. Nobody is written to once more."""
    rows = list(Finding.objects.filter(pk__in=pks).select_related("assignee").order_by("pk"))
    now = timezone.now()
    said = (FindingNote(finding=row, kind=Kind.UNDONE, by=by, at=now, text=how_it_stands(row)) for row in rows)
    FindingNote.objects.bulk_create(said, batch_size=2000)


afterwards(Finding, note_undone)


def how_it_stands(finding: Finding) -> str:
    """Who has it, or until when it may stand, in words."""
    if finding.state == State.WAIVED:
        return f"waived until {finding.waived_until:%-d %B %Y}: {finding.waived_reason}"
    return f"assigned {to_whom(finding.assignee, finding.due_on)}"


def to_whom(person: User | None, due_on: date | None) -> str:
    words = f"to {person}" if person else "to nobody"
    return f"{words}, by {due_on:%-d %B %Y}" if due_on else words


def open_again(findings: list[Finding], *, today: date) -> None:
    """Set findings open, or back to whom they were assigned; opened today if they were resolved."""
    resolved = [each for each in findings if each.state == State.RESOLVED]
    for state, chosen in (
        (State.ASSIGNED, [each for each in findings if each.assignee_id]),
        (State.OPEN, [each for each in findings if not each.assignee_id]),
    ):
        _rows(chosen).update(
            state=state, waived_reason="", waived_until=None, resolved_at=None, resolved_by=None, last_seen=None
        )
    _rows(resolved).update(since=today)


def _locked(findings: FindingQuerySet) -> list[Finding]:
    """The chosen findings, always locked in one order: two people at once wait for each other."""
    pks = findings.order_by().values("pk")
    return list(Finding.objects.filter(pk__in=pks).select_for_update(of=("self",)).order_by("pk"))


def _rows(findings: list[Finding]) -> FindingQuerySet:
    return Finding.objects.filter(pk__in=[each.pk for each in findings])


def _note(findings: list[Finding], kind: str, *, by: User | None, now: datetime, text: str) -> None:
    FindingNote.objects.bulk_create(
        (FindingNote(finding=each, kind=kind, by=by, at=now, text=text[:1000]) for each in findings), batch_size=2000
    )
