"""Form fields for the records that people name: departments by any of their names, categories as a tree of ticks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms

from departments.labels import DepartmentIndex, KnownDepartment
from departments.models import Department
from departments.models.catalogue import Category


class DepartmentsField(forms.CharField):
    """Departments, one a line, by name, acronym or alias; what is typed stays, and a near miss gets a suggestion."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        """The names of given departments, one a line, told apart where two share a name."""
        return value if isinstance(value, str) or value is None else "\n".join(department.name for department in value)

    def clean(self, value: Any) -> list[Department]:
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        index = department_index()
        keys: list[int] = []
        problems: list[str] = []
        for line in lines:
            found = index.find(line)
            problems += [found.problem] if found.problem else []
            keys += found.departments
        if problems:
            raise forms.ValidationError(problems)
        records = Department.objects.in_bulk(list(dict.fromkeys(keys)))
        return [records[key] for key in dict.fromkeys(keys)]


def department_index() -> DepartmentIndex:
    """The active departments by all their names."""
    rows = Department.objects.active().values_list("pk", "name", "slug", "acronym", "aliases", "parent")
    return DepartmentIndex.of(
        KnownDepartment(pk=pk, name=name, slug=slug, acronym=acronym, aliases=tuple(aliases), parent=parent)
        for pk, name, slug, acronym, aliases, parent in rows.order_by("pk")
    )


class TreeIterator(forms.models.ModelChoiceIterator):
    """The choices of a tree, indented."""

    def __iter__(self) -> Iterator[tuple[Any, str]]:
        for record, depth in in_tree_order(self.queryset):
            value, label = self.choice(record)
            yield value, "\u2003" * depth + label


class CategoriesField(forms.ModelMultipleChoiceField):
    """Audiences or markets: a tree of ticks, a broader one standing for all below it."""

    widget = forms.CheckboxSelectMultiple
    iterator = TreeIterator

    def __init__(self, model: type[Category], **options: Any) -> None:
        super().__init__(model.objects.all(), required=False, **options)


def in_tree_order(records: Iterable[Any]) -> list[tuple[Any, int]]:
    """Categories with their depth, children behind their parent, by position and name."""
    below: dict[int | None, list[Any]] = {}
    for record in sorted(records, key=lambda each: (each.position, each.name, each.pk)):
        below.setdefault(record.parent_id, []).append(record)
    ordered: list[tuple[Any, int]] = []

    def walk(parent: int | None, depth: int) -> None:
        for record in below.get(parent, []):
            ordered.append((record, depth))
            walk(record.pk, depth + 1)

    walk(None, 0)
    return ordered
