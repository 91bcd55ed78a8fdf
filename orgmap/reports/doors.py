"""The only way a page gets a report."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404

from orgmap.reports.models import Level, Pair, Snapshot, Unit
from orgmap.users.models import User

FINEST = "all"
"""How addresses write the level at which every department stands for itself."""


def reports(user: User) -> QuerySet[Snapshot]:
    """The reports that somebody may read, without their heavy parts."""
    return Snapshot.objects.visible_to(user).defer("sprawl", "policy", "seen")


def latest_report(user: User) -> Snapshot | None:
    """The report that stands; None before the first."""
    return Snapshot.objects.visible_to(user).defer("sprawl").newest_first().first()


def report(user: User, pk: int) -> Snapshot:
    """A report, past or present."""
    return get_object_or_404(Snapshot.objects.visible_to(user).defer("sprawl"), pk=pk)


def levels(snapshot: Snapshot) -> list[Level]:
    """The levels of a report, coarsest first."""
    return list(Level.objects.filter(snapshot=snapshot).defer("actions").order_by("pk"))


def level(found: list[Level], query: QueryDict) -> Level:
    """The level that an address names; without one, the coarsest at which departments meet the same people."""
    wanted = query.get("level", "")
    if not wanted:
        return next((one for one in found if one.contested), found[-1])
    for one in found:
        if wanted == (FINEST if one.level is None else str(one.level)):
            return one
    raise Http404(f"This report has no level '{wanted}'.")


def pair(at: Level, first: str, second: str) -> Pair:
    """Two units of a level, in whichever order."""
    a, b = sorted((first, second))
    return get_object_or_404(Pair, level=at, a=a, b=b)


def unit(at: Level, slug: str) -> Unit:
    """A unit of a level."""
    return get_object_or_404(Unit, level=at, unit=slug)


def publishing(user: User) -> None:
    """Only the lead has figures computed out of turn."""
    if not user.has_perm("reports.publish_report"):
        raise PermissionDenied(
            "Only the social media lead can have the report computed now. It follows changes by itself."
        )
