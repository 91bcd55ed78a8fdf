"""Agreements: one side proposes, every other side answers, and it binds when all have accepted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from departments.models import Department, Objective, Tie, TieSide, WorkingGroup
from departments.policies import answered_departments
from departments.services.lists import set_list
from orgmap.core.editing import set_fields, take
from orgmap.core.errors import DomainError
from orgmap.history.services import because
from orgmap.users.policies import is_lead

if TYPE_CHECKING:
    from orgmap.users.models import User


class TooFewSides(DomainError):
    """An agreement binds at least two departments."""


class NotASide(DomainError):
    """Only a department of the agreement can answer."""


class AlreadyAnswered(DomainError):
    """The agreement is not waiting for an answer any more."""


@transaction.atomic
def propose_tie(
    *,
    by: User,
    kind: str,
    title: str,
    departments: Sequence[Department],
    ends_on: date,
    now: datetime,
    objectives: Iterable[Objective] = (),
    group: dict[str, object] | None = None,
    reason: str = "",
    **fields: object,
) -> Tie:
    """Propose an agreement. The sides that the proposer answers for accept at once; the others are asked.

    ``fields`` are the terms, the contact and the four filters (unset: any; empty list: none). ``group`` holds the
    objective, lead and sponsor of a working group.
    """
    sides = list(dict.fromkeys(departments))
    if len(sides) < 2:
        raise TooFewSides(
            f"“{title}” names {len(sides)} department. An agreement binds at least two: add the other side."
        )
    with because(by=by, reason=reason):
        tie = Tie(kind=kind, title=title.strip(), ends_on=ends_on, proposed_by=by, **fields)
        tie.full_clean()
        tie.save()
        own = answered_departments(by)
        for position, department in enumerate(sides):
            accepted = department.pk in own
            TieSide.objects.create(
                tie=tie,
                department=department,
                position=position,
                answer=TieSide.Answer.ACCEPTED if accepted else TieSide.Answer.WAITING,
                answered_by=by if accepted else None,
                answered_at=now if accepted else None,
            )
        set_list(tie.objectives, objectives)
        if kind == Tie.Kind.WORKING_GROUP:
            WorkingGroup.objects.create(tie=tie, **(group or {}))
        settle(tie)
    return tie


@transaction.atomic
def answer_tie(*, by: User, tie: Tie, department: Department, accept: bool, now: datetime, reason: str = "") -> Tie:
    """Accept or decline for one side. One decline declines the whole; the last acceptance makes it binding."""
    with because(by=by, reason=reason):
        tie = take(Tie.objects.all(), tie.pk, None)
        if tie.status != Tie.Status.PROPOSED:
            raise AlreadyAnswered(
                f"“{tie}” is {tie.get_status_display().lower()} already. Reload the page to see by whom."
            )
        side = tie.sides.filter(department=department).first()
        if side is None or not (is_lead(by) or department.pk in answered_departments(by)):
            raise NotASide(f"You do not answer for a side of “{tie}”. Its departments' heads or the lead can answer.")
        side.answer = TieSide.Answer.ACCEPTED if accept else TieSide.Answer.DECLINED
        side.answered_by, side.answered_at, side.reason = by, now, reason
        side.full_clean()
        side.save()
        settle(tie)
    return tie


@transaction.atomic
def end_tie(*, by: User, tie: Tie, version: int | None, reason: str) -> Tie:
    """End an agreement before its date; it stays readable and no longer counts."""
    with because(by=by, reason=reason):
        tie = take(Tie.objects.all(), tie.pk, version)
        set_fields(tie, {"status": Tie.Status.ENDED, "ended_reason": reason})
    return tie


def settle(tie: Tie) -> None:
    """Let the answers of the sides decide: one decline declines, all acceptances make it active."""
    answers = set(tie.sides.values_list("answer", flat=True))
    if TieSide.Answer.DECLINED in answers:
        set_fields(tie, {"status": Tie.Status.DECLINED})
    elif answers == {TieSide.Answer.ACCEPTED}:
        set_fields(tie, {"status": Tie.Status.ACTIVE})


def scope_in_words(tie: Tie) -> str:
    """What an agreement is about, as one phrase: its objectives, its filters, or nothing in particular."""
    named = [f"“{objective.statement}”" for objective in tie.objectives.all()]
    if named:
        return ", ".join(named)
    parts = [
        f"{what}: {', '.join(codes) or 'none'}"
        for what, codes in (
            ("audiences", tie.audiences),
            ("markets", tie.markets),
            ("platforms", tie.platforms),
            ("benefits", tie.benefits),
        )
        if codes is not None
    ]
    return "; ".join(parts) or "nothing in particular, so it counts for little"
