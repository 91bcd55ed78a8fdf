"""Somebody leaves: everything they held on one page, handed on in one go."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from channels import doors
from channels.forms.leaving import HandOverForm
from channels.leaving import Leaver, held_by_kind, key_holders, keys_within
from channels.services.leaving import hand_over
from channels.views.people import person
from departments.fields import person_suggestions
from orgmap.core import htmx
from orgmap.core.errors import DomainError
from orgmap.history.links import with_way_back
from orgmap.history.services import because
from orgmap.users.models import User
from orgmap.users.requests import Request

PAGE = 50


@require_http_methods(["GET", "POST"])
def person_hand_over(request: Request, pk: int) -> HttpResponse:
    """Hand on what a person with a way in held."""
    user = person(request, pk)
    return handing(request, Leaver(str(user), user), reverse("channels:person_detail", args=[pk]))


@require_http_methods(["GET", "POST"])
def key_hand_over(request: Request) -> HttpResponse:
    """Hand on somebody's keys of the accounts that one answers for; of nobody in particular, who holds them."""
    within = doors.keys_of(request.user)
    back, name = reverse("channels:key_hand_over"), typed_name(request)
    if asked := request.GET.get("person", ""):
        pk = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 16 else 0
        user = get_object_or_404(User.objects.filter(pk__in=keys_within(within).values("user")), pk=pk)
        return handing(request, Leaver(str(user), user, only_keys=True, within=within), back)
    if name:
        return handing(request, Leaver(name, only_keys=True, within=within), back)
    said = request.GET.get("q", "").replace("\x00", "").strip()
    page = Paginator(key_holders(within, said), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "q": said, "unnamed": request.method == "POST"}
    answer = htmx.page(request, "channels/key_list.html", context, fragments=("key_table",))
    answer.status_code = 422 if request.method == "POST" else 200
    return answer


def typed_name(request: Request) -> str:
    return " ".join(request.GET.get("name", "").replace("\x00", "").split())[:200]


def handing(request: Request, leaver: Leaver, back: str) -> HttpResponse:
    kinds = held_by_kind(leaver, timezone.localdate())
    typed = request.POST if request.method == "POST" else None
    form = HandOverForm(typed, leaver=leaver, kinds=kinds)
    if form.is_valid():
        try:
            with because(by=request.user) as action:
                done = hand_over(
                    by=request.user,
                    leaver=leaver,
                    on=timezone.localdate(),
                    now=timezone.now(),
                    leaves=form.cleaned_data["leaves"],
                    reason=form.cleaned_data["reason"],
                    **form.handed(),
                )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            ends = leaver.user and not leaver.only_keys and form.cleaned_data["leaves"]
            off = f"{leaver} can no longer sign in." if ends else ""
            told = " ".join(filter(None, (f"{done.said}." if done.said else "", off)))
            return htmx.redirect(request, back, with_way_back(told, action))
    context = {
        "leaver": leaver,
        "person": None if leaver.only_keys else leaver.user,
        "crumbs": [("Who holds our keys", back)] if leaver.only_keys else [],
        "form": form,
        "groups": form.groups(),
        "kinds": kinds,
        "back": back,
        "people": person_suggestions() if kinds else [],
    }
    return htmx.form(request, "channels/hand_over.html", context, fragment="hand_over_form")
