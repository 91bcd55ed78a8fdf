"""Accounts that end: the plan, its list of steps, the end itself, and the handles that are kept afterwards."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from channels import doors, services
from channels.forms import ClosingForm, HandleForm, ReasonForm, TickForm
from channels.models import Account, Closing, ClosingStep
from channels.querysets import HANDLE_EVERY
from channels.services.closing_letters import DAYS_BEFORE, left_of
from channels.views.account_detail import crumbs
from orgmap.core import htmx
from orgmap.core.errors import DomainError
from orgmap.history.links import with_way_back
from orgmap.history.services import because
from orgmap.users.requests import Request

PAGE = 50
GONE = "No closing of {account} is planned. Plan one first."


@require_GET
def closing_list(request: Request) -> HttpResponse:
    """The accounts that end, the next one first."""
    page = Paginator(Closing.objects.planned().for_list(), PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    context = {
        "page": page,
        "rows": [(closing, len(closing.steps.all()), left_of(closing)) for closing in page.object_list],
        "today": today,
        "handles": Account.objects.seen_to_by(request.user).handles_due(today).count(),
    }
    return htmx.page(request, "channels/closing_list.html", context, fragments=("closing_table",))


@require_http_methods(["GET", "POST"])
def account_close(request: Request, pk: int) -> HttpResponse:
    """Plan the end of an account, or change the plan."""
    account = doors.editable_account(request.user, pk)
    today = timezone.localdate()
    if account.status == Account.Status.RETIRED:
        told = f"{account} is retired already."
        return htmx.refuse(request, reverse("channels:account_detail", args=[pk]), told)
    closing = account.closings.filter(state=Closing.State.PLANNED).select_related("successor").first()
    standing: dict[str, Any] = {"on": today + timedelta(days=DAYS_BEFORE[ClosingStep.Code.MONTH])}
    if closing is not None:
        standing = {
            "on": closing.on,
            "reason": closing.reason,
            "successor": closing.successor.address or closing.successor.handle if closing.successor else "",
            "turn_to": closing.turn_to,
        }
    form = ClosingForm(request.POST or None, initial=standing)
    if request.method == "POST" and form.is_valid():
        try:
            with because(by=request.user) as action:
                services.plan_closing(
                    by=request.user, account=account, today=today, now=timezone.now(), **form.cleaned_data
                )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            told = with_way_back(f"{account} closes on {form.cleaned_data['on']:%-d %B %Y}.", action)
            return htmx.redirect(request, "channels:account_closing", told, pk)
    context = {"account": account, "form": form, "crumbs": crumbs(account), "closing": closing}
    return htmx.form(request, "channels/account_close.html", context, fragment="account_close_form")


@require_GET
def account_closing(request: Request, pk: int) -> HttpResponse:
    """The plan of an account that ends: what is to be done by when, and who did it."""
    account = doors.visible_account(request.user, pk)
    closing = doors.closing_of(account)
    if closing is None:
        return redirect("channels:account_detail", pk)
    steps = sorted(
        closing.steps.select_related("done_by"),
        key=lambda step: list(ClosingStep.Code).index(ClosingStep.Code(step.code)),
    )
    left, today = left_of(closing), timezone.localdate()
    runs = closing.state == Closing.State.PLANNED and account.status != Account.Status.RETIRED
    context = {
        "account": account,
        "closing": closing,
        "steps": steps,
        "done": len(steps) - len(left),
        "today": today,
        "runs": runs,
        "may_edit": request.user.has_perm("channels.change_account", account),
        "can_finish": runs and not left and closing.on <= today,
        "can_cancel": runs or (closing.state == Closing.State.CLOSED and account.status == Account.Status.RETIRED),
        "crumbs": crumbs(account),
    }
    return render(request, "channels/account_closing.html", context)


def running(request: Request, pk: int) -> Closing:
    """The closing that somebody works on; refused in `acted` when there is none."""
    account = doors.editable_account(request.user, pk)
    closing = doors.closing_of(account)
    if closing is None:
        raise services.CannotClose(GONE.format(account=account))
    return closing


@require_POST
def account_closing_step(request: Request, pk: int) -> HttpResponse:
    """Tick a step of the list, or take the tick away."""
    page = reverse("channels:account_closing", args=[pk])
    form = TickForm(request.POST)
    doors.editable_account(request.user, pk)
    if not form.is_valid():
        return htmx.refuse(request, page, "Choose a step of the list; a note has at most 300 characters.")
    code, note = form.cleaned_data["step"], form.cleaned_data["note"]
    try:
        with because(by=request.user) as action:
            closing = running(request, pk)
            if "undo" in request.POST:
                step = services.untick_step(by=request.user, closing=closing, code=code)
                told = f"“{step}” is still to be done."
            else:
                on = timezone.localdate()
                step = services.tick_step(by=request.user, closing=closing, code=code, on=on, note=note)
                told = f"“{step}” is done."
    except DomainError as refusal:
        return htmx.refuse(request, page, str(refusal))
    return htmx.redirect(request, page, with_way_back(told, action))


@require_POST
def account_closing_finish(request: Request, pk: int) -> HttpResponse:
    """Close the account."""
    doors.editable_account(request.user, pk)
    page = reverse("channels:account_closing", args=[pk])
    try:
        with because(by=request.user) as action:
            account = services.finish_closing(
                by=request.user, closing=running(request, pk), today=timezone.localdate(), now=timezone.now()
            )
    except DomainError as refusal:
        return htmx.refuse(request, page, str(refusal))
    looked = timezone.localdate() + HANDLE_EVERY
    told = f"{account} is closed. Its handle is kept; somebody looks at it again on {looked:%-d %B %Y}."
    return htmx.redirect(request, page, with_way_back(told, action))


@require_POST
def account_closing_cancel(request: Request, pk: int) -> HttpResponse:
    """Call it off."""
    doors.editable_account(request.user, pk)
    page = reverse("channels:account_closing", args=[pk])
    form = ReasonForm(request.POST)
    if not form.is_valid() or not form.cleaned_data["reason"]:
        return htmx.refuse(
            request, page, "Say in at most 500 characters why it stays, so that its readers can be told."
        )
    try:
        with because(by=request.user) as action:
            closing = services.cancel_closing(
                by=request.user,
                closing=running(request, pk),
                reason=form.cleaned_data["reason"],
                today=timezone.localdate(),
                now=timezone.now(),
            )
    except DomainError as refusal:
        return htmx.refuse(request, page, str(refusal))
    told = with_way_back(f"{closing.account} stays.", action)
    return htmx.redirect(request, "channels:account_detail", told, pk)


@require_GET
def handle_list(request: Request) -> HttpResponse:
    """Handles of closed accounts that are due to be looked at, the longest unseen first."""
    if not request.user.has_perm("channels.see_to_handles"):
        raise PermissionDenied("Only department heads and the social media lead see to the handles of closed accounts.")
    today = timezone.localdate()
    due = Account.objects.seen_to_by(request.user).handles_due(today).select_related("platform", "successor")
    page = Paginator(due.prefetch_related("sides__department"), PAGE)
    context = {"page": page.get_page(request.GET.get("page")), "today": today}
    return htmx.page(request, "channels/handle_list.html", context, fragments=("handle_table",))


@require_http_methods(["GET", "POST"])
def account_handle(request: Request, pk: int) -> HttpResponse:
    """Whether the handle of a closed account is still ours."""
    account = doors.editable_account(request.user, pk)
    if account.status != Account.Status.RETIRED:
        told = f"{account} runs. Only the handles of closed accounts are looked at from time to time."
        return htmx.refuse(request, reverse("channels:account_detail", args=[pk]), told)
    form = HandleForm(request.POST or None)
    if form.is_valid():
        try:
            with because(by=request.user) as action:
                check = services.look_at_handle(
                    by=request.user,
                    account=account,
                    today=timezone.localdate(),
                    now=timezone.now(),
                    **form.cleaned_data,
                )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            again = check.on + HANDLE_EVERY
            next_look = "" if check.seen == "gone" else f" Somebody looks again on {again:%-d %B %Y}."
            told = with_way_back(f"{account}: {str(check).lower()}.{next_look}", action)
            return htmx.redirect(request, "channels:handle_list", told)
    context = {
        "account": account,
        "form": form,
        "crumbs": crumbs(account),
        "checks": account.handle_checks.select_related("by").order_by("-on", "-pk")[:50],
    }
    return htmx.form(request, "channels/account_handle.html", context, fragment="account_handle_form")
