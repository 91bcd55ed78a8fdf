"""What the lead types about people's places and about who follows them."""

from __future__ import annotations

from typing import Any

from django import forms

from departments.fields import DepartmentField, PersonField
from departments.models import Membership
from departments.services.placing import ANSWERING
from orgmap.core.forms import Form
from orgmap.users.forms import InviteForm
from orgmap.users.models import Role, User


class InvitePlaceForm(InviteForm):
    """Somebody who is to come in, and for which department they are to answer at once."""

    department = DepartmentField(
        required=False,
        label="For which department",
        help_text="Of a department head. By name or acronym; further ones are added on their page.",
    )
    place = forms.ChoiceField(
        required=False,
        choices=[(role.value, role.label) for role in ANSWERING],
        label="As",
        initial=Membership.Role.HEAD,
        help_text="Who was it before becomes a member.",
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("department") and said.get("role") not in {Role.HEAD, None}:
            self.add_error(
                "department", "Only a department head answers for one. Choose that role, or leave this empty."
            )
        return said


class PlaceForm(Form):
    """A place in a department."""

    department = DepartmentField(help_text="By name or acronym.")
    role = forms.ChoiceField(
        choices=Membership.Role.choices,
        label="As",
        initial=Membership.Role.MEMBER,
        help_text="Who was head or deputy before becomes a member.",
    )


class DeactivateForm(Form):
    """Who takes over what somebody held."""

    keys_to = PersonField(
        required=False, label="Keys of accounts go to", help_text="By mail address or name. Empty: to nobody yet."
    )
    places_to = PersonField(
        required=False, label="Departments go to", help_text="By mail address or name. Empty: to nobody yet."
    )
    reason = forms.CharField(max_length=200, required=False, label="Why", help_text="Stands in the activity.")

    def __init__(self, *args: Any, user: User, keys: bool, places: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.user = user
        if not keys:
            del self.fields["keys_to"]
        if not places:
            del self.fields["places_to"]

    def clean_places_to(self) -> User | None:
        heir: User | None = self.cleaned_data["places_to"]
        if heir is not None and heir.role == Role.EXECUTIVE:
            raise forms.ValidationError(
                f"{heir} is an executive, who answers for no department here. Choose a head, a lead or a member of "
                "staff, or change the role first."
            )
        return heir

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        for name in ("keys_to", "places_to"):
            if said.get(name) == self.user:
                self.add_error(name, f"{self.user} cannot take over from themselves. Choose somebody else, or nobody.")
        return said
