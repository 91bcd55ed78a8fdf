"""What readers would say differently: suggested, accepted, declined."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from channels import doors, services, suggesting
from channels.forms import DeclineForm
from channels.models import Suggestion
from channels.views.account_detail import crumbs
from departments.doors import department as visible_department
from orgmap.core import htmx
from orgmap.core.errors import DomainError
from orgmap.users.requests import Request

FRAGMENT = "suggest_form"


@require_GET
def suggestion_list(request: Request) -> HttpResponse:
    """What waits for this person, and what became of their own."""
    context = {
        "waiting": suggesting.shown(Suggestion.objects.waiting_for(request.user)[:100], request.user),
        "mine": Suggestion.objects.filter(by=request.user)
        .select_related("account__platform", "department", "answered_by")
        .order_by("-created_at", "-pk")[:50],
        "labels": suggesting.LABELS,
    }
    return render(request, "channels/suggestion_list.html", context)


@require_http_methods(["GET", "POST"])
def account_suggest(request: Request, pk: int, field: str) -> HttpResponse:
    """Suggest what a word of an account should say."""
    account = doors.visible_account(request.user, pk)
    back = reverse("channels:account_detail", args=[pk])
    return suggest(request, account, field, back, crumbs(account))


@require_http_methods(["GET", "POST"])
def department_suggest(request: Request, slug: str, field: str) -> HttpResponse:
    """Suggest what a department's profile should say."""
    department = visible_department(request.user, slug)
    back = reverse("reports:department_detail", args=[slug])
    trail = [("Departments", reverse("reports:department_list")), (department.name, back)]
    return suggest(request, department, field, back, trail)


def suggest(request: Request, record: Any, field: str, back: str, trail: list[tuple[str, str]]) -> HttpResponse:
    if field not in suggesting.fields_of(record):
        raise Http404(f"Nothing can be suggested about '{field}'.")
    form = suggesting.form_for(record, field, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            suggesting.send(by=request.user, record=record, field=field, form=form)
        except DomainError as refusal:
            form.add_error(field, str(refusal))
        else:
            return htmx.redirect(request, back, "Suggested. It waits for the owner, who accepts it or says why not.")
    context = {
        "record": record,
        "form": form,
        "field": field,
        "back": back,
        "crumbs": trail,
        "fields": [(name, form_label) for name, form_label in suggesting.labels_of(record)],
    }
    return htmx.form(request, "channels/suggest.html", context, fragment=FRAGMENT)


@require_POST
def suggestion_answer(request: Request, pk: int) -> HttpResponse:
    """Accept a suggestion, which writes it, or decline it with a reason."""
    suggestion = doors.answerable_suggestion(request.user, pk)
    told, failed = "", ""
    if "decline" in request.POST:
        form = DeclineForm(request.POST)
        if form.is_valid():
            try:
                services.decline_suggestion(
                    by=request.user, suggestion=suggestion, now=timezone.now(), reason=form.cleaned_data["reason"]
                )
                told = "Declined. Whoever suggested it reads why."
            except DomainError as refusal:
                failed = str(refusal)
        else:
            failed = "Say why you decline it, so that whoever suggested it understands."
    else:
        try:
            suggesting.accept(by=request.user, suggestion=suggestion, opened=request.POST.get("opened", ""))
            told = "Accepted. It stands on the map, and the activity says who suggested it."
        except DomainError as refusal:
            failed = str(refusal)
    if failed:
        messages.error(request, failed)
    else:
        messages.success(request, told)
    return redirect(back_of(request, suggestion))


def back_of(request: Request, suggestion: Suggestion) -> str:
    """The page that the answer was given on: the list of suggestions, or the record's own."""
    if request.POST.get("back") == reverse("channels:suggestion_list"):
        return reverse("channels:suggestion_list")
    if suggestion.account_id:
        return reverse("channels:account_detail", args=[suggestion.account_id])
    return reverse("reports:department_detail", args=[suggestion.department.slug])  # type: ignore[union-attr]
