"""How forms are drawn, and how they speak."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting

from orgmap.core import choices


class Renderer(TemplatesSetting):
    """Every field of every form is drawn by one template."""

    form_template_name = "core/_form.html"
    field_template_name = "core/_field.html"


class Form(forms.Form):
    """The base of all forms: what is no choice is said in a sentence of ours, unless its field has one of its own."""

    def add_error(self, field: str | None, error: Any) -> None:
        super().add_error(field, spoken(self, field, error))


class ModelForm(Form, forms.ModelForm):
    """The base of forms about the fields of one record."""


def spoken(form: forms.BaseForm, name: str | None, error: Any) -> Any:
    """The same refusal, with a sentence wherever it said no more than that something is no choice."""
    said = error if isinstance(error, ValidationError) else ValidationError(error)
    if hasattr(said, "error_dict"):
        return ValidationError(
            {key: [_said(form, key, each) for each in those] for key, those in said.error_dict.items()}
        )
    return ValidationError([_said(form, name or "", each) for each in said.error_list])


def _said(form: forms.BaseForm, name: str, error: ValidationError) -> ValidationError:
    if name not in form.fields or not choices.is_unspoken(error):
        return error
    sent = choices.value(error)
    what = f"“{sent}” is no choice here, or is no longer one." if sent else "What was sent here is no choice."
    return ValidationError(f"{what} {choices.offer(form.fields[name])}.", code=error.code)
