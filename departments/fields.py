"""Form fields for the records that people name: departments by any of their names, categories as a tree of ticks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django import forms
from django.db.models import Q

from departments.labels import DepartmentIndex, KnownDepartment
from departments.models import Department
from departments.models.catalogue import Category
from orgmap.users.models import User

SUGGESTED = 1000
"""So many suggestions go to the browser; whoever has more types the name."""


class DepartmentLines(forms.Textarea):
    """Departments, one a line, with a field beside that offers names while somebody types and adds a line."""

    template_name = "departments/department_lines.html"


class DepartmentInput(forms.TextInput):
    """One department, with names that are offered while somebody types."""

    template_name = "departments/department_input.html"


class DepartmentsField(forms.CharField):
    """Departments, one a line, by name, acronym or alias; what is typed stays, and a near miss gets a suggestion.

    ``kept`` are departments that the record has already: they may stay though they have closed since.
    """

    widget = DepartmentLines(attrs={"rows": 3})
    kept: Sequence[Department] = ()

    def prepare_value(self, value: Any) -> Any:
        """The names of given departments, one a line; the address part where another one has the same name."""
        if isinstance(value, str) or value is None:
            return value
        names = [department.name for department in value]
        rows = Department.objects.active().filter(name__in=names).values_list("name", flat=True).order_by()
        shared = {name for name, count in Counter(rows).items() if count > 1}
        return "\n".join(department.slug if department.name in shared else department.name for department in value)

    def clean(self, value: Any) -> list[Department]:
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        index = department_index([department.pk for department in self.kept]) if lines else DepartmentIndex()
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


def department_index(kept: Sequence[int] = ()) -> DepartmentIndex:
    """The active departments by all their names, and some that have closed."""
    departments = Department.objects.order_by().filter(Q(status=Department.Status.ACTIVE) | Q(pk__in=kept))
    rows = departments.values_list("pk", "name", "slug", "acronym", "aliases", "parent", "status")
    return DepartmentIndex.of(
        KnownDepartment(
            pk=pk,
            name=name,
            slug=slug,
            acronym=acronym,
            aliases=tuple(aliases),
            parent=parent,
            closed=status != Department.Status.ACTIVE,
        )
        for pk, name, slug, acronym, aliases, parent, status in rows.order_by("pk")
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


class SuggestingInput(forms.TextInput):
    """A line of text with suggestions: the browser shows those that fit what is typed; any other text may be typed."""

    template_name = "core/suggesting_input.html"

    def __init__(self, suggestions: Callable[[], Iterable[tuple[str, str]]]) -> None:
        super().__init__({"autocomplete": "off", "spellcheck": "false"})
        self.suggestions = suggestions

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        of = f"{context['widget']['attrs'].get('id', name)}-suggestions"
        context["widget"]["attrs"]["list"] = of
        return {**context, "list_id": of, "suggestions": list(self.suggestions())}


class DepartmentField(forms.CharField):
    """One department by name, acronym or alias, with suggestions; a near miss gets one of its own."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=SuggestingInput(department_suggestions), **options)

    def prepare_value(self, value: Any) -> Any:
        """The name of a given department, or its slug where another one is called so too."""
        if not isinstance(value, Department):
            return value
        return value.name if department_index().matches(value.name) == {value.pk} else value.slug

    def clean(self, value: Any) -> Department | None:
        text = super().clean(value)
        if not text:
            return None
        found = department_index().find(text)
        if found.problem:
            raise forms.ValidationError(found.problem)
        if len(found.departments) > 1:
            raise forms.ValidationError(f"'{text}' names several departments. Choose one of them.")
        return Department.objects.get(pk=found.departments[0])


def department_suggestions() -> list[tuple[str, str]]:
    """The active departments, as what to type and what it means. Very many are too many to suggest."""
    index = department_index()
    rows = sorted(index.departments.values(), key=lambda each: (each.name, each.pk))[:SUGGESTED]
    return [
        (each.name, each.acronym) if index.matches(each.name) == {each.pk} else (each.slug, index.path(each.pk))
        for each in rows
    ]


class PersonField(forms.CharField):
    """A person who may sign in, by mail address or name."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=SuggestingInput(person_suggestions), **options)

    def prepare_value(self, value: Any) -> Any:
        return value.email if isinstance(value, User) else value

    def clean(self, value: Any) -> User | None:
        text = super().clean(value)
        if not text:
            return None
        people = User.objects.filter(is_active=True)
        found = list(people.filter(email__iexact=text)[:1]) or list(people.filter(name__iexact=text).order_by("pk")[:2])
        if not found:
            raise forms.ValidationError(f"Nobody who may sign in is called '{text}'. Invite that person first.")
        if len(found) > 1:
            raise forms.ValidationError(f"Several people are called '{text}'. Write the mail address.")
        return found[0]


def person_suggestions() -> list[tuple[str, str]]:
    people = User.objects.filter(is_active=True).order_by("name", "email")
    return list(people.values_list("email", "name")[:SUGGESTED])


class LinesField(forms.CharField):
    """A list of short texts, one a line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) or value is None else "\n".join(value)

    def clean(self, value: Any) -> list[str]:
        lines = [" ".join(line.split()) for line in super().clean(value).splitlines()]
        return list(dict.fromkeys(line for line in lines if line))
