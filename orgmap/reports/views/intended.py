"""Marking an overlap as intended, and taking that back."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from orgmap.core import htmx
from orgmap.core.errors import DomainError
from orgmap.reports import doors
from orgmap.reports.forms import IntendForm
from orgmap.reports.services import intend
from orgmap.users.requests import Request


@require_http_methods(["GET", "POST"])
def intended_new(request: Request) -> HttpResponse:
    """Say why two departments may go on meeting the same people, and until when."""
    a, b = doors.pair_to_intend(request.user, request.GET.get("a", ""), request.GET.get("b", ""))
    form = IntendForm(request.POST or None, today=timezone.localdate())
    if form.is_valid():
        try:
            intend.intend_overlap(a=a, b=b, by=request.user, today=timezone.localdate(), **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            said = f"The overlap of {a.name} and {b.name} is marked as intended."
            return htmx.redirect(request, "reports:intended_list", said)
    context = {
        "form": form,
        "a": a,
        "b": b,
        "crumbs": [("Map", reverse("reports:map")), ("Intended", "")],
    }
    return htmx.form(request, "reports/intended_new.html", context, fragment="intend_form")


@require_http_methods(["GET"])
def intended_list(request: Request) -> HttpResponse:
    """Overlaps that somebody wants, with their reasons."""
    marks = doors.intended(request.user)
    context = {
        "marks": [(mark, doors.may_intend(request.user, mark.a, mark.b)) for mark in marks],
        "today": timezone.localdate(),
        "crumbs": [("Map", reverse("reports:map")), ("Intended overlaps", "")],
    }
    return htmx.page(request, "reports/intended_list.html", context)


@require_POST
def intended_withdraw(request: Request, pk: int) -> HttpResponse:
    """Take the mark back."""
    mark = doors.intention(request.user, pk)
    intend.withdraw_intention(mark=mark, by=request.user)
    return htmx.redirect(request, "reports:intended_list", "The overlap counts as not intended again.")
