"""The page of an account, its activity, and the form behind its sentence."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_http_methods

from channels import doors, services, suggesting
from channels.account_page import facts_of, figures_of
from channels.disowned import answers_to_act_on
from channels.forms import AccountForm
from channels.models import Account, Finding, Seal
from channels.sentence import answers, linked, sentence
from channels.words import SUGGESTED, WORDS
from channels.worklist.lines import lines
from channels.worklist.markup import state_of
from orgmap.core import edit_form, htmx
from orgmap.history.activity import activity_of
from orgmap.history.pages import LATEST, activity_page
from orgmap.users.requests import Request

FOUND = 20
"""So many findings stand on the page of an account."""


@require_GET
def account_detail(request: Request, pk: int) -> HttpResponse:
    """One account as a sentence, with what stands behind it."""
    account = doors.visible_account(request.user, pk)
    return render(request, "channels/account_detail.html", page_of(request, account))


def page_of(request: Request, account: Account) -> dict[str, Any]:
    """All that the page of an account says."""
    sees_contacts = request.user.has_perm("channels.view_contacts", account)
    may_edit = request.user.has_perm("channels.change_account", account)
    holders = (
        list(account.holders.filter(left_on=None).order_by("-is_primary", "name", "pk")) if sees_contacts else None
    )
    words = sentence(facts_of(account, holders))
    questions = answers(words)
    activity, older = activity_of(account, LATEST, private=sees_contacts, reader=request.user)
    findings = Finding.objects.visible_to(request.user).about_account(account.pk).live()
    waiting = account.suggestions.waiting().select_related("account__platform", "by")
    return {
        "account": account,
        "seal": Seal.objects.filter(account=account).select_related("by", "broken_by").first(),
        "sides": sorted(account.sides.all(), key=lambda side: side.position),
        "sentence": linked(words, addresses(account, may_edit=may_edit)),
        "questions": questions,
        "answered": sum(answered for _, _, answered in questions),
        "sees_contacts": sees_contacts,
        "may_edit": may_edit,
        "may_delete": request.user.has_perm("channels.delete_account", account),
        "holders": holders,
        "disowned": next(iter(answers_to_act_on([account.pk])[0]), None),
        "figures": figures_of(account),
        "activity": activity,
        "older": older,
        "suggestions": suggesting.shown(waiting, request.user),
        "closing": account.closings.filter(state="planned").first() if account.status != "retired" else None,
        "found": [
            (line, state_of(line))
            for line in lines(findings.with_subjects().order_by("pk")[:FOUND], request.user, localdate())
        ],
        "asked_for": account.requests.order_by("pk").first(),
        "today": localdate(),
        "contract_days": (account.contract_ends_on - localdate()).days if account.contract_ends_on else None,
    }


def addresses(account: Account, *, may_edit: bool) -> Callable[[str], str]:
    """Where each word of the sentence leads: to its form, or to a suggestion."""

    def address(field: str) -> str:
        if field == "holders":
            return reverse("channels:account_holder_new", args=[account.pk]) if may_edit else ""
        if may_edit and field in WORDS:
            return reverse("channels:account_word", args=[account.pk, field])
        if not may_edit and field in SUGGESTED:
            return reverse("channels:account_suggest", args=[account.pk, field])
        return ""

    return address


@require_GET
def account_activity(request: Request, pk: int) -> HttpResponse:
    """Everything that was changed about an account."""
    account = doors.visible_account(request.user, pk)
    private = request.user.has_perm("channels.view_contacts", account)
    context = {
        "record": account,
        "crumbs": crumbs(account),
        "activity": activity_page(account, request.GET.get("page", ""), private=private, reader=request.user),
    }
    return render(request, "history/activity.html", context)


@require_http_methods(["GET", "POST"])
def account_edit(request: Request, pk: int) -> HttpResponse:
    """The words of the sentence as one form."""
    account = doors.editable_account(request.user, pk)
    form = AccountForm(request.POST or None, instance=account, by=request.user)
    if request.method == "POST" and edit_form.save(form, Account.objects.all(), changing(request, form)):
        told = f"{account} now reads as you wrote it. {form.said}".strip()
        return htmx.redirect(request, "channels:account_detail", told, pk)
    context = {"account": account, "form": form, "crumbs": crumbs(account)}
    return htmx.form(request, "channels/account_edit.html", context, fragment="account_form")


def changing(request: Request, form: AccountForm) -> Callable[[Account, dict[str, Any]], Account]:
    """How the changed words are written."""

    def write(account: Account, changes: dict[str, Any]) -> Account:
        reason = form.cleaned_data["reason"]
        return services.change_account(account=account, by=request.user, version=None, reason=reason, **changes)

    return write


def crumbs(account: Account) -> list[tuple[str, str]]:
    return [
        ("Accounts", reverse("channels:account_list")),
        (str(account), reverse("channels:account_detail", args=[account.pk])),
    ]
