"""People and roles: the list, one person, inviting, handing on."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from channels.forms.people import DeactivateForm, InvitePlaceForm, PlaceForm
from channels.people import STATES, PersonFilter, held_by, places_of, state_of
from channels.services.people import deactivate_person
from departments import services as departments
from departments.models import Membership
from orgmap.core import edit_form, htmx
from orgmap.core.errors import DomainError
from orgmap.history.links import with_way_back
from orgmap.history.services import because
from orgmap.users import invitations, services
from orgmap.users.forms import PersonForm
from orgmap.users.models import User
from orgmap.users.requests import Request

PAGE = 50


def person(request: Request, pk: int) -> User:
    """The only way to a person. Names stand on many pages; what somebody may do is for the lead."""
    lead_only(request)
    return get_object_or_404(User, pk=pk)


def lead_only(request: Request) -> None:
    if not request.user.has_perm("users.change_user"):
        raise PermissionDenied("Only the social media lead sees to people and roles.")


@require_GET
def person_list(request: Request) -> HttpResponse:
    """Everybody who may come in, and who no longer may."""
    lead_only(request)
    chosen = PersonFilter(request.GET, User.objects.order_by("-is_active", "name", "email", "pk"))
    page = Paginator(chosen.qs, PAGE).get_page(request.GET.get("page"))
    places = places_of(page.object_list)
    states = dict(STATES)
    rows = [(each, places.get(each.pk, []), state_of(each), states[state_of(each)]) for each in page.object_list]
    context = {"filter": chosen, "page": page, "rows": rows}
    return htmx.page(request, "channels/person_list.html", context, fragments=("person_table",))


@require_http_methods(["GET", "POST"])
def person_invite(request: Request) -> HttpResponse:
    """Somebody new gets a letter with a link."""
    lead_only(request)
    form = InvitePlaceForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        department, role = said.pop("department"), said.pop("place") or Membership.Role.HEAD
        with because(by=request.user):
            made = services.invite_user(**said)
            if department is not None:
                departments.appoint(by=request.user, department=department, role=role, user=made)
        write_to(request, made)
        return htmx.redirect(request, "channels:person_detail", "", made.pk)
    return htmx.form(request, "channels/person_invite.html", {"form": form}, fragment="person_invite_form")


def write_to(request: Request, user: User) -> None:
    """Have the invitation written, and say so."""
    invitations.send_invitation(user=user, by=request.user, now=timezone.now())
    told = f"An invitation is on its way to {user.email}. Its link works for {invitations.DAYS} days."
    messages.success(request, told)


@require_POST
def person_invite_again(request: Request, pk: int) -> HttpResponse:
    """Another letter, for somebody who has not come in yet."""
    user = person(request, pk)
    if state_of(user) == "invited":
        write_to(request, user)
    else:
        messages.error(request, f"{user} has been here already. Whoever forgot the password finds the way at sign-in.")
    return htmx.redirect(request, "channels:person_detail", "", pk)


@require_GET
def person_detail(request: Request, pk: int) -> HttpResponse:
    """One person: role, places, what they hold."""
    return detail(request, person(request, pk), PlaceForm())


def detail(request: Request, user: User, form: PlaceForm) -> HttpResponse:
    context = {
        "person": user,
        "state": state_of(user),
        "state_label": dict(STATES)[state_of(user)],
        "places": places_of([user]).get(user.pk, []),
        "held": held_by(user, localdate()),
        "form": form,
        "letter": invitations.letter_of(user) if state_of(user) == "invited" else None,
        "is_me": user.pk == request.user.pk,
    }
    return htmx.form(request, "channels/person_detail.html", context)


@require_http_methods(["GET", "POST"])
def person_edit(request: Request, pk: int) -> HttpResponse:
    """Name, mail address, role."""
    user = person(request, pk)
    form = PersonForm(request.POST or None, instance=user)
    if request.method == "POST" and edit_form.save(form, User.objects.all(), writing(request)):
        return htmx.redirect(request, "channels:person_detail", f"{form.instance} is changed. {form.said}".strip(), pk)
    context = {"form": form, "person": get_object_or_404(User, pk=pk)}
    return htmx.form(request, "channels/person_edit.html", context, fragment="person_form")


def writing(request: Request) -> Callable[[User, dict[str, Any]], None]:
    def write(user: User, changes: dict[str, Any]) -> None:
        with because(by=request.user):
            services.change_user(user=user, version=None, **changes)

    return write


@require_POST
def person_place(request: Request, pk: int) -> HttpResponse:
    """A place in a department, given or ended."""
    user = person(request, pk)
    ending = request.POST.get("end", "")
    if ending.isdecimal():
        place = get_object_or_404(Membership.objects.select_related("department"), pk=ending, user=user)
        departments.dismiss(by=request.user, membership=place)
        told = f"{user} is no longer {place.get_role_display().lower()} of {place.department}."
        return htmx.redirect(request, "channels:person_detail", told, pk)
    form = PlaceForm(request.POST)
    if not form.is_valid():
        return detail(request, user, form)
    place, role = form.cleaned_data["department"], form.cleaned_data["role"]
    departments.appoint(by=request.user, department=place, role=role, user=user, now=timezone.now())
    told = f"{user} is now {Membership.Role(role).label.lower()} of {place}."
    return htmx.redirect(request, "channels:person_detail", told, pk)


@require_http_methods(["GET", "POST"])
def person_deactivate(request: Request, pk: int) -> HttpResponse:
    """Switch off a way in, and hand on what was held."""
    user = person(request, pk)
    held = held_by(user, localdate())
    typed = request.POST if request.method == "POST" else None
    form = DeactivateForm(typed, user=user, keys=held.keys.exists(), places=held.places.exists())
    if form.is_valid():
        try:
            with because(by=request.user) as action:
                deactivate_person(by=request.user, user=user, on=localdate(), now=timezone.now(), **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            told = with_way_back(f"{user} can no longer sign in.", action)
            return htmx.redirect(request, "channels:person_detail", told, pk)
    context = {"person": user, "held": held, "form": form}
    return htmx.form(request, "channels/person_deactivate.html", context, fragment="person_deactivate_form")


@require_POST
def person_reactivate(request: Request, pk: int) -> HttpResponse:
    """Switch a way in on again."""
    user = person(request, pk)
    with because(by=request.user):
        services.reactivate_user(user=user)
    told = f"{user} can sign in again. What they held stays with whoever has it now."
    return htmx.redirect(request, reverse("channels:person_detail", args=[pk]), told)
