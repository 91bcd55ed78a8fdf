"""Heads for several departments at once: a line each, and what could not be taken stays in its line with the reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from channels.forms.leaving import LINE
from departments.fields import PersonField
from departments.models import Department
from orgmap.core.forms import Form
from orgmap.users.models import Role, User

LONGEST = 254
PREFIX = "head-"


class HeadField(PersonField):
    """Somebody who can be asked as a head: a department head, or a member of staff, who becomes one."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, max_length=LONGEST, **options)
        self.widget = forms.TextInput(attrs={"maxlength": LONGEST, **LINE})

    def clean(self, value: Any) -> User | None:
        person = super().clean(value)
        if person is not None and person.role not in {Role.HEAD, Role.STAFF}:
            role = Role(person.role).label.lower()
            raise forms.ValidationError(
                f"{person} has the role {role}, and is not asked as a head. Choose a head or a member of staff."
            )
        return person


class HeadsForm(Form):
    """A line for each department. rows: ``department_id``, ``name``, ``slug``, ``is_closed`` and how many accounts."""

    def __init__(self, sent: QueryDict | None = None, *, rows: Sequence[Mapping[str, Any]]) -> None:
        super().__init__(sent)
        self.rows = list(rows)
        for row in self.rows:
            if not row["is_closed"]:
                self.fields[name_of(row)] = HeadField(label=f"Head of {row['name']}")

    @classmethod
    def rows_sent(cls, sent: QueryDict) -> list[dict[str, Any]]:
        """The departments beside which something was typed."""
        typed = [name.removeprefix(PREFIX) for name in sent if name.startswith(PREFIX) and str(sent[name]).strip()]
        keys = [int(key) for key in typed if key.isascii() and key.isdigit() and len(key) < 16]
        found = Department.objects.filter(pk__in=keys).order_by("name", "pk")
        return [
            {"department_id": pk, "name": name, "slug": slug, "is_closed": False, "count": None}
            for pk, name, slug in found.values_list("pk", "name", "slug")
        ]

    def typed(self, row: Mapping[str, Any]) -> str:
        return str(self.data.get(name_of(row), "")).strip()

    @property
    def is_typed(self) -> bool:
        return any(self.typed(row) for row in self.rows)

    @property
    def chosen(self) -> list[tuple[Department, User]]:
        """Who is to head what, of the lines that are right."""
        found = {row["department_id"]: self.cleaned_data.get(name_of(row)) for row in self.rows}
        departments = Department.objects.in_bulk([pk for pk, person in found.items() if person])
        return [(departments[pk], person) for pk, person in found.items() if person and pk in departments]

    @property
    def refused(self) -> dict[int, str]:
        """The lines that are not: why, by department."""
        return {
            row["department_id"]: " ".join(str(each) for each in self.errors[name_of(row)])
            for row in self.rows
            if name_of(row) in self.errors
        }

    def kept(self, rows: Sequence[Mapping[str, Any]], refused: Mapping[int, str]) -> HeadsForm:
        """These lines for the page: what was typed stays, with the reason why it was not taken."""
        form = HeadsForm(self.data if self.is_bound else None, rows=rows)  # type: ignore[arg-type]  # a QueryDict
        form.is_valid()
        for row in form.rows:
            name, why = name_of(row), refused.get(row["department_id"])
            if why and name in form.fields and name not in form.errors:
                form.add_error(name, why)
        return form

    def lines(self) -> list[tuple[Mapping[str, Any], forms.BoundField | None]]:
        """For the page: each department with its field; a closed one gets no head."""
        return [(row, self[name_of(row)] if name_of(row) in self.fields else None) for row in self.rows]


def name_of(row: Mapping[str, Any]) -> str:
    return f"{PREFIX}{row['department_id']}"
