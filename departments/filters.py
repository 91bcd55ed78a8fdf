"""What narrows the lists of objectives and agreements."""

from __future__ import annotations

import django_filters

from departments.models import Benefit, Department, Objective, Tie
from orgmap.core.filters import Filters


class ListFilter(Filters):
    """A filter whose choices read as removable chips."""

    def chips(self) -> list[dict[str, str]]:
        """The choices in force: label, value in words, address without it."""
        found: list[dict[str, str]] = []
        self.form.is_valid()
        cleaned = self.form.cleaned_data
        for name, each in self.filters.items():
            if cleaned.get(name):
                rest = self.data.copy()
                rest.pop(name, None)
                rest.pop("page", None)
                words = dict(each.extra.get("choices", ())).get(cleaned[name], cleaned[name])
                found.append({"label": str(each.label), "value": str(words), "url": f"?{rest.urlencode()}"})
        return found


class ObjectiveFilter(ListFilter):
    q = django_filters.CharFilter(label="Words", field_name="statement", lookup_expr="icontains")
    department = django_filters.ModelChoiceFilter(
        queryset=Department.objects.all(), to_field_name="slug", field_name="departments", label="Department"
    )
    benefit = django_filters.ModelChoiceFilter(
        queryset=Benefit.objects.order_by("code"), to_field_name="code", label="Benefit", empty_label="Any"
    )
    status = django_filters.ChoiceFilter(choices=Objective.Status.choices, label="Status", empty_label="Any")

    class Meta:
        model = Objective
        fields: list[str] = []


class TieFilter(ListFilter):
    department = django_filters.ModelChoiceFilter(
        queryset=Department.objects.all(), to_field_name="slug", field_name="departments", label="Department"
    )
    kind = django_filters.ChoiceFilter(choices=Tie.Kind.choices, label="Kind", empty_label="Any")
    status = django_filters.ChoiceFilter(choices=Tie.Status.choices, label="Status", empty_label="Any")

    class Meta:
        model = Tie
        fields: list[str] = []
