"""What people type about an account. Forms check, services write."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.contrib.postgres.forms import SimpleArrayField
from django.db.models import Q

from channels.models import Account
from channels.search import find
from departments.fields import CategoriesField, DepartmentsField
from departments.forms import with_own_side
from departments.models import Audience, Department, Market, Objective
from orgmap.core.edit_form import EditForm, seal
from orgmap.core.forms import Form
from orgmap.core.words import sentence_list
from orgmap.users.models import User

RUNNING = [choice for choice in Account.Status.choices if choice[0] != Account.Status.RETIRED]
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

    def __init__(self, *args: Any, by: User | None, only: Sequence[str] = (), **options: Any) -> None:
        """``only`` leaves a few words; without ``by`` nobody's own side is asked for, since it is a suggestion."""
        super().__init__(*args, **options)
        self.by = by
        sides, linked = self.initial["departments"], self.initial["objectives"]
        self.fields["departments"].kept = sides  # type: ignore[attr-defined]  # stubs know only Field
        self.fields["objectives"].queryset = offered(sides, linked)  # type: ignore[attr-defined]  # stubs know only Field
        if self.instance.status == Account.Status.RETIRED:
            del self.fields["status"]  # it is brought back, or stays as it is
        else:
            self.fields["status"].choices = RUNNING  # type: ignore[attr-defined]  # stubs know only Field
        for name in list(self.fields) if only else ():
            if name not in {*only, "opened", "reason"}:
                del self.fields[name]
        self.initial["opened"] = seal(self.stored(self.instance))

    def clean_departments(self) -> list[Department]:
        found: list[Department] = self.cleaned_data["departments"]
        return with_own_side(self.by, found) if self.by else found

    def stored_value(self, record: Account, name: str) -> Any:
        if name == "departments":
            return [side.department for side in record.sides.select_related("department").order_by("position", "pk")]
        return super().stored_value(record, name)


def offered(sides: Iterable[Department], linked: Iterable[Objective] = ()) -> Any:
    """The objectives that an account of these departments can serve, and those that it serves already."""
    theirs = Objective.objects.filter(sides__department__in=list(sides), status__in=["draft", "active"])
    keys = [objective.pk for objective in linked]
    return Objective.objects.filter(Q(pk__in=keys) | Q(pk__in=theirs.values("pk"))).order_by("statement", "pk")


class StatusForm(Form):
    """Whether an account is planned, runs or sleeps."""

    status = forms.ChoiceField(choices=RUNNING, widget=forms.RadioSelect)


class RetireForm(Form):
    """Why an account ends, when, and where people turn then."""

    reason = forms.CharField(max_length=200, label="Why does it end?", help_text="Everyone reads it on its page.")
    on = forms.DateField(label="On", widget=DAY)
    successor = forms.CharField(
        required=False,
        max_length=1000,
        label="Who follows it",
        help_text="Handle or address of the account to which people turn then.",
    )

    def clean_successor(self) -> Account | None:
        typed = self.cleaned_data["successor"]
        return one_account(typed) if typed else None


class DeleteForm(Form):
    """Why an account never was."""

    reason = forms.CharField(max_length=200, label="Why was it a mistake?", help_text="Stands in the activity.")


def one_account(typed: str) -> Account:
    """The one account that a text names. Refuses with the nearest ones."""
    hits = find(Account.objects.exclude(status=Account.Status.RETIRED), typed)
    exact = hits.pks if hits.how != "typos" else []
    named = list(Account.objects.among(exact[:20]).filter(handle__iexact=typed.lstrip("@")).select_related("platform"))
    if len(named) == 1:
        return named[0]
    if len(exact) == 1:
        return Account.objects.select_related("platform").get(pk=exact[0])
    near = [f"{each} on {each.platform}" for each in Account.objects.among(hits.pks[:3]).select_related("platform")]
    if not near:
        raise forms.ValidationError(
            f"“{typed}” is no running account on the map. Paste its address, or leave it empty."
        )
    raise forms.ValidationError(f"“{typed}” can be {sentence_list(near)}. Paste the address of the one that you mean.")
