"""Home: what each person comes for."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from channels import directory
from channels.asking import asked_accounts
from channels.disowned import answers_to_act_on
from channels.listing import number_of
from channels.models import Account, Suggestion
from channels.waiting import life_waiting
from channels.worklist import home as audit
from departments.models import Department
from departments.policies import answered_departments
from departments.waiting import waiting_for
from orgmap.reports import doors, reading, words
from orgmap.reports.changed import changed_since
from orgmap.reports.known import caveat
from orgmap.reports.models import Level, Snapshot
from orgmap.reports.names import names
from orgmap.reports.pair_kept import kept
from orgmap.users.models import Role, User
from orgmap.users.requests import Request

WORST = 5
MINE = 12
PAST = 30
YESTERDAY = timedelta(days=1)


@require_GET
def home(request: Request) -> HttpResponse:
    """The start page of a role."""
    user: Any = request.user
    role = Role.LEAD if user.is_superuser else user.role
    page = {Role.EXECUTIVE: executive, Role.LEAD: lead, Role.HEAD: head}.get(role, staff)
    return page(request, user)


def executive(request: Request, user: User) -> HttpResponse:
    """How much of what meets is agreed, how that changed, and the five widest gaps."""
    context = standing(user)
    if context["snapshot"] is not None:
        context |= widest(context["level"], context["snapshot"]) | {
            "line": [row["alignment"] for row in reversed(reading.past_reports(PAST))]
        }
    return render(request, "reports/home_executive.html", context)


def lead(request: Request, user: User) -> HttpResponse:
    """What changed, what is missing, what waits. Of an empty map: the first steps."""
    today = timezone.localdate()
    running, departments = Account.objects.running().count(), Department.objects.active().count()
    context = standing(user) | {
        "running": running,
        "departments": departments,
        "steps": [] if running and departments else first_steps(running, departments),
        "today": today,
        "waiting": waiting_for(user, today),
        "suggested": Suggestion.objects.waiting_for(user).count(),
        "life": life_waiting(user, today),
    }
    context["disowned"], context["disowned_count"] = answers_to_act_on()
    if not context["steps"]:
        context["standing"] = audit.standing(user, today)
        context["opened"], context["closed"] = audit.since_yesterday(today)
        context["changed"] = changed_since(timezone.now() - YESTERDAY)
    return render(request, "reports/home_lead.html", context)


def first_steps(running: int, departments: int) -> list[tuple[bool, str]]:
    """What an empty map needs first, and whether it is done."""
    heads = User.objects.filter(role=Role.HEAD, is_active=True).exists()
    return [(bool(departments), "departments"), (bool(running), "accounts"), (heads, "people")]


def head(request: Request, user: User) -> HttpResponse:
    """My accounts as sentences, what needs me, and the neighbours with whom nothing is agreed."""
    today = timezone.localdate()
    mine = answered_departments(user)
    accounts = Account.objects.running().run_by(list(mine)).order_by("pk")
    pks = list(accounts.values_list("pk", flat=True)[: MINE + 1])
    page, edit = (reverse(f"channels:account_{name}", args=[0]) for name in ("detail", "edit"))
    context = {
        "rows": directory.rows(pks[:MINE], today, page, edit),
        "more": number_of(accounts) - MINE if len(pks) > MINE else 0,
        "departments": (own := own_departments(user)),
        "leads": [] if own else list(User.objects.filter(role=Role.LEAD, is_active=True).order_by("name", "pk")[:3]),
        "today": today,
        "waiting": waiting_for(user, today),
        "suggested": Suggestion.objects.waiting_for(user).count(),
        "life": life_waiting(user, today),
        "to_confirm": asked_accounts(user, today).count(),
        "to_do": audit.to_do(user),
        **neighbours(user, mine),
    }
    return render(request, "reports/home_head.html", context)


def own_departments(user: User) -> list[Department]:
    """Where they are head or deputy themselves; what stands below comes with it."""
    answering = Department.objects.active().filter(memberships__user=user, memberships__role__in=["head", "deputy"])
    return list(answering.order_by("name", "pk"))


def neighbours(user: User, mine: frozenset[int]) -> dict[str, Any]:
    """The widest gaps of somebody's own departments, as the report has them."""
    snapshot = doors.latest_report(user)
    if snapshot is None or not mine:
        return {"snapshot": snapshot, "neighbours": []}
    level = finest(snapshot)
    slugs = Department.objects.filter(pk__among=mine).values_list("slug", flat=True)
    pairs = kept(level).of(slugs).of_kind("left_right_hand")[:WORST]
    known = names(
        departments={side for pair in pairs for side in (pair.a, pair.b)},
        records=reading.records(pairs),
        seen_by=snapshot,
    )
    return {
        "snapshot": snapshot,
        "changes": reading.changes_since(snapshot),
        "at": words.at(level),
        "neighbours": reading.gaps(pairs, known),
    }


def staff(request: Request, user: User) -> HttpResponse:
    """Look up who runs what."""
    roots = list(Department.objects.active().filter(parent=None).order_by("name", "pk")[:30])
    top = Department.objects.active().filter(parent=roots[0]).order_by("name", "pk") if len(roots) == 1 else roots
    return render(
        request,
        "reports/home_staff.html",
        {
            "departments": top,
            "accounts": Account.objects.running().count(),
            "life": life_waiting(user, timezone.localdate()),
        },
    )


def finest(snapshot: Snapshot) -> Level:
    """The level at which every department stands for itself."""
    return Level.objects.filter(snapshot=snapshot).defer("actions", "figures").order_by("-pk")[0]


def standing(user: User) -> dict[str, Any]:
    """The standing report in one sentence."""
    snapshot = doors.latest_report(user)
    if snapshot is None:
        return {"snapshot": None}
    levels = doors.levels(snapshot)
    level = next((one for one in levels if one.contested), levels[-1])
    return {
        "snapshot": snapshot,
        "changes": reading.changes_since(snapshot),
        "level": level,
        "at": words.at(level),
        "level_name": words.level_name(level, levels),
        "caveat": caveat(snapshot, level, levels),
    }


def widest(level: Level, snapshot: Snapshot) -> dict[str, Any]:
    """The widest gaps of a level, and how many there are."""
    pairs = reading.widest_gaps(level, WORST)
    known = names(
        departments={side for pair in pairs for side in (pair.a, pair.b)},
        records=reading.records(pairs),
        seen_by=snapshot,
    )
    return {
        "gaps": reading.gaps(pairs, known, level.figures["proposals"]),
        "apart": level.figures["quadrants"]["left_right_hand"],
    }
