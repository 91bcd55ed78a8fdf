"""The monthly letter: what it would say today, and whether one wants it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from orgmap.core import htmx
from orgmap.reports import doors
from orgmap.reports.models import LetterReader
from orgmap.reports.services import letter
from orgmap.users.requests import Request


@require_http_methods(["GET", "POST"])
def monthly(request: Request) -> HttpResponse:
    """See the next letter, and have it or not."""
    today = localdate()
    if request.method == "POST":
        if request.POST.get("wanted") == "yes":
            letter.subscribe(user=request.user, on=today)
            return htmx.redirect(request, "reports:monthly", "You get the letter from next month on.")
        letter.unsubscribe(user=request.user)
        return htmx.redirect(request, "reports:monthly", "You get no monthly letter.")
    snapshot = doors.latest_report(request.user)
    context = {
        "wanted": LetterReader.objects.filter(user=request.user).exists(),
        "letter": letter.letter(snapshot, today.replace(day=1)) if snapshot is not None else None,
        "crumbs": [("Report", reverse("reports:report")), ("By mail", "")],
    }
    return render(request, "reports/monthly.html", context)
