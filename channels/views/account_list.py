"""The directory of accounts."""

from collections.abc import Callable, Iterable

from django.db import connection
from django.db.models import Q
from django.db.models.functions import Lower
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from channels import directory, tables
from channels.bulk.staying import LABELS
from channels.cells import Row
from channels.filters import ALIKE, AccountFilter, as_named, chips, departments_called, instead
from channels.listing import USUAL_ORDER, listing
from channels.models import Account, SavedView
from channels.services.view import kept
from departments.policies import answered_departments
from orgmap.core import htmx
from orgmap.users.models import User
from orgmap.users.policies import is_lead
from orgmap.users.requests import Request

LONGEST_QUERY = 200
FRAGMENT = "account_table"
OFFERED = 20


@require_GET
def account_list(request: Request) -> HttpResponse:
    """Every account on the map: narrowed, searched, sorted, page by page. The query string is the whole state."""
    query = request.GET
    visible = Account.objects.visible_to(request.user)
    chosen = AccountFilter(query, queryset=visible, request=request)
    in_use = chips(chosen, query)
    typed = query.get("q", "").strip()[:LONGEST_QUERY]
    page = listing(
        visible,
        chosen.filter_queryset,
        narrowed=bool(in_use or chosen.form.errors),
        typed=typed,
        order=tables.order_of(query),
        page=page_of(query.get("page", "")),
    )
    columns = [tables.BY_NAME[name] for name in tables.columns_of(query)]
    may_choose = choosable(request.user)
    rows = directory.rows(page.pks, localdate(), reverse("channels:account_detail", args=[0]))
    context = {
        "rows": SafeString("\n".join(tables.markup(row, columns, may_choose) for row in rows)),
        "listing": page,
        "columns": columns,
        "sort": tables.order_of(query) or ("" if typed else USUAL_ORDER),
        "chips": in_use,
        "refused": chosen.refused(),
        "instead": instead(chosen, query),
        "typed": typed,
        "kinds": LABELS.items() if may_choose else (),
        "query": kept(query.urlencode()),
        "list_url": request.path,
        "views": SavedView.objects.filter(Q(owner=request.user) | Q(is_shared=True)).order_by(Lower("name"), "pk"),
        "may_share": request.user.has_perm("channels.share_view"),
        "page": ",".join(str(row.pk) for row in rows if may_choose and may_choose(row)),
    }
    if request.headers.get("HX-Target") != FRAGMENT:
        context |= choices(chosen)
    return htmx.page(request, "channels/account_list.html", context, fragments=(FRAGMENT,))


def choosable(user: User) -> Callable[[Row], bool] | None:
    """Which rows somebody may change together with others; None for those who change none."""
    if is_lead(user):
        return lambda row: True
    if not user.has_perm("channels.change_many"):
        return None
    mine = answered_departments(user)
    return lambda row: any(side.pk in mine for side in row.departments)


@require_GET
def department_names(request: Request) -> HttpResponse:
    """The departments that somebody may mean while they type; typed in full, a name works without this."""
    typed = next((text for text in request.GET.values() if text), "")  # whatever the field is called
    found = departments_called(str(typed)[:LONGEST_QUERY])[:OFFERED]
    return render(request, "channels/_department_names.html", {"found": found})


CATALOGUES = """
    SELECT 1, code, name, position, id FROM channels_platform
    UNION ALL SELECT 2, code, name, position, id FROM departments_audience
    UNION ALL SELECT 3, code, name, position, id FROM departments_market
    ORDER BY 1, 4, 3, 5
"""
CATALOGUE_FILTERS = ((1, "platforms", "platform"), (2, "audiences", "audience"), (3, "markets", "market"))


def choices(chosen: AccountFilter) -> dict[str, object]:
    """What the filters offer, as options of a list: they are hundreds. A department is typed."""
    asked = chosen.form.data
    with connection.cursor() as cursor:
        cursor.execute(CATALOGUES)
        words = cursor.fetchall()
    offered = {
        name: options(((code, text) for which, code, text, *_ in words if which == number), asked.get(field, ""))
        for number, name, field in CATALOGUE_FILTERS
    }
    return offered | {
        "alike": options(ALIKE, asked.get("alike", "")),
        "statuses": Account.Status.choices,
        "missing": chosen.filters["missing"].extra["choices"],
        "all_columns": tables.COLUMNS,
        "asked": asked,
        "asked_department": as_named(
            getattr(chosen.form, "cleaned_data", {}).get("department"), asked.get("department", "")
        ),
        "asked_statuses": asked.getlist("status"),
        "asked_missing": asked.getlist("missing"),
    }


def options(offered: Iterable[tuple[str, str]], asked: str) -> SafeString:
    """The options of a list, the one asked for chosen."""
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((code, SafeString(" selected") if code == asked else "", name) for code, name in offered),
    )


def page_of(text: str) -> int:
    """The page that a query string asks for; the first when it asks for nothing that is a number."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 1
