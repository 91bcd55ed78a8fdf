"""Putting a finding right where it stands: the form of the one word that is wrong, saved as its own page saves it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods

from channels import doors, services
from channels.forms import AccountForm, HolderForm, RetireForm
from channels.forms.finding import AddressForm, ConfirmForm
from channels.models import Account, Finding
from channels.services.audit import audit_changed
from channels.views.account_detail import changing
from channels.views.finding import PANEL, crumbs, done, here, line_of
from channels.words import WORDS
from channels.worklist.fixing import Fix, successor_of
from channels.worklist.pages import asked_of
from channels.worklist.rules import says
from orgmap.core import edit_form, htmx
from orgmap.core.errors import DomainError
from orgmap.history.services import because, left_a_trace
from orgmap.users.requests import Request


@require_http_methods(["GET", "POST"])
def finding_fix(request: Request, pk: int) -> HttpResponse:
    """The form that puts it right; what only another page can do leads there."""
    finding = doors.visible_finding(request.user, pk)
    line = line_of(request, finding)
    fix = line.fix
    if fix is None or not fix.in_place or finding.account_id is None:
        return redirect(fix.address(asked_of(request.GET)) if fix else line.address)
    account = doors.editable_account(request.user, finding.account_id)
    form = form_of(request, fix, finding, account)
    if request.method == "POST":
        with because(by=request.user) as action:
            is_saved = saved(request, fix, form, account)
        if is_saved:
            told = what_became(request, pk, getattr(form, "said", ""))
            return done(request, pk, told, action=action if left_a_trace(action) else None)
    trail = [*crumbs(request, line), (line.subject, here(request, pk))]
    context = {"line": line, "form": form, "what": "fix", "fix": fix, "crumbs": trail, "account": account}
    return htmx.form(request, "channels/finding_decide.html", context, fragment=PANEL)


def form_of(request: Request, fix: Fix, finding: Finding, account: Account) -> forms.Form | AccountForm | HolderForm:
    """The form of this fix, filled in as far as the finding knows the answer."""
    sent = request.POST or None
    if request.method == "POST" and not sent:
        sent = request.POST  # an empty form is a form
    if fix.kind == "word":
        return AccountForm(sent, instance=account, by=request.user, only=WORDS[fix.word])
    if fix.kind == "holder":
        first = not account.holders.filter(left_on=None).exists()
        return HolderForm(sent, initial={"is_primary": first})
    if fix.kind == "retire":
        successor = Account.objects.filter(pk=successor_of(finding) or 0).first()
        why = says(finding, localdate())[:200]
        known = {
            "reason": why,
            "on": localdate(),
            "successor": (successor.address or successor.handle) if successor else "",
        }
        return RetireForm(sent, initial=known)
    if fix.kind == "address":
        return AddressForm(sent, initial={"address": finding.detail.get("canonical") or account.address})
    return ConfirmForm(sent)


def saved(request: Request, fix: Fix, form: Any, account: Account) -> bool:
    """Write it as the account's own pages do. False with sentences on the form when it cannot be."""
    if fix.kind == "word":
        return edit_form.save(form, Account.objects.all(), changing(request, form))
    if not form.is_valid():
        return False
    told = form.cleaned_data
    try:
        if fix.kind == "holder":
            said = {name: value for name, value in told.items() if name != "opened"}
            services.add_holder(by=request.user, account=account, **said)
        elif fix.kind == "retire":
            services.retire_account(by=request.user, account=account, **told)
        elif fix.kind == "address":
            services.change_account(by=request.user, account=account, version=None, **told)
        else:
            services.attest_account(by=request.user, account=account, on=localdate(), now=now())
    except ValidationError as refusal:
        edit_form.refuse(form, refusal)
        return False
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def what_became(request: Request, pk: int, said: str) -> str:
    """Let the audit look at what was changed here and now, and say whether that put it right."""
    looked = audit_changed(now=now(), today=localdate(), wait=False, only_few=True)
    finding = doors.visible_finding(request.user, pk)
    if finding.state == Finding.State.RESOLVED:
        told = "Put right."
    elif looked is None:
        told = "Saved. The audit looks again within seconds."
    else:
        told = f"Saved. It still stands: {line_of(request, finding).says}"
    return f"{told} {said}".strip()
