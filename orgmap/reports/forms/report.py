"""Forms of the report."""

from datetime import date, timedelta

from django import forms

from orgmap.core.forms import Form


class IntendForm(Form):
    """Why an overlap is wanted, and until when."""

    reason = forms.CharField(
        max_length=300, label="Why it is intended", help_text="Stands beside the overlap wherever it is listed."
    )
    review_on = forms.DateField(
        label="Look at it again on",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Until then no action is proposed for it. At most a year.",
    )

    def __init__(self, *args: object, today: date, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.today = today
        self.fields["review_on"].initial = today + timedelta(days=182)

    def clean_review_on(self) -> date:
        day: date = self.cleaned_data["review_on"]
        if not self.today < day <= self.today + timedelta(days=366):
            raise forms.ValidationError(
                f"{day:%-d %B %Y} is not within a year from tomorrow. Choose a day on which somebody will look again."
            )
        return day


class NameForm(Form):
    """What a frozen report is called."""

    name = forms.CharField(
        max_length=120,
        required=False,
        label="Name",
        help_text="Such as “Q3 board”. A named report is never deleted.",
    )
