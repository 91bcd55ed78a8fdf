"""The departments of a record, as programs name them."""

from django.core.exceptions import PermissionDenied

from departments.models import Department, Objective, ObjectiveDepartment, Tie, TieSide
from orgmap.users.requests import Request


def side_slugs(record: Objective | Tie) -> list[str]:
    """The departments of a record in their order."""
    sides: list[ObjectiveDepartment | TieSide] = list(record.sides.all())
    return [side.department.slug for side in sorted(sides, key=lambda side: (side.position, side.pk))]


def demand_own(request: Request, sides: list[Department]) -> None:
    """A head writes for a department of their own; the lead for all."""
    if not any(request.user.has_perm("departments.change_department", side) for side in sides):
        names = ", ".join(side.name for side in sides) or "none"
        raise PermissionDenied(f"None of these departments is yours: {names}. Name one that you answer for.")
