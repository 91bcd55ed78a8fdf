"""Who answers for a department: its head, else its deputy, else whoever does one step further up."""

from collections.abc import Collection

from departments.models import Department, Membership
from orgmap.users.models import Role, User


def heads_of(departments: Collection[int]) -> dict[int, User]:
    """The person who answers first for each of these departments, where there is one. Three queries."""
    parents = dict(Department.objects.values_list("pk", "parent"))
    answering = Membership.objects.filter(
        role__in=[Membership.Role.HEAD, Membership.Role.DEPUTY], user__is_active=True, user__role=Role.HEAD
    )
    first: dict[int, User] = {}
    for place in answering.select_related("user").order_by("-pk"):
        if place.role == Membership.Role.DEPUTY:
            first.setdefault(place.department_id, place.user)
    for place in answering.filter(role=Membership.Role.HEAD).select_related("user"):
        first[place.department_id] = place.user
    found = {}
    for department in departments:
        at: int | None = department
        while at is not None and at not in first:
            at = parents.get(at)
        if at is not None:
            found[department] = first[at]
    return found
