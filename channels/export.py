"""The directory as a list for spreadsheets, and long spreadsheets of it and of the findings, which a worker makes."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.http import QueryDict
from django.utils import timezone

from channels import directory, listing, tables
from channels.cells import Row
from channels.filters import AccountFilter
from channels.models import Account, Export
from channels.services.view import kept
from channels.worklist import files as findings
from orgmap.core import sheets
from orgmap.core.alone import alone
from orgmap.history import pulse

if TYPE_CHECKING:
    from orgmap.users.models import User

READ_AT_ONCE = 500
AT_ONCE = 5_000
"""A spreadsheet of more accounts takes longer than somebody waits for a page: a worker makes it."""
SAID_EVERY = 2_500
"""So many accounts are written between two words about how far it is."""
LONGEST_QUERY = 200
KEPT = timedelta(days=1)
LOCK = 0x66696C65
State, What = Export.State, Export.What
logger = logging.getLogger(__name__)

Value = Callable[[Row], Any]


def names(row_names: Sequence[str], by_default: bool) -> str:
    return ", ".join(row_names) + (" (by default)" if by_default else "")


VALUES: dict[str, tuple[tuple[str, Value], ...]] = {
    "platform": (("Platform", lambda row: row.platform),),
    "account": (("Account", lambda row: row.handle), ("Name", lambda row: row.name)),
    "address": (("Address", lambda row: row.link),),
    "department": (("Department", lambda row: ", ".join(side.name for side in row.departments)),),
    "audience": (("Audience", lambda row: names(row.audiences, row.audiences_by_default)),),
    "market": (("Market", lambda row: names(row.markets, row.markets_by_default)),),
    "objective": (("Objective", lambda row: "; ".join(row.objectives)),),
    "status": (("Status", lambda row: row.status),),
    "last_post": (("Last post", lambda row: row.last_post_on),),
    "attested": (("Attested", lambda row: row.last_attested_on),),
    "language": (("Language", lambda row: row.language),),
    "contact": (("Contact", lambda row: "named" if row.has_contact else ""),),
    "rhythm": (("Rhythm", lambda row: row.rhythm),),
    "tags": (("Tags", lambda row: ", ".join(row.tags)),),
}
"""What a column of the directory is in a file: one column, or two where it shows two things."""


def columns_of(query: QueryDict) -> tuple[str, ...]:
    """The columns of the list; with the address where nobody chose any, since a file is read without the pages."""
    if "columns" in query:
        return tables.columns_of(query)
    return tuple(each.name for each in tables.COLUMNS if each.usual or each.name == "address")


def header(columns: Sequence[str]) -> list[str]:
    return [label for name in columns for label, _ in VALUES[name]]


def lines(pks: Sequence[int], columns: Sequence[str], today: date) -> Iterator[list[Any]]:
    """The values of these accounts, some hundred accounts at a time."""
    values = [value for name in columns for _, value in VALUES[name]]
    for start in range(0, len(pks), READ_AT_ONCE):
        for row in directory.rows(pks[start : start + READ_AT_ONCE], today, ""):
            yield [value(row) for value in values]


def chosen(user: User, query: QueryDict) -> list[int]:
    """The accounts of the list that a query string asks for, all pages of it."""
    visible = Account.objects.visible_to(user)
    narrowed = AccountFilter(query, queryset=visible, user=user)
    narrowed.form.is_valid()
    typed = query.get("q", "").strip()[:LONGEST_QUERY]
    return listing.everything(visible, narrowed.filter_queryset, typed=typed, order=tables.order_of(query))


@transaction.atomic
def ask_for_file(*, by: User, query: str, total: int, what: str = What.ACCOUNTS) -> Export:
    """Let a worker make a spreadsheet; one of the same list that is still true is taken again."""
    beat = findings.beat() if what == What.FINDINGS else pulse.beat()
    query = findings.asked_of(QueryDict(query)) if what == What.FINDINGS else kept(query)
    same = Export.objects.filter(by=by, what=what, query=query, beat=beat).exclude(state=State.FAILED).defer("content")
    return same.order_by("-pk").first() or Export.objects.create(by=by, what=what, query=query, total=total, beat=beat)


def make_file(*, export_id: int, today: date) -> None:
    """Write the file, and say how far it is. One worker at a time does; begun anew after an interruption."""
    with alone(LOCK, export_id) as mine:
        waiting = Export.objects.filter(pk=export_id, state__in=[State.WAITING, State.RUNNING])
        if not mine or not waiting.update(state=State.RUNNING, written=0):
            return
        wish = waiting.select_related("by").get()
        try:
            write_file(wish, today)
        except Exception:
            logger.exception("The file of export %s stopped.", export_id)
            waiting.update(state=State.FAILED, finished_at=timezone.now(), error=FAULT)


FAULT = "It stopped through a fault of ours. Whoever runs this site finds the reason in its log; the CSV file may work."


def write_file(wish: Export, today: date) -> None:
    query, mine = QueryDict(wish.query), Export.objects.filter(pk=wish.pk)
    total, columns, rows = (of_findings if wish.what == What.FINDINGS else of_accounts)(wish.by, query, today)
    mine.update(total=total)

    def told() -> Iterator[Sequence[Any]]:
        for number, line in enumerate(rows, 1):
            if number % SAID_EVERY == 0:
                mine.update(written=number)
            yield line
        mine.update(written=total)

    with sheets.xlsx_file(columns, told()) as file:
        content = file.read()
    mine.update(state=State.DONE, content=content, finished_at=timezone.now())


Sheet = tuple[int, Sequence[str], Iterator[Sequence[Any]]]
"""How many rows there are, the names of the columns, the rows."""


def of_accounts(user: User, query: QueryDict, today: date) -> Sheet:
    pks, columns = chosen(user, query), columns_of(query)
    return len(pks), header(columns), lines(pks, columns, today)


def of_findings(user: User, query: QueryDict, today: date) -> Sheet:
    return findings.total(user, query), findings.HEADER, findings.rows(user, query, today)


def unfinished_files() -> list[int]:
    """Files that wait for a worker, or whose worker died."""
    waiting = Export.objects.filter(state__in=[State.WAITING, State.RUNNING])
    return list(waiting.order_by("pk").values_list("pk", flat=True))


def forget_old_files() -> None:
    """A file is kept for a day."""
    Export.objects.filter(created_at__lt=timezone.now() - KEPT).delete()
