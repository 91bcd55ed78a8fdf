"""What a form says of a value that is no choice."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from orgmap.core.forms import Form

DAYS = (("", "Any day"), ("Soon", [("mo", "Monday"), ("tu", "Tuesday")]), ("we", "Wednesday"))


class DayForm(Form):
    day = forms.ChoiceField(choices=DAYS)
    days = forms.MultipleChoiceField(choices=DAYS, required=False)
    hour = forms.ChoiceField(choices=[(str(hour), f"{hour} o'clock") for hour in range(24)], required=False)
    own = forms.ChoiceField(choices=DAYS, required=False, error_messages={"invalid_choice": "No such day."})


def errors(**sent: Any) -> dict[str, list[str]]:
    return dict(DayForm(sent).errors)


def test_a_value_that_is_no_choice_is_named_with_what_there_is() -> None:
    there = "Choose Monday, Tuesday or Wednesday."
    gone = f"is no choice here, or is no longer one. {there}"
    assert errors(day="fr", days=["mo", "sa"]) == {"day": [f"“fr” {gone}"], "days": [f"“sa” {gone}"]}
    assert errors(day="mo", days="mo") == {"days": [f"What was sent here is no choice. {there}"]}


def test_a_long_list_is_not_told_a_long_value_is_shortened_and_a_sentence_of_the_field_stays() -> None:
    gone = "is no choice here, or is no longer one. Choose another."
    assert errors(day="mo", hour="x" * 100) == {"hour": [f"“{'x' * 80}…” {gone}"]}
    assert errors(day="mo", own="fr") == {"own": ["No such day."]}


def test_other_refusals_stay_as_they_are() -> None:
    form = DayForm({"day": "mo"})
    form.add_error(None, "Too late.")
    form.add_error("day", ValidationError(["Closed.", "Full."]))
    assert dict(form.errors) == {"__all__": ["Too late."], "day": ["Closed.", "Full."]}
