"""The only ways to a department, objective or agreement. Cannot see it: 404. Can see it, not yours: 403."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from departments.models import Department, Objective, Tie
from orgmap.users.models import User


def department(user: User, slug: str) -> Department:
    """A department to read."""
    return get_object_or_404(Department.objects.visible_to(user).select_related("parent", "successor"), slug=slug)


def editable_department(user: User, slug: str) -> Department:
    """A department whose words this person may change."""
    found = department(user, slug)
    if not user.has_perm("departments.change_department", found):
        raise PermissionDenied(
            "Only this department's head, the heads above it or the social media lead can change it."
        )
    return found


def governed_department(user: User, slug: str) -> Department:
    """A department whose place and life this person decides: move, merge, close, open, delete."""
    found = department(user, slug)
    if not user.has_perm("departments.move_department", found):
        raise PermissionDenied("Only the social media lead can move, merge, close, open or delete a department.")
    return found


def objective(user: User, pk: int) -> Objective:
    """An objective to read."""
    rows = Objective.objects.visible_to(user).select_related("benefit")
    return get_object_or_404(rows.prefetch_related("sides__department", "audiences", "markets"), pk=pk)


def editable_objective(user: User, pk: int) -> Objective:
    """An objective that this person may change."""
    found = objective(user, pk)
    if not user.has_perm("departments.change_objective", found):
        raise PermissionDenied("Only the heads of its departments or the social media lead can change this objective.")
    return found


def tie(user: User, pk: int) -> Tie:
    """An agreement to read."""
    rows = Tie.objects.visible_to(user).prefetch_related("sides__department", "objectives")
    return get_object_or_404(rows, pk=pk)


def editable_tie(user: User, pk: int) -> Tie:
    """An agreement that this person may answer or end."""
    found = tie(user, pk)
    if not user.has_perm("departments.change_tie", found):
        raise PermissionDenied(
            "Only the heads of its departments or the social media lead can answer or end this agreement."
        )
    return found
