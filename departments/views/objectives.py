"""Objectives: the list, a new one, a change, a check-in. One objective's page joins accounts and is in reports."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from departments import doors, services
from departments.filters import ObjectiveFilter
from departments.forms import CheckInForm, ObjectiveForm
from departments.models import Department, Objective, ObjectiveTemplate
from departments.prefill import first_departments, first_scope, numbers
from departments.views.tie_texts import put
from orgmap.core import edit_form, htmx, sheets
from orgmap.core.errors import DomainError
from orgmap.core.rights import demand
from orgmap.users.requests import Request

PAGE = 50


@require_http_methods(["GET"])
def objective_list(request: Request) -> HttpResponse:
    chosen = ObjectiveFilter(request.GET, Objective.objects.visible_to(request.user).for_list())
    page = Paginator(chosen.qs, PAGE).get_page(request.GET.get("page"))
    context = {"filter": chosen, "page": page, "chips": chosen.chips(), "may_add": may_add(request)}
    return htmx.page(request, "departments/objective_list.html", context, fragments=("objective_table",))


COLUMNS = (
    "Objective", "Departments", "Benefit", "For whom", "Status", "Measure", "Unit", "Baseline", "Target", "Now", "From",
    "Until",
)  # fmt: skip


@require_http_methods(["GET"])
def objective_export(request: Request) -> HttpResponseBase:
    """The list with its filters, all pages of it, as a file."""
    chosen = ObjectiveFilter(request.GET, Objective.objects.visible_to(request.user).for_list()).qs
    kind = "xlsx" if request.GET.get("format") == "xlsx" else "csv"
    return sheets.download(kind, "objectives", COLUMNS, map(line_of, chosen.iterator(chunk_size=500)))


def line_of(objective: Objective) -> list[Any]:
    sides = sorted(objective.sides.all(), key=lambda side: side.position)
    return [
        objective.statement,
        ", ".join(side.department.name for side in sides),
        objective.benefit.name,
        ", ".join(audience.name for audience in objective.audiences.all()),
        objective.get_status_display(),
        objective.measure,
        objective.unit,
        objective.baseline,
        objective.target,
        objective.current,
        objective.starts_on,
        objective.ends_on,
    ]


@require_http_methods(["GET", "POST"])
def objective_new(request: Request) -> HttpResponse:
    """Set an objective, from a template or free. An address may fill the form in: docs/agreements.md says how."""
    demand(request, "departments.add_objective")
    first = first_departments(request.user, request.GET)
    template = ObjectiveTemplate.objects.filter(pk__in=numbers(request.GET, "template")).first()
    scope = first_scope(request.GET)
    initial = {
        "departments": first,
        "audiences": scope["audiences"],
        "markets": scope["markets"],
        "benefit": next(iter(scope["benefits"]), None),
        "statement": request.GET.get("statement", "")[:300],
    } | (begun(template) if template is not None else {})
    form = ObjectiveForm(request.POST or None, by=request.user, initial=initial)
    if form.is_valid():
        try:
            made = services.create_objective(by=request.user, **form.said_fields())
        except (DomainError, ValidationError) as refusal:
            put(form, refusal)
        else:
            asked = [each.department.name for each in made.invitations.select_related("department").order_by("pk")]
            told = f" Asked to own it with you: {', '.join(asked)}." if asked else ""
            to = reverse("reports:objective_detail", args=[made.pk])
            return htmx.redirect(request, to, f"“{made}” is on the map.{told}")
    kept = request.GET.copy()
    kept.pop("template", None)
    context = {
        "form": form,
        "templates": templates(first),
        "template": template,
        "kept": f"&{kept.urlencode()}" if kept else "",
    }
    return htmx.form(request, "departments/objective_form.html", context, fragment="objective_form")


def begun(template: ObjectiveTemplate) -> dict[str, Any]:
    """What an objective says that begins from a template."""
    return {
        "statement": template.statement,
        "benefit": template.benefit_id,
        "measure": template.measure,
        "unit": template.unit,
    }


def templates(departments: list[Department]) -> QuerySet[ObjectiveTemplate]:
    """The usual objectives: those of the departments' kind of work first, then those that suit everybody."""
    kinds = [each.process for each in departments if each.process]
    turn = Case(
        When(process__in=kinds, then=Value(0)),
        When(process="", then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    found = ObjectiveTemplate.objects.annotate(turn=turn).select_related("benefit")
    return found.order_by("turn", "position", "pk")


@require_http_methods(["GET", "POST"])
def objective_edit(request: Request, pk: int) -> HttpResponse:
    objective = doors.editable_objective(request.user, pk)
    form = ObjectiveForm(request.POST or None, instance=objective, by=request.user)

    def write(record: Objective, changes: dict[str, Any]) -> object:
        return services.change_objective(by=request.user, objective=record, version=None, **changes)

    if request.method == "POST" and edit_form.save(form, Objective.objects.all(), write):
        told = f"The change is on the map. {form.said}".strip()
        return htmx.redirect(request, reverse("reports:objective_detail", args=[pk]), told)
    context = {"form": form, "objective": doors.objective(request.user, pk)}
    return htmx.form(request, "departments/objective_form.html", context, fragment="objective_form")


@require_http_methods(["GET", "POST"])
def objective_check_in(request: Request, pk: int) -> HttpResponse:
    objective = doors.editable_objective(request.user, pk)
    form = CheckInForm(request.POST or None, initial={"on": timezone.localdate()})
    if form.is_valid():
        services.check_in(by=request.user, objective=objective, **form.cleaned_data)
        return htmx.redirect(request, reverse("reports:objective_detail", args=[pk]), "Noted.")
    return htmx.form(
        request, "departments/objective_check_in.html", {"form": form, "objective": objective}, fragment="check_in_form"
    )


def may_add(request: Request) -> bool:
    return request.user.has_perm("departments.add_objective")
