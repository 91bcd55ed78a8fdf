"""Accounts, named for the pages that show them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models

if TYPE_CHECKING:
    from orgmap.users.models import User


class AccountQuerySet(models.QuerySet[Any]):
    """Accounts."""

    def visible_to(self, user: User) -> Self:
        """Everyone who has logged in reads the whole directory."""
        return self if user.is_authenticated else self.none()

    def public(self) -> Self:
        """Accounts that outsiders may ask about: shown to anyone, and running."""
        return self.filter(is_public=True, status__in=["active", "dormant"])

    def running(self) -> Self:
        """Visible accounts of the method: active or dormant."""
        return self.filter(status__in=["active", "dormant"])
