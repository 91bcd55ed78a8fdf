"""Objectives: set one, change it, say how it stands, end it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import ProtectedError

from departments.models import Audience, Benefit, CheckIn, Department, Market, Objective
from departments.policies import answered_departments
from departments.services.joining import ask_departments
from departments.services.lists import set_list, set_sides
from orgmap.core.editing import set_fields, take
from orgmap.core.errors import DomainError
from orgmap.core.words import sentence_list
from orgmap.history.services import because
from orgmap.users.policies import is_lead

if TYPE_CHECKING:
    from orgmap.users.models import User


class NobodysObjective(DomainError):
    """An objective belongs to at least one department."""


class NotTheirs(DomainError):
    """Only a department itself, or the lead, takes it off a joint objective."""


class HasEnded(DomainError):
    """The objective has ended already."""


class StillNeeded(DomainError):
    """Something hangs on the objective."""


@transaction.atomic
def create_objective(
    *,
    by: User | None,
    statement: str,
    benefit: Benefit,
    departments: Sequence[Department],
    audiences: Iterable[Audience] = (),
    markets: Iterable[Market] = (),
    reason: str = "",
    **fields: object,
) -> Objective:
    """Set an objective for one department, or for several that pursue it jointly; the first one leads.

    A head sets it for their own departments; the others are asked (`departments.services.joining`).
    """
    own, others = consenting(by, departments)
    if not own:
        raise NobodysObjective(f"“{statement}” has no department of yours. Name at least one that pursues it.")
    with because(by=by, reason=reason):
        objective = Objective(statement=statement.strip(), benefit=benefit, **fields)
        objective.full_clean()
        objective.save()
        set_sides(objective.sides, own)
        set_list(objective.audiences, audiences)
        set_list(objective.markets, markets)
        ask_departments(by=by, objective=objective, departments=others)
    return objective


@transaction.atomic
def change_objective(
    *,
    by: User | None,
    objective: Objective,
    version: int | None,
    departments: Sequence[Department] | None = None,
    audiences: Iterable[Audience] | None = None,
    markets: Iterable[Market] | None = None,
    reason: str = "",
    **fields: object,
) -> Objective:
    """Change an objective; lists that are not given stay as they are.

    A department that a head adds and does not answer for is asked; only the lead and itself take one off.
    """
    if departments is not None and not departments:
        raise NobodysObjective(f"“{objective}” would have no department. Name at least one that pursues it.")
    with because(by=by, reason=reason):
        objective = take(Objective.objects.all(), objective.pk, version)
        set_fields(objective, fields)
        if departments is not None:
            change_sides(by, objective, departments)
        if audiences is not None:
            set_list(objective.audiences, audiences)
        if markets is not None:
            set_list(objective.markets, markets)
    return objective


@transaction.atomic
def check_in(*, by: User | None, objective: Objective, on: date, value: Decimal, note: str = "") -> CheckIn:
    """Note what the measure stood at on a day. The latest day is the objective's current value."""
    with because(by=by):
        objective = Objective.objects.select_for_update().get(pk=objective.pk)
        entry, _ = CheckIn.objects.update_or_create(
            objective=objective, on=on, defaults={"value": value, "note": note, "by": by}
        )
        if not objective.check_ins.filter(on__gt=on).exists():
            set_fields(objective, {"current": value})
    return entry


@transaction.atomic
def end_objective(*, by: User | None, objective: Objective, version: int | None, status: str, reason: str) -> Objective:
    """Say that an objective is achieved or withdrawn, and why. It stays readable; figures leave it out."""
    with because(by=by, reason=reason):
        objective = take(Objective.objects.all(), objective.pk, version)
        if objective.status in (Objective.Status.ACHIEVED, Objective.Status.DROPPED):
            raise HasEnded(f"“{objective}” is {objective.get_status_display().lower()} already.")
        set_fields(objective, {"status": status, "ended_reason": reason})
        objective.invitations.filter(answer="waiting").update(answer="withdrawn", reason=reason)
    return objective


@transaction.atomic
def resume_objective(*, by: User | None, objective: Objective, version: int | None) -> Objective:
    """Take an ended objective up again."""
    with because(by=by):
        objective = take(Objective.objects.all(), objective.pk, version)
        set_fields(objective, {"status": Objective.Status.ACTIVE, "ended_reason": ""})
    return objective


@transaction.atomic
def delete_objective(*, by: User | None, objective: Objective, version: int | None) -> None:
    """Take away an objective that was set by mistake. What hangs on it refuses that, by name."""
    with because(by=by):
        objective = take(Objective.objects.all(), objective.pk, version)
        try:
            with transaction.atomic():
                objective.delete()
        except ProtectedError as refusal:
            kinds = sorted({str(each._meta.verbose_name) for each in refusal.protected_objects})
            raise StillNeeded(
                f"“{objective}” stays: {sentence_list(kinds, last='and')} of it would lose what they are about. "
                "Withdraw it instead, or take these off it first."
            ) from refusal


def consenting(by: User | None, departments: Sequence[Department]) -> tuple[list[Department], list[Department]]:
    """Which of these departments a person may speak for, and which must be asked. Lists and the lead speak for all."""
    named = list(dict.fromkeys(departments))
    if by is None or is_lead(by):
        return named, []
    own = answered_departments(by)
    return [each for each in named if each.pk in own], [each for each in named if each.pk not in own]


def change_sides(by: User | None, objective: Objective, departments: Sequence[Department]) -> None:
    """Make the departments of an objective those named. Whom a head does not answer for is asked, never taken off."""
    have = {side.department_id: side.department for side in objective.sides.select_related("department")}
    _, foreign = consenting(by, departments)
    asked = [each for each in foreign if each.pk not in have]
    kept = [each for each in departments if each not in asked]
    _, lost = consenting(by, [side for pk, side in have.items() if side not in kept])
    if lost:
        names = sentence_list([each.name for each in lost], last="and")
        raise NotTheirs(
            f"{names} pursues “{objective}” too, and only its own head or the social media lead takes it off. "
            "Leave it in the list."
        )
    if not kept:
        raise NobodysObjective(f"“{objective}” would have no department. Name at least one that pursues it.")
    set_sides(objective.sides, kept)
    ask_departments(by=by, objective=objective, departments=asked)
