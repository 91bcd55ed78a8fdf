"""What people type when they ask for a new account, and when one is decided about."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q

from channels import registering
from channels.forms.account import DAY, RUNNING
from channels.letters import OCCASIONS, Letter, unknown_names
from channels.models import Account, AccountRequest, Platform
from channels.policies import asking_departments
from channels.registering import Reading
from departments.fields import CategoriesField, DepartmentField
from departments.models import Audience, Department, Market, Objective, Process
from orgmap.core.edit_form import EditForm
from orgmap.core.forms import Form
from orgmap.core.words import sentence_list
from orgmap.users.models import User
from orgmap.users.policies import is_lead

PLACE = ("department", "process", "platform", "handle", "audiences", "markets")
REASONS = ("objective", "why_care", "why_none", "partner")
WORDS = ("says", "language", "rhythm", "hours")
KEYS = ("primary_admin", "backup_admin", "contact")
SUCCESS = ("measure", "target", "starts_on", "review_on", "accepted_policy")
"""The fields in the order in which the page asks for them."""


class RequestForm(EditForm):
    """Everything that has to be known before an account is opened."""

    audiences = CategoriesField(Audience, label="To whom", help_text="None: the default audiences of the department.")
    markets = CategoriesField(Market, label="Where", help_text="None: the department's defaults, else everywhere.")

    class Meta:
        model = AccountRequest
        fields = [*PLACE, *REASONS, *WORDS, *KEYS, *SUCCESS]
        labels = {
            "process": "For which kind of work",
            "handle": "Handle that it would have",
            "objective": "For which objective",
            "why_care": "Or, without an objective, why people would care",
            "why_none": "Why none of the accounts that exist will do",
            "partner": "With whom you considered to run it",
            "says": "What it would say",
            "language": "In which language",
            "rhythm": "How often it would post",
            "hours": "When somebody looks after it",
            "primary_admin": "Who holds the keys",
            "backup_admin": "Who holds them as well",
            "contact": "Shared mailbox",
            "measure": "How you will know that it works",
            "target": "What would be enough",
            "starts_on": "Begins on",
            "review_on": "Looked at again on",
            "accepted_policy": "We keep to the organisation's rules for social media",
        }
        help_texts = {
            "handle": "Without @.",
            "hours": "For example Monday to Friday, 8 to 18.",
            "rhythm": "For example weekly.",
            "partner": "Departments that meet the same people, and what came of the talk.",
            "primary_admin": "A named person, never a shared login.",
            "backup_admin": "Somebody else, so that nobody is locked out.",
            "contact": "The address that the account is opened with; not a person's own.",
            "measure": "For example applications that name the account.",
            "target": "For example 40 a month.",
            "review_on": "Then it is asked whether it is still needed.",
        }
        widgets = {
            "starts_on": DAY,
            "review_on": DAY,
            "why_none": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, by: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.by = by
        for name in ("objective", "why_care"):
            self.fields[name].one_of = True  # type: ignore[attr-defined]  # one of the two is needed: neither is marked as optional
        self.fields["process"].choices = [("", "Not said"), *Process.choices]  # type: ignore[attr-defined]  # stubs know only Field
        own = None if is_lead(by) else asking_departments(by)
        self.fields["platform"].queryset = Platform.objects.filter(is_past=False).order_by("name", "pk")  # type: ignore[attr-defined]  # stubs know only Field
        self.fields["platform"].empty_label = "Choose one"  # type: ignore[attr-defined]
        if own is None:
            self.fields["department"] = DepartmentField(label="Who", help_text="By name or acronym.")
        else:
            kept = [self.instance.department_id] if self.instance.pk else []
            mine = Department.objects.active().filter(pk__in=own) | Department.objects.filter(pk__in=kept)
            self.fields["department"] = forms.ModelChoiceField(
                mine.order_by("name", "pk"),
                label="Who",
                to_field_name="slug",
                empty_label=None if len(mine) == 1 else "Choose a department",
            )
            if not self.instance.pk and not self.initial.get("department"):
                seats = by.memberships.order_by("pk").values_list("department", flat=True)
                self.initial["department"] = mine.filter(pk__in=seats).order_by("name", "pk").first()
        self.order_fields([*PLACE, *REASONS, *WORDS, *KEYS, *SUCCESS])
        self.owner = self.named("department") or (mine.first() if own is not None and len(mine) == 1 else None)
        self.fields["objective"].queryset = self.offered()  # type: ignore[attr-defined]
        self.fields["objective"].empty_label = "None of those that are stated" if self.owner else "Say who first"  # type: ignore[attr-defined]
        self.reading = Reading("nothing")

    def offered(self) -> Any:
        """The objectives of the department, and the one that is named already."""
        theirs = Q(sides__department=self.owner, status__in=["draft", "active"]) if self.owner else Q(pk=None)
        found = Objective.objects.filter(theirs | Q(pk=self.instance.objective_id)).order_by("statement", "pk")
        return found.distinct()

    def named(self, name: str) -> Any:
        """What a field says, as far as it can be read, however the rest of the form stands."""
        field = self.fields[name]
        if not self.is_bound:
            return self.initial.get(name)
        try:
            return field.clean(field.widget.value_from_datadict(self.data, self.files, name))
        except forms.ValidationError:
            return None

    def chosen(self, name: str) -> list[Any]:
        """The audiences or markets that are ticked."""
        return list(self.named(name) or [])

    def read(self) -> Reading:
        """What platform and handle say, as far as they are there."""
        platform, handle = self.named("platform"), str(self.named("handle") or "")
        if not isinstance(platform, Platform) or not handle:
            return Reading("nothing")
        return registering.read("", platform.code, handle)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("platform") and said.get("handle"):
            self.reading = registering.read("", said["platform"].code, said["handle"])
            if self.reading.outcome != "account":
                self.add_error("handle", self.reading.sentence or "Write the handle as the platform would show it.")
            elif self.reading.known is not None:
                known = self.reading.known
                self.add_error(
                    "handle", f"{known} on {known.platform} is on the map. Join it below, or choose another handle."
                )
            else:
                said["handle"] = self.reading.handle
        first, second = said.get("primary_admin", ""), said.get("backup_admin", "")
        if first and first.strip().casefold() == second.strip().casefold():
            self.add_error("backup_admin", f"{first} is named already. Name somebody else as well.")
        if not said.get("objective") and not said.get("why_care") and "objective" not in self.errors:
            self.add_error("objective", "Choose the objective that it serves, or say why people would care.")
        start, review = said.get("starts_on"), said.get("review_on")
        if start and review and review <= start:
            self.add_error("review_on", f"Choose a day after {start:%-d %B %Y}, on which it begins.")
        if not said.get("accepted_policy") and "accepted_policy" not in self.errors:
            self.add_error("accepted_policy", "An account is only opened by those who keep to the rules.")
        return said

    def hush(self) -> None:
        """Looking is not asking: nothing is marked as wrong yet."""
        self._errors = forms.utils.ErrorDict()


class StepForm(Form):
    """A step of a request with its reason and the letter that goes."""

    reason = forms.CharField(
        max_length=500,
        required=False,
        label="Why",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Stands on the page of the request, and in the letter where it says {reason}.",
    )
    subject = forms.CharField(max_length=200, label="Subject of the letter")
    letter = forms.CharField(max_length=6000, widget=forms.Textarea(attrs={"rows": 10}), label="The letter")
    keep = forms.BooleanField(
        required=False,
        label="Keep this text for the next letters of this kind",
    )

    def __init__(self, *args: Any, code: str, must: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.code = code
        self.fields["reason"].required = must
        self.fields["letter"].help_text = names_of(code)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        check_names(self, self.code, "subject", "letter")
        return said

    def as_letter(self) -> Letter:
        return Letter(self.cleaned_data["subject"], self.cleaned_data["letter"].replace("\r\n", "\n").strip())


class LetterForm(Form):
    """The text that is kept for an occasion."""

    subject = forms.CharField(max_length=200)
    letter = forms.CharField(max_length=6000, widget=forms.Textarea(attrs={"rows": 14}), label="Text")

    def __init__(self, *args: Any, code: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.code = code
        self.fields["letter"].help_text = names_of(code)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        check_names(self, self.code, "subject", "letter")
        return said

    def as_letter(self) -> Letter:
        return Letter(self.cleaned_data["subject"], self.cleaned_data["letter"].replace("\r\n", "\n").strip())


class ReasonForm(Form):
    """Why something happens."""

    reason = forms.CharField(max_length=500, required=False, label="Why")


class OpenForm(Form):
    """The account as it came to be."""

    address = forms.CharField(
        max_length=1000,
        label="Address of the account",
        help_text="As the browser shows it, now that the account exists. It may differ from what was planned.",
    )
    status = forms.ChoiceField(
        choices=[choice for choice in RUNNING if choice[0] != Account.Status.DORMANT],
        label="Does it run already?",
        widget=forms.RadioSelect,
        initial=Account.Status.ACTIVE,
    )

    def __init__(self, *args: Any, asked: AccountRequest, **options: Any) -> None:
        super().__init__(*args, **options)
        self.asked = asked
        self.reading = Reading("nothing")

    def clean_address(self) -> str:
        typed = self.cleaned_data["address"]
        reading = registering.read(typed)
        if reading.outcome != "account" and " " not in typed and "/" not in typed and "." not in typed:
            reading = registering.read("", self.asked.platform.code, typed)
        if reading.outcome == "several":
            raise forms.ValidationError("These are several addresses. Paste the one of this account.")
        if reading.outcome != "account":
            raise forms.ValidationError(reading.sentence or "Paste the address of the account.")
        if reading.platform != self.asked.platform.code:
            raise forms.ValidationError(
                f"That is an account on {reading.platform_name}; {self.asked.platform} was approved. Ask for another "
                "account there."
            )
        if reading.known is not None:
            raise forms.ValidationError(f"{reading.known} on {reading.platform_name} is on the map already.")
        self.reading = reading
        return typed


def names_of(code: str) -> str:
    """Which names a letter may use."""
    names = [f"{{{name}}}" for name in OCCASIONS[code].names]
    return f"{sentence_list(names, last='and')} are filled in when it goes."


def check_names(form: forms.Form, code: str, *fields: str) -> None:
    for field in fields:
        wrong = [f"{{{name}}}" for name in unknown_names(code, form.cleaned_data.get(field, ""))]
        if wrong:
            form.add_error(field, f"{sentence_list(wrong, last='and')} stands for nothing. {names_of(code)}")
