"""Answering an agreement, and ending it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from departments import doors, services
from departments.forms import AnswerForm, EndForm
from departments.models import Department
from departments.views.ties import tie_context
from orgmap.core import htmx
from orgmap.core.edit_form import look_again
from orgmap.core.errors import DomainError, EditConflict
from orgmap.users.requests import Request


@require_http_methods(["POST"])
def tie_answer(request: Request, pk: int) -> HttpResponse:
    tie = doors.editable_tie(request.user, pk)
    form = AnswerForm(request.POST)
    if form.is_valid():
        side = get_object_or_404(Department, slug=form.cleaned_data["department"])
        try:
            services.answer_tie(
                by=request.user,
                tie=tie,
                department=side,
                accept=form.cleaned_data["accept"],
                number=form.cleaned_data["number"],
                now=timezone.now(),
                reason=form.cleaned_data["reason"],
            )
        except DomainError as refusal:
            return htmx.refuse(request, reverse("departments:tie_detail", args=[pk]), str(refusal))
        word = "accepted" if form.cleaned_data["accept"] else "declined"
        return htmx.redirect(request, reverse("departments:tie_detail", args=[pk]), f"{side} {word} “{tie}”.")
    sides = {side.department.slug for side in tie.sides.all()}
    if "number" in form.errors or request.POST.get("department") not in sides:  # fields that nobody sees
        messages.error(request, "This answer names no side of the agreement. Answer with the form that stands here.")
    return render(request, "departments/tie_detail.html", tie_context(request, tie, answer=form), status=422)


@require_http_methods(["POST"])
def tie_end(request: Request, pk: int) -> HttpResponse:
    tie = doors.editable_tie(request.user, pk)
    form = EndForm(request.POST, auto_id="end-%s")
    if form.is_valid():
        try:
            services.end_tie(by=request.user, tie=tie, **form.cleaned_data)
        except EditConflict:
            tie = doors.editable_tie(request.user, pk)
            look_again(form, tie)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            return htmx.redirect(request, reverse("departments:tie_detail", args=[pk]), f"“{tie}” has ended.")
    return render(request, "departments/tie_detail.html", tie_context(request, tie, end=form), status=422)
