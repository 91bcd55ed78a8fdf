"""Who holds the keys."""

from __future__ import annotations

from typing import Any

from django import forms

from channels.forms.typed import Typed
from channels.models import Holder
from orgmap.core.edit_form import EditForm
from orgmap.users.models import User

WHO = "Somebody who signs in here by name or mail address; anybody else by name."


class HolderForm(EditForm):
    """A named person. A password has no place here."""

    class Meta:
        model = Holder
        fields = ["name", "email", "employer", "is_primary"]
        labels = {"email": "Mail address", "employer": "Works for", "is_primary": "First to ask"}
        help_texts = {"name": WHO}
        widgets = {"name": Typed("person_names"), "employer": forms.RadioSelect}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["employer"].choices = Holder.Employer.choices  # type: ignore[attr-defined]  # stubs know only Field

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if {"name", "email", "employer"} <= said.keys():
            try:
                said |= who_is_meant(said["name"], said["email"], said["employer"])
            except forms.ValidationError as refusal:
                self.add_error("name", refusal)
        return said

    def linked(self, changes: dict[str, Any]) -> dict[str, Any]:
        """What changes about a holder, with whose way in it is where that may be somebody else's now."""
        if not changes.keys() & {"name", "email", "employer"}:
            return changes
        return changes | {"user": self.cleaned_data["user"]}


def fields_of_holder() -> dict[str, forms.Field]:
    """What is said about a holder beside the name, as their own form says it."""
    return {
        "email": forms.EmailField(required=False, label="Mail address"),
        "employer": forms.ChoiceField(
            choices=Holder.Employer.choices, widget=forms.RadioSelect, label="Works for", initial=Holder.Employer.STAFF
        ),
    }


def who_is_meant(text: str, email: str, employer: str) -> dict[str, Any]:
    """Name, mail address and way in of somebody who is named as a holder."""
    user = signs_in(text, email, ours=employer == Holder.Employer.STAFF)
    if user is None and "@" in text and " " not in text:
        raise forms.ValidationError(f"Nobody who signs in here has the mail address {text}. Write the name as well.")
    name = str(user.name or user.email) if user and (text == user.email or "@" in text) else text
    return {"name": name, "email": email or (user.email if user else ""), "user": user}


def signs_in(text: str, email: str, *, ours: bool) -> User | None:
    """Who may sign in and is meant: by mail address, and those of ours by their name, too."""
    people = User.objects.filter(is_active=True)
    mail = email or text.rpartition("<")[2].rstrip(">").strip()
    found = people.filter(email__iexact=mail).first()
    if found is not None or email or not ours:
        return found
    called = list(people.filter(name__iexact=text).order_by("pk")[:2])
    if len(called) > 1:
        raise forms.ValidationError(f"Several people are called '{text}'. Write the mail address.")
    return next(iter(called), None)
