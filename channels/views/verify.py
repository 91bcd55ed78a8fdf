"""Is it ours? The one page for anyone outside."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from channels.verifying import answer, asked_of, called
from orgmap.core import htmx


@login_not_required
@require_GET
def verify(request: HttpRequest) -> HttpResponse:
    """One box, one sentence; of a handle alone what is known, platform by platform."""
    asked = asked_of(request.GET.get("url", ""))
    told = answer(asked) if asked else None
    named = called(asked) if told and told.outcome == "not_an_account" else None
    context = {"asked": asked, "answer": told, "called": named}
    return htmx.page(request, "channels/verify.html", context, fragments=("verify_answer",))
