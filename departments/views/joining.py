"""Asking other departments to own an objective together. Answering may move accounts and is in reports."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from departments import doors, services
from departments.forms import InviteForm
from departments.models import Objective
from departments.prefill import numbers
from orgmap.core import htmx
from orgmap.core.errors import DomainError
from orgmap.core.words import sentence_list
from orgmap.users.requests import Request


@require_http_methods(["GET", "POST"])
def objective_invite(request: Request, pk: int) -> HttpResponse:
    """Ask departments to join; ``?objective=`` names one of theirs that the joint one would take the place of."""
    objective = doors.editable_objective(request.user, pk)
    other = Objective.objects.visible_to(request.user).filter(pk__in=numbers(request.GET, "objective")).first()
    theirs = (
        [side.department for side in other.sides.select_related("department").order_by("position")] if other else []
    )
    form = InviteForm(request.POST or None, initial={"departments": theirs, "instead_of": other})
    if form.is_valid():
        try:
            named = services.invite(by=request.user, objective=objective, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error("departments", str(refusal))
        else:
            names = sentence_list([each.name for each in named], last="and")
            waits = objective.invitations.filter(answer="waiting", department__in=named).exists()
            told = f"{names}: asked. You see the answer here." if waits else f"{names} now own it with you."
            return htmx.redirect(request, reverse("reports:objective_detail", args=[pk]), told)
    context = {"form": form, "objective": objective, "other": other}
    return htmx.form(request, "departments/objective_invite.html", context, fragment="objective_invite_form")


@require_http_methods(["POST"])
def invitation_withdraw(request: Request, pk: int) -> HttpResponse:
    """Take a question back."""
    invitation = doors.withdrawable_invitation(request.user, pk)
    to = reverse("reports:objective_detail", args=[invitation.objective_id])
    try:
        services.withdraw_invitation(by=request.user, invitation=invitation)
    except DomainError as refusal:
        return htmx.refuse(request, to, str(refusal))
    return htmx.redirect(request, to, f"{invitation.department} is not asked any more.")
