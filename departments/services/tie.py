"""Agreements: one side proposes, every other side answers, and it binds when all have accepted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from departments.models import Department, Objective, Tie, TieSide, TieVersion, WorkingGroup
from departments.policies import answered_departments
from departments.services.asking import tell_sides
from departments.services.lists import set_list
from departments.services.terms import FILTERS, Wording, put_terms, terms_of
from orgmap.core.editing import set_fields, take
from orgmap.core.errors import DomainError, EditConflict
from orgmap.history.services import because
from orgmap.users.policies import is_lead

if TYPE_CHECKING:
    from orgmap.users.models import User


class TooFewSides(DomainError):
    """An agreement binds at least two departments."""


class TwoScopes(DomainError):
    """An agreement is about objectives or about what its filters let through, not both."""


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
    objectives = list(objectives)
    if objectives and any(fields.get(name) is not None for name in FILTERS):
        raise TwoScopes(f"“{title}” names objectives and filters: they would say two things. Leave one of them out.")
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
        text = TieVersion.objects.create(
            tie=tie,
            number=1,
            side=next((side for side in sides if side.pk in own), None),
            by=by,
            at=now,
            note=reason,
            terms=terms_of(tie),
        )
        settle(tie)
        tell_sides(tie=tie, text=text, by=by, now=now)
    return tie


@transaction.atomic
def answer_tie(
    *,
    by: User,
    tie: Tie,
    department: Department,
    accept: bool,
    now: datetime,
    reason: str = "",
    number: int | None = None,
) -> Tie:
    """Accept or decline for one side. One decline declines the whole; the last acceptance makes it binding.

    Of an active agreement the change on the table is answered; declined, the agreement goes on as it is. ``number`` is
    the version that the person has read: another one on the table is a conflict.
    """
    with because(by=by, reason=reason):
        tie = take(Tie.objects.all(), tie.pk, None)
        latest = tie.versions.order_by("-number").first()
        changing = latest is not None and latest.state == TieVersion.State.OPEN
        if tie.status != Tie.Status.PROPOSED and not (tie.status == Tie.Status.ACTIVE and changing):
            raise AlreadyAnswered(
                f"“{tie}” is {tie.get_status_display().lower()} already. Reload the page to see by whom."
            )
        if number is not None and number != (latest.number if latest else 0):
            raise EditConflict(f"A change of “{tie}” was suggested while you were reading. Read it first, then answer.")
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
    """End an agreement before its date, or take a proposal back; it stays readable and does not count."""
    with because(by=by, reason=reason):
        tie = take(Tie.objects.all(), tie.pk, version)
        if tie.status not in (Tie.Status.PROPOSED, Tie.Status.ACTIVE):
            raise AlreadyAnswered(f"“{tie}” is {tie.get_status_display().lower()} already.")
        close_version(tie, TieVersion.State.WITHDRAWN, reason=reason)
        set_fields(tie, {"status": Tie.Status.ENDED, "ended_reason": reason})
    return tie


def settle(tie: Tie) -> None:
    """Let the answers of the sides decide: one decline declines, all acceptances make it binding."""
    sides = list(tie.sides.order_by("position", "pk"))
    declined = next((side for side in sides if side.answer == TieSide.Answer.DECLINED), None)
    if declined is not None:
        close_version(tie, TieVersion.State.DECLINED, side=declined.department, reason=declined.reason)
        if tie.status == Tie.Status.PROPOSED:
            set_fields(tie, {"status": Tie.Status.DECLINED})
        else:
            tie.sides.exclude(answer=TieSide.Answer.ACCEPTED).update(answer=TieSide.Answer.ACCEPTED, reason="")
    elif all(side.answer == TieSide.Answer.ACCEPTED for side in sides):
        agreed = close_version(tie, TieVersion.State.AGREED)
        if tie.status == Tie.Status.ACTIVE and agreed is not None:
            put_terms(tie, agreed.terms)
        set_fields(tie, {"status": Tie.Status.ACTIVE})


def close_version(
    tie: Tie, state: TieVersion.State, *, side: Department | None = None, reason: str = ""
) -> TieVersion | None:
    """Take the version on the table off it, if there is one."""
    version = tie.versions.filter(state=TieVersion.State.OPEN).first()
    if version is not None:
        set_fields(version, {"state": state, "closed_for": side, "closing_reason": reason})
    return version


def scope_in_words(tie: Tie) -> str:
    """What an agreement is about, as one phrase: its objectives, its filters, or nothing in particular."""
    terms = terms_of(tie)
    return Wording([terms]).scope(terms)
