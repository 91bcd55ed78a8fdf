"""One objective with the accounts that serve it and the departments that pursue the same."""

from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from channels.models import Account
from channels.serving import hand_on_accounts
from departments import doors, services
from departments.forms import AnswerInvitationForm
from departments.models import Audience, Objective, ObjectiveInvitation
from orgmap.core import htmx
from orgmap.core.errors import DomainError
from orgmap.history.services import because
from orgmap.users.requests import Request

SAME = 10
RUNNING = (Objective.Status.DRAFT, Objective.Status.ACTIVE)


@require_http_methods(["GET"])
def objective_detail(request: Request, pk: int) -> HttpResponse:
    objective = doors.objective(request.user, pk)
    accounts = Account.objects.visible_to(request.user).filter(objectives=objective).exclude(status="retired")
    check_ins = list(objective.check_ins.select_related("by").order_by("on", "pk"))
    running = objective.status in RUNNING
    asked = objective.invitations.select_related("department", "invited_by").order_by("-created_at", "-pk")
    same = same_purpose(objective)
    may_change = request.user.has_perm("departments.change_objective", objective)
    context = {
        "objective": objective,
        "sides": sorted(objective.sides.all(), key=lambda side: (side.position, side.pk)),
        "accounts": accounts.select_related("platform").order_by("platform__name", "handle_key", "pk"),
        "check_ins": check_ins,
        "invitations": [
            (each, request.user.has_perm("departments.answer_invitation", each))
            for each in asked.exclude(answer=ObjectiveInvitation.Answer.ACCEPTED)
        ],
        "same": same[:SAME],
        "ties": objective.ties.exclude(status="declined").order_by("ends_on", "pk"),
        "running": running,
        "may_change": may_change,
        "may_delete": request.user.has_perm("departments.delete_objective", objective),
        "may_propose": request.user.has_perm("departments.add_tie"),
        "may_join": running and may_change,
        "today": timezone.localdate(),
    }
    return htmx.page(request, "reports/objective_detail.html", context)


@require_http_methods(["GET", "POST"])
def objective_delete(request: Request, pk: int) -> HttpResponse:
    """Take away an objective that was set by mistake; what hangs on it is listed and refuses that."""
    objective = doors.deletable_objective(request.user, pk)
    refused, serving = "", Account.objects.filter(objectives=objective)
    if request.method == "POST":
        try:
            services.delete_objective(by=request.user, objective=objective, version=None)
        except DomainError as refusal:
            refused = str(refusal)
        else:
            return htmx.redirect(request, reverse("departments:objective_list"), f"“{objective}” is deleted.")
    context = {
        "objective": objective,
        "refused": refused,
        "accounts": serving.select_related("platform").order_by("handle_key", "pk"),
        "ties": objective.ties.order_by("title", "pk"),
        "groups": objective.groups.select_related("tie").order_by("pk"),
        "check_ins": objective.check_ins.count(),
    }
    answer = htmx.page(request, "reports/objective_delete.html", context)
    if refused:
        answer.status_code = 422
    return answer


@require_http_methods(["GET", "POST"])
def invitation_answer(request: Request, pk: int) -> HttpResponse:
    """Accept or decline to pursue an objective together; accepting may close one's own and hand its accounts on."""
    invitation = doors.answerable_invitation(request.user, pk)
    own = invitation.instead_of
    if own is not None and own.status not in RUNNING:
        own = None
    form = AnswerInvitationForm(request.POST or None, initial={"close_own": own is not None})
    if own is None:
        del form.fields["close_own"]
    if form.is_valid():
        try:
            answered(request, invitation, own if form.cleaned_data.get("close_own") else None, form)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            told = "You pursue it together." if form.cleaned_data["accept"] else "Declined; they see your reason."
            return htmx.redirect(request, reverse("reports:objective_detail", args=[invitation.objective_id]), told)
    context = {"form": form, "invitation": invitation, "own": own}
    return htmx.form(request, "reports/invitation_answer.html", context, fragment="invitation_form")


def answered(
    request: Request, invitation: ObjectiveInvitation, own: Objective | None, form: AnswerInvitationForm
) -> None:
    """Answer, and close one's own objective where everybody who pursued it now pursues the joint one."""
    said = form.cleaned_data
    with transaction.atomic(), because(by=request.user, reason=said["reason"]):
        services.answer_invitation(
            by=request.user, invitation=invitation, accept=said["accept"], now=timezone.now(), reason=said["reason"]
        )
        if said["accept"] and own is not None and services.is_replaced(own, invitation.objective):
            hand_on_accounts(by=request.user, old=own, new=invitation.objective)
            services.end_objective(
                by=request.user,
                objective=own,
                version=None,
                status=Objective.Status.DROPPED,
                reason=f"Pursued jointly as “{invitation.objective}”."[:300],
            )


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
