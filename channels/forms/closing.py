"""What people type when an account ends."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.timezone import localdate

from channels.forms.account import DAY, one_account
from channels.models import Account, ClosingStep, HandleCheck
from orgmap.core.forms import Form


class ClosingForm(Form):
    """The plan: when, why, and where people turn then."""

    on = forms.DateField(label="Closes on", widget=DAY, help_text="A month from now leaves time for all three notices.")
    reason = forms.CharField(max_length=200, label="Why does it end?", help_text="Everyone reads it on its page.")
    successor = forms.CharField(
        required=False,
        max_length=1000,
        label="Which account follows it",
        help_text="Handle or address of an account that runs.",
    )
    turn_to = forms.CharField(
        required=False,
        max_length=300,
        label="Or where people turn then",
        help_text="For example our help pages at acme.example/help.",
    )

    def clean_successor(self) -> Account | None:
        typed = self.cleaned_data["successor"]
        return one_account(typed) if typed else None


class TickForm(Form):
    """A step that is done, or is not done after all."""

    step = forms.ChoiceField(choices=ClosingStep.Code.choices)
    note = forms.CharField(max_length=300, required=False)


SEEN = [each for each in HandleCheck.Seen.choices if each[0] != HandleCheck.Seen.MERGED]
"""What can be seen at a page; that two records are one, a merge says."""


class HandleForm(Form):
    """What somebody saw at the handle of a closed account."""

    on = forms.DateField(label="Looked at on", widget=DAY)
    seen = forms.ChoiceField(choices=SEEN, label="What was seen", widget=forms.RadioSelect)
    note = forms.CharField(
        max_length=300, required=False, label="More about it", help_text="For example whose it is now."
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["on"].initial = localdate
