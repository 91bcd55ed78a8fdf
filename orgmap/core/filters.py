"""Filters of lists that name what they could not read."""

from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError

from orgmap.core import choices


class Filters(django_filters.FilterSet):
    """The filters of a list. Where one could not be read nothing is listed: nobody takes all for what they asked."""

    def filter_queryset(self, queryset: Any) -> Any:
        return self.nothing(queryset) if self.form.errors else super().filter_queryset(queryset)

    def nothing(self, queryset: Any) -> Any:
        return queryset.none()

    def refused(self) -> list[str]:
        """What could not be read, and what to do."""
        return sentences(self)


def sentences(chosen: django_filters.FilterSet) -> list[str]:
    """What could not be read of filters, which value, and what to do."""
    found, fields = chosen.form.errors.as_data(), chosen.form.fields
    return [said for name, errors in found.items() for error in errors for said in _said(fields[name], error)]


def _said(field: forms.Field, error: ValidationError) -> list[str]:
    if error.code not in {"invalid_choice", "invalid_pk_value"}:
        return error.messages
    offer = choices.offer(field)
    return [f"The filter “{field.label}” has no value “{choices.value(error)}”. {offer}, or take the filter away."]
