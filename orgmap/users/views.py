"""A person's own page. Pages about others join apps and are in channels."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from orgmap.core import edit_form, htmx
from orgmap.users import services
from orgmap.users.forms import OwnForm
from orgmap.users.models import User
from orgmap.users.requests import Request


@require_http_methods(["GET", "POST"])
def me(request: Request) -> HttpResponse:
    """One's own name; the ways to password and second step."""
    form = OwnForm(request.POST or None, instance=User.objects.get(pk=request.user.pk))

    def write(user: User, changes: dict[str, Any]) -> None:
        if changes:
            services.change_name(user=user, **changes)

    if request.method == "POST" and edit_form.save(form, User.objects.all(), write):
        return htmx.redirect(request, "users:me", "That is how your name stands from now on.")
    return htmx.form(request, "users/me.html", {"form": form}, fragment="me_form")
