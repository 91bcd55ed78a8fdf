"""People as the lead sees them: who may do what, where they sit, and what would be left behind if they went."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import django_filters
from django.db.models import Q

from channels.models import Holder
from departments.models import Membership
from departments.waiting import Waiting, waiting_for
from orgmap.core.filters import Filters
from orgmap.users.models import Role, User

if TYPE_CHECKING:
    from django.db.models import QuerySet

STATES = (("in", "Signs in"), ("invited", "Invited, not in yet"), ("off", "Switched off"))
UNUSABLE = "!"
"""How Django marks a password that nobody can type."""


def state_of(user: User) -> str:
    """in, invited or off."""
    if not user.is_active:
        return "off"
    return "invited" if user.last_login is None and not user.has_usable_password() else "in"


class PersonFilter(Filters):
    """What narrows the list of people."""

    q = django_filters.CharFilter(label="Name or mail address", method="called")
    role = django_filters.ChoiceFilter(choices=Role.choices, label="Role", empty_label="Any")
    state = django_filters.ChoiceFilter(choices=STATES, label="State", empty_label="Any", method="in_state")

    class Meta:
        model = User
        fields: list[str] = []

    def called(self, people: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        return people.filter(Q(name__icontains=value) | Q(email__icontains=value))

    def in_state(self, people: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        new = Q(last_login=None, password__startswith=UNUSABLE)
        return {
            "in": people.filter(is_active=True).exclude(new),
            "invited": people.filter(new, is_active=True),
            "off": people.filter(is_active=False),
        }[value]


def places_of(people: Iterable[User]) -> dict[int, list[Membership]]:
    """Where these people sit, head first."""
    found: dict[int, list[Membership]] = defaultdict(list)
    rows = Membership.objects.filter(user__in=people).select_related("department").order_by("role", "pk")
    for membership in sorted(rows, key=lambda each: ORDER[each.role]):
        found[membership.user_id].append(membership)
    return found


ORDER: dict[str, int] = {Membership.Role.HEAD: 0, Membership.Role.DEPUTY: 1, Membership.Role.MEMBER: 2}


@dataclass(frozen=True)
class Held:
    """What somebody holds: keys of accounts, places in departments, and what waits for their answer."""

    keys: QuerySet[Holder]
    places: QuerySet[Membership]
    """Where they answer: head or deputy."""
    waiting: Waiting

    @property
    def questions(self) -> list[Any]:
        """Agreements and invitations that only they were asked about, as far as they answer for departments."""
        return [*self.waiting.ties, *self.waiting.invitations]


def held_by(user: User, today: date) -> Held:
    """What somebody holds now."""
    keys = Holder.objects.filter(user=user, left_on=None)
    return Held(
        keys=keys.select_related("account__platform").order_by("account__handle_key", "pk"),
        places=Membership.objects.filter(user=user, role__in=("head", "deputy"))
        .select_related("department")
        .order_by("department__name", "pk"),
        waiting=waiting_for(user, today, most=None),
    )
