"""Snapshots, named for the pages that show them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models

if TYPE_CHECKING:
    from orgmap.reports.models import Snapshot
    from orgmap.users.models import User


class SnapshotQuerySet(models.QuerySet[Any]):
    """Published figures."""

    def visible_to(self, user: User) -> Self:
        """Everyone who has logged in reads every report."""
        return self if user.is_authenticated else self.none()

    def newest_first(self) -> Self:
        return self.order_by("-published_at", "-pk")

    def latest_published(self) -> Snapshot | None:
        """The report that stands, if there is any."""
        return self.newest_first().first()
