"""The directory of accounts."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from channels import directory, tables
from channels.filters import MISSING, AccountFilter, chips, sentences
from channels.models import Account, Platform
from departments.models import Audience, Department, Market
from orgmap.core import htmx
from orgmap.users.requests import Request

LONGEST_QUERY = 200
FRAGMENT = "account_table"


@require_GET
def account_list(request: Request) -> HttpResponse:
    """Every account on the map: narrowed, searched, sorted, page by page. The query string is the whole state."""
    query = request.GET
    chosen = AccountFilter(query, queryset=Account.objects.visible_to(request.user))
    in_use = chips(chosen, query)
    typed = query.get("q", "").strip()[:LONGEST_QUERY]
    listing = directory.listing(
        chosen.qs, narrowed=bool(in_use), typed=typed, order=tables.order_of(query), page=page_of(query.get("page", ""))
    )
    columns = [tables.BY_NAME[name] for name in tables.columns_of(query)]
    rows = directory.rows(listing.pks, localdate(), reverse("channels:account_detail", args=[0]))
    context = {
        "rows": [([column.cell(row) for column in columns], row.sentence) for row in rows],
        "listing": listing,
        "columns": columns,
        "sort": tables.order_of(query) or ("" if typed else directory.USUAL_ORDER),
        "chips": in_use,
        "refused": sentences(chosen),
        "typed": typed,
    }
    if request.headers.get("HX-Target") != FRAGMENT:
        context |= choices(chosen)
    return htmx.page(request, "channels/account_list.html", context, fragments=(FRAGMENT,))


def choices(chosen: AccountFilter) -> dict[str, object]:
    """What the filters offer. Of a large tree of departments only the upper two levels; any other can be typed."""
    return {
        "platforms": Platform.objects.order_by("position", "name", "pk").values_list("code", "name"),
        "audiences": Audience.objects.order_by("position", "name", "pk").values_list("code", "name"),
        "markets": Market.objects.order_by("position", "name", "pk").values_list("code", "name"),
        "departments": Department.objects.active()
        .filter(parent__parent=None)
        .order_by("name", "pk")
        .values_list("name", flat=True)[:300],
        "statuses": Account.Status.choices,
        "missing": MISSING,
        "all_columns": tables.COLUMNS,
        "asked": chosen.form.data,
        "asked_statuses": chosen.form.data.getlist("status"),
        "asked_missing": chosen.form.data.getlist("missing"),
    }


def page_of(text: str) -> int:
    """The page that a query string asks for; the first when it asks for nothing that is a number."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 1
