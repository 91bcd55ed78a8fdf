"""Where do I turn? The accounts that anyone may know of."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from channels import turning
from channels.confirming import unconfirmed
from departments.models import Audience
from orgmap.core import htmx

FRAGMENT = "directory_lines"


@login_not_required
@require_GET
def public_directory(request: HttpRequest) -> HttpResponse:
    """One box; below it whoever answers. The query string is the whole state."""
    typed = request.GET.get("q", "").replace("\x00", "").strip()[: turning.LONGEST]
    code = request.GET.get("for", "").replace("\x00", "")
    audience = Audience.objects.filter(code=code).first() if code else None
    lines = turning.lines(typed, audience, request.GET.get("page", ""))
    context = {
        "typed": typed,
        "audience": audience,
        "circles": turning.circles(),
        "lines": lines,
        "unconfirmed": unconfirmed(lines.accounts),
    }
    return htmx.page(request, "channels/public_directory.html", context, fragments=(FRAGMENT,))
