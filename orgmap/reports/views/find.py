"""One search box for everything, live in the bar and as a page."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from orgmap.core import htmx
from orgmap.reports.finding import LONGEST
from orgmap.reports.finding import find as find_everything
from orgmap.users.requests import Request

LIVE = 4
PAGE = 12


@require_GET
def find(request: Request) -> HttpResponse:
    """Whatever the typed words mean: grouped, exact hits first; without a script the same page."""
    typed = request.GET.get("q", "").strip()[:LONGEST]
    live = request.headers.get("HX-Target") == "find_live"
    found = find_everything(request.user, typed, LIVE if live else PAGE)
    register = ""
    if request.user.has_perm("channels.add_account"):
        register = f"{reverse('reports:account_new')}?{urlencode({'address': typed})}"
    context = {
        "found": found,
        "typed": typed,
        "address": f"{reverse('reports:find')}?{urlencode({'q': typed})}",
        "register": register,
    }
    return htmx.page(request, "reports/find.html", context, fragments=("find_live", "find_results"))
