"""Ask for a new account: the form with whoever meets these people already, and the page of a request."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from channels import doors, registering, services
from channels.forms import RequestForm
from channels.forms.request import KEYS, PLACE, REASONS, SUCCESS, WORDS
from channels.models import Account, AccountRequest, Stage
from channels.services.request import CHANGEABLE, DECIDED, NEXT
from departments.models import Department
from orgmap.core import edit_form, htmx
from orgmap.core.errors import DomainError
from orgmap.core.rights import demand
from orgmap.history.activity import activity_of
from orgmap.history.links import with_way_back
from orgmap.history.pages import LATEST
from orgmap.history.services import because
from orgmap.reports.who_meets import Meeting, Wish, who_meets
from orgmap.users.requests import Request

THERE = "request_there"
FORM = "request_form"


@require_http_methods(["GET", "POST"])
def request_new(request: Request) -> HttpResponse:
    """Ask for an account. Who meets these people already shows while it is typed, with the accounts to join instead."""
    demand(request, "channels.add_accountrequest")
    today = timezone.localdate()
    form = RequestForm(request.POST or None, by=request.user, initial=begun(request) | {"starts_on": today})
    if request.method == "GET" or "look" in request.POST:
        if form.is_bound:
            form.hush()
        return shown(request, form)
    if "join" in request.POST:
        return join_at_once(request, form)
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in form._meta.fields or ()}
        try:
            with because(by=request.user) as action:
                asked = services.ask_for_account(by=request.user, now=timezone.now(), **said)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        except ValidationError as refusal:
            edit_form.refuse(form, refusal)
        else:
            told = f"{asked} is asked for. The social media lead is told, and you hear what comes of it."
            return htmx.redirect(request, "reports:request_detail", with_way_back(told, action), asked.pk)
    return shown(request, form, status=422)


def begun(request: Request) -> dict[str, Any]:
    """What the address says already."""
    said: dict[str, Any] = {name: request.GET[name] for name in ("handle", "says") if name in request.GET}
    department = Department.objects.active().filter(slug=request.GET.get("department", "")).first()
    return said | ({"department": department} if department else {})


@require_http_methods(["GET", "POST"])
def request_edit(request: Request, pk: int) -> HttpResponse:
    """Say a request in other words, and ask again where changes were asked for."""
    asked = doors.own_request(request.user, pk)
    if asked.stage not in CHANGEABLE:
        told = f"The request for {asked} is {asked.get_stage_display().lower()}: it stays as it was decided."
        return htmx.refuse(request, reverse("reports:request_detail", args=[pk]), told)
    form = RequestForm(request.POST or None, instance=asked, by=request.user)
    if request.method == "GET" or "look" in request.POST:
        if form.is_bound:
            form.hush()
        return shown(request, form, asked)
    with because(by=request.user) as action:
        saved = edit_form.save(form, AccountRequest.objects.all(), changing(request))
    if saved:
        told = with_way_back(f"The request says it as you wrote it. {form.said}".strip(), action)
        return htmx.redirect(request, "reports:request_detail", told, pk)
    return shown(request, form, doors.own_request(request.user, pk), status=422)


def changing(request: Request) -> Callable[[AccountRequest, dict[str, Any]], None]:
    def write(asked: AccountRequest, changes: dict[str, Any]) -> None:
        services.change_request(by=request.user, asked=asked, **changes)
        if "again" in request.POST:
            services.ask_again(by=request.user, asked=asked, now=timezone.now())

    return write


def join_at_once(request: Request, form: RequestForm) -> HttpResponse:
    """Run a known account together: nothing new is asked for."""
    account = chosen_account(request)
    if form.owner is None:
        form.add_error("department", "Choose the department that is to join.")
        return shown(request, form, status=422)
    try:
        with because(by=request.user) as action:
            how = services.join_account(by=request.user, account=account, department=form.owner)
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return shown(request, form, status=422)
    told = with_way_back(joined(account, form.owner, how), action)
    return htmx.redirect(request, "channels:account_detail", told, account.pk)


def joined(account: Account, department: Department, how: str) -> str:
    if how == "joined":
        return f"{department} runs {account} too."
    return f"The owner of {account} is asked whether {department} may run it too. It waits there for an answer."


def chosen_account(request: Request) -> Account:
    pk = request.POST.get("join", "")
    return doors.visible_account(request.user, int(pk) if pk.isascii() and pk.isdigit() and len(pk) < 18 else 0)


@require_GET
def request_detail(request: Request, pk: int) -> HttpResponse:
    """One request: what is asked for, who is there already, what was decided, and what comes next."""
    asked = doors.visible_request(request.user, pk)
    user = request.user
    may_change, may_decide = (
        user.has_perm("channels.change_accountrequest", asked),
        user.has_perm("channels.decide_accountrequest", asked),
    )
    further = NEXT.get(asked.stage, frozenset())
    meeting = meeting_of(asked) if further else Meeting()
    activity, _ = activity_of(asked, LATEST, private=may_change, reader=user)
    context = {
        "asked": asked,
        "places": {name: listed_names(getattr(asked, name)) for name in ("audiences", "markets")},
        "steps": list(asked.steps.select_related("by").order_by("-at", "-pk")),
        "may_change": may_change,
        "may_decide": may_decide,
        "can_change": may_change and asked.stage in CHANGEABLE,
        "can_ask_again": may_change and asked.stage == Stage.WITHDRAWN,
        "can_withdraw": may_change and Stage.WITHDRAWN in further,
        "can_join": may_change and Stage.JOINED in further,
        "can_open": user.has_perm("channels.open_accountrequest", asked) and Stage.OPENED in further,
        "decisions": [(stage.value, DECISIONS[stage]) for stage in DECIDED if stage in further] if may_decide else [],
        "meeting": meeting,
        "alike": alike(asked) if further else None,
        "running": bool(further),
        "activity": activity,
    }
    return render(request, "reports/request_detail.html", context)


DECISIONS = {
    Stage.IN_REVIEW: "Take it in review",
    Stage.CHANGES_ASKED: "Ask for changes",
    Stage.APPROVED: "Approve it",
    Stage.DECLINED: "Decline it",
}


@require_POST
def request_join(request: Request, pk: int) -> HttpResponse:
    """Join an account that exists instead of opening the one that is asked for."""
    asked = doors.own_request(request.user, pk)
    page = reverse("reports:request_detail", args=[pk])
    if not request.POST.get("join"):
        return htmx.refuse(request, page, "Choose the account that is to be joined.")
    account = chosen_account(request)
    try:
        with because(by=request.user) as action:
            asked, how = services.join_instead(by=request.user, asked=asked, account=account, now=timezone.now())
    except DomainError as refusal:
        return htmx.refuse(request, page, str(refusal))
    return htmx.redirect(request, page, with_way_back(joined(account, asked.department, how), action))


def meeting_of(asked: AccountRequest) -> Meeting:
    """Who meets the people of a request."""
    audiences, markets = (list(each.values_list("pk", flat=True)) for each in (asked.audiences, asked.markets))
    return who_meets(Wish(asked.department, asked.platform.code, audiences, markets), timezone.localdate())


def alike(asked: AccountRequest) -> registering.Alike:
    """Accounts whose handle looks the same."""
    reading = registering.read("", asked.platform.code, asked.handle)
    return registering.alike(reading) if reading.outcome == "account" else registering.Alike()


def listed_names(manager: Any) -> list[str]:
    return list(manager.order_by("position", "name", "pk").values_list("name", flat=True))


def shown(
    request: Request, form: RequestForm, asked: AccountRequest | None = None, *, status: int = 200
) -> HttpResponse:
    """The form with everything that was typed, and who is there already."""
    reading, platform = form.read(), form.named("platform")
    meeting = Meeting()
    if form.owner is not None and platform is not None:
        audiences, markets = ([each.pk for each in form.chosen(name)] for name in ("audiences", "markets"))
        meeting = who_meets(Wish(form.owner, platform.code, audiences, markets), timezone.localdate())
    context = {
        "form": form,
        "asked": asked,
        "reading": reading,
        "platform": platform,
        "meeting": meeting,
        "alike": registering.alike(reading) if reading.outcome == "account" and not reading.known else None,
        "groups": {
            name: [form[field] for field in fields]
            for name, fields in (
                ("place", PLACE), ("reasons", REASONS), ("words", WORDS), ("keys", KEYS), ("success", SUCCESS)
            )
        },
    }  # fmt: skip
    answer = htmx.page(request, "reports/request_form.html", context, fragments=(THERE, FORM))
    answer.status_code = status
    return answer
