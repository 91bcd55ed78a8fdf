"""What happens to an account: it is confirmed, begins, sleeps, ends, comes back, or never was."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_POST

from channels import doors, services
from channels.forms import DeleteForm, RetireForm, StatusForm
from channels.views.account_detail import crumbs
from orgmap.core import htmx
from orgmap.core.errors import DomainError
from orgmap.users.requests import Request


@require_POST
def account_attest(request: Request, pk: int) -> HttpResponse:
    """Still ours, and the sentence still holds."""
    account = doors.editable_account(request.user, pk)
    try:
        services.attest_account(by=request.user, account=account, on=localdate(), now=now())
    except DomainError as refusal:
        return refused(request, pk, str(refusal))
    return htmx.redirect(request, "channels:account_detail", f"You confirmed {account} today.", pk)


@require_POST
def account_status(request: Request, pk: int) -> HttpResponse:
    """Planned, active or dormant."""
    account = doors.editable_account(request.user, pk)
    form = StatusForm(request.POST)
    if not form.is_valid():
        return refused(request, pk, "Choose whether it is planned, active or dormant. Retiring has a page of its own.")
    try:
        changed = services.start_account(by=request.user, account=account, status=form.cleaned_data["status"])
    except DomainError as refusal:
        return refused(request, pk, str(refusal))
    told = f"{account} is {changed.get_status_display().lower()} now."
    return htmx.redirect(request, "channels:account_detail", told, pk)


@require_http_methods(["GET", "POST"])
def account_retire(request: Request, pk: int) -> HttpResponse:
    """Take an account out of service."""
    account = doors.editable_account(request.user, pk)
    form = RetireForm(request.POST or None, initial={"on": localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            services.retire_account(account=account, by=request.user, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            return htmx.redirect(request, "channels:account_detail", f"{account} is retired.", pk)
    context = {"account": account, "form": form, "crumbs": crumbs(account)}
    return htmx.form(request, "channels/account_retire.html", context, fragment="account_retire_form")


@require_POST
def account_revive(request: Request, pk: int) -> HttpResponse:
    """Bring a retired account back."""
    account = doors.editable_account(request.user, pk)
    try:
        services.revive_account(by=request.user, account=account)
    except DomainError as refusal:
        return refused(request, pk, str(refusal))
    return htmx.redirect(request, "channels:account_detail", f"{account} is active again.", pk)


@require_http_methods(["GET", "POST"])
def account_delete(request: Request, pk: int) -> HttpResponse:
    """Delete an account that was put on the map by mistake; what hangs on it is listed."""
    account = doors.deletable_account(request.user, pk)
    form = DeleteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.delete_account(by=request.user, account=account, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            return htmx.redirect(request, "channels:account_list", f"{account} is no longer on the map.")
    context = {"account": account, "form": form, "crumbs": crumbs(account), "hanging": services.hanging_on(account)}
    return htmx.form(request, "channels/account_delete.html", context, fragment="account_delete_form")


def refused(request: Request, pk: int, sentence: str) -> HttpResponse:
    """Back to the account, with the reason."""
    messages.error(request, sentence)
    return redirect("channels:account_detail", pk)
