"""What people type about departments. Forms check, services write."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.timezone import localdate

from departments.fields import CategoriesField, DepartmentField, LinesField, PersonField, department_index
from departments.models import Audience, Department, Market, Membership, Process
from orgmap.core.edit_form import EditForm
from orgmap.core.forms import Form
from orgmap.users.models import User

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
PEOPLE = (Membership.Role.HEAD, Membership.Role.DEPUTY)
LEADS_ONLY = ("name", *PEOPLE)
"""What the head of a department cannot change about it."""


class DepartmentForm(EditForm):
    """A department's own words, its people and its defaults."""

    aliases = LinesField(
        required=False,
        label="Also called",
        help_text="Other names that lists use for it, one a line. Lists with a former name still find it.",
    )
    website = forms.URLField(required=False, max_length=500, assume_scheme="https")
    head = PersonField(required=False, help_text="Answers for it and for everything below. A mail address or a name.")
    deputy = PersonField(required=False)
    default_audiences = CategoriesField(
        Audience, label="Usually speaks to", help_text="Its accounts and objectives have these unless they name others."
    )
    default_markets = CategoriesField(Market, label="Usually in", help_text="None: everywhere.")

    class Meta:
        model = Department
        fields = [
            "name", "acronym", "aliases", "process", "purpose", "website", "head", "deputy", "default_audiences",
            "default_markets", "no_account_reason",
        ]  # fmt: skip
        widgets = {"purpose": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, by: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.by = by
        self.fields["process"].choices = [("", "Not said"), *Process.choices]  # type: ignore[attr-defined]  # stubs know only Field
        if not by.has_perm("departments.rename_department"):
            for name in LEADS_ONLY:
                del self.fields[name]

    def stored_value(self, record: Department, name: str) -> Any:
        if name in PEOPLE:
            place = record.memberships.filter(role=name).select_related("user").first()
            return place.user if place else None
        return super().stored_value(record, name)

    def clean_aliases(self) -> list[str]:
        """A name leads to one department: another one's is refused with the way out."""
        found: list[str] = self.cleaned_data["aliases"]
        index = department_index()
        for alias in found:
            others = index.matches(alias) - {self.instance.pk}
            if others:
                named = index.label(min(others))
                raise forms.ValidationError(
                    f"'{alias}' already leads to {named}. Take it away there first, or leave it out here."
                )
        return found

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("head") and said.get("head") == said.get("deputy"):
            self.add_error("deputy", f"{said['head']} is the head already. Name somebody else, or nobody.")
        return said


class NewDepartmentForm(DepartmentForm):
    """A department that is not on the map yet."""

    parent = DepartmentField(required=False, label="Part of", help_text="By name or acronym. Empty: at the top.")
    field_order = ("name", "acronym", "parent")


class MoveForm(Form):
    """Where a department stands in the tree."""

    parent = DepartmentField(required=False, label="Part of", help_text="By name or acronym. Empty: at the top.")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class MergeForm(Form):
    """Which department another one becomes part of."""

    into = DepartmentField(label="Becomes part of", help_text="By name or acronym.")


class MergeNowForm(MergeForm):
    """The same, once what would happen has been seen."""

    old_version = forms.IntegerField()
    new_version = forms.IntegerField()
    reason = forms.CharField(max_length=200, required=False)


class CloseForm(Form):
    """When a department closes, who follows, and what becomes of what is open."""

    on = forms.DateField(label="Closes on", widget=DAY, initial=localdate)
    successor = DepartmentField(required=False, label="Followed by", help_text="By name or acronym. Empty: nobody.")
    hand_over = forms.BooleanField(
        required=False,
        initial=True,
        label="Hand over what is open",
        help_text="Accounts, objectives, agreements and departments below go to the successor. Else they stay with the "
        "closed department, and the lists of what is missing name them.",
    )
    reason = forms.CharField(max_length=200, required=False, label="Why", help_text="Stands in the activity.")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, department: Department, **options: Any) -> None:
        super().__init__(*args, **options)
        self.department = department

    def clean_successor(self) -> Department | None:
        successor: Department | None = self.cleaned_data["successor"]
        if successor == self.department:
            raise forms.ValidationError(f"{successor} cannot follow itself. Name another department, or nobody.")
        return successor
