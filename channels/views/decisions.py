"""Deciding about many findings at once: choose, say what, carry out; and many of their accounts at once."""

from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST

from channels import doors
from channels.bulk.services import NothingChosen, start_bulk
from channels.deciding import services
from channels.deciding.sending import begin
from channels.finding_querysets import FindingQuerySet
from channels.forms.finding import FORMS, AssignForm
from channels.models import Decision
from channels.worklist import counting, pages
from channels.worklist.filters import FindingFilter
from channels.worklist.rules import title
from orgmap.core import htmx
from orgmap.core.errors import DomainError
from orgmap.history.done import how_taken_back
from orgmap.history.services import left_a_trace
from orgmap.users.requests import Request

FRAGMENT = "decision_state"
State = Decision.State


@require_POST
def decision_start(request: Request) -> HttpResponse:
    """From ticks in the worklist to the page that asks what is decided, or what is set on their accounts."""
    doors.decisions(request.user)
    what, query = request.POST.get("what", ""), QueryDict(request.POST.get("query", "")[:2000])
    findings = chosen(request, query)
    try:
        if what in Decision.What.values:
            pks = list(findings.order_by("pk").values_list("pk", flat=True))
            asked = pages.asked_of(query)
            made = services.start_decision(by=request.user, what=what, findings=pks, query=asked)
            return redirect("channels:decision_detail", pk=made.pk)
        if what in pages.FIXES:
            accounts = findings.exclude(account=None).order_by("account").values_list("account", flat=True).distinct()
            change = start_bulk(by=request.user, what=what, accounts=list(accounts))
            return redirect("channels:bulk_detail", pk=change.pk)
    except (services.NothingChosen, NothingChosen) as refusal:
        return refused(request, str(refusal), query)
    return refused(request, "Say what to do: assign, waive, open again, or set a word of their accounts.", query)


def refused(request: Request, sentence: str, query: QueryDict) -> HttpResponse:
    context = {"sentence": sentence, "asked": pages.asked_of(query)}
    return render(request, "channels/decision_refused.html", context, status=422)


def chosen(request: Request, query: QueryDict) -> FindingQuerySet:
    """The findings that were ticked, all of the page, or all that match."""
    if request.POST.get("scope") == "all":
        return FindingFilter(query, user=request.user).found()
    ticked = ",".join([*request.POST.getlist("finding"), *request.POST.getlist("page")])
    pks = {int(pk) for pk in ticked.split(",") if pk.isascii() and pk.isdigit() and len(pk) < 16}
    return services.among(sorted(pks)).visible_to(request.user)


@require_http_methods(["GET", "POST"])
def decision_detail(request: Request, pk: int) -> HttpResponse:
    """One decision: what it is about, how far it is, what it did."""
    decision = doors.decision(request.user, pk)
    options: dict[str, Any] = {"several": True} if decision.what == Decision.What.ASSIGN else {}
    form = FORMS[decision.what](request.POST or None, **options)
    if request.method == "POST" and form.is_valid():
        try:
            services.decide(decision=decision, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            begin(decision)
            return redirect("channels:decision_detail", pk=pk)
    context = {
        "decision": decision,
        "form": form,
        "is_assigning": isinstance(form, AssignForm),
        "rules": rules_of(decision) if decision.state == State.DRAFT else [],
        "back": how_taken_back(decision.action),
        "can_undo": decision.state not in {State.DRAFT, State.WAITING} and left_a_trace(decision.action),
        "today": localdate(),
    }
    if request.method == "POST":
        return htmx.form(request, "channels/decision_detail.html", context)
    return htmx.page(request, "channels/decision_detail.html", context, fragments=(FRAGMENT,))


def rules_of(decision: Decision) -> list[tuple[str, int]]:
    """How many findings of which rule were chosen, most first."""
    pks = Decision.objects.filter(pk=decision.pk).values_list("findings", flat=True)[0]
    counts = counting.count_by_rule(services.among(pks))
    return sorted(((title(code), count) for code, count in counts.items()), key=lambda each: (-each[1], each[0]))
