"""The directory's table: its columns and its orders, as the query string names them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from channels import cells


@dataclass(frozen=True)
class Column:
    """A column that can be shown; its head may sort by it."""

    name: str
    label: str
    cell: cells.Cell
    sorts: bool = False
    usual: bool = True
    number: bool = False


COLUMNS = (
    Column("platform", "Platform", cells.plain("platform"), sorts=True),
    Column("account", "Account", cells.account, sorts=True),
    Column("address", "Address", cells.link, usual=False),
    Column("department", "Department", cells.department, sorts=True),
    Column("audience", "Audience", cells.audience),
    Column("market", "Market", cells.market),
    Column("objective", "Objective", cells.objective),
    Column("status", "Status", cells.plain("status"), sorts=True),
    Column("last_post", "Last post", cells.last_post, sorts=True, number=True),
    Column("attested", "Attested", cells.attested, sorts=True, number=True),
    Column("language", "Language", cells.plain("language"), usual=False),
    Column("contact", "Contact", cells.contact, usual=False),
    Column("rhythm", "Rhythm", cells.plain("rhythm"), usual=False),
    Column("tags", "Tags", cells.tags, usual=False),
)

ORDERS = {
    "platform": "platform_id, handle_key, pk",
    "-platform": "platform_id DESC, handle_key DESC, pk DESC",
    "account": "handle_key, pk",
    "-account": "handle_key DESC, pk DESC",
    "department": "handle_key, pk",
    "-department": "handle_key DESC, pk DESC",
    "status": "status, handle_key, pk",
    "-status": "status DESC, handle_key DESC, pk DESC",
    "last_post": "last_post_on NULLS FIRST, pk",
    "-last_post": "last_post_on DESC NULLS LAST, pk DESC",
    "attested": "last_attested_on NULLS FIRST, pk",
    "-attested": "last_attested_on DESC NULLS LAST, pk DESC",
}
"""Orders by name, in the database's words; by department the name of the owner comes first. Each follows an index from
either end, however many accounts there are."""

BY_NAME = {column.name: column for column in COLUMNS}
USUAL = tuple(column.name for column in COLUMNS if column.usual)


def columns_of(query: QueryDict) -> tuple[str, ...]:
    """The columns that a query string asks for, in their usual order; the usual ones when it asks for none."""
    asked = {name for value in query.getlist("columns") for name in value.split(",")}
    return tuple(column.name for column in COLUMNS if column.name in asked) or USUAL


def order_of(query: QueryDict) -> str:
    """The name of the order that a query string asks for; empty when it leaves it to us."""
    asked = query.get("sort", "")
    return asked if asked in ORDERS else ""


def markup(row: cells.Row, columns: Sequence[Column], may_choose: Callable[[cells.Row], bool] | None) -> str:
    """A row as HTML: a box to tick, its cells, and the sentence that stands for them on a phone."""
    tick = "" if may_choose is None else cells.tick(row) if may_choose(row) else "<td></td>"
    shown = "".join([column.cell(row) for column in columns])
    return f'<tr>{tick}{shown}<td class="card-only"><p class="sentence-small">{row.sentence}</p></td></tr>'
