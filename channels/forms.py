"""What people type about an account. Forms check, services write."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.postgres.forms import SimpleArrayField
from django.http import QueryDict

from channels.models import Account
from channels.services import lists_of
from departments.fields import CategoriesField, DepartmentsField
from departments.forms import with_own_side
from departments.models import Audience, Department, Market, Objective
from orgmap.users.models import User

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
LISTS = ("departments", "audiences", "markets", "objectives")


class AccountForm(forms.ModelForm):
    """The words of the sentence, then the facts."""

    departments = DepartmentsField(
        required=False,
        label="Who",
        help_text="Departments, one a line, by name or acronym. The first one owns the account, the others co-manage.",
    )
    audiences = CategoriesField(
        Audience, label="To whom", help_text="None: the default audiences of the first department."
    )
    markets = CategoriesField(
        Market, label="Where", help_text="None: the first department's defaults, else everywhere."
    )
    objectives = forms.ModelMultipleChoiceField(
        Objective.objects.none(),
        required=False,
        label="Because (objectives)",
        widget=forms.CheckboxSelectMultiple,
        help_text="Objectives of its departments.",
    )
    tags = SimpleArrayField(
        forms.CharField(max_length=60), required=False, help_text="Words of your own, with commas between them."
    )
    reason = forms.CharField(
        max_length=200, required=False, label="Why this change", help_text="Stands in the activity beside it."
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    lists = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Account
        fields = [
            "departments", "says", "audiences", "markets", "objectives", "why_care", "rhythm", "reply_promise",
            "name", "status", "language", "contact", "custody", "agency", "contract_ends_on", "last_post_on",
            "tags", "is_public", "notes",
        ]  # fmt: skip
        widgets = {"contract_ends_on": DAY, "last_post_on": DAY, "notes": forms.Textarea(attrs={"rows": 3})}
        labels = {
            "says": "Says what",
            "name": "Name that visitors see",
            "contract_ends_on": "The agency's contract ends on",
            "last_post_on": "Last post on",
            "is_public": "Anyone may verify that this account is ours",
        }
        help_texts = {"reply_promise": "For example one day.", "is_public": "", "name": ""}

    def __init__(self, *args: Any, by: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.by = by
        sides = sorted(self.instance.sides.all(), key=lambda side: side.position)
        linked = list(self.instance.objectives.values_list("pk", flat=True))
        self.initial.update(
            departments=[side.department for side in sides],
            objectives=linked,
            version=self.instance.version,
            lists=lists_of(self.instance),
        )
        owners = [side.department_id for side in sides]
        theirs = Objective.objects.filter(sides__department__in=owners, status__in=["draft", "active"])
        self.fields["objectives"].queryset = (  # type: ignore[attr-defined]  # stubs know only Field
            Objective.objects.filter(pk__in=[*linked, *theirs.values_list("pk", flat=True)]).order_by("statement", "pk")
        )
        if self.instance.status != Account.Status.RETIRED:
            self.fields["status"].choices = [  # type: ignore[attr-defined]  # stubs know only Field
                choice for choice in Account.Status.choices if choice[0] != Account.Status.RETIRED
            ]

    def clean_departments(self) -> list[Department]:
        return with_own_side(self.by, self.cleaned_data["departments"])

    def take_over(self, account: Account) -> None:
        """After a conflict: what was typed stays, and the next save is measured against the account as it is now."""
        typed = QueryDict(mutable=True)
        typed.update(self.data)
        typed["version"] = str(account.version)
        typed["lists"] = lists_of(account)
        self.data = typed

    def differences(self, account: Account) -> list[tuple[str, str, str]]:
        """Where the account as it stands differs from what was typed: label, theirs, yours."""
        found = []
        for name in self.Meta.fields:
            theirs, yours = shown(stored(account, name)), shown(self.cleaned_data.get(name))
            if theirs != yours:
                found.append((str(self[name].label), theirs, yours))
        return found


def stored(account: Account, name: str) -> Any:
    """What the account says now."""
    if name == "departments":
        return [side.department for side in account.sides.select_related("department").order_by("position", "pk")]
    return getattr(account, name).order_by("pk") if name in LISTS else getattr(account, name)


def shown(value: Any) -> str:
    """A value as text, to compare and to read."""
    if value is None or value == "":
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value
    try:
        return ", ".join(str(each) for each in value) or "nothing"
    except TypeError:
        return str(value)
