"""Trees, and who may see what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models.expressions import RawSQL

if TYPE_CHECKING:
    from orgmap.users.models import User

M = TypeVar("M", bound=models.Model)


class TreeQuerySet(models.QuerySet[M]):
    """Records with a ``parent``."""

    def below(self, *roots: int) -> Self:
        """The given records and everything under them, in one query."""
        table = self.model._meta.db_table
        walk = (
            f"(WITH RECURSIVE down AS (SELECT id FROM {table} WHERE id = ANY(%s)"  # noqa: S608 - a table name of ours
            f" UNION SELECT t.id FROM {table} t JOIN down ON t.parent_id = down.id) SELECT id FROM down)"
        )
        return self.filter(pk__in=RawSQL(walk, (list(roots),)))  # noqa: S611 - the ids are parameters

    def above(self, *nodes: int) -> Self:
        """The given records and everything over them, in one query."""
        table = self.model._meta.db_table
        walk = (
            f"(WITH RECURSIVE up AS (SELECT id, parent_id FROM {table} WHERE id = ANY(%s)"  # noqa: S608 - a table name of ours
            f" UNION SELECT t.id, t.parent_id FROM {table} t JOIN up ON t.id = up.parent_id) SELECT id FROM up)"
        )
        return self.filter(pk__in=RawSQL(walk, (list(nodes),)))  # noqa: S611 - the ids are parameters


class DepartmentQuerySet(TreeQuerySet[Any]):
    """Departments, named for the pages that show them."""

    def visible_to(self, user: User) -> Self:
        """Everyone who has logged in reads the whole tree."""
        return self if user.is_authenticated else self.none()

    def active(self) -> Self:
        return self.filter(status="active")

    def answered_for_by(self, user: User) -> Self:
        """The departments that a head or deputy answers for: their own and all below."""
        if not user.is_authenticated:
            return self.none()
        own = list(user.memberships.filter(role__in=["head", "deputy"]).values_list("department_id", flat=True))
        return self.below(*own) if own else self.none()


class ObjectiveQuerySet(models.QuerySet[Any]):
    """Objectives."""

    def visible_to(self, user: User) -> Self:
        return self if user.is_authenticated else self.none()


class TieQuerySet(models.QuerySet[Any]):
    """Agreements."""

    def visible_to(self, user: User) -> Self:
        return self if user.is_authenticated else self.none()
