"""Objectives: set one, change it, say how it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from departments.models import Audience, Benefit, CheckIn, Department, Market, Objective
from departments.services.lists import set_list, set_sides
from orgmap.core.editing import set_fields, take
from orgmap.core.errors import DomainError
from orgmap.history.services import because

if TYPE_CHECKING:
    from orgmap.users.models import User


class NobodysObjective(DomainError):
    """An objective belongs to at least one department."""


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
    """Set an objective for one department, or for several that pursue it jointly; the first one leads."""
    if not departments:
        raise NobodysObjective(f"“{statement}” has no department. Name at least one that pursues it.")
    with because(by=by, reason=reason):
        objective = Objective(statement=statement.strip(), benefit=benefit, **fields)
        objective.full_clean()
        objective.save()
        set_sides(objective.sides, departments)
        set_list(objective.audiences, audiences)
        set_list(objective.markets, markets)
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
    """Change an objective; lists that are not given stay as they are."""
    if departments is not None and not departments:
        raise NobodysObjective(f"“{objective}” would have no department. Name at least one that pursues it.")
    with because(by=by, reason=reason):
        objective = take(Objective.objects.all(), objective.pk, version)
        set_fields(objective, fields)
        if departments is not None:
            set_sides(objective.sides, departments)
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
