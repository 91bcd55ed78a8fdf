"""The people of the demo organisation: four who can log in, and those who answer for departments."""

import os
import secrets
from collections.abc import Mapping

from departments.models import Department, Membership
from orgmap.demo import records
from orgmap.users.models import Role, User

DOMAIN = "skerryfell.example"

LOGINS = {
    "lead@demo.example": ("Ada Quill", Role.LEAD),
    "head@demo.example": ("Maud Ferrier", Role.HEAD),
    "executive@demo.example": ("Henrik Vane", Role.EXECUTIVE),
    "staff@demo.example": ("Wilf Dunn", Role.STAFF),
}
"""Who logs in to look around. They exist only where a demo organisation was loaded."""

SEATS = {
    "lead@demo.example": "corporate-affairs",
    "executive@demo.example": "skerry-and-fell",
    "staff@demo.example": "campaigns",
}
"""Where those of them sit who head no department."""
LEFT = ("Alf Tender",)
"""Who left the company, while the map still names them as a deputy and as holders of keys."""


def demo_password() -> str:
    """The password of the four demo logins: from DEMO_PASSWORD, else one that nobody has seen."""
    return os.environ.get("DEMO_PASSWORD") or secrets.token_urlsafe(9)


def address_of(name: str) -> str:
    """Where a person of the demo organisation reads mail."""
    return f"{name.lower().replace(' ', '.')}@{DOMAIN}"


def give_logins(password: str) -> dict[str, User]:
    """The four demo users by name, with this password; those who are there already keep their place."""
    given = {}
    for email, (name, role) in LOGINS.items():
        user = User.objects.filter(email=email).first()
        if user is None:
            user = User.objects.create_user(email, password, name=name, role=role)
        elif not user.check_password(password):
            user.set_password(password)
            user.save(update_fields=["password"])
        given[name] = user
    return given


def add_people(
    rows: tuple[records.Department, ...], departments: Mapping[str, Department], password: str
) -> dict[str, User]:
    """Users by name: the four logins, and heads and deputies without a password, each in their department."""
    people = give_logins(password)
    names = {name for row in rows for name in (row.head, row.deputy) if name} - set(people)
    others = [User(email=address_of(name), name=name, role=Role.HEAD) for name in sorted(names)]
    for user in others:
        user.set_unusable_password()
    people |= {user.name: user for user in User.objects.bulk_create(others)}
    places = [
        Membership(user=people[name], department=departments[row.slug], role=role)
        for row in rows
        for name, role in ((row.head, Membership.Role.HEAD), (row.deputy, Membership.Role.DEPUTY))
        if name
    ]
    places += [
        Membership(user=people[LOGINS[email][0]], department=departments[slug], role=Membership.Role.MEMBER)
        for email, slug in SEATS.items()
    ]
    Membership.objects.bulk_create(places)
    return people
