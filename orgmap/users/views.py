"""A person's own page and notices. Pages about others join apps and are in channels."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from orgmap.core import edit_form, htmx
from orgmap.core.rights import demand
from orgmap.users import mailbox, services
from orgmap.users.forms import OwnForm
from orgmap.users.models import Notice, User
from orgmap.users.requests import Request

PAGE = 30


@require_http_methods(["GET", "POST"])
def me(request: Request) -> HttpResponse:
    """One's own name and letters; the ways to password and second step."""
    form = OwnForm(request.POST or None, instance=User.objects.get(pk=request.user.pk))

    def write(user: User, changes: dict[str, Any]) -> None:
        if changes:
            services.change_own(user=user, **changes)

    if request.method == "POST" and edit_form.save(form, User.objects.all(), write):
        return htmx.redirect(request, "users:me", "Your page is changed.")
    return htmx.form(request, "users/me.html", {"form": form}, fragment="me_form")


@require_GET
def notice_list(request: Request) -> HttpResponse:
    """What one was told, the latest first."""
    notices = Notice.objects.visible_to(request.user).order_by("-made_at", "-pk")
    page = Paginator(notices, PAGE).get_page(request.GET.get("page"))
    return htmx.page(request, "users/notice_list.html", {"page": page}, fragments=("notice_lines",))


@require_GET
def notice_open(request: Request, pk: int) -> HttpResponse:
    """To what a notice is about; it counts as read."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    services.mark_read(user=request.user, notice=notice.pk, now=timezone.now())
    return redirect(notice.link)


@require_POST
def notice_read(request: Request) -> HttpResponse:
    """All of one's notices are read."""
    services.mark_read(user=request.user, now=timezone.now())
    return htmx.redirect(request, "users:notice_list")


@require_GET
def mail_list(request: Request) -> HttpResponse:
    """The letters that an embedded run would have sent: nowhere else, and only for the lead, for they hold secrets."""
    own_mailbox(request)
    page = Paginator(mailbox.letters(), PAGE).get_page(request.GET.get("page"))
    return htmx.page(request, "users/mail_list.html", {"page": page})


@require_GET
def mail_detail(request: Request, name: str) -> HttpResponse:
    """One letter of an embedded run."""
    own_mailbox(request)
    letter = mailbox.letter(name)
    if letter is None:
        raise Http404("There is no such letter.")
    return htmx.page(request, "users/mail_detail.html", {"letter": letter})


def own_mailbox(request: Request) -> None:
    if not settings.EMBEDDED:
        raise Http404("Letters go by mail here.")
    demand(request, "users.view_user")
