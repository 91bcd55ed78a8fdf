"""The three questions about an account, and the beginning of a campaign."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict

from channels import listing, tables
from channels.asking import Row
from channels.filters import AccountFilter
from channels.models import Account, Campaign
from channels.services.attesting import Said
from departments.fields import DepartmentField, department_index
from departments.models import Department
from orgmap.core.filters import sentences as problems_of
from orgmap.core.forms import Form
from orgmap.users.models import User

NO_OBJECTIVE, NOT_NEEDED = "none", "not_needed"
LONGEST_QUERY = 200
LONGEST_NAME = 200


class AnswerForm(Form):
    """Still ours, still needed and what for, and who holds the keys. It begins with what the map says."""

    mark = forms.CharField(required=False)
    ok = forms.BooleanField(required=False, label="All three are right")
    ours = forms.ChoiceField(required=False, widget=forms.RadioSelect, label="Still ours?")
    whose = forms.CharField(required=False, max_length=200, label="Whose is it, as far as you know?")
    objective = forms.ChoiceField(required=False, label="Still needed, and what for?")
    holders = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, label="Who holds the keys?"
    )
    joined = forms.CharField(required=False, max_length=400, label="Others, by name")

    def __init__(
        self, sent: QueryDict | None = None, *, row: Row, typed: Mapping[str, str] | None = None, stale: str = ""
    ) -> None:
        """typed: what stands in the fields at first, beside what the map says; stale: why it stands there anew."""
        self.row, self.stale = row, stale
        holders = [str(holder.pk) for holder in row.holders]
        initial = {"ours": "yes", "holders": holders, "objective": "", **(typed or {})}
        super().__init__(sent, prefix=str(row.account.pk), initial=initial)
        self.choose("ours", [("yes", f"Yes, {row.owner}" if row.owner else "Yes"), ("no", "No")])
        self.choose("holders", [(str(holder.pk), holder.name) for holder in row.holders])
        now = "; ".join(str(objective) for objective in row.objectives)
        self.choose(
            "objective",
            [
                ("", now or "Choose …"),
                *((str(objective.pk), str(objective)) for objective in row.offered),
                *([] if row.objectives else [(NO_OBJECTIVE, "It is needed, and no objective is stated yet")]),
                (NOT_NEEDED, "It is not needed any more"),
            ],
        )
        self.heir: Department | None = None

    def choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # stubs know only Field

    def again(self) -> AnswerForm:
        """For a page that has to be answered anew: an account that changed meanwhile stands there as it is now."""
        if not self.is_answered or self.cleaned_data.get("mark") == self.row.mark:
            return self
        told = (
            f"Somebody changed {self.row.account} since you opened this page. It stands here as it is now: look again."
        )
        typed = {name: self.data.get(self.add_prefix(name), "") for name in ("joined", "whose")}
        return AnswerForm(row=self.row, typed=typed, stale=told)

    @property
    def is_answered(self) -> bool:
        """Whether anything was said about this account."""
        said = self.cleaned_data
        changed = said.get("ours") == "no" or said.get("objective") or said.get("joined") or self.left()
        return bool(said.get("ok") or changed)

    def left(self) -> list[str]:
        """Holders who were unticked. A form that is sent without any of its boxes says nothing about them."""
        ticked = set(self.cleaned_data.get("holders", []))
        return [str(holder.pk) for holder in self.row.holders if str(holder.pk) not in ticked]

    def names(self) -> list[str]:
        return [name for part in self.cleaned_data.get("joined", "").split(",") if (name := " ".join(part.split()))]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if self.errors or not self.is_answered:
            return said
        account = self.row.account
        if said["mark"] != self.row.mark:
            raise forms.ValidationError(f"{account} changed meanwhile.")  # the page says it: see again
        if said["ours"] == "no":
            self.find_owner(said["whose"])
        elif said["objective"] != NOT_NEEDED:
            if not said["objective"] and not self.row.objectives:
                self.add_error("objective", f"Say what {account} is needed for, or that it is not needed any more.")
            if not self.names() and len(self.left()) == len(self.row.holders):
                self.add_error("joined", f"Name somebody who holds the keys of {account}.")
            for name in self.names():
                if len(name) > LONGEST_NAME:
                    self.add_error(
                        "joined", f"“{name[:40]}…” is too long for a name. Write one name, or several with commas."
                    )
        return said

    def find_owner(self, text: str) -> None:
        if not text.strip():
            return
        found = department_index().find(text)
        if found.problem:
            self.add_error("whose", found.problem)
        elif len(found.departments) > 1:
            self.add_error("whose", f"'{text}' names several departments. Write one of them.")
        else:
            self.heir = Department.objects.get(pk=found.departments[0])

    def said(self) -> Said:
        """The answer as the service takes it."""
        typed = self.cleaned_data
        row = self.row
        if typed["ours"] == "no":
            return Said(row.account, ours=False, whose=self.heir, note="" if self.heir else typed["whose"])
        if typed["objective"] == NOT_NEEDED:
            return Said(row.account, needed=False)
        chosen = [objective for objective in row.offered if str(objective.pk) == typed["objective"]]
        left = set(self.left())
        gone = [holder for holder in row.holders if str(holder.pk) in left]
        first = all(holder in gone or not holder.is_primary for holder in row.holders)
        return Said(
            row.account,
            objectives=chosen or None,
            left=gone,
            joined=[holder_of(name, is_primary=first and place == 0) for place, name in enumerate(self.names())],
        )


def holder_of(text: str, *, is_primary: bool) -> dict[str, object]:
    """A holder as somebody wrote the name or the mail address; a person of ours is known by either."""
    people = User.objects.filter(is_active=True)
    known = list(people.filter(email__iexact=text)[:1]) or list(people.filter(name__iexact=text)[:2])
    if len(known) == 1:
        return {"name": str(known[0]), "email": known[0].email, "user": known[0], "is_primary": is_primary}
    address = text if "@" in text and " " not in text else ""
    return {"name": text[:200], "email": address, "is_primary": is_primary}


class CampaignForm(Form):
    """Which owners are asked, until when, and why."""

    name = forms.CharField(max_length=120, help_text="Owners read it in their letters, for example Autumn 2026.")
    due_on = forms.DateField(
        label="To be answered by", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="They are reminded 30, 14 and 2 days before; deputies 7 days after, heads again 14 days after.",
    )  # fmt: skip
    scope = forms.ChoiceField(
        label="Which accounts", choices=Campaign.Scope.choices, widget=forms.RadioSelect, initial=Campaign.Scope.ALL
    )
    department = DepartmentField(
        required=False, label="Department", help_text="Only for a department and all below it."
    )
    filters = forms.CharField(
        required=False, max_length=1000, label="Choice of the directory",
        help_text="Only for a choice: narrow the directory and paste its address here.",
    )  # fmt: skip
    note = forms.CharField(
        required=False, max_length=1000, label="A word to the owners", widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Stands in every letter.",
    )  # fmt: skip

    def __init__(self, *args: Any, request: HttpRequest, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.request, self.today = request, today
        self.accounts: list[int] = []

    def clean_due_on(self) -> date:
        day: date = self.cleaned_data["due_on"]
        if not self.today < day <= self.today + timedelta(days=366):
            raise forms.ValidationError("Choose a day after today and within a year, so that owners can answer.")
        return day

    def clean_filters(self) -> str:
        """What follows the question mark of an address of the directory, or what was typed without one."""
        before, mark, after = self.cleaned_data["filters"].partition("#")[0].partition("?")
        return str(after if mark else before)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if self.errors:
            return said
        accounts = Account.objects.visible_to(self.request.user).running()  # type: ignore[arg-type]  # signed in
        if said["scope"] == Campaign.Scope.BELOW:
            if said["department"] is None:
                self.add_error("department", "Say which department, or ask about all running accounts.")
                return said
            below = Department.objects.below(said["department"].pk).values_list("pk", flat=True)
            accounts = accounts.owned_by(list(below))
        if said["scope"] == Campaign.Scope.FILTER:
            self.accounts = self.narrowed(accounts, said["filters"])
        else:
            self.accounts = list(accounts.values_list("pk", flat=True))
        if not self.errors and not self.accounts:
            self.add_error(None, "No running account is among those, so there is nobody to ask. Choose others.")
        return said

    def narrowed(self, accounts: Any, filters: str) -> list[int]:
        """The accounts that the directory shows at an address."""
        query = QueryDict(filters)
        chosen = AccountFilter(query, queryset=accounts, request=self.request)
        typed = query.get("q", "").strip()[:LONGEST_QUERY]
        for problem in [] if chosen.form.is_valid() else problems_of(chosen):
            self.add_error("filters", problem)
        if not typed and not any(chosen.form.cleaned_data.values()):
            self.add_error("filters", "This narrows nothing. Paste the directory's address with its filters in it.")
        if self.errors:
            return []
        return listing.everything(accounts, chosen.filter_queryset, typed=typed, order=tables.order_of(query))
