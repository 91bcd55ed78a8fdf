"""What people type about objectives."""

from __future__ import annotations

from typing import Any

from django import forms

from departments.fields import CategoriesField, DepartmentsField
from departments.forms.common import dates_in_order, day_input, with_own_side
from departments.models import Audience, Benefit, CheckIn, Department, Market, Objective
from orgmap.core.edit_form import EditForm
from orgmap.core.forms import Form, ModelForm
from orgmap.users.models import User


class ObjectiveForm(EditForm):
    """An objective: what, for whom, and how we will know."""

    departments = DepartmentsField(
        help_text="One a line, by name or acronym. The first one leads; with several it is joint, and departments that "
        "you do not answer for are asked first."
    )
    benefit = forms.ModelChoiceField(
        Benefit.objects.order_by("code"), label="What social media is for here", empty_label="Choose one of the fifteen"
    )
    audiences = CategoriesField(
        Audience, label="For whom", help_text="None: the default audiences of the first department."
    )
    markets = CategoriesField(Market, label="Where", help_text="None: everywhere, or the first department's defaults.")

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
        widgets = {"starts_on": day_input(), "ends_on": day_input(), "notes": forms.Textarea(attrs={"rows": 3})}
        labels = {"statement": "The objective, in one sentence", "starts_on": "From", "ends_on": "Until"}
        help_texts = {
            "statement": "What will be true, for whom. For example: 40 posts are filled by June.",
            "baseline": "Where the measure stands today.",
            "status": "A draft is nobody's promise yet and counts nowhere.",
        }

    def __init__(self, *args: Any, by: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.by = by
        running = [Objective.Status.ACTIVE, Objective.Status.DRAFT]
        open_to = dict.fromkeys([*running, Objective.Status(self.instance.status)])
        self.fields["status"].choices = [(each.value, each.label) for each in open_to]  # type: ignore[attr-defined]  # stubs know only Field

    def stored_value(self, record: Any, name: str) -> Any:
        if name == "departments":
            return [side.department for side in record.sides.select_related("department").order_by("position", "pk")]
        return super().stored_value(record, name)

    def clean_departments(self) -> list[Department]:
        return with_own_side(self.by, self.cleaned_data["departments"])

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        dates_in_order(self)
        return found

    def said_fields(self) -> dict[str, Any]:
        """What the form says, for the service."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class CheckInForm(ModelForm):
    """What the measure stood at on a day."""

    class Meta:
        model = CheckIn
        fields = ["on", "value", "note"]
        widgets = {"on": day_input()}
        labels = {"on": "On"}


class EndObjectiveForm(Form):
    """How an objective ends, and why."""

    status = forms.ChoiceField(
        label="How does it end?",
        choices=[
            (Objective.Status.ACHIEVED, "It is achieved"),
            (Objective.Status.DROPPED, "It is withdrawn: nobody pursues it any more"),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        max_length=300,
        label="Why",
        help_text="What was reached, or what changed. It stays with the objective.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class InviteForm(Form):
    """Which departments are asked to pursue an objective together."""

    departments = DepartmentsField(
        label="Whom to ask", help_text="One a line, by name or acronym. Each owns the objective once it has accepted."
    )
    message = forms.CharField(
        max_length=300,
        required=False,
        label="A word to them",
        help_text="For example: you want the same for the same people; let us do it once.",
    )
    instead_of = forms.ModelChoiceField(Objective.objects.all(), required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """An objective that none of them pursues cannot be theirs to give up."""
        found = super().clean() or {}
        theirs, named = found.get("instead_of"), {each.pk for each in found.get("departments") or ()}
        if theirs is not None and not theirs.sides.filter(department__in=named).exists():
            found["instead_of"] = None
        return found


class AnswerInvitationForm(Form):
    """Yes or no to owning an objective together."""

    accept = forms.BooleanField(required=False, widget=forms.HiddenInput)
    close_own = forms.BooleanField(
        required=False, label="Close our own objective, and let its accounts serve the joint one"
    )
    reason = forms.CharField(required=False, max_length=300, label="A word to the others")

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not found.get("accept") and not found.get("reason"):
            self.add_error("reason", "Say why you decline, so that the others can suggest something else.")
        return found
