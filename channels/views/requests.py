"""Requests for new accounts: what waits, deciding with a letter, withdrawing, opening; and the texts of letters."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from channels import doors, registering, services
from channels.forms import LetterForm, OpenForm, ReasonForm, StepForm
from channels.letters import OCCASIONS, Letter, filled, letter_for
from channels.models import AccountRequest, LetterText, Stage
from channels.services.request import DECIDED, NEXT, names_for
from orgmap.core import htmx
from orgmap.core.errors import DomainError
from orgmap.core.rights import demand
from orgmap.history.links import with_way_back
from orgmap.history.services import because
from orgmap.users.requests import Request

PAGE = 50
LISTS = {"waiting": "Waiting for you", "mine": "Yours", "running": "All that run", "ended": "Ended"}


@require_GET
def request_list(request: Request) -> HttpResponse:
    """What waits for this person, what they asked for, and all."""
    rows = AccountRequest.objects.visible_to(request.user)
    lists = {
        "waiting": rows.waiting_for(request.user),
        "mine": rows.concerning(request.user),
        "running": rows.running(),
        "ended": rows.exclude(pk__in=rows.running().values("pk")),
    }
    counts = {name: each.count() for name, each in lists.items()}
    first = next((name for name in ("waiting", "mine") if counts[name]), "running")
    chosen = request.GET.get("list") if request.GET.get("list") in lists else first
    page = Paginator(lists[str(chosen)].for_list(), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "chosen": chosen,
        "lists": [(name, label, counts[name]) for name, label in LISTS.items()],
    }
    return htmx.page(request, "channels/request_list.html", context, fragments=("request_table",))


@require_http_methods(["GET", "POST"])
def request_decide(request: Request, pk: int, stage: str) -> HttpResponse:
    """Review, ask for changes, approve or decline, with a reason and a letter that can be edited before it goes."""
    asked = doors.decidable_request(request.user, pk)
    if stage not in DECIDED:
        raise Http404(f"Nothing is decided by '{stage}'.")
    page = reverse("reports:request_detail", args=[pk])
    looking = "look" in request.POST
    if stage not in NEXT.get(asked.stage, ()):
        if looking:
            return HttpResponse(status=204)  # a preview that arrives after the decision has nothing to say
        told = f"The request for {asked} stands at “{asked.get_stage_display()}”, so this can no longer be decided."
        return htmx.refuse(request, page, told)
    code = f"request-{stage}"
    kept = letter_for(code)
    must = stage in {Stage.CHANGES_ASKED, Stage.DECLINED}
    form = StepForm(request.POST or None, code=code, must=must, initial={"subject": kept.subject, "letter": kept.text})
    if request.method == "POST" and not looking and form.is_valid():
        letter = form.as_letter()
        try:
            with because(by=request.user, reason=form.cleaned_data["reason"][:200]) as action:
                if form.cleaned_data["keep"]:
                    services.keep_letter(by=request.user, code=code, letter=letter)
                services.decide_request(
                    by=request.user,
                    asked=asked,
                    stage=stage,
                    reason=form.cleaned_data["reason"],
                    letter=letter,
                    now=timezone.now(),
                )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            told = f"The request for {asked} stands at “{Stage(stage).label}” now, and the letter is on its way."
            return htmx.redirect(request, page, with_way_back(told, action))
    context = {
        "asked": asked,
        "stage": stage,
        "stage_label": Stage(stage).label,
        "form": form,
        "code": code,
        "preview": preview(request, asked, kept),
        "crumbs": crumbs(asked),
    }
    answer = htmx.page(
        request, "channels/request_decide.html", context, fragments=("request_decide_form", "request_letter")
    )
    answer.status_code = 422 if request.method == "POST" and not looking else 200
    return answer


def preview(request: Request, asked: AccountRequest, kept: Letter) -> Letter:
    """The letter as it would go with what is typed so far."""
    said = request.POST
    typed = Letter(said.get("subject", kept.subject)[:200], said.get("letter", kept.text)[:6000])
    reason = said.get("reason", "")[:500] or "(the reason that you give)"
    return filled(typed, names_for(asked, request.user, reason))


def crumbs(asked: AccountRequest) -> list[tuple[str, str]]:
    return [
        ("Requests", reverse("channels:request_list")),
        (str(asked), reverse("reports:request_detail", args=[asked.pk])),
    ]


@require_POST
def request_withdraw(request: Request, pk: int) -> HttpResponse:
    """The account is no longer wanted."""
    return moved(request, pk, "withdraw")


@require_POST
def request_again(request: Request, pk: int) -> HttpResponse:
    """Ask again for what was withdrawn, or changed."""
    return moved(request, pk, "again")


def moved(request: Request, pk: int, what: str) -> HttpResponse:
    asked = doors.own_request(request.user, pk)
    page = reverse("reports:request_detail", args=[pk])
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return htmx.refuse(request, page, "The reason is longer than 500 characters. Say it shorter.")
    move = services.withdraw_request if what == "withdraw" else services.ask_again
    try:
        with because(by=request.user) as action:
            move(by=request.user, asked=asked, now=timezone.now(), reason=form.cleaned_data["reason"])
    except DomainError as refusal:
        return htmx.refuse(request, page, str(refusal))
    told = f"{asked} is no longer asked for." if what == "withdraw" else f"{asked} is asked for again."
    return htmx.redirect(request, page, with_way_back(told, action))


@require_http_methods(["GET", "POST"])
def request_open(request: Request, pk: int) -> HttpResponse:
    """Put the approved account on the map, with everything that the request says."""
    asked = doors.openable_request(request.user, pk)
    page = reverse("reports:request_detail", args=[pk])
    if Stage.OPENED not in NEXT.get(asked.stage, ()):
        told = f"The request for {asked} is {asked.get_stage_display().lower()}: only an approved one is opened."
        return htmx.refuse(request, page, told)
    planned = registering.read("", asked.platform.code, asked.handle)
    form = OpenForm(request.POST or None, asked=asked, initial={"address": registering.canonical(planned)})
    if form.is_valid():
        try:
            with because(by=request.user) as action:
                account = services.open_request(
                    by=request.user,
                    asked=asked,
                    reading=form.reading,
                    address=registering.canonical(form.reading),
                    status=form.cleaned_data["status"],
                    now=timezone.now(),
                )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            told = with_way_back(f"{account} is on the map, with what the request said.", action)
            return htmx.redirect(request, "channels:account_detail", told, account.pk)
    context = {"asked": asked, "form": form, "crumbs": crumbs(asked)}
    return htmx.form(request, "channels/request_open.html", context, fragment="request_open_form")


@require_GET
def letter_list(request: Request) -> HttpResponse:
    """The letters of the lifecycle, and which of them the lead has put in other words."""
    demand(request, "channels.change_lettertext")
    kept = {each.code: each for each in LetterText.objects.all()}
    rows = [(code, occasion, kept.get(code, occasion)) for code, occasion in OCCASIONS.items()]
    return render(request, "channels/letter_list.html", {"rows": rows, "kept": set(kept)})


@require_http_methods(["GET", "POST"])
def letter_edit(request: Request, code: str) -> HttpResponse:
    """Put a letter in other words, or take the text back that comes with the map."""
    demand(request, "channels.change_lettertext")
    if code not in OCCASIONS:
        raise Http404(f"No letter is called '{code}'.")
    occasion, standing = OCCASIONS[code], letter_for(code)
    if "reset" in request.POST:
        return keep(request, code, Letter(occasion.subject, occasion.text))
    form = LetterForm(request.POST or None, code=code, initial={"subject": standing.subject, "letter": standing.text})
    if form.is_valid():
        return keep(request, code, form.as_letter())
    context: dict[str, Any] = {"form": form, "occasion": occasion, "code": code}
    context["own"] = (standing.subject, standing.text) != (occasion.subject, occasion.text)
    return htmx.form(request, "channels/letter_edit.html", context, fragment="letter_form")


def keep(request: Request, code: str, letter: Letter) -> HttpResponse:
    with because(by=request.user) as action:
        services.keep_letter(by=request.user, code=code, letter=letter)
    told = with_way_back(f"“{OCCASIONS[code].title}” goes with this text from now on.", action)
    return htmx.redirect(request, "channels:letter_list", told)
