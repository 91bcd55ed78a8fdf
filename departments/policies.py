"""Who may do what to departments, objectives, agreements and the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rules

from departments.models import Department, Membership, Objective, ObjectiveInvitation, Tie, TieSide
from orgmap.history.undo.rights import needs
from orgmap.users.policies import is_head, is_lead, is_signed_in

if TYPE_CHECKING:
    from orgmap.users.models import User


def answered_departments(user: User) -> frozenset[int]:
    """The departments that this head or deputy answers for. Asked once per request: the user object remembers it."""
    known: frozenset[int] | None = getattr(user, "_answered_departments", None)
    if known is None:
        known = (
            frozenset(Department.objects.answered_for_by(user).values_list("pk", flat=True))
            if is_head(user)
            else frozenset()
        )
        user._answered_departments = known  # type: ignore[attr-defined]  # a memory for this request only
    return known


@rules.predicate
def answers_for(user: User, department: Department | None) -> bool:
    """Head or deputy of this department or of one above it."""
    return department is not None and department.pk in answered_departments(user)


@rules.predicate
def answers_for_all_sides(user: User, record: Objective | None) -> bool:
    """Head or deputy of every department that the record belongs to."""
    sides = [side.department_id for side in record.sides.all()] if record is not None else []
    return bool(sides) and set(sides) <= answered_departments(user)


@rules.predicate
def answers_for_a_side(user: User, record: Objective | Tie | None) -> bool:
    """Head or deputy of one of the departments that the record belongs to."""
    return record is not None and any(side.department_id in answered_departments(user) for side in record.sides.all())


@rules.predicate
def answers_for_this_side(user: User, side: TieSide | None) -> bool:
    """Head or deputy of the department whose side of an agreement this is."""
    return side is not None and side.department_id in answered_departments(user)


@rules.predicate
def is_asked(user: User, invitation: ObjectiveInvitation | None) -> bool:
    """Head or deputy of the department that is asked to own an objective together."""
    return invitation is not None and invitation.department_id in answered_departments(user)


rules.add_perm("departments", is_lead)
rules.add_perm("departments.view_department", is_signed_in)
rules.add_perm("departments.add_department", is_lead)
rules.add_perm("departments.change_department", is_lead | answers_for)
rules.add_perm("departments.rename_department", is_lead)
rules.add_perm("departments.move_department", is_lead)
rules.add_perm("departments.delete_department", is_lead)
for name in ("audience", "market", "benefit", "membership"):
    for action in ("view", "add", "change", "delete"):
        rules.add_perm(f"departments.{action}_{name}", is_lead)
for name in ("objective", "tie"):
    rules.add_perm(f"departments.view_{name}", is_signed_in)
    rules.add_perm(f"departments.add_{name}", is_lead | is_head)
    rules.add_perm(f"departments.change_{name}", is_lead | answers_for_a_side)
rules.add_perm("departments.delete_objective", is_lead | answers_for_all_sides)
rules.add_perm("departments.delete_tie", is_lead)
rules.add_perm("departments.answer_invitation", is_lead | is_asked)
for name in ("objectivetemplate", "workinggroup"):
    for action in ("view", "add", "change", "delete"):
        rules.add_perm(f"departments.{action}_{name}", is_lead)
rules.add_perm("departments.answer_tieside", is_lead | answers_for_this_side)

needs(Department, "departments.move_department", "parent_id", "status", "closed_on", "successor_id")
needs(Department, "departments.rename_department", "name")
needs(Membership, "departments.change_membership")
needs(TieSide, "departments.answer_tieside", "answer")
needs(ObjectiveInvitation, "departments.answer_invitation", "answer")
