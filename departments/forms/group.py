"""Proposing a working group, and suggesting another text of one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from departments.fields import DepartmentInput, DepartmentLines, DepartmentsField
from departments.forms.common import live_objectives, named_with_sides, with_own_side
from departments.forms.tie import ScopeForm, TieChangeForm, as_initial, departments_so_far
from departments.models import Department, Objective, Tie
from departments.services.terms import FILTERS, text_on_table
from orgmap.core.forms import Form
from orgmap.users.models import User

SMALLEST, LARGEST = 3, 7


class OneDepartmentField(DepartmentsField):
    """One department by any of its names, or none."""

    widget = DepartmentInput  # type: ignore[assignment]  # one line instead of several

    def prepare_value(self, value: Any) -> Any:
        return value.name if isinstance(value, Department) else value

    def clean(self, value: Any) -> Department | None:  # type: ignore[override]  # one instead of a list
        found = super().clean(value)
        if len(found) > 1:
            raise forms.ValidationError(f"'{value}' names {len(found)} departments. Name one.")
        return found[0] if found else None


class OneObjectiveField(forms.ModelChoiceField):
    """One objective, named with its departments."""

    def label_from_instance(self, obj: Any) -> str:
        return named_with_sides(obj)


class GroupFields(Form):
    """What only a group has: one objective, a lead, a sponsor."""

    objective = OneObjectiveField(
        None,
        required=False,
        label="The one objective that it works on",
        empty_label="None yet",
        help_text="Of one of its members. A group without one counts for little: it is a meeting.",
    )
    lead = OneDepartmentField(required=False, label="Lead", help_text="The member who calls the others together.")
    sponsor = OneDepartmentField(
        required=False,
        label="Sponsor",
        help_text="A department above them that clears the way when they cannot.",
    )

    def offer(self, by: User, about: list[Department], named: list[int]) -> None:
        self.fields["objective"].queryset = live_objectives(by, about, named)  # type: ignore[attr-defined]  # stubs know only Field


class GroupForm(GroupFields, ScopeForm):
    """A small group around one objective."""

    departments = DepartmentsField(
        label="Members", widget=DepartmentLines(attrs={"rows": 5}), help_text="Three to seven departments, one a line."
    )

    def __init__(self, *args: Any, by: User, named: list[int] | None = None, **options: Any) -> None:
        data = args[0] if args else None
        about = departments_so_far(data, options.get("initial"))
        named = [*(named or ()), *typed_objective(data)]
        super().__init__(*args, by=by, about=about, named=named, **options)
        self.offer(by, about, named)
        self.fields.pop("objectives", None)
        del self.fields["contact"]
        self.about = about

    def clean_departments(self) -> list[Department]:
        found = with_own_side(self.by, self.cleaned_data["departments"])
        if len(found) < 2:
            raise forms.ValidationError(f"You named {len(found)} department. A group needs three, or at least two.")
        return found

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        members, lead = found.get("departments"), found.get("lead")
        if members and lead and lead not in members:
            self.add_error("lead", f"{lead} is not a member. Add it to the members, or let a member lead.")
        return found

    def text(self) -> dict[str, Any]:
        """A topic in filters is the scope, and the objective stands beside it; else the objective is the scope."""
        chosen = self.cleaned_data
        said = {name: chosen[name] for name in ("title", "terms", "starts_on", "ends_on")} | self.filters()
        narrowed = any(codes is not None for codes in self.filters().values())
        objective: Objective | None = chosen.get("objective")
        said["objectives"] = [objective] if objective and not narrowed else []
        said["group"] = {
            "objective": objective,
            "lead": chosen.get("lead") or chosen["departments"][0],
            "sponsor": chosen.get("sponsor"),
        }
        return said

    def doubts(self) -> list[str]:
        """Why the group would count for less than it could, as sentences. Nothing here forbids it."""
        members = len(self.cleaned_data["departments"])
        scoped = bool(self.text()["objectives"]) or any(codes is not None for codes in self.filters().values())
        found = []
        if members > LARGEST:
            found.append(
                f"{members} members are many: each must keep up with {members - 1} others, and a person sustains about "
                "six working relationships in a group. It would count for less than a group of seven."
            )
        elif members < SMALLEST:
            found.append(f"{members} members are a pair, not a group. A hand-off says the same in fewer words.")
        if not scoped:
            found.append("It names no objective and no topic, so it is a meeting: it counts for one relationship each.")
        return found


class GroupChangeForm(GroupFields, TieChangeForm):
    """Another text of a working group. Its members stay."""

    SCOPE = FILTERS
    WORDS = ("title", "terms", "starts_on", "ends_on", "objective", "lead", "sponsor")

    def __init__(self, *args: Any, by: User, tie: Tie, **options: Any) -> None:
        initial = group_of(text_on_table(tie))
        super().__init__(*args, by=by, tie=tie, initial=initial, **options)
        named = [each.pk for each in (initial["objective"],) if each] + typed_objective(args[0] if args else None)
        self.offer(by, [side.department for side in tie.sides.all()], named)
        self.fields.pop("objectives", None)
        del self.fields["contact"]
        self.members = [side.department for side in tie.sides.all()]

    def words_of(self, terms: Mapping[str, Any]) -> dict[str, Any]:
        found = as_initial(terms) | group_of(terms)
        return {name: found[name] for name in self.WORDS}

    def clean_lead(self) -> Department | None:
        lead: Department | None = self.cleaned_data["lead"]
        if lead and lead not in self.members:
            raise forms.ValidationError(f"{lead} is not a member. Let a member lead.")
        return lead

    def text(self) -> dict[str, Any]:
        chosen = self.cleaned_data
        said = {name: chosen[name] for name in ("title", "terms", "starts_on", "ends_on")} | self.filters()
        narrowed = any(codes is not None for codes in self.filters().values())
        objective: Objective | None = chosen.get("objective")
        said["objectives"] = [objective] if objective and not narrowed else []
        said["group"] = {name: chosen.get(name) for name in ("objective", "lead", "sponsor")}
        return said


def group_of(terms: Mapping[str, Any]) -> dict[str, Any]:
    """What only a group says: its one objective, who leads, who sponsors."""
    objective = terms.get("group_objective") or next(iter(terms["objectives"]), None)
    return {
        "objective": Objective.objects.filter(pk=objective or 0).first(),
        "lead": Department.objects.filter(pk=terms.get("lead") or 0).first(),
        "sponsor": Department.objects.filter(pk=terms.get("sponsor") or 0).first(),
    }


def typed_objective(data: Any) -> list[int]:
    key = str(data.get("objective", "")) if data is not None else ""
    return [int(key)] if key.isdecimal() and len(key) < 18 else []
