"""One finding: read it, give it to somebody, let it stand, open it again, say something about it."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from channels import doors
from channels.deciding.heads import heads_of
from channels.deciding.telling import tell_assigned
from channels.forms.finding import AssignForm, NoteForm, ReopenForm, WaiveForm
from channels.listing import pager_of
from channels.models import Decision, Finding
from channels.services import finding as services
from channels.views.account_list import page_of
from channels.worklist import pages
from channels.worklist.counting import COUNTED
from channels.worklist.filters import FindingFilter
from channels.worklist.lines import Line, lines
from channels.worklist.markup import Rows
from channels.worklist.rules import RULES
from orgmap.core import htmx
from orgmap.core.errors import DomainError
from orgmap.history.links import with_way_back
from orgmap.history.services import because, left_a_trace
from orgmap.users.models import User
from orgmap.users.requests import Request

PANEL = "finding_panel"
NOTES = 50


class NotClosed(DomainError):
    """It is open."""


@require_GET
def finding_detail(request: Request, pk: int) -> HttpResponse:
    """What is wrong, why it matters, what to do, and what was said about it."""
    return render(request, "channels/finding_detail.html", shown(request, doors.visible_finding(request.user, pk)))


def shown(request: Request, finding: Finding) -> dict[str, Any]:
    """All that the page of a finding says; before and after it stand the others of the list that it was opened from."""
    line = line_of(request, finding)
    chosen = FindingFilter(request.GET, user=request.user)
    before, after = pages.neighbours(chosen.found(), finding.pk)
    return {
        "line": line,
        "finding": finding,
        "rule": RULES.get(finding.rule),
        "notes": finding.said.select_related("by").order_by("-at", "-pk")[:NOTES],
        "before": before,
        "after": after,
        "asked": pages.asked_of(request.GET),
        "fix_address": line.fix.address(pages.asked_of(request.GET)) if line.fix else "",
        "crumbs": crumbs(request, line),
        "note": NoteForm(),
    }


def line_of(request: Request, finding: Finding) -> Line:
    return lines([finding], request.user, localdate())[0]


def crumbs(request: Request, line: Line) -> list[tuple[str, str]]:
    """Back to the list that it was opened from."""
    asked = pages.asked_of(request.GET)
    every = reverse("channels:audit_list")
    return [("Audit", every), (line.title, f"{every}?{asked}" if asked else f"{every}?rule={line.finding.rule}")]


@require_http_methods(["GET", "POST"])
def finding_assign(request: Request, pk: int) -> HttpResponse:
    """Give it to somebody."""
    finding = doors.decidable_finding(request.user, pk)
    form = AssignForm(request.POST or None, initial=assigned_now(finding))

    def write() -> str:
        said = form.cleaned_data
        to = person_for(finding, said["who"], said["to"])
        findings = Finding.objects.filter(pk=finding.pk)
        if not findings.to_do().exists():
            raise services.CannotAssign("It is waived or resolved. Open it again first, then assign it.")
        told: dict[str, Any] = {"due_on": said["due_on"], "reason": said["reason"], "now": now()}
        with transaction.atomic():
            if services.assign(by=request.user, findings=findings, to=to, **told) and to is not None:
                tell_assigned(to=to, by=request.user, pks=[finding.pk], **told)
        return (
            f"{to} has it now" + (f", until {said['due_on']:%-d %B %Y}." if said["due_on"] else ".")
            if to
            else ("Nobody has it any more.")
        )

    return decided(request, finding, form, "assign", write)


def assigned_now(finding: Finding) -> dict[str, Any]:
    if finding.assignee is None:
        return {}
    return {"who": Decision.Who.PERSON, "to": finding.assignee.email, "due_on": finding.due_on}


def person_for(finding: Finding, who: str, to: User | None) -> User | None:
    """Whom the choice means."""
    if who == Decision.Who.NOBODY:
        return None
    if who == Decision.Who.PERSON:
        return to
    heads = heads_of(finding.concerns[:1])
    if not heads:
        raise services.CannotAssign("No department with a head answers for it. Choose somebody else.")
    return heads[finding.concerns[0]]


@require_http_methods(["GET", "POST"])
def finding_waive(request: Request, pk: int) -> HttpResponse:
    """Let it stand until a day."""
    finding = doors.decidable_finding(request.user, pk)
    known = {"reason": finding.waived_reason, "until": finding.waived_until} if finding.waived_until else None
    form = WaiveForm(request.POST or None, initial=known)

    def write() -> str:
        said = form.cleaned_data
        findings = Finding.objects.filter(pk=finding.pk)
        services.waive(by=request.user, findings=findings, **said, now=now(), today=localdate())
        return f"It may stand until {said['until']:%-d %B %Y}."

    return decided(request, finding, form, "waive", write)


@require_http_methods(["GET", "POST"])
def finding_reopen(request: Request, pk: int) -> HttpResponse:
    """End a waiver before its time, or open what was resolved."""
    finding = doors.decidable_finding(request.user, pk)
    form = ReopenForm(request.POST if request.method == "POST" else None)

    def write() -> str:
        findings = Finding.objects.filter(pk=finding.pk)
        if not services.reopen(by=request.user, findings=findings, **form.cleaned_data, now=now(), today=localdate()):
            raise NotClosed("It is open already: nobody let it stand, and it was not resolved.")
        return "It is open again."

    return decided(request, finding, form, "reopen", write)


@require_POST
def finding_note(request: Request, pk: int) -> HttpResponse:
    """Say something about it: whoever sees it may."""
    finding = doors.visible_finding(request.user, pk)
    form = NoteForm(request.POST)
    if form.is_valid():
        with because(by=request.user) as action:
            services.add_note(by=request.user, findings=Finding.objects.filter(pk=pk), **form.cleaned_data, now=now())
        return htmx.redirect(request, here(request, pk), with_way_back("Your note stands below.", action))
    return htmx.form(request, "channels/finding_detail.html", shown(request, finding) | {"note": form})


def decided(request: Request, finding: Finding, form: Any, what: str, write: Callable[[], str]) -> HttpResponse:
    """The form of a decision; once it is made, the next finding of the list, or at its place what became of it."""
    if request.method == "POST" and form.is_valid():
        try:
            with because(by=request.user, reason=form.cleaned_data["reason"]) as action:
                told = write()
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            return done(request, finding.pk, told, action=action if left_a_trace(action) else None)
    line = line_of(request, finding)
    trail = [*crumbs(request, line), (line.subject, here(request, line.pk))]
    context = {"line": line, "form": form, "what": what, "crumbs": trail}
    return htmx.form(request, "channels/finding_decide.html", context, fragment=PANEL)


def done(request: Request, pk: int, told: str, *, action: UUID | None = None) -> HttpResponse:
    """The row and the counts as they are now where the list stands around; else the next one of the list.

    What became of it comes with its undo, where it was an action.
    """
    finding = doors.visible_finding(request.user, pk)
    if request.headers.get("HX-Target") == PANEL:
        chosen = FindingFilter(request.GET, user=request.user)
        line, asked = line_of(request, finding), pages.asked_of(request.GET)
        context = pages.rules_beside(request.user, request.GET, chosen, localdate())
        rows = Rows(asked=asked, of_rule=context["rule"] is not None, decides=True)
        context |= {"line": line, "row": rows.row(line, told=told, action=action), "told": told}
        context["pager"] = pager_of(min(context["listed"], COUNTED), page_beside(request))
        answer = render(request, "channels/finding_decided.html", context)
        answer["HX-Trigger-After-Settle"] = f'{{"findingDone": {pk}}}'
        return answer
    page = here(request, pk)
    about = format_html('<a class="link" href="{}">{}</a>: {}', page, line_of(request, finding).subject, told)
    messages.success(request, with_way_back(about, action) if action else about)
    after = next_of(request.user, request.GET, pk)
    return redirect(address(request.GET, after) if after else page)


def page_beside(request: Request) -> int:
    """Which page of the list stands around the form."""
    beside = QueryDict(urlsplit(request.headers.get("HX-Current-URL", "")).query)
    return page_of(beside.get("page", ""))


def next_of(user: User, query: QueryDict, pk: int) -> int | None:
    """The finding that follows in the list that a query string says."""
    return pages.neighbours(FindingFilter(query, user=user).found(), pk)[1]


def here(request: Request, pk: int) -> str:
    """A finding's page, opened from the same list."""
    return address(request.GET, pk)


def address(query: QueryDict, pk: int) -> str:
    """A finding's page, opened from the list that a query string says."""
    asked = pages.asked_of(query)
    return reverse("channels:finding_detail", args=[pk]) + (f"?{asked}" if asked else "")
