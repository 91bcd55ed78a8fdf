"""What hangs on a department: every record that points at it, whichever app brings it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import models

from departments.models import Department

NAMED = 5
"""So many records stand by name; of the others the number is told."""
OWN = frozenset({"departments.DefaultAudience.department", "departments.DefaultMarket.department"})
"""Parts of the department itself: they come and go with it."""
WORDS = {
    "departments.Department.parent": ("department below it", "departments below it"),
    "departments.Department.successor": ("closed department that it follows", "closed departments that it follows"),
    "departments.Membership.department": ("person in it", "people in it"),
    "departments.ObjectiveDepartment.department": ("objective", "objectives"),
    "departments.ObjectiveInvitation.department": ("invitation to an objective", "invitations to objectives"),
    "departments.TieSide.department": ("agreement", "agreements"),
    "departments.TieVersion.closed_for": ("text of an agreement that it declined", "texts of agreements it declined"),
    "departments.TieVersion.side": ("text of an agreement that it proposed", "texts of agreements that it proposed"),
    "departments.WorkingGroup.lead": ("working group that it leads", "working groups that it leads"),
    "departments.WorkingGroup.sponsor": ("working group that it sponsors", "working groups that it sponsors"),
}
"""What the records are called, where their own name would not do."""


@dataclass(frozen=True)
class Hanging:
    """Records of one kind that point at a department."""

    what: str
    count: int
    names: list[str]

    @property
    def more(self) -> int:
        """How many stand there unnamed."""
        return self.count - len(self.names)


@cache
def keys() -> tuple[models.ForeignKey[Any, Any], ...]:
    """Every key to a department, of whichever app.

    What the history keeps of it is no such key, nor one that the database does not hold: findings are computed anew.
    """
    found: list[models.ForeignKey[Any, Any]] = []
    for relation in Department._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel) and not is_event(relation.related_model):
            found.append(relation.field)
    return tuple(sorted((key for key in found if held_by_the_database(key)), key=str))


def held_by_the_database(key: Any) -> bool:
    """Whether the database itself keeps the key right."""
    return bool(key.db_constraint)


def is_event(model: Any) -> bool:
    """Whether the model is a table of events."""
    tracked = getattr(model, "pgh_tracked_model", None)
    return tracked is not None and tracked is not model


def record_of(key: models.ForeignKey[Any, Any]) -> str:
    """The field that names the record itself, where the row only stands between it and a department."""
    others = [
        field.name
        for field in key.model._meta.fields
        if isinstance(field, models.ForeignKey) and field is not key and field.related_model is not Department
    ]
    between = any(field.name == "position" for field in key.model._meta.fields) or str(key) in WORDS
    return others[0] if between and key.name == "department" and others else ""


def hanging(department: Department) -> list[Hanging]:
    """All of it, a kind a line; what stands between is told by the record behind it."""
    found = []
    for key in keys():
        if str(key) in OWN:
            continue
        rows = key.model._default_manager.filter(**{key.name: department})
        count = rows.count()
        if not count:
            continue
        record = record_of(key)
        shown = rows.select_related(record) if record else rows
        names = [str(getattr(row, record) if record else row) for row in shown.order_by("pk")[:NAMED]]
        found.append(Hanging(called(key, record, count), count, names))
    return found


def called(key: models.ForeignKey[Any, Any], record: str, count: int) -> str:
    """What the records are called, one or many."""
    model: Any = key.model._meta.get_field(record).related_model if record else key.model
    one, many = WORDS.get(str(key), (str(model._meta.verbose_name), str(model._meta.verbose_name_plural)))
    return one if count == 1 else many


def listed(names: Iterable[str], count: int) -> str:
    """The first of some names, and how many there are besides."""
    shown = list(names)[:NAMED]
    return ", ".join(shown) + (f" and {count - len(shown)} more" if shown and count > len(shown) else "")
