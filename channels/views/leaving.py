"""Somebody leaves: everything they held on one page, handed on in one go."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from channels.forms.leaving import HandOverForm
from channels.leaving import Leaver, held_by_kind, named_holders
from channels.services.leaving import hand_over
from channels.views.people import lead_only, person
from departments.fields import person_suggestions
from orgmap.core import htmx
from orgmap.core.errors import DomainError
from orgmap.history.links import with_way_back
from orgmap.history.services import because
from orgmap.users.requests import Request

PAGE = 50


@require_http_methods(["GET", "POST"])
def person_hand_over(request: Request, pk: int) -> HttpResponse:
    """Hand on what a person with a way in held."""
    user = person(request, pk)
    return handing(request, Leaver(str(user), user), reverse("channels:person_detail", args=[pk]))


@require_http_methods(["GET", "POST"])
def holder_hand_over(request: Request) -> HttpResponse:
    """Hand on the keys of somebody who is only named; without a name the list of those who are."""
    lead_only(request)
    name = " ".join(request.GET.get("name", "").replace("\x00", "").split())[:200]
    if name:
        return handing(request, Leaver(name), reverse("channels:holder_hand_over"))
    said = request.GET.get("q", "").replace("\x00", "").strip()
    page = Paginator(named_holders(said), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "q": said, "unnamed": request.method == "POST"}
    answer = htmx.page(request, "channels/holder_list.html", context, fragments=("holder_table",))
    answer.status_code = 422 if request.method == "POST" else 200
    return answer


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
            off = f"{leaver} can no longer sign in." if leaver.user and form.cleaned_data["leaves"] else ""
            told = " ".join(filter(None, (f"{done.said}." if done.said else "", off)))
            return htmx.redirect(request, back, with_way_back(told, action))
    context = {
        "leaver": leaver,
        "person": leaver.user,
        "form": form,
        "groups": form.groups(),
        "kinds": kinds,
        "back": back,
        "people": person_suggestions() if kinds else [],
    }
    return htmx.form(request, "channels/hand_over.html", context, fragment="hand_over_form")
