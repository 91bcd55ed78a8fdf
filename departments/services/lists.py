"""Lists that hang on a record: changed only where they differ, so that history shows what a person did."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Model

from departments.models import Department


def set_list(manager: Any, wanted: Iterable[Model]) -> None:
    """Make a many-to-many list equal to ``wanted``, touching only what differs."""
    have = set(manager.values_list("pk", flat=True))
    keep = {record.pk for record in wanted}
    if have - keep:
        manager.remove(*(have - keep))
    if keep - have:
        manager.add(*sorted(keep - have))


def set_sides(sides: Any, departments: Sequence[Department]) -> None:
    """Make the departments of a record equal to ``departments``, in that order; the first one leads.

    ``sides`` is the manager of the rows between (``objective.sides``, ``account.sides``). Rows that are right stay.
    """
    wanted = {department.pk: position for position, department in enumerate(dict.fromkeys(departments))}
    for side in list(sides.all()):
        position = wanted.pop(side.department_id, None)
        if position is None:
            side.delete()
        elif side.position != position:
            side.position = position
            side.save(update_fields=["position"])
    sides.model.objects.bulk_create(
        sides.model(**sides.core_filters, department_id=pk, position=position) for pk, position in wanted.items()
    )
