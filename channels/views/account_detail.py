"""The page of an account, its activity, and the form behind its sentence."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from channels import doors, services
from channels.account_page import facts_of, figures_of
from channels.forms import AccountForm
from channels.models import Account
from channels.sentence import answers, markup, sentence
from orgmap.core import htmx
from orgmap.core.errors import DomainError, EditConflict
from orgmap.history.activity import activity_of
from orgmap.history.pages import LATEST, activity_page
from orgmap.users.requests import Request


@require_GET
def account_detail(request: Request, pk: int) -> HttpResponse:
    """One account as a sentence, with what stands behind it."""
    account = doors.visible_account(request.user, pk)
    sees_contacts = request.user.has_perm("channels.view_contacts", account)
    may_edit = request.user.has_perm("channels.change_account", account)
    holders = (
        list(account.holders.filter(left_on=None).order_by("-is_primary", "name", "pk")) if sees_contacts else None
    )
    words = sentence(facts_of(account, holders))
    questions = answers(words)
    activity, older = activity_of(account, LATEST, private=sees_contacts)
    context = {
        "account": account,
        "sides": sorted(account.sides.all(), key=lambda side: side.position),
        "sentence": markup(words, reverse("channels:account_edit", args=[pk]) if may_edit else ""),
        "questions": questions,
        "answered": sum(answered for _, _, answered in questions),
        "sees_contacts": sees_contacts,
        "may_edit": may_edit,
        "holders": holders,
        "figures": figures_of(account),
        "activity": activity,
        "older": older,
    }
    return render(request, "channels/account_detail.html", context)


@require_GET
def account_activity(request: Request, pk: int) -> HttpResponse:
    """Everything that was changed about an account."""
    account = doors.visible_account(request.user, pk)
    private = request.user.has_perm("channels.view_contacts", account)
    context = {
        "record": account,
        "crumbs": crumbs(account),
        "activity": activity_page(account, request.GET.get("page", ""), private=private),
    }
    return render(request, "history/activity.html", context)


@require_http_methods(["GET", "POST"])
def account_edit(request: Request, pk: int) -> HttpResponse:
    """The words of the sentence as one form."""
    account = doors.editable_account(request.user, pk)
    form = AccountForm(request.POST or None, instance=account, by=request.user)
    differences: list[tuple[str, str, str]] = []
    if form.is_valid():
        try:
            services.change_account(
                account=Account.objects.get(pk=pk),
                by=request.user,
                **{name: value for name, value in form.cleaned_data.items() if name != "version"},
                version=form.cleaned_data["version"] or 0,
            )
        except EditConflict as refusal:
            now = Account.objects.get(pk=pk)
            differences = form.differences(now)
            form.add_error(None, str(refusal))
            form.take_over(now)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            return htmx.redirect(request, "channels:account_detail", f"{account} now reads as you wrote it.", pk)
    context = {"account": account, "form": form, "differences": differences, "crumbs": crumbs(account)}
    return htmx.form(request, "channels/account_edit.html", context, fragment="account_form")


def crumbs(account: Account) -> list[tuple[str, str]]:
    return [
        ("Accounts", reverse("channels:account_list")),
        (str(account), reverse("channels:account_detail", args=[account.pk])),
    ]
