"""What several forms share."""

from __future__ import annotations

from typing import Any

from django import forms

from departments.models import Department, Objective
from departments.policies import answered_departments
from orgmap.users.models import User
from orgmap.users.policies import is_lead

OFFERED = 100
"""So many objectives are offered to tick; those that an address names always are."""


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def with_own_side(by: User, departments: list[Department]) -> list[Department]:
    """Refuse a list in which a head has no department of their own; the lead writes for all."""
    if is_lead(by) or any(department.pk in answered_departments(by) for department in departments):
        return departments
    names = ", ".join(department.name for department in departments) or "none"
    raise forms.ValidationError(f"You answer for none of these: {names}. Add a department of yours.")


def live_objectives(by: User, about: list[Department], named: list[int] | None = None) -> Any:
    """Objectives that an agreement of these departments can be about; of the person's own when none are named yet."""
    keys = [department.pk for department in about] or list(answered_departments(by))
    rows = Objective.objects.filter(status=Objective.Status.ACTIVE)
    first = rows.filter(departments__in=keys).order_by("statement", "pk").values_list("pk", flat=True)
    wanted = {*(first.distinct()[:OFFERED] if keys else ()), *(named or ())}
    found = Objective.objects.filter(pk__in=wanted).prefetch_related("sides__department")
    return found.order_by("statement", "pk") if wanted else found.none()


def dates_in_order(form: forms.BaseForm) -> None:
    """Say so beside the end when something would end before it starts."""
    starts, ends = form.cleaned_data.get("starts_on"), form.cleaned_data.get("ends_on")
    if starts and ends and ends < starts:
        form.add_error("ends_on", f"It would end on {ends:%-d %B %Y}, before it starts on {starts:%-d %B %Y}.")


class ObjectivesField(forms.ModelMultipleChoiceField):
    """Objectives to tick, each with its departments."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        return named_with_sides(obj)


def named_with_sides(objective: Any) -> str:
    names = ", ".join(side.department.name for side in objective.sides.all())
    return f"{objective.statement} ({names})" if names else objective.statement
