"""Which accounts a page of the directory shows: their keys, by index, and how many there are."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from django.core.cache import cache
from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models.expressions import RawSQL

from channels import search
from channels.models import Account
from channels.querysets import AccountQuerySet
from channels.tables import ORDERS
from orgmap.history import pulse

PAGE = 50
COUNTED = 10_000
"""So many hits are counted and sorted after they were found. Of more, a page is found by walking the order's index,
and the page says that there are more: nobody reads on."""
SLOW_SECONDS = 0.005
KEPT_SECONDS = 60
"""A number that took long to count is kept so long, until something changes; of more than COUNTED accounts even then:
nobody misses one of ten thousand."""
USUAL_ORDER = "account"

Narrow = Callable[[AccountQuerySet], AccountQuerySet]
Query = tuple[str, tuple[Any, ...]]
"""SQL and its parameters."""
FOUND = ("pk", "handle_key", "platform_id", "status", "last_post_on", "last_attested_on")
"""What the orders need to know."""


@dataclass(frozen=True)
class Listing:
    """The keys of one page, and where it stands among the pages."""

    pks: list[int]
    pager: Page[int]
    more: bool = False
    """Whether there are more than the pages show."""
    how: search.How | None = None
    """How a search found them; None when nothing was searched for."""


def listing(accounts: AccountQuerySet, narrow: Narrow, *, narrowed: bool, typed: str, order: str, page: int) -> Listing:
    """The page of the accounts that were asked for, in the order asked for; of a search, best first."""
    if typed:
        hits = search.find(narrow(accounts), typed)
        pager = pager_of(len(hits.pks), page)
        pks = _sorted(hits.pks, order)[cut(pager)] if order else hits.pks[cut(pager)]
        return Listing(pks, pager, hits.more, hits.how)
    order = order or USUAL_ORDER
    found = _query(narrow(accounts), FOUND)
    count = Count(found)
    total = count.known
    if total is None:
        with count.timed():
            pks, count.total = _counted(found, order, page) if narrowed else ([], accounts.order_by().count())
        total = count.total
        if narrowed and total <= COUNTED:
            pager = pager_of(total, page)
            return Listing(pks if pager.number == page else _counted(found, order, pager.number)[0], pager)
    more = narrowed and total > COUNTED
    pager = pager_of(COUNTED if more else total, page)
    return Listing(_walked(narrow(accounts.one_by_one()), order, pager), pager, more)


def everything(accounts: AccountQuerySet, narrow: Narrow, *, typed: str, order: str) -> list[int]:
    """All accounts that were asked for, in the order asked for; of a search as many as it lists."""
    if typed:
        pks = search.find(narrow(accounts), typed).pks
        return _sorted(pks, order) if order else pks
    return _sorted_by(narrow(accounts), order or USUAL_ORDER)


class Count:
    """How many accounts a query finds, remembered where that takes long."""

    def __init__(self, found: Query) -> None:
        self.key = f"channels.listing:{hash((found[0], repr(found[1])))}"
        self.beat = pulse.beat()
        kept = cache.get(self.key)
        self.known: int | None = kept[1] if kept and (kept[0] == self.beat or kept[1] > COUNTED) else None
        self.total = 0

    @contextmanager
    def timed(self) -> Iterator[None]:
        begun = perf_counter()
        yield
        if perf_counter() - begun > SLOW_SECONDS:
            cache.set(self.key, (self.beat, self.total), KEPT_SECONDS)


def number_of(accounts: AccountQuerySet) -> int:
    """How many there are, remembered likewise."""
    if accounts.query.is_empty():
        return 0
    count = Count(_query(accounts, ("pk",)))
    if count.known is None:
        with count.timed():
            count.total = accounts.order_by().count()
    return count.total if count.known is None else count.known


def pager_of(total: int, page: int) -> Page[int]:
    """Where a page stands among so many accounts; the nearest one that exists."""
    return Paginator(range(total), PAGE).get_page(page)


def cut(pager: Page[int]) -> slice:
    """The part of the whole list that the page shows."""
    return slice((pager.number - 1) * PAGE, pager.number * PAGE)


def _query(accounts: AccountQuerySet, fields: Sequence[str]) -> Query:
    """The accounts as a query that others are built around; their keys are called pk."""
    sql, parameters = accounts.order_by().values(*fields).query.sql_with_params()
    return sql, parameters


def _counted(found: Query, order: str, page: int) -> tuple[list[int], int]:
    """A page and the number of all, in one query; no more than one above COUNTED are looked at."""
    sql, parameters = found
    owner, by = _by(order)
    query = (
        f"SELECT pk, count(*) OVER () FROM ({sql} LIMIT {COUNTED + 1}) found{owner}"  # noqa: S608 - texts of ours
        f" ORDER BY {by} LIMIT {PAGE} OFFSET %s"
    )
    rows = _rows(query, (*parameters, (page - 1) * PAGE))
    if rows or page == 1:
        return [pk for pk, _ in rows], rows[0][1] if rows else 0
    counted = _rows(f"SELECT count(*) FROM ({sql} LIMIT {COUNTED + 1}) found", parameters)  # noqa: S608 - as above
    return [], counted[0][0]


def _walked(accounts: AccountQuerySet, order: str, pager: Page[int]) -> list[int]:
    """A page of many accounts: along the index of the order, from its start."""
    start = (pager.number - 1) * PAGE
    if order.endswith("department"):
        return _walked_by_owner(accounts, order, start)
    sql, parameters = _query(accounts, FOUND)
    query = f"SELECT pk FROM ({sql}) found ORDER BY {ORDERS[order]} LIMIT {PAGE} OFFSET %s"  # noqa: S608 - texts of ours
    return [pk for (pk,) in _rows(query, (*parameters, start))]


def _walked_by_owner(accounts: AccountQuerySet, order: str, start: int) -> list[int]:
    """From department to department, and in each from account to account; those without an owner come last."""
    by = ORDERS[order]
    owned = accounts.filter(pk=RawSQL("side.account_id", ()))
    sql, parameters = _query(owned, ("pk", "handle_key"))
    way = "DESC" if order[0] == "-" else "ASC"
    walk = (
        f" FROM (SELECT id, name FROM departments_department ORDER BY name {way} OFFSET 0) owner"  # noqa: S608 - texts of ours
        " CROSS JOIN LATERAL (SELECT found.* FROM channels_accountdepartment side"
        f" CROSS JOIN LATERAL ({sql}) found WHERE side.department_id = owner.id AND side.position = 0 OFFSET 0) account"
    )
    page = f"SELECT pk{walk} ORDER BY owner.name {way}, {by} LIMIT {PAGE} OFFSET %s"
    pks = [pk for (pk,) in _rows(page, (*parameters, start))]
    if len(pks) < PAGE:
        before = start + len(pks)
        if not pks:
            before = _rows(f"SELECT count(*){walk}", parameters)[0][0]
        sql, parameters = _query(accounts.without_owner(), FOUND)
        rest = f"SELECT pk FROM ({sql}) found ORDER BY {by} LIMIT %s OFFSET %s"  # noqa: S608 - texts of ours
        pks += [pk for (pk,) in _rows(rest, (*parameters, PAGE - len(pks), max(start - before, 0)))]
    return pks


def _sorted(pks: list[int], order: str) -> list[int]:
    """These accounts in this order."""
    return _sorted_by(Account.objects.among(pks), order)


def _sorted_by(accounts: AccountQuerySet, order: str) -> list[int]:
    sql, parameters = _query(accounts, FOUND)
    owner, by = _by(order)
    return [pk for (pk,) in _rows(f"SELECT pk FROM ({sql}) found{owner} ORDER BY {by}", parameters)]  # noqa: S608 - ours


def _by(order: str) -> tuple[str, str]:
    """What an order has to join to accounts that were found, and its words."""
    if not order.endswith("department"):
        return "", ORDERS[order]
    return OWNER, f"owner.name {'DESC' if order[0] == '-' else 'ASC'} NULLS LAST, {ORDERS[order]}"


OWNER = (
    " LEFT JOIN channels_accountdepartment side ON side.account_id = pk AND side.position = 0"
    " LEFT JOIN departments_department owner ON owner.id = side.department_id"
)


def _rows(query: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return cursor.fetchall()
