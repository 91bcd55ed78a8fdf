"""Home: what each person comes for."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from channels import directory
from channels.models import Account
from departments.models import Department
from departments.policies import answered_departments
from orgmap.reports import doors, reading, words
from orgmap.reports.models import Level, Pair, Snapshot
from orgmap.reports.names import names
from orgmap.users.models import Role, User
from orgmap.users.requests import Request

WORST = 5
MINE = 12


@require_GET
def home(request: Request) -> HttpResponse:
    """The start page of a role."""
    user: Any = request.user
    role = Role.LEAD if user.is_superuser else user.role
    page = {Role.EXECUTIVE: executive, Role.LEAD: lead, Role.HEAD: head}.get(role, staff)
    return page(request, user)


def executive(request: Request, user: User) -> HttpResponse:
    """How much of what meets is agreed, how that changed, and the five widest gaps."""
    return render(request, "reports/home_executive.html", standing(user))


def lead(request: Request, user: User) -> HttpResponse:
    """What changed, what is missing, what the report says."""
    running = Account.objects.running()
    missing = [
        ("owner", "have no owner", running.without_owner().count()),
        ("objective", "serve no objective", running.without_objective().count()),
        ("audience", "say nothing about whom they are for", running.without_audience().count()),
        ("contact", "have no contact", running.without_contact().count()),
    ]
    context = {
        "missing": missing,
        "running": running.count(),
        "departments": Department.objects.active().count(),
        "changed": reading.latest_changes(3),
    }
    return render(request, "reports/home_lead.html", standing(user) | context)


def head(request: Request, user: User) -> HttpResponse:
    """My accounts as sentences, and the neighbours with whom nothing is agreed."""
    mine = answered_departments(user)
    accounts = Account.objects.running().run_by(list(mine)).order_by("pk")
    pks = list(accounts.values_list("pk", flat=True)[: MINE + 1])
    slugs = set(Department.objects.filter(pk__in=mine).values_list("slug", flat=True))
    snapshot = doors.latest_report(user)
    neighbours: list[reading.Gap] = []
    level = None
    if snapshot is not None and slugs:
        level = finest(snapshot)
        pairs = list(reading.pairs_of(level, slugs, only="left_right_hand")[:WORST])
        known = names(departments={side for pair in pairs for side in (pair.a, pair.b)}, records=reading.records(pairs))
        neighbours = reading.gaps(pairs, known)
    context = {
        "snapshot": snapshot,
        "changes": reading.changes_since(snapshot) if snapshot is not None else None,
        "at": words.at(level) if level is not None else "",
        "rows": directory.rows(pks[:MINE], timezone.localdate(), reverse("channels:account_detail", args=[0])),
        "more": accounts.count() - MINE if len(pks) > MINE else 0,
        "departments": Department.objects.filter(pk__in=mine).order_by("name", "pk"),
        "neighbours": neighbours,
        "slugs": slugs,
    }
    return render(request, "reports/home_head.html", context)


def staff(request: Request, user: User) -> HttpResponse:
    """Look up who runs what."""
    roots = list(Department.objects.active().filter(parent=None).order_by("name", "pk")[:30])
    top = Department.objects.active().filter(parent=roots[0]).order_by("name", "pk") if len(roots) == 1 else roots
    return render(
        request, "reports/home_staff.html", {"departments": top, "accounts": Account.objects.running().count()}
    )


def finest(snapshot: Snapshot) -> Level:
    """The level at which every department stands for itself."""
    return Level.objects.filter(snapshot=snapshot).defer("actions", "figures").order_by("-pk")[0]


def standing(user: User) -> dict[str, Any]:
    """The standing report in short."""
    snapshot = doors.latest_report(user)
    if snapshot is None:
        return {"snapshot": None}
    levels = doors.levels(snapshot)
    level = next((one for one in levels if one.contested), levels[-1])
    pairs = reading.widest_gaps(level, WORST)
    known = names(departments={side for pair in pairs for side in (pair.a, pair.b)}, records=reading.records(pairs))
    past = reading.past_reports(30)
    return {
        "snapshot": snapshot,
        "changes": reading.changes_since(snapshot),
        "level": level,
        "at": words.at(level),
        "level_name": words.level_name(level, levels),
        "gaps": reading.gaps(pairs, known, level.figures["proposals"]),
        "apart": Pair.objects.filter(level=level, quadrant="left_right_hand").count(),
        "line": [row["alignment"] for row in reversed(past)],
        "accounts": level.figures["sprawl"]["total"]["accounts"],
        "completeness": words.completeness(level.figures["completeness"]),
    }
