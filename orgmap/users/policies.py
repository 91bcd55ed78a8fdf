"""Who somebody is. Every other right is built from these."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rules

if TYPE_CHECKING:
    from orgmap.users.models import User


@rules.predicate
def is_lead(user: User) -> bool:
    """The social media lead keeps the map."""
    return bool(user.is_authenticated and user.is_active and (user.is_superuser or user.role == "lead"))


@rules.predicate
def is_head(user: User) -> bool:
    """A department head or deputy; which departments, memberships say."""
    return bool(user.is_authenticated and user.is_active and user.role == "head")


@rules.predicate
def is_executive(user: User) -> bool:
    return bool(user.is_authenticated and user.is_active and user.role == "executive")


@rules.predicate
def is_signed_in(user: User) -> bool:
    return bool(user.is_authenticated and user.is_active)


rules.add_perm("users", is_lead)
for action in ("view", "add", "change", "delete"):
    rules.add_perm(f"users.{action}_user", is_lead)
