"""The tree of departments, a department's profile, and its activity."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Case, Count, QuerySet, When, Window
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from channels import directory, suggesting
from channels.models import Account
from channels.search import fold
from departments import doors
from departments.models import Department, Membership, Objective, Tie
from orgmap.core import htmx, sheets
from orgmap.history.activity import activity_of
from orgmap.history.pages import LATEST, activity_page
from orgmap.reports import doors as report_doors
from orgmap.reports.department_record import record_of
from orgmap.reports.departments_tree import Node, Tree, markup, tree
from orgmap.reports.ego import ego
from orgmap.reports.neighbours import Neighbour, nearest
from orgmap.users.requests import Request

SHOWN_ACCOUNTS = 12
SHOWN_NEIGHBOURS = 12
SHOWN = 20
"""So many objectives, agreements and departments below are shown; their lists have the others."""
CLOSED = 500
LARGE = 500
"""In an organisation of more departments the neighbours are asked for apart: the page does not wait for them."""
BAR = 200
RANK = Case(When(role=Membership.Role.HEAD, then=0), When(role=Membership.Role.DEPUTY, then=1), default=2)
"""Who is named first."""
MOST_FOUND = 100
FRAGMENT = "department_tree"
NEIGHBOURS = "department_neighbours"


@require_GET
def department_list(request: Request) -> HttpResponse:
    """The organisation as a tree; a branch of it, or the departments that are called something."""
    departments = Department.objects.visible_to(request.user)
    whole = tree(departments.active())
    typed = request.GET.get("q", "").strip()[:200]
    branch = branch_of(whole, request.GET.get("branch", ""))
    closed = departments.closed()
    context: dict[str, object] = {
        "typed": typed,
        "total": len(whole.parents),
        "branch": branch,
        "closed_count": closed.count(),
        "shown": urlencode({key: request.GET[key] for key in ("q", "branch", "closed") if request.GET.get(key)}),
        "may_add": request.user.has_perm("departments.add_department"),
        "may_move": request.user.has_perm("departments.move_department"),
    }
    if "closed" in request.GET:
        context["closed"] = closed.select_related("successor").order_by("-closed_on", "name", "pk")[:CLOSED]
    elif typed:
        context["found"] = found(whole, departments.named(fold(typed).split()))
    else:
        roots = whole.drawn(branch)
        above = whole.above(branch) if branch else []
        named = whole.nodes(above, counted=False) if above else {}
        context |= {"above": [named[pk] for pk in above], "branch": roots[0] if branch else None}
        context["tree"] = markup(roots, movable=bool(context["may_move"]))
    return htmx.page(request, "reports/department_list.html", context, fragments=(FRAGMENT,))


COLUMNS = ("Department", "Acronym", "Part of", "Head", "Accounts", "With all below", "Objectives", "Agreements")
CLOSED_COLUMNS = ("Department", "Acronym", "Closed on", "Followed by")


@require_GET
def department_export(request: Request) -> HttpResponseBase:
    """The list that is shown as a file: the tree or the branch with all that is folded in it, what was found, or what
    is closed."""
    kind = "xlsx" if request.GET.get("format") == "xlsx" else "csv"
    departments = Department.objects.visible_to(request.user)
    if "closed" in request.GET:
        rows = departments.closed().order_by("-closed_on", "name", "pk")
        lines = rows.values_list("name", "acronym", "closed_on", "successor__name")
        return sheets.download(kind, "closed-departments", CLOSED_COLUMNS, lines)
    whole = tree(departments.active())
    typed = request.GET.get("q", "").strip()[:200]
    pks = list(whole.downwards(branch_of(whole, request.GET.get("branch", ""))))
    if typed:
        called = departments.named(fold(typed).split()).order_by("name", "pk").values_list("pk", flat=True)
        pks = [pk for pk in called if pk in whole.parents]
    return sheets.download(kind, "departments", COLUMNS, tree_lines(whole, pks))


def tree_lines(whole: Tree, pks: Sequence[int]) -> Iterator[list[Any]]:
    """Departments as the tree shows them, a line each."""
    above = [parent for parent in map(whole.parents.get, pks) if parent in whole.parents]
    nodes = whole.nodes(pks)
    names = {pk: node.name for pk, node in whole.nodes(set(above), counted=False).items()}
    below = whole.accounts_below(whole.children)
    for pk in pks:
        node = nodes[pk]
        over = names.get(whole.parents[pk] or 0, "")
        counts = (node.accounts, below[pk], node.objectives, node.ties)
        yield [node.name, node.acronym, over, node.head, *counts]


def branch_of(whole: Tree, slug: str) -> int | None:
    """The department whose branch an address asks for."""
    if not slug:
        return None
    pk = Department.objects.filter(slug=slug).values_list("pk", flat=True).first()
    if pk not in whole.parents:
        raise Http404("There is no such department.")
    return pk


def found(whole: Tree, called: QuerySet[Department]) -> list[tuple[Node, list[Node]]]:
    """The departments that are called so, each with those above it."""
    pks = [pk for pk in called.order_by("name", "pk").values_list("pk", flat=True)[:MOST_FOUND] if pk in whole.parents]
    paths = {pk: whole.above(pk) for pk in pks}
    nodes = whole.nodes({*pks, *(above for path in paths.values() for above in path)}, counted=False)
    below = whole.accounts_below(whole.children)
    for pk in pks:
        nodes[pk].accounts_below = below[pk]
    return [(nodes[pk], [nodes[above] for above in path]) for pk, path in paths.items()]


@require_GET
def department_detail(request: Request, slug: str) -> HttpResponse:
    """One department: who and why, what it runs and wants, and whom it meets without knowing."""
    department = doors.department(request.user, slug)
    context = {"department": department, **met_by(department, wanted="neighbours" in request.GET)}
    if request.headers.get("HX-Target") != NEIGHBOURS:
        context |= profile(request, department)
    return htmx.page(request, "reports/department_detail.html", context, fragments=(NEIGHBOURS,))


def profile(request: Request, department: Department) -> dict[str, object]:
    """What the page of a department says besides its neighbours: the first of each list, and how long it is."""
    may_edit = request.user.has_perm("departments.change_department", department)
    accounts = Account.objects.visible_to(request.user).run_by([department.pk]).exclude(status=Account.Status.RETIRED)
    first = counted(accounts.order_by("handle_key", "pk")).values_list("pk", "total")[:SHOWN_ACCOUNTS]
    pks = [pk for pk, _ in first]
    objectives = Objective.objects.visible_to(request.user).filter(
        sides__department=department, status__in=["draft", "active"]
    )
    ties = Tie.objects.visible_to(request.user).filter(sides__department=department, status__in=["proposed", "active"])
    activity, older = activity_of(department, LATEST, private=may_edit, reader=request.user)
    context: dict[str, object] = {
        "may_edit": may_edit,
        "suggestions": suggesting.shown(department.suggestions.waiting(), request.user),
        "may_suggest": () if may_edit else suggesting.labels_of(department),
        "may_move": request.user.has_perm("departments.move_department", department),
        "above": ancestors(department),
        "in_report": report_doors.page_of(request.user, department.slug),
        "below": counted(department.children.active().order_by("name", "pk"))[:SHOWN],
        "people": department.memberships.select_related("user").order_by(RANK, "pk")[:SHOWN],
        "roles": Membership.Role,
        "default_audiences": department.default_audiences.order_by("position", "name", "pk"),
        "default_markets": department.default_markets.order_by("position", "name", "pk"),
        "accounts": directory.rows(pks, localdate(), reverse("channels:account_detail", args=[0])),
        "account_count": first[0][1] if pks else 0,
        "objectives": counted(objectives.select_related("benefit").order_by("ends_on", "statement", "pk"))[:SHOWN],
        "ties": counted(ties.prefetch_related("departments").order_by("ends_on", "pk"))[:SHOWN],
        "activity": activity,
        "older": older,
    }
    if department.status == Department.Status.ACTIVE:
        context["record"] = record_of(department, context, localdate())
    return context


def counted(records: QuerySet[Any]) -> QuerySet[Any]:
    """Records that each know how many there are: a page of them and their number in one query."""
    return records.annotate(total=Window(Count("pk")))


def met_by(department: Department, *, wanted: bool) -> dict[str, object]:
    """The neighbours, unless there are so many departments that they are only looked for when somebody wants them."""
    if department.status != Department.Status.ACTIVE:
        return {"neighbours": [], "more_neighbours": 0}
    if not wanted and Department.objects.active().order_by()[LARGE : LARGE + 1].exists():
        return {"neighbours_apart": True}
    shown, total = nearest(department, localdate(), SHOWN_NEIGHBOURS)
    return {"neighbours": bars(shown), "more_neighbours": total - len(shown), "spokes": ego(shown)}


@require_GET
def department_activity(request: Request, slug: str) -> HttpResponse:
    """Everything that was changed about a department."""
    department = doors.department(request.user, slug)
    private = request.user.has_perm("departments.change_department", department)
    context = {
        "record": department,
        "crumbs": [
            ("Departments", reverse("reports:department_list")),
            (department.name, reverse("reports:department_detail", args=[slug])),
        ],
        "activity": activity_page(department, request.GET.get("page", ""), private=private, reader=request.user),
    }
    return render(request, "history/activity.html", context)


def bars(shown: list[Neighbour]) -> list[tuple[Neighbour, int]]:
    """Neighbours with the width of their bars: what they share, the most being the widest."""
    widest = max((one.shared for one in shown), default=0)
    return [(one, max(round(BAR * one.shared / widest), 12) if widest else 12) for one in shown]


def ancestors(department: Department) -> list[tuple[str, str]]:
    """The departments above one with their addresses, from the top."""
    by_pk = {record.pk: record for record in Department.objects.above(department.pk)}
    path: list[tuple[str, str]] = []
    parent = department.parent_id
    while parent is not None:
        record = by_pk[parent]
        path.insert(0, (record.name, reverse("reports:department_detail", args=[record.slug])))
        parent = record.parent_id
    return [("Departments", reverse("reports:department_list")), *path]
