"""The only ways to a department, objective or agreement. Cannot see it: 404. Can see it, not yours: 403."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from departments.models import Department, Objective, ObjectiveInvitation, Tie
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


def deletable_objective(user: User, pk: int) -> Objective:
    """An objective that this person may take away."""
    found = objective(user, pk)
    if not user.has_perm("departments.delete_objective", found):
        raise PermissionDenied("Only somebody who answers for all its departments, or the lead, can delete it.")
    return found


def invitation(user: User, pk: int) -> ObjectiveInvitation:
    """A question to a department, to read."""
    rows = ObjectiveInvitation.objects.visible_to(user).select_related("objective", "department", "instead_of")
    return get_object_or_404(rows.prefetch_related("objective__sides"), pk=pk)


def answerable_invitation(user: User, pk: int) -> ObjectiveInvitation:
    """A question that this person may answer."""
    found = invitation(user, pk)
    if not user.has_perm("departments.answer_invitation", found):
        raise PermissionDenied(f"Only the head of {found.department} or the social media lead can answer.")
    return found


def withdrawable_invitation(user: User, pk: int) -> ObjectiveInvitation:
    """A question that this person may take back: whoever may change the objective."""
    found = invitation(user, pk)
    if not user.has_perm("departments.change_objective", found.objective):
        raise PermissionDenied("Only the heads of the objective's departments or the social media lead take this back.")
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
