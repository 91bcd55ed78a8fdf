"""The directory's table: its columns and its orders, as the query string names them."""

from dataclasses import dataclass

from django.db.models import F
from django.db.models.expressions import OrderBy
from django.http import QueryDict

from channels import cells

Order = tuple[str | OrderBy, ...]


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

ORDERS: dict[str, Order] = {
    "platform": ("platform_id", "handle_key", "pk"),
    "-platform": ("-platform_id", "-handle_key", "-pk"),
    "account": ("handle_key", "pk"),
    "-account": ("-handle_key", "-pk"),
    "department": (OrderBy(F("owner_name"), nulls_last=True), "handle_key", "pk"),
    "-department": (OrderBy(F("owner_name"), descending=True, nulls_last=True), "handle_key", "pk"),
    "status": ("status", "handle_key", "pk"),
    "-status": ("-status", "-handle_key", "-pk"),
    "last_post": (OrderBy(F("last_post_on"), nulls_first=True), "pk"),
    "-last_post": (OrderBy(F("last_post_on"), descending=True, nulls_last=True), "-pk"),
    "attested": (OrderBy(F("last_attested_on"), nulls_first=True), "pk"),
    "-attested": (OrderBy(F("last_attested_on"), descending=True, nulls_last=True), "-pk"),
}
"""Orders by name. Those without a join follow an index from either end, however many accounts there are."""

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
