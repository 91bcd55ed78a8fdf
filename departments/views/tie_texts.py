"""The text of an agreement: propose one, suggest another, renew it, take a suggestion back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from departments import doors, services
from departments.forms import GroupChangeForm, RenewForm, TieChangeForm, TieForm
from departments.forms.tie import typed_departments
from departments.models import Tie
from departments.prefill import first_text, numbers
from departments.views.ties import tie_context
from orgmap.core import edit_form, htmx
from orgmap.core.edit_form import look_again, refuse
from orgmap.core.errors import DomainError, EditConflict
from orgmap.core.rights import demand
from orgmap.users.requests import Request

PROPOSED = "Proposed. It binds when every side has accepted."


@require_http_methods(["GET", "POST"])
def tie_new(request: Request) -> HttpResponse:
    """Propose an agreement. An address may fill the form in: docs/agreements.md says how."""
    demand(request, "departments.add_tie")
    if request.GET.get("kind") == Tie.Kind.WORKING_GROUP:
        return htmx.redirect(request, f"{reverse('departments:group_new')}?{request.GET.urlencode()}")
    initial = first_text(request.user, request.GET, timezone.localdate())
    form = TieForm(request.POST or None, by=request.user, named=numbers(request.GET, "objective"), initial=initial)
    looking = "look" in request.POST
    if not looking and form.is_valid():
        said = form.cleaned_data
        try:
            tie = services.propose_tie(
                by=request.user,
                now=timezone.now(),
                kind=said["kind"],
                departments=said["departments"],
                **form.text(),
            )
        except (DomainError, ValidationError) as refusal:
            put(form, refusal)
        else:
            agreed = tie.status == Tie.Status.ACTIVE
            to = reverse("departments:tie_detail", args=[tie.pk])
            return htmx.redirect(request, to, "Agreed." if agreed else PROPOSED)
    if looking:
        form = TieForm(by=request.user, named=form_keys(request.POST), initial=seen(form))
        return render(request, "departments/tie_form.html", {"form": form})
    return htmx.form(request, "departments/tie_form.html", {"form": form}, fragment="tie_form")


@require_http_methods(["GET"])
def tie_objectives(request: Request) -> HttpResponse:
    """The objectives of the departments that somebody is typing, to tick. Only ever a part of the form."""
    demand(request, "departments.add_tie")
    about = typed_departments(request.GET)
    ticked = form_keys(request.GET)
    form = TieForm(by=request.user, named=ticked, initial={"departments": about, "objectives": ticked})
    return render(request, "departments/_tie_objectives.html", {"form": form})


@require_http_methods(["GET", "POST"])
def tie_change(request: Request, pk: int) -> HttpResponse:
    """Suggest another text. Who suggests one at the same time is heard too: field by field."""
    tie = doors.editable_tie(request.user, pk)
    kind = GroupChangeForm if getattr(tie, "group", None) is not None else TieChangeForm
    form = kind(request.POST or None, by=request.user, tie=tie)

    def suggest(record: Tie, changes: dict[str, Any]) -> object:
        note = form.cleaned_data["note"]
        return services.suggest_change(
            by=request.user, tie=record, version=None, now=timezone.now(), note=note, **form.text()
        )

    if request.method == "POST" and edit_form.save(form, Tie.objects.all(), suggest):
        settled = doors.tie(request.user, pk)
        waits = any(side.answer == "waiting" for side in settled.sides.all())
        told = "Suggested. The other side is asked." if waits else "The change is agreed."
        return htmx.redirect(request, reverse("departments:tie_detail", args=[pk]), f"{told} {form.said}".strip())
    context = {"form": form, "tie": tie, "group": getattr(tie, "group", None)}
    return htmx.form(request, "departments/tie_change.html", context, fragment="tie_change_form")


@require_http_methods(["POST"])
def tie_renew(request: Request, pk: int) -> HttpResponse:
    """Suggest that it goes on until a later day."""
    tie = doors.editable_tie(request.user, pk)
    form = RenewForm(request.POST, until=tie.ends_on, auto_id="renew-%s")
    if form.is_valid():
        try:
            services.renew_tie(by=request.user, tie=tie, now=timezone.now(), **form.cleaned_data)
        except EditConflict:
            tie = doors.editable_tie(request.user, pk)
            look_again(form, tie)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            again = doors.tie(request.user, pk)
            done = again.ends_on == form.cleaned_data["ends_on"]
            told = "Renewed." if done else "Suggested. It goes on once the other side has accepted."
            return htmx.redirect(request, reverse("departments:tie_detail", args=[pk]), told)
    if tie.status != Tie.Status.ACTIVE:
        messages.error(
            request, f"Only an active agreement can be renewed. This one is {tie.get_status_display().lower()}."
        )
    return render(request, "departments/tie_detail.html", tie_context(request, tie, renew=form), status=422)


@require_http_methods(["POST"])
def tie_withdraw(request: Request, pk: int) -> HttpResponse:
    """Take a suggested change back."""
    tie = doors.editable_tie(request.user, pk)
    to = reverse("departments:tie_detail", args=[pk])
    try:
        services.withdraw_change(by=request.user, tie=tie)
    except DomainError as refusal:
        return htmx.refuse(request, to, str(refusal))
    return htmx.redirect(request, to, "Taken back. The agreement goes on as it is.")


def seen(form: TieForm) -> dict[str, Any]:
    """What was typed, for a form that is shown again without judging it."""
    return {name: form[name].value() for name in form.fields}


def form_keys(data: QueryDict) -> list[int]:
    return numbers(data, "objectives")


def put(form: Any, refusal: DomainError | ValidationError) -> None:
    """A refusal of the service as a sentence on the form."""
    if isinstance(refusal, ValidationError):
        refuse(form, refusal)
    else:
        form.add_error(None, str(refusal))
