"""A step to try: an agreement, two accounts that become one, a department that closes."""

from __future__ import annotations

from typing import Any

from django import forms

from channels.forms.account import one_account
from channels.models import Account, Platform
from departments.fields import DepartmentField, DepartmentsField, in_tree_order
from departments.models import Audience, Benefit, Department, Market
from orgmap.core.forms import Form
from orgmap.reports.whatif.steps import MOST_MEMBERS, Agree, Close, Merge

ANY = ("", "Any")
KINDS = (("hand_off", "Hand-off"), ("working_group", "Working group"), ("liaison", "Liaison"))


class TryAgreementForm(Form):
    """An agreement that nobody has made yet, as if everybody had accepted it."""

    kind = forms.ChoiceField(choices=KINDS, initial="hand_off")
    departments = DepartmentsField(
        label="Between", help_text="Two departments or more, one a line.", widget=forms.Textarea(attrs={"rows": 3})
    )
    audience = forms.ChoiceField(required=False)
    market = forms.ChoiceField(required=False)
    platform = forms.ChoiceField(required=False)
    benefit = forms.ChoiceField(
        required=False, help_text="An agreement about nothing in particular counts for half of one at most."
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = {
            "audience": tree(Audience),
            "market": tree(Market),
            "platform": list(Platform.objects.order_by("name", "pk").values_list("code", "name")),
            "benefit": list(Benefit.objects.order_by("code").values_list("code", "name")),
        }
        for name, found in choices.items():
            self.fields[name].choices = [ANY, *found]  # type: ignore[attr-defined]  # stubs know only Field

    def clean_departments(self) -> list[Department]:
        found: list[Department] = self.cleaned_data["departments"]
        if not 2 <= len(found) <= MOST_MEMBERS:
            raise forms.ValidationError(
                f"You named {len(found)} department{'' if len(found) == 1 else 's'}. An agreement to try has two to "
                f"{MOST_MEMBERS}."
            )
        return found

    def step(self) -> Agree:
        said = self.cleaned_data
        members = tuple(department.slug for department in said["departments"])
        return Agree(said["kind"], members, *(said[name] for name in ("audience", "market", "platform", "benefit")))


def tree(model: type[Audience] | type[Market]) -> list[tuple[str, str]]:
    """A catalogue tree as choices, indented."""
    return [(node.code, "\u2003" * depth + node.name) for node, depth in in_tree_order(model.objects.all())]


class TryMergeForm(Form):
    """Two accounts of which one goes over into the other."""

    gone = forms.CharField(max_length=1000, label="Account that goes", help_text="Its handle or address.")
    kept = forms.CharField(max_length=1000, label="Account that stays", help_text="It serves what both did.")

    def clean_gone(self) -> Account:
        return one_account(self.cleaned_data["gone"])

    def clean_kept(self) -> Account:
        return one_account(self.cleaned_data["kept"])

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if found.get("gone") and found.get("gone") == found.get("kept"):
            self.add_error("kept", f"{found['kept']} is named twice. Name the account that stays.")
        return found

    def step(self) -> Merge:
        return Merge(self.cleaned_data["gone"].pk, self.cleaned_data["kept"].pk)


class TryCloseForm(Form):
    """A department that closes, and who takes over."""

    department = DepartmentField(label="Department that closes")
    successor = DepartmentField(
        required=False, label="Followed by", help_text="It takes over what is open. Empty: nobody does."
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if found.get("department") and found.get("department") == found.get("successor"):
            self.add_error("successor", f"{found['successor']} cannot follow itself. Name another one, or nobody.")
        return found

    def step(self) -> Close:
        said = self.cleaned_data
        return Close(said["department"].slug, said["successor"].slug if said["successor"] else "")
