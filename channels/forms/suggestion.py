"""What a reader would say differently."""

from __future__ import annotations

from typing import Any

from django import forms

from departments.forms.department import DepartmentForm
from departments.models import Department
from orgmap.core.edit_form import EditForm, seal
from orgmap.core.forms import Form


class DepartmentWordForm(EditForm):
    """One field of a department's profile."""

    aliases = DepartmentForm.base_fields["aliases"]
    website = DepartmentForm.base_fields["website"]
    default_audiences = DepartmentForm.base_fields["default_audiences"]
    default_markets = DepartmentForm.base_fields["default_markets"]
    reason = forms.CharField(max_length=200, required=False, label="Why")

    class Meta:
        model = Department
        fields = ["purpose", "acronym", "aliases", "process", "website", "default_audiences", "default_markets"]
        widgets = {"purpose": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, only: str, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in list(self.fields):
            if name not in {only, "opened", "reason"}:
                del self.fields[name]
        self.initial["opened"] = seal(self.stored(self.instance))


class DeclineForm(Form):
    """Why a suggestion is not taken."""

    reason = forms.CharField(max_length=300, label="Why not?")
