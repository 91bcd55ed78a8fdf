"""One word of an account, changed in place."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from channels import doors
from channels.forms import AccountForm
from channels.models import Account
from channels.views.account_detail import changing, crumbs, page_of
from channels.words import WORDS
from orgmap.core import edit_form, htmx
from orgmap.users.requests import Request

PANEL = "account_word"


@require_http_methods(["GET", "POST"])
def account_word(request: Request, pk: int, word: str) -> HttpResponse:
    """The small form of one word; with a script it opens at the word, without one it is a page."""
    account = doors.editable_account(request.user, pk)
    if word not in WORDS:
        raise Http404(f"An account has no word '{word}'.")
    form = AccountForm(request.POST or None, instance=account, by=request.user, only=WORDS[word])
    if request.method == "POST" and edit_form.save(form, Account.objects.all(), changing(request, form)):
        return changed(request, doors.visible_account(request.user, pk), word, f"Saved. {form.said}".strip())
    context: dict[str, Any] = {"account": account, "form": form, "word": word, "crumbs": crumbs(account)}
    return htmx.form(request, "channels/account_word.html", context, fragment=PANEL)


def changed(request: Request, account: Account, word: str, told: str) -> HttpResponse:
    """The page as it reads now: only its parts when the form stood on it."""
    if request.headers.get("HX-Target") != PANEL:
        messages.success(request, told)
        return redirect("channels:account_detail", account.pk)
    answer = render(request, "channels/account_changed.html", page_of(request, account) | {"told": told, "word": word})
    answer["HX-Trigger-After-Settle"] = f'{{"wordSaved": "{word}"}}'
    return answer
