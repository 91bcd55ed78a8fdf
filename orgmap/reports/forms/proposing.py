"""From a step that was tried to a proposal that others answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from departments.forms.common import day_input, with_own_side
from departments.models import Department, Tie
from orgmap.core.forms import Form
from orgmap.reports.whatif.steps import Agree
from orgmap.users.models import User


class ProposeForm(Form):
    """What an agreement still needs before others can be asked: a title, a date, of a group its lead, of a liaison a
    name."""

    title = forms.CharField(max_length=200)
    ends_on = forms.DateField(label="Ends, or is reviewed, on", widget=day_input())
    contact = forms.CharField(max_length=200, help_text="A liaison is a named person.")
    lead = forms.ChoiceField(help_text="The member who calls the others together.")

    def __init__(
        self, *args: Any, step: Agree, departments: Sequence[Department], by: User, today: date, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.step, self.departments, self.by, self.today = step, list(departments), by, today
        if step.kind == Tie.Kind.WORKING_GROUP:
            self.fields["lead"].choices = [(each.slug, each.name) for each in departments]  # type: ignore[attr-defined]  # stubs know only Field
        else:
            del self.fields["lead"]
        if step.kind != Tie.Kind.LIAISON:
            del self.fields["contact"]

    def clean_ends_on(self) -> date:
        day: date = self.cleaned_data["ends_on"]
        if day < self.today:
            raise forms.ValidationError(
                f"{day:%-d %B %Y} is past: it would never count. Today is {self.today:%-d %B %Y}."
            )
        return day

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        with_own_side(self.by, self.departments)
        if len(self.departments) < len(self.step.departments):
            raise forms.ValidationError("A department of this step is not on the map any more. Take the step out.")
        return found

    def proposal(self) -> dict[str, Any]:
        """What the service that proposes is given."""
        said = self.cleaned_data
        found: dict[str, Any] = {
            "kind": self.step.kind,
            "title": said["title"],
            "departments": self.departments,
            "ends_on": said["ends_on"],
            "contact": said.get("contact", ""),
            **self.step.filters,
        }
        if "lead" in said:
            lead = next(each for each in self.departments if each.slug == said["lead"])
            found["group"] = {"objective": None, "lead": lead, "sponsor": None}
        return found
