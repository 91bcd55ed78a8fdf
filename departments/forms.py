"""What people type about objectives and agreements. Forms check, services write."""

from __future__ import annotations

from typing import Any

from django import forms

from departments.fields import CategoriesField, DepartmentsField
from departments.models import Audience, Benefit, CheckIn, Department, Market, Objective, Tie
from departments.policies import answered_departments
from orgmap.users.models import User
from orgmap.users.policies import is_lead

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ObjectiveForm(forms.ModelForm):
    """An objective: what, for whom, and how we will know."""

    departments = DepartmentsField(
        help_text="One a line, by name or acronym. The first one leads; with several it is joint."
    )
    benefit = forms.ModelChoiceField(
        Benefit.objects.order_by("code"), label="What social media is for here", empty_label="Choose one of the fifteen"
    )
    audiences = CategoriesField(
        Audience, label="For whom", help_text="None: the default audiences of the first department."
    )
    markets = CategoriesField(Market, label="Where", help_text="None: everywhere, or the first department's defaults.")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Objective
        fields = [
            "statement",
            "departments",
            "benefit",
            "audiences",
            "markets",
            "measure",
            "unit",
            "baseline",
            "target",
            "starts_on",
            "ends_on",
            "status",
            "notes",
        ]
        widgets = {"starts_on": DAY, "ends_on": DAY, "notes": forms.Textarea(attrs={"rows": 3})}
        labels = {"statement": "The objective, in one sentence", "starts_on": "From", "ends_on": "Until"}
        help_texts = {"statement": "For example: 40 posts are filled by June."}

    def __init__(self, *args: Any, by: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.by = by
        if self.instance.pk:
            sides = sorted(self.instance.sides.all(), key=lambda side: side.position)
            self.initial["departments"] = [side.department for side in sides]
            self.initial["version"] = self.instance.version

    def clean_departments(self) -> list[Department]:
        return with_own_side(self.by, self.cleaned_data["departments"])

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        starts, ends = found.get("starts_on"), found.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", f"It would end on {ends:%-d %B %Y}, before it starts on {starts:%-d %B %Y}.")
        return found


class CheckInForm(forms.ModelForm):
    """What the measure stood at on a day."""

    class Meta:
        model = CheckIn
        fields = ["on", "value", "note"]
        widgets = {"on": DAY}
        labels = {"on": "On"}


class TieForm(forms.Form):
    """An agreement to propose: who, what about, until when."""

    kind = forms.ChoiceField(
        choices=Tie.Kind.choices,
        widget=forms.RadioSelect,
        initial=Tie.Kind.HAND_OFF,
        help_text="A hand-off says who takes over when; a liaison names a contact and counts half; a working group "
        "pursues one objective with three to seven departments.",
    )
    title = forms.CharField(max_length=200, help_text="For example: complaints go to Customer care.")
    departments = DepartmentsField(help_text="One a line, by name or acronym; yours is among them.")
    terms = forms.CharField(label="What is agreed", required=False, widget=forms.Textarea(attrs={"rows": 4}))
    contact = forms.CharField(required=False, max_length=200, help_text="For a liaison: the named person.")
    objectives = forms.ModelMultipleChoiceField(
        Objective.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="Objectives it is about",
        help_text="Its scope is theirs. Or leave them out and choose audiences and markets below, not both.",
    )
    audiences = CategoriesField(Audience, label="Only for these audiences")
    markets = CategoriesField(Market, label="Only in these markets")
    starts_on = forms.DateField(label="From", required=False, widget=DAY)
    ends_on = forms.DateField(label="Ends, or is reviewed, on", widget=DAY, help_text="No agreement without a date.")

    def __init__(self, *args: Any, by: User, about: list[Department] | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.by = by
        offered = live_objectives(by, about or [])
        if offered.exists():
            self.fields["objectives"].queryset = offered  # type: ignore[attr-defined]  # stubs know only Field
        else:
            del self.fields["objectives"]

    def clean_departments(self) -> list[Department]:
        found = with_own_side(self.by, self.cleaned_data["departments"])
        if len(found) < 2:
            raise forms.ValidationError(f"You named {len(found)} department. An agreement binds at least two.")
        return found

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        starts, ends = found.get("starts_on"), found.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", f"It would end on {ends:%-d %B %Y}, before it starts on {starts:%-d %B %Y}.")
        if found.get("objectives") and (found.get("audiences") or found.get("markets")):
            self.add_error(
                "objectives", "Name objectives, or audiences and markets, not both: they would say two things."
            )
        if found.get("kind") == Tie.Kind.LIAISON and not found.get("contact"):
            self.add_error("contact", "A liaison is a named person. Who is it?")
        return found


class AnswerForm(forms.Form):
    """Yes or no to an agreement, for one side."""

    department = forms.CharField(widget=forms.HiddenInput)
    accept = forms.BooleanField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(required=False, max_length=300, label="A word to the others")

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not found.get("accept") and not found.get("reason"):
            self.add_error("reason", "Say why you decline, so that the others can suggest something else.")
        return found


class EndForm(forms.Form):
    """Why an agreement ends before its date."""

    reason = forms.CharField(max_length=300, label="Why does it end?")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


def with_own_side(by: User, departments: list[Department]) -> list[Department]:
    """Refuse a list in which a head has no department of their own; the lead writes for all."""
    if is_lead(by) or any(department.pk in answered_departments(by) for department in departments):
        return departments
    names = ", ".join(department.name for department in departments) or "none"
    raise forms.ValidationError(f"You answer for none of these: {names}. Add a department of yours.")


def live_objectives(by: User, about: list[Department]) -> Any:
    """Objectives that an agreement of these departments can be about; of the person's own when none are named yet."""
    keys = [department.pk for department in about] or list(answered_departments(by))
    rows = Objective.objects.filter(status=Objective.Status.ACTIVE)
    return rows.filter(departments__in=keys).distinct().order_by("statement", "pk") if keys else rows.none()
