"""What people say about findings: who mends them, why one may stand, a note."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.timezone import localdate

from channels.audit import Rule
from channels.forms.typed import Typed
from channels.models import Decision
from orgmap.core.forms import Form
from orgmap.users.models import User

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
OFFERED = 12
USUAL_TIME = timedelta(days=14)
USUAL_WAIVER = timedelta(days=180)
What, Who = Decision.What, Decision.Who


def people_called(text: str) -> list[User]:
    """Active people whose name or address holds these words."""
    found = User.objects.filter(is_active=True)
    for word in text.split()[:6]:
        found = found.filter(Q(name__icontains=word) | Q(email__icontains=word))
    return list(found.order_by("name", "email", "pk")[:OFFERED])


class PersonField(forms.CharField):
    """Somebody who may sign in, by name or mail address."""

    widget = Typed("person_names")

    def clean(self, value: Any) -> User | None:
        text = super().clean(value)
        if not text:
            return None
        mail = text.rpartition("<")[2].rstrip(">").strip()
        exact = list(User.objects.filter(Q(email__iexact=mail) | Q(name__iexact=text), is_active=True)[:2])
        found = exact if len(exact) == 1 else people_called(text)
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError(f"Nobody who may sign in is called '{text}'. Write the mail address.")
        names = ", ".join(f"{person} <{person.email}>" for person in found[:6])
        raise forms.ValidationError(f"'{text}' can be {names}. Write the mail address of the one that you mean.")


class AssignForm(Form):
    """Who mends it, and until when."""

    who = forms.ChoiceField(choices=Who, widget=forms.RadioSelect, label="Who mends it")
    to = PersonField(required=False, max_length=300, label="Which person", help_text="Name or mail address.")
    due_on = forms.DateField(required=False, label="Until", widget=DAY)
    reason = forms.CharField(
        required=False, max_length=300, label="A word to them", help_text="Stands in the notice and beside the finding."
    )

    def __init__(self, *args: Any, today: date | None = None, several: bool = False, **options: Any) -> None:
        self.today = today or localdate()
        options["initial"] = {"who": Who.HEADS, "due_on": self.today + USUAL_TIME, **(options.get("initial") or {})}
        super().__init__(*args, **options)
        if not several:
            self.fields["who"].choices = [  # type: ignore[attr-defined]  # a choice field's
                (Who.HEADS, "The head of its department"),
                (Who.PERSON, "Somebody else"),
                (Who.NOBODY, "Nobody"),
            ]

    def clean_due_on(self) -> date | None:
        due: date | None = self.cleaned_data["due_on"]
        if due is not None and due < self.today:
            raise forms.ValidationError(f"{due:%-d %B %Y} has passed. Choose a day from today on.")
        return due

    def clean(self) -> dict[str, Any]:
        found = self.cleaned_data
        if found.get("who") == Who.PERSON and "to" in found and found["to"] is None:
            self.add_error("to", "Write who is to have it: a name or a mail address.")
        if found.get("who") != Who.PERSON:
            found["to"] = None
        if found.get("who") == Who.NOBODY:
            found["due_on"] = None
        return found


class WaiveForm(Form):
    """Why it may stand, and until when."""

    reason = forms.CharField(
        max_length=300, label="Why may it stand?", help_text="Whoever reads the list after you wants to know."
    )
    until = forms.DateField(label="Until", widget=DAY, help_text="The day after, it opens by itself if it still holds.")

    def __init__(self, *args: Any, today: date | None = None, **options: Any) -> None:
        options["initial"] = {"until": (today or localdate()) + USUAL_WAIVER, **(options.get("initial") or {})}
        super().__init__(*args, **options)


class ReopenForm(Form):
    """Why it is opened again."""

    reason = forms.CharField(required=False, max_length=300, label="Why is it opened again?")


class NoteForm(Form):
    """What somebody found out."""

    text = forms.CharField(max_length=1000, label="A note", widget=forms.Textarea(attrs={"rows": 2}))


class AddressForm(Form):
    """Where an account is."""

    address = forms.URLField(max_length=1000, label="Its address", assume_scheme="https")


class ConfirmForm(Form):
    """Nothing is asked: the button says it."""


class RuleForm(Form):
    """Whether a rule is asked, and by which numbers."""

    is_on = forms.BooleanField(required=False, label="This rule is asked", help_text="Off, its findings close.")
    version = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args: Any, rule: Rule, **options: Any) -> None:
        super().__init__(*args, **options)
        self.rule = rule
        for each in rule.parameters:
            self.fields[each.name] = forms.IntegerField(
                label=each.label,
                help_text=f"{each.least:,} to {each.most:,} {each.unit}; usually {each.usual:,}.",
                min_value=each.least,
                max_value=each.most,
            )
        self.fields["reason"] = forms.CharField(
            required=False, max_length=200, label="Why", help_text="Stands in the activity beside it."
        )

    @property
    def parameters(self) -> dict[str, int]:
        return {each.name: self.cleaned_data[each.name] for each in self.rule.parameters}


FORMS: dict[str, type[forms.Form]] = {What.ASSIGN: AssignForm, What.WAIVE: WaiveForm, What.REOPEN: ReopenForm}
