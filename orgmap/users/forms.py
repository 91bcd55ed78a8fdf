"""What people type about people."""

from __future__ import annotations

from django import forms

from orgmap.core.edit_form import EditForm
from orgmap.core.forms import Form
from orgmap.users.models import Letters, Role, User

ROLES = {
    Role.LEAD: "keeps the whole map and everybody's way in",
    Role.HEAD: "registers, agrees and confirms for the departments that they head or deputise",
    Role.EXECUTIVE: "reads everything, and comes for the report",
    Role.STAFF: "looks up who runs what, and suggests corrections",
}


def role_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        choices=[(role.value, f"{role.label}: {what}") for role, what in ROLES.items()],
        widget=forms.RadioSelect,
        initial=Role.HEAD,
    )


class InviteForm(Form):
    """Somebody who is to come in."""

    email = forms.EmailField(label="Mail address", max_length=254)
    name = forms.CharField(max_length=200)
    role = role_field()

    def clean_email(self) -> str:
        email = User.objects.normalize_email(self.cleaned_data["email"])
        known = User.objects.filter(email__iexact=email).first()
        if known is not None:
            state = "" if known.is_active else " Their way in is switched off; their page switches it on."
            raise forms.ValidationError(f"{known} is here already with {known.email}.{state}")
        return email


class PersonForm(EditForm):
    """A person's name, mail address and role, as the lead sees to them."""

    name = forms.CharField(max_length=200)
    role = role_field()

    class Meta:
        model = User
        fields = ["name", "email", "role"]


class OwnForm(EditForm):
    """What somebody says about themselves."""

    name = forms.CharField(max_length=200, label="Your name", help_text="As it stands beside what you change.")
    letters = forms.ChoiceField(
        label="Letters by mail",
        choices=Letters.choices,
        widget=forms.RadioSelect,
        help_text="Everything that you are told also stands under Notices, whatever you choose here.",
    )

    class Meta:
        model = User
        fields = ["name", "letters"]
