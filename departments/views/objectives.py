"""Objectives: the list, a new one, a change, a check-in. One objective's page joins accounts and is in reports."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from departments import doors, services
from departments.filters import ObjectiveFilter
from departments.forms import CheckInForm, ObjectiveForm
from departments.models import Objective
from orgmap.core import htmx
from orgmap.core.errors import EditConflict
from orgmap.core.rights import demand
from orgmap.users.requests import Request

PAGE = 50


@require_http_methods(["GET"])
def objective_list(request: Request) -> HttpResponse:
    chosen = ObjectiveFilter(request.GET, Objective.objects.visible_to(request.user).for_list())
    page = Paginator(chosen.qs, PAGE).get_page(request.GET.get("page"))
    context = {"filter": chosen, "page": page, "chips": chosen.chips(), "may_add": may_add(request)}
    return htmx.page(request, "departments/objective_list.html", context, fragments=("objective_table",))


@require_http_methods(["GET", "POST"])
def objective_new(request: Request) -> HttpResponse:
    demand(request, "departments.add_objective")
    own = request.user.memberships.filter(role__in=["head", "deputy"]).select_related("department")
    first = {"departments": [membership.department for membership in own[:1]]}
    form = ObjectiveForm(request.POST or None, by=request.user, initial=first)
    if form.is_valid():
        made = services.create_objective(by=request.user, **fields_of(form))
        return htmx.redirect(request, reverse("reports:objective_detail", args=[made.pk]), f"“{made}” is on the map.")
    return htmx.form(request, "departments/objective_form.html", {"form": form}, fragment="objective_form")


@require_http_methods(["GET", "POST"])
def objective_edit(request: Request, pk: int) -> HttpResponse:
    objective = doors.editable_objective(request.user, pk)
    form = ObjectiveForm(request.POST or None, instance=objective, by=request.user)
    theirs = None
    if form.is_valid():
        try:
            services.change_objective(
                by=request.user, objective=objective, version=form.cleaned_data.pop("version"), **fields_of(form)
            )
        except EditConflict as refusal:
            theirs = doors.objective(request.user, pk)
            form = ObjectiveForm(newer(request.POST, theirs.version), instance=theirs, by=request.user)
            form.is_valid()
            form.add_error(None, str(refusal))
        else:
            return htmx.redirect(request, reverse("reports:objective_detail", args=[pk]), "The change is on the map.")
    context = {"form": form, "objective": doors.objective(request.user, pk), "theirs": theirs}
    return htmx.form(request, "departments/objective_form.html", context, fragment="objective_form")


@require_http_methods(["GET", "POST"])
def objective_check_in(request: Request, pk: int) -> HttpResponse:
    objective = doors.editable_objective(request.user, pk)
    form = CheckInForm(request.POST or None)
    if form.is_valid():
        services.check_in(by=request.user, objective=objective, **form.cleaned_data)
        return htmx.redirect(request, reverse("reports:objective_detail", args=[pk]), "Noted.")
    return htmx.form(
        request, "departments/objective_check_in.html", {"form": form, "objective": objective}, fragment="check_in_form"
    )


def fields_of(form: ObjectiveForm) -> dict[str, Any]:
    """What the form says, for the service."""
    return {name: value for name, value in form.cleaned_data.items() if name != "version"}


def newer(said: QueryDict, version: int) -> QueryDict:
    """What was typed, now about the version that the person has seen beside it."""
    again = said.copy()
    again["version"] = str(version)
    return again


def may_add(request: Request) -> bool:
    return request.user.has_perm("departments.add_objective")
