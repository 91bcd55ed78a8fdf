"""Who holds the keys."""

from __future__ import annotations

from typing import Any

from django import forms

from channels.models import Holder
from orgmap.core.edit_form import EditForm


class HolderForm(EditForm):
    """A named person. A password has no place here."""

    class Meta:
        model = Holder
        fields = ["name", "email", "employer", "is_primary"]
        labels = {"email": "Mail address", "employer": "Works for", "is_primary": "First to ask"}
        widgets = {"employer": forms.RadioSelect}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["employer"].choices = Holder.Employer.choices  # type: ignore[attr-defined]  # stubs know only Field
