"""Is it ours? The one page for anyone outside."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from channels.verifying import answer, asked_of
from orgmap.core import htmx


@login_not_required
@require_GET
def verify(request: HttpRequest) -> HttpResponse:
    """One box, one sentence."""
    asked = asked_of(request.GET.get("url", ""))
    context = {"asked": asked, "answer": answer(asked) if asked else None}
    return htmx.page(request, "channels/verify.html", context, fragments=("verify_answer",))
