"""Yes, no, until later, no more: what people answer to an agreement."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from departments.forms.common import day_input
from orgmap.core.forms import Form


class AnswerForm(Form):
    """Yes or no to the text on the table, for one side."""

    department = forms.CharField(widget=forms.HiddenInput)
    number = forms.IntegerField(widget=forms.HiddenInput, required=False)
    accept = forms.BooleanField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(required=False, max_length=300, label="A word to the others")

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not found.get("accept") and not found.get("reason"):
            self.add_error("reason", "Say why you decline, so that the others can suggest something else.")
        return found


class RenewForm(Form):
    """Until when an agreement goes on."""

    ends_on = forms.DateField(label="Goes on until", widget=day_input())
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, until: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.until = until

    def clean_ends_on(self) -> date:
        said: date = self.cleaned_data["ends_on"]
        if said <= self.until:
            raise forms.ValidationError(f"It lasts until {self.until:%-d %B %Y} already. Choose a later day.")
        return said


class EndForm(Form):
    """Why an agreement ends before its date."""

    reason = forms.CharField(max_length=300, label="Why does it end?")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
