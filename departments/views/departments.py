"""Making, changing, moving, merging, closing and deleting departments. The tree and the profile are in reports."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_POST

from departments import doors, services
from departments.forms.department import (
    PEOPLE,
    CloseForm,
    DepartmentForm,
    MergeForm,
    MergeNowForm,
    MoveForm,
    NewDepartmentForm,
)
from departments.hanging import hanging
from departments.models import Department
from orgmap.core import edit_form, htmx
from orgmap.core.errors import DomainError, EditConflict
from orgmap.core.rights import demand
from orgmap.history.links import with_way_back
from orgmap.history.services import because
from orgmap.users.requests import Request


@require_http_methods(["GET", "POST"])
def department_new(request: Request) -> HttpResponse:
    """A new department, with its people and defaults."""
    demand(request, "departments.add_department")
    above = Department.objects.active().filter(slug=request.GET.get("below", "")).first()
    form = NewDepartmentForm(request.POST or None, by=request.user, initial={"parent": above})
    if form.is_valid():
        fields = dict(form.cleaned_data)
        fields.pop("opened")
        people = {role: fields.pop(role) for role in PEOPLE}
        try:
            with transaction.atomic():
                made = services.create_department(by=request.user, **fields)
                appoint(request, made, people)
        except ValidationError as refusal:
            edit_form.refuse(form, refusal)
        else:
            return to_profile(request, made, f"{made} is on the map.")
    return htmx.form(request, "departments/department_new.html", {"form": form}, fragment="department_form")


@require_http_methods(["GET", "POST"])
def department_edit(request: Request, slug: str) -> HttpResponse:
    """A department's own words, people and defaults."""
    department = doors.editable_department(request.user, slug)
    form = DepartmentForm(request.POST or None, instance=department, by=request.user)
    if request.method == "POST" and edit_form.save(form, Department.objects.all(), writing(request)):
        department = doors.department(request.user, slug)
        return to_profile(request, department, f"{department} is changed. {form.said}".strip())
    context = {"form": form, "department": doors.department(request.user, slug)}
    return htmx.form(request, "departments/department_edit.html", context, fragment="department_form")


def writing(request: Request) -> Callable[[Department, dict[str, Any]], None]:
    """How the changed words and people are written."""

    def write(department: Department, changes: dict[str, Any]) -> None:
        people = {role: changes.pop(role) for role in PEOPLE if role in changes}
        services.change_department(by=request.user, department=department, version=None, **changes)
        appoint(request, department, people)

    return write


def appoint(request: Request, department: Department, people: dict[Any, Any]) -> None:
    for role, person in people.items():
        services.appoint(by=request.user, department=department, role=role, user=person, now=now())


@require_http_methods(["GET", "POST"])
def department_move(request: Request, slug: str) -> HttpResponse:
    """Another place in the tree: picked here, or dropped there in the tree itself."""
    department = doors.governed_department(request.user, slug)
    initial = {"parent": department.parent, "version": department.version}
    form = MoveForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        parent = form.cleaned_data["parent"]
        try:
            with because(by=request.user) as action:
                services.move_department(
                    by=request.user, department=department, parent=parent, version=form.cleaned_data["version"]
                )
        except ValidationError as refusal:
            form.add_error(None, refusal.messages[0])
        except EditConflict:
            edit_form.look_again(form, doors.governed_department(request.user, slug))
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            place = f"part of {parent}" if parent else "at the top"
            back = request.POST.get("back") == "tree"
            to = reverse("reports:department_list") if back else profile(department)
            return htmx.redirect(request, to, with_way_back(f"{department} is now {place}, with all below it.", action))
    context = {"form": form, "department": department}
    return htmx.form(request, "departments/department_move.html", context, fragment="department_move_form")


@require_http_methods(["GET", "POST"])
def department_merge(request: Request, slug: str) -> HttpResponse:
    """Choose the other department, see what will happen, do it."""
    department = doors.governed_department(request.user, slug)
    context: dict[str, Any] = {"department": department}
    if request.method == "POST":
        now = MergeNowForm(request.POST)
        if now.is_valid():
            new = now.cleaned_data["into"]
            try:
                with because(by=request.user) as action:
                    services.merge_departments(
                        by=request.user,
                        old=department,
                        new=new,
                        on=localdate(),
                        versions=(now.cleaned_data["old_version"], now.cleaned_data["new_version"]),
                        reason=now.cleaned_data["reason"],
                    )
            except DomainError as refusal:
                context["refusal"] = str(refusal)
            else:
                return to_profile(request, new, with_way_back(f"{department} is now part of {new}.", action))
    typed = request.POST if request.method == "POST" else request.GET if "into" in request.GET else None
    form = MergeForm(typed)
    if typed is not None and form.is_valid():
        new = form.cleaned_data["into"]
        try:
            context["lines"] = services.preview_merge(by=request.user, old=department, new=new, on=localdate())
            context["new"] = new
        except DomainError as refusal:
            form.add_error("into", str(refusal))
    return htmx.form(request, "departments/department_merge.html", context | {"form": form})


@require_http_methods(["GET", "POST"])
def department_close(request: Request, slug: str) -> HttpResponse:
    """The end of a department, with what becomes of what it holds."""
    department = doors.governed_department(request.user, slug)
    if department.status == Department.Status.CLOSED:
        return htmx.refuse(request, profile(department), f"{department} is closed already.")
    follower = Department.objects.active().filter(slug=request.GET.get("successor", "")).first()
    initial = {"version": department.version, "successor": follower}
    form = CloseForm(request.POST or None, department=department, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            with because(by=request.user) as action:
                services.close_department(by=request.user, department=department, **form.cleaned_data)
        except EditConflict:
            edit_form.look_again(form, doors.governed_department(request.user, slug))
        except (DomainError, ValidationError) as refusal:
            form.add_error(None, refusal.messages[0] if isinstance(refusal, ValidationError) else str(refusal))
        else:
            follower = form.cleaned_data["successor"]
            told = f"{department} is closed{f', and {follower} follows it' if follower else ''}."
            return to_profile(request, department, with_way_back(told, action))
    context = {"form": form, "department": department, "hanging": hanging(department)}
    return htmx.form(request, "departments/department_close.html", context, fragment="department_close_form")


@require_POST
def department_reopen(request: Request, slug: str) -> HttpResponse:
    """Back to work."""
    department = doors.governed_department(request.user, slug)
    try:
        services.reopen_department(by=request.user, department=department, version=None)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return htmx.redirect(request, profile(department))
    return to_profile(request, department, f"{department} is open again. What it handed over stays where it is now.")


@require_http_methods(["GET", "POST"])
def department_delete(request: Request, slug: str) -> HttpResponse:
    """Off the map, unless something hangs on it."""
    department = doors.governed_department(request.user, slug)
    refusal = ""
    if request.method == "POST":
        try:
            with because(by=request.user) as action:
                services.delete_department(by=request.user, department=department, version=None)
        except DomainError as no:
            refusal = str(no)
        else:
            told = with_way_back(f"{department} is off the map.", action)
            return htmx.redirect(request, "reports:department_list", told)
    context = {"department": department, "hanging": hanging(department), "refusal": refusal}
    return htmx.form(request, "departments/department_delete.html", context)


def profile(department: Department) -> str:
    return reverse("reports:department_detail", args=[department.slug])


def to_profile(request: Request, department: Department, told: str) -> HttpResponse:
    return htmx.redirect(request, profile(department), told)
