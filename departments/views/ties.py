"""Agreements and working groups: lists, one agreement, proposing, answering, ending."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from departments import doors, services
from departments.filters import TieFilter
from departments.forms import AnswerForm, EndForm, TieForm
from departments.models import Department, Tie, TieSide
from departments.policies import answered_departments
from departments.waiting import asked_departments, waiting_for
from orgmap.core import htmx
from orgmap.core.errors import DomainError
from orgmap.core.rights import demand
from orgmap.users.policies import is_lead
from orgmap.users.requests import Request

PAGE = 50


@require_http_methods(["GET"])
def tie_list(request: Request) -> HttpResponse:
    ties = Tie.objects.visible_to(request.user)
    chosen = TieFilter(request.GET, ties.for_list())
    context = {
        "filter": chosen,
        "page": Paginator(chosen.qs, PAGE).get_page(request.GET.get("page")),
        "chips": chosen.chips(),
        "waiting": ties.waiting_for(asked_departments(request.user)),
        "may_add": request.user.has_perm("departments.add_tie"),
        "today": timezone.localdate(),
    }
    return htmx.page(request, "departments/tie_list.html", context, fragments=("tie_table",))


@require_http_methods(["GET"])
def waiting(request: Request) -> HttpResponse:
    """What others ask of me, and which of my agreements run out."""
    today = timezone.localdate()
    context = {"waiting": waiting_for(request.user, today), "today": today, "lead": is_lead(request.user)}
    return htmx.page(request, "departments/waiting.html", context)


@require_http_methods(["GET"])
def group_list(request: Request) -> HttpResponse:
    groups = Tie.objects.visible_to(request.user).filter(kind=Tie.Kind.WORKING_GROUP).for_list()
    page = Paginator(groups, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "may_add": request.user.has_perm("departments.add_tie"), "today": timezone.localdate()}
    return htmx.page(request, "departments/group_list.html", context, fragments=("group_table",))


@require_http_methods(["GET"])
def tie_detail(request: Request, pk: int) -> HttpResponse:
    tie = doors.tie(request.user, pk)
    own = answered_departments(request.user)
    sides = sorted(tie.sides.all(), key=lambda side: side.position)
    mine = [
        (side, AnswerForm(initial={"department": side.department.slug}, auto_id=f"side-{side.pk}-%s"))
        for side in sides
        if tie.status == Tie.Status.PROPOSED
        and side.answer == TieSide.Answer.WAITING
        and (side.department_id in own or is_lead(request.user))
    ]
    context = {
        "tie": tie,
        "sides": sides,
        "answers": mine,
        "group": getattr(tie, "group", None),
        "scope": services.scope_in_words(tie),
        "may_end": tie.status in {Tie.Status.ACTIVE, Tie.Status.PROPOSED}
        and request.user.has_perm("departments.change_tie", tie),
        "end_form": EndForm(initial={"version": tie.version}),
        "today": timezone.localdate(),
    }
    return htmx.page(request, "departments/tie_detail.html", context)


@require_http_methods(["GET", "POST"])
def tie_new(request: Request) -> HttpResponse:
    demand(request, "departments.add_tie")
    named = request.GET.getlist("with")
    about = list(Department.objects.active().filter(slug__in=named).order_by("name"))
    own = request.user.memberships.filter(role__in=["head", "deputy"]).select_related("department")
    mine = [each.department for each in own[:1] if each.department not in about]
    initial = {"departments": mine + about, "kind": request.GET.get("kind") or Tie.Kind.HAND_OFF}
    form = TieForm(request.POST or None, by=request.user, about=mine + about, initial=initial)
    if form.is_valid():
        tie = services.propose_tie(by=request.user, now=timezone.now(), **terms_of(form))
        return htmx.redirect(
            request,
            reverse("departments:tie_detail", args=[tie.pk]),
            "Agreed." if tie.status == Tie.Status.ACTIVE else "Proposed. It binds when every side has accepted.",
        )
    return htmx.form(request, "departments/tie_form.html", {"form": form}, fragment="tie_form")


@require_http_methods(["POST"])
def tie_answer(request: Request, pk: int) -> HttpResponse:
    tie = doors.editable_tie(request.user, pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return refused(request, tie, " ".join(str(text) for texts in form.errors.values() for text in texts))
    side = get_object_or_404(Department, slug=form.cleaned_data["department"])
    try:
        services.answer_tie(
            by=request.user,
            tie=tie,
            department=side,
            accept=form.cleaned_data["accept"],
            now=timezone.now(),
            reason=form.cleaned_data["reason"],
        )
    except DomainError as refusal:
        return refused(request, tie, str(refusal))
    word = "accepted" if form.cleaned_data["accept"] else "declined"
    return htmx.redirect(request, reverse("departments:tie_detail", args=[pk]), f"{side} {word} “{tie}”.")


@require_http_methods(["POST"])
def tie_end(request: Request, pk: int) -> HttpResponse:
    tie = doors.editable_tie(request.user, pk)
    form = EndForm(request.POST)
    if not form.is_valid():
        return refused(request, tie, "Say why it ends, so that the others understand.")
    try:
        services.end_tie(by=request.user, tie=tie, **form.cleaned_data)
    except DomainError as refusal:
        return refused(request, tie, str(refusal))
    return htmx.redirect(request, reverse("departments:tie_detail", args=[pk]), f"“{tie}” has ended.")


def refused(request: Request, tie: Tie, sentence: str) -> HttpResponse:
    """Back to the agreement, with the reason."""
    messages.error(request, sentence)
    return redirect("departments:tie_detail", tie.pk)


def terms_of(form: TieForm) -> dict[str, Any]:
    """What the form says, for the service: ticked categories become codes, none ticked means any."""
    said = dict(form.cleaned_data)
    for name in ("audiences", "markets"):
        said[name] = sorted(category.code for category in said[name]) or None
    return said
