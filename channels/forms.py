"""What people type about an account. Forms check, services write."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.postgres.forms import SimpleArrayField

from channels.models import Account
from departments.fields import CategoriesField, DepartmentsField
from departments.forms import with_own_side
from departments.models import Audience, Department, Market, Objective
from orgmap.core.edit_form import EditForm
from orgmap.users.models import User

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class AccountForm(EditForm):
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
        linked = [objective.pk for objective in self.initial["objectives"]]
        owners = [department.pk for department in self.initial["departments"]]
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

    def stored_value(self, record: Account, name: str) -> Any:
        if name == "departments":
            return [side.department for side in record.sides.select_related("department").order_by("position", "pk")]
        return super().stored_value(record, name)
