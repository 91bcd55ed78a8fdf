"""Working groups: the list, and proposing one. A group's page is that of its agreement."""

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from departments import doors, services
from departments.forms import GroupForm
from departments.forms.tie import typed_departments
from departments.models import Tie
from departments.prefill import first_group, numbers
from departments.views.tie_texts import PROPOSED, put
from departments.views.ties import PAGE
from orgmap.core import htmx
from orgmap.core.errors import DomainError
from orgmap.core.rights import demand
from orgmap.users.requests import Request


@require_http_methods(["GET"])
def group_list(request: Request) -> HttpResponse:
    groups = Tie.objects.visible_to(request.user).filter(kind=Tie.Kind.WORKING_GROUP).for_list()
    page = Paginator(groups, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "may_add": request.user.has_perm("departments.add_tie"), "today": timezone.localdate()}
    return htmx.page(request, "departments/group_list.html", context, fragments=("group_table",))


@require_http_methods(["GET"])
def group_detail(request: Request, pk: int) -> HttpResponse:
    """A group's page is that of its agreement; its address among the groups leads there."""
    tie = doors.tie(request.user, pk)
    if tie.kind != Tie.Kind.WORKING_GROUP:
        raise Http404("This agreement is no working group.")
    return redirect("departments:tie_detail", pk=pk)


@require_http_methods(["GET", "POST"])
def group_new(request: Request) -> HttpResponse:
    """Propose a group. What makes it count for less is said once; proposed again, it is taken as it is."""
    demand(request, "departments.add_tie")
    initial = first_group(request.user, request.GET, timezone.localdate())
    form = GroupForm(request.POST or None, by=request.user, named=numbers(request.GET, "objective"), initial=initial)
    doubts: list[str] = []
    looking = "look" in request.POST
    if not looking and form.is_valid():
        doubts = form.doubts()
        if not doubts or "sure" in request.POST:
            try:
                tie = services.propose_tie(
                    by=request.user,
                    now=timezone.now(),
                    kind=Tie.Kind.WORKING_GROUP,
                    departments=form.cleaned_data["departments"],
                    **form.text(),
                )
            except (DomainError, ValidationError) as refusal:
                put(form, refusal)
            else:
                agreed = tie.status == Tie.Status.ACTIVE
                to = reverse("departments:tie_detail", args=[tie.pk])
                return htmx.redirect(request, to, "The group stands." if agreed else PROPOSED)
    if looking:
        seen = {name: form[name].value() for name in form.fields}
        form = GroupForm(by=request.user, named=numbers(request.POST, "objective"), initial=seen)
        return render(request, "departments/group_form.html", {"form": form})
    return htmx.form(request, "departments/group_form.html", {"form": form, "doubts": doubts}, fragment="group_form")


@require_http_methods(["GET"])
def group_objectives(request: Request) -> HttpResponse:
    """The objectives of the members that somebody is typing, to choose from. Only ever a part of the form."""
    demand(request, "departments.add_tie")
    chosen = numbers(request.GET, "objective")
    form = GroupForm(
        by=request.user,
        named=chosen,
        initial={"departments": typed_departments(request.GET), "objective": chosen[0] if chosen else None},
    )
    return render(request, "departments/_group_objective.html", {"form": form})
