"""Snapshots, named for the pages that show them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models

if TYPE_CHECKING:
    from datetime import date

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


class IntendedOverlapQuerySet(models.QuerySet[Any]):
    """Overlaps that somebody wants."""

    def visible_to(self, user: User) -> Self:
        """Everyone who has logged in."""
        return self if user.is_authenticated else self.none()

    def in_force(self, today: date) -> Self:
        """Those whose review date has not passed."""
        return self.filter(review_on__gte=today)

    def for_list(self) -> Self:
        """With departments and person, those to be looked at first on top."""
        return self.select_related("a", "b", "by").order_by("review_on", "pk")
