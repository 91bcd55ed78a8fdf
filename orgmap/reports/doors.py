"""The only way a page gets a report."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from departments.models import Department
from orgmap.reports import pair_live
from orgmap.reports.models import IntendedOverlap, Level, Pair, SharedLink, Snapshot, Unit
from orgmap.users.models import User

FINEST = "all"
"""How addresses write the level at which every department stands for itself."""


def reports(user: User) -> QuerySet[Snapshot]:
    """The reports that somebody may read, without their heavy parts."""
    return Snapshot.objects.visible_to(user).defer("policy", "seen")


def latest_report(user: User) -> Snapshot | None:
    """The report that stands; None before the first."""
    return Snapshot.objects.visible_to(user).newest_first().first()


def report(user: User, pk: int) -> Snapshot:
    """A report, past or present."""
    return get_object_or_404(Snapshot.objects.visible_to(user), pk=pk)


def levels(snapshot: Snapshot) -> list[Level]:
    """The levels of a report, coarsest first, without what only the chosen one is asked for."""
    return list(Level.objects.filter(snapshot=snapshot).defer("actions", "figures", "unit_ids").order_by("pk"))


def level(found: list[Level], query: Mapping[str, Any]) -> Level:
    """The level that an address names; without one, the coarsest at which departments meet the same people."""
    chosen = level_named(found, query)
    chosen.refresh_from_db(fields=["figures", "unit_ids"])
    return chosen


def level_named(found: list[Level], query: Mapping[str, Any]) -> Level:
    """The same, without the figures: those of the finest level of a large organisation take longer than its picture."""
    wanted = query.get("level", "")
    if wanted:
        chosen = next((one for one in found if wanted == (FINEST if one.level is None else str(one.level))), None)
    else:
        chosen = next((one for one in found if one.contested), found[-1])
    if chosen is None:
        raise Http404(f"This report has no level '{wanted}'.")
    return chosen


def pair(at: Level, first: str, second: str) -> Pair:
    """Two units of a level, in whichever order: as the report keeps them, else computed now from the report's facts."""
    a, b = sorted((first, second))
    kept = Pair.objects.filter(level=at, a=a, b=b).first()
    found = kept or pair_live.pair_of(at, a, b)
    if found is None:
        raise Http404(f"{first} and {second} are no pair of this report.")
    return found


def unit(at: Level, slug: str) -> Unit:
    """A unit of a level."""
    return get_object_or_404(Unit, level=at, unit=slug)


def page_of(user: User, slug: str) -> str:
    """Where the standing report speaks of a department: the page of a division, else of a unit; empty where nowhere."""
    snapshot = latest_report(user)
    if snapshot is None:
        return ""
    units = Unit.objects.filter(level__snapshot=snapshot, unit=slug).order_by("level__pk")
    found = units.values_list("division", "level__level").first()
    if found is None:
        return ""
    division, at = found
    if division == slug:
        return reverse("reports:division_detail", args=[snapshot.pk, slug])
    return f"{reverse('reports:unit_detail', args=[snapshot.pk, slug])}?level={FINEST if at is None else at}"


def publishing(user: User) -> None:
    """Only the lead has figures computed out of turn."""
    if not user.has_perm("reports.publish_report"):
        raise PermissionDenied(
            "Only the social media lead can have the report computed now. It follows changes by itself."
        )


def sharing(user: User, pk: int) -> Snapshot:
    """A report that somebody may share."""
    found = report(user, pk)
    if not user.has_perm("reports.publish_report"):
        raise PermissionDenied("Only the social media lead shares reports by a link.")
    return found


def link(user: User, pk: int) -> SharedLink:
    """A link that somebody may withdraw."""
    found = get_object_or_404(SharedLink, pk=pk)
    sharing(user, found.snapshot_id)
    return found


def shared(user: User, key: str) -> SharedLink:
    """The link of an address. Unknown or withdrawn it is no page; it opens for executives and the lead."""
    links = SharedLink.objects.select_related("snapshot", "made_by")
    found = get_object_or_404(links, key=key, withdrawn_at=None)
    if not user.has_perm("reports.open_shared"):
        raise PermissionDenied("This link is for executives. The reports that you may read are under “Report”.")
    return found


def may_intend(user: User, *departments: Department | None) -> bool:
    """Whether somebody may call the overlap of these departments intended: the lead, or a head of one of them."""
    return any(user.has_perm("reports.intend_overlap", department) for department in departments)


def pair_to_intend(user: User, first: str, second: str) -> tuple[Department, Department]:
    """Two departments whose overlap somebody may call intended."""
    visible = Department.objects.visible_to(user)
    a, b = get_object_or_404(visible, slug=first), get_object_or_404(visible, slug=second)
    if a == b:
        raise Http404("A department does not overlap with itself.")
    if not may_intend(user, a, b):
        raise PermissionDenied("Only the heads of the two departments or the social media lead can call this intended.")
    return a, b


def intended(user: User) -> QuerySet[IntendedOverlap]:
    """The overlaps between departments that are marked as intended, those to be looked at first on top."""
    return IntendedOverlap.objects.visible_to(user).filter(a__isnull=False).for_list()


def intention(user: User, pk: int) -> IntendedOverlap:
    """A mark that somebody may take back."""
    mark = get_object_or_404(IntendedOverlap.objects.visible_to(user).select_related("a", "b"), pk=pk)
    if not may_intend(user, mark.a, mark.b):
        raise PermissionDenied("Only the heads of the two departments or the social media lead can take this back.")
    return mark
