"""The accounts behind a band or a box of the Flow lens."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from channels.models import Account
from orgmap.core import htmx
from orgmap.reports import doors, words
from orgmap.reports.map import choice as choices
from orgmap.reports.map import flows, units
from orgmap.reports.map.choice import Choice
from orgmap.reports.map.flow import COLUMNS, OTHERS, UNSAID
from orgmap.reports.names import names
from orgmap.users.requests import Request

PAGE = 50
NONE = {"department": "no owner", "platform": "", "audience": "no audience named", "benefit": "no purpose named"}


@require_GET
def flow_detail(request: Request) -> HttpResponse:
    """Accounts by what they have in common."""
    snapshot = doors.latest_report(request.user)
    if snapshot is None:
        return render(request, "reports/map_none.html", {})
    choice = Choice.of_query(request.GET)
    known = choices.filters(choice)
    inside = units.department(request.user, choice)
    level = units.level_for(doors.levels(snapshot), request.GET, inside)
    found = flows.flowing(snapshot, choice, known, units.placed(level, inside))
    boxes = {column: request.GET.get(f"{column}_box", "") for column in COLUMNS}
    keys = {column: UNSAID if key == "-" else key for column, key in boxes.items() if key}
    ids = flows.behind(found, keys) if found else []
    accounts = Account.objects.visible_to(request.user).among(ids).select_related("platform")
    page = Paginator(accounts.order_by("handle_key", "pk"), PAGE).get_page(request.GET.get("page"))
    called = names(departments={boxes["department"]} - {"", "-", OTHERS})
    said = [
        label(column, key, called.department(key) if column == "department" else called.of(column, key))
        for column, key in boxes.items()
        if key
    ]
    address = reverse("reports:map") + choice.address(lens="flow")
    context: dict[str, Any] = {
        "snapshot": snapshot,
        "level_name": words.level_name(level, doors.levels(snapshot)),
        "title": " · ".join(said) or "All accounts",
        "page": page,
        "count": len(ids),
        "crumbs": [("Map", address), ("Accounts", "")],
        "panel": "accounts",
    }
    return htmx.page(request, "reports/flow_detail.html", context, fragments=("map_panel",))


def label(column: str, key: str, name: str) -> str:
    """A box in words."""
    if key == "-":
        return NONE[column].capitalize()
    return "Others" if key == OTHERS else name
