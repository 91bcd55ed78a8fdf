"""Changing many accounts at once: choose, say what, look, apply, take back."""

from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from channels import doors
from channels.bulk import services
from channels.bulk.preview import preview
from channels.bulk.sending import begin
from channels.bulk.standing import as_the_activity_says
from channels.bulk.staying import left_alone
from channels.export import chosen as listed
from channels.forms.bulk import BulkForm, objectives_saying, tags_like
from channels.models import BulkChange
from orgmap.core import htmx
from orgmap.core.errors import DomainError
from orgmap.history.jobs import at_work_on
from orgmap.users.models import User
from orgmap.users.policies import is_lead
from orgmap.users.requests import Request

LATEST = 50
LONGEST_QUERY = 200
FRAGMENT = "bulk_state"
State = BulkChange.State


@require_GET
def bulk_list(request: Request) -> HttpResponse:
    """What was changed on many accounts lately, with the way back."""
    rows = doors.visible_changes(request.user).exclude(state=State.DRAFT).order_by("-created_at", "-pk")
    changes = list(rows[:LATEST])
    as_the_activity_says(changes)
    return render(request, "channels/bulk_list.html", {"changes": changes})


@require_POST
def bulk_start(request: Request) -> HttpResponse:
    """From ticks in the directory to the page that asks what to set."""
    doors.visible_changes(request.user)
    what = request.POST.get("what", "")
    if what not in BulkChange.What.values:
        return refused(
            request,
            "Say what to set: audience, market, owner, objective, status, a tag, a contact or a holder.",
        )
    try:
        change = services.start_bulk(by=request.user, what=what, accounts=chosen(request))
    except services.NothingChosen as refusal:
        return refused(request, str(refusal))
    return redirect("channels:bulk_detail", pk=change.pk)


def refused(request: Request, sentence: str) -> HttpResponse:
    query = request.POST.get("query", "")
    return render(request, "channels/bulk_refused.html", {"sentence": sentence, "query": query}, status=422)


def chosen(request: Request) -> list[int]:
    """The accounts that were ticked, all of the page, all that match, or those of an earlier change."""
    before = request.POST.get("before", "")
    if before.isascii() and before.isdigit() and len(before) < 16:
        return list(doors.bulk_change(request.user, int(before)).accounts)
    if request.POST.get("scope") == "all":
        return listed(request.user, QueryDict(request.POST.get("query", "")))
    ticked = ",".join([*request.POST.getlist("account"), *request.POST.getlist("page")])
    return list(dict.fromkeys(int(pk) for pk in ticked.split(",") if pk.isascii() and pk.isdigit() and len(pk) < 16))


@require_http_methods(["GET", "POST"])
def bulk_detail(request: Request, pk: int) -> HttpResponse:
    """One change: what it will do, how far it is, what it did."""
    change = doors.bulk_change(request.user, pk)
    said = {"value": spoken(change), "how": change.how, "reason": change.reason}
    said |= {name: change.person[name] for name in ("email", "employer") if name in change.person}
    form = BulkForm(request.POST or None, what=change.what, by=request.user, initial=said)
    if request.method == "POST" and form.is_valid():
        try:
            services.describe_bulk(change=change, **form.said)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("channels:bulk_detail", pk=pk)
    shown = preview(change) if change.state == State.DRAFT and change.value and not form.is_bound else None
    context = {"change": change, "form": form, "preview": shown, **standing(request.user, change)}
    if request.method == "POST":
        return htmx.form(request, "channels/bulk_detail.html", context, fragment=FRAGMENT)
    return htmx.page(request, "channels/bulk_detail.html", context, fragments=(FRAGMENT,))


def standing(user: User, change: BulkChange) -> dict[str, Any]:
    """Whether it was taken back, here or from the activity, or is at this moment."""
    back = as_the_activity_says([change])
    stays = left_alone(change) if change.state in {State.DONE, State.FAILED} else []
    return {"back": back.get(change.pk), "stays": stays, "job": at_work_on(change.action), "watches": is_lead(user)}


def spoken(change: BulkChange) -> str:
    """What stands in the field of the value when the form is opened again."""
    if change.what == BulkChange.What.OBJECTIVE and change.value:
        return f"{change.value} {change.label}"
    return change.label if change.what == BulkChange.What.OWNER else change.value


@require_POST
def bulk_apply(request: Request, pk: int) -> HttpResponse:
    change = doors.bulk_change(request.user, pk)
    try:
        services.ask_to_apply(change=change)
    except DomainError as refusal:
        return stopped(request, change, str(refusal))
    begin(change)
    return redirect("channels:bulk_detail", pk=pk)


@require_POST
def bulk_undo(request: Request, pk: int) -> HttpResponse:
    change = doors.bulk_change(request.user, pk)
    try:
        services.ask_to_undo(change=change, by=request.user, rest="rest" in request.POST)
    except DomainError as refusal:
        return stopped(request, change, str(refusal))
    begin(change)
    return redirect("channels:bulk_detail", pk=pk)


def stopped(request: Request, change: BulkChange, sentence: str) -> HttpResponse:
    form = BulkForm(what=change.what, by=request.user, initial={"how": change.how})
    context = {"change": change, "form": form, "problem": sentence, **standing(request.user, change)}
    return render(request, "channels/bulk_detail.html", context, status=422)


@require_GET
def objective_names(request: Request) -> HttpResponse:
    """The objectives that somebody may mean while they type."""
    text = request.GET.get("value", "").strip()[:LONGEST_QUERY]
    found = [(f"{pk} {statement}", statement) for pk, statement in objectives_saying(text)] if text else []
    return render(request, "channels/_objective_names.html", {"found": found})


@require_GET
def tag_names(request: Request) -> HttpResponse:
    """The tags in use."""
    found = tags_like(request.GET.get("value", "").strip()[:LONGEST_QUERY])
    return render(request, "channels/_tag_names.html", {"found": found})
