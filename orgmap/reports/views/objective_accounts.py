"""Which accounts serve an objective: to tick, from those of its departments."""

from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from channels.models import Account
from channels.serving import link_accounts
from departments import doors
from departments.models import Department, Objective
from departments.policies import answered_departments
from departments.prefill import numbers
from orgmap.core import htmx
from orgmap.users.policies import is_lead
from orgmap.users.requests import Request

SHOWN = 100


@require_http_methods(["GET", "POST"])
def objective_accounts(request: Request, pk: int) -> HttpResponse:
    """Link accounts. A head ticks accounts that their departments run; the others are for their own heads."""
    objective = doors.editable_objective(request.user, pk)
    if request.method == "POST":
        ticked, was = set(numbers(request.POST, "account")), set(numbers(request.POST, "was"))
        mine = Account.objects.running().run_by(offered(request, objective))
        known = {account.pk: account for account in mine.filter(pk__in=ticked | was)}
        new, gone = link_accounts(
            by=request.user,
            objective=objective,
            add=[known[key] for key in sorted(ticked - was) if key in known],
            remove=[known[key] for key in sorted(was - ticked) if key in known],
        )
        told = "Nothing was changed." if not new + gone else f"{new} linked, {gone} taken off."
        return htmx.redirect(request, reverse("reports:objective_detail", args=[pk]), told)
    typed = request.GET.get("q", "").replace("\0", "").strip()[:100]
    accounts = Account.objects.running().run_by(offered(request, objective))
    linked = set(Account.objects.filter(objectives=objective).values_list("pk", flat=True))
    if typed:
        accounts = accounts.filter(Q(handle__icontains=typed) | Q(name__icontains=typed) | Q(says__icontains=typed))
    found = accounts.select_related("platform").order_by("platform__name", "handle_key", "pk")
    rows = list(found[: SHOWN + 1])
    context = {
        "objective": objective,
        "typed": typed,
        "rows": [(account, account.pk in linked) for account in rows[:SHOWN]],
        "more": len(rows) > SHOWN,
    }
    return htmx.page(request, "reports/objective_accounts.html", context, fragments=("objective_accounts_form",))


def offered(request: Request, objective: Objective) -> list[int]:
    """The departments whose accounts this person may link."""
    if not is_lead(request.user):
        return sorted(answered_departments(request.user))
    sides = [side.department_id for side in objective.sides.all()]
    return list(Department.objects.below(*sides).values_list("pk", flat=True)) if sides else []
