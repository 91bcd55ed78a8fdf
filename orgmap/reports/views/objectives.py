"""One objective with the accounts that serve it and the departments that pursue the same."""

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from channels.models import Account
from departments import doors
from departments.models import Audience, Objective
from orgmap.core import htmx
from orgmap.users.requests import Request


@require_http_methods(["GET"])
def objective_detail(request: Request, pk: int) -> HttpResponse:
    objective = doors.objective(request.user, pk)
    accounts = Account.objects.visible_to(request.user).filter(objectives=objective).exclude(status="retired")
    check_ins = list(objective.check_ins.order_by("on", "pk"))
    context = {
        "objective": objective,
        "sides": sorted(objective.sides.all(), key=lambda side: side.position),
        "accounts": accounts.select_related("platform").order_by("platform__name", "handle_key", "pk"),
        "check_ins": check_ins,
        "values": [float(entry.value) for entry in check_ins],
        "same": same_purpose(objective)[:10],
        "ties": objective.ties.exclude(status="declined").order_by("ends_on", "pk"),
        "may_change": request.user.has_perm("departments.change_objective", objective),
        "may_propose": request.user.has_perm("departments.add_tie"),
    }
    return htmx.page(request, "reports/objective_detail.html", context)


def same_purpose(objective: Objective) -> QuerySet[Objective]:
    """Running objectives of other departments with the same benefit for the same people, by default or by name."""
    own = [audience.pk for audience in objective.audiences.all()]
    if not own:
        first = min(objective.sides.all(), key=lambda side: side.position, default=None)
        own = list(first.department.default_audiences.values_list("pk", flat=True)) if first else []
    people = Audience.objects.below(*own).values("pk").union(Audience.objects.above(*own).values("pk"))
    keys = [row["pk"] for row in people]
    by_name = Q(audiences__in=keys)
    by_default = Q(audiences=None, sides__position=0, sides__department__default_audiences__in=keys)
    return (
        Objective.objects.filter(by_name | by_default, benefit=objective.benefit, status=Objective.Status.ACTIVE)
        .exclude(pk=objective.pk)
        .distinct()
        .prefetch_related("sides__department")
        .order_by("statement", "pk")
    )
