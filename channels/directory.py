"""One page of the directory: first the fifty keys, by index; then their rows, in as many queries for 3 as for 50."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import OuterRef, QuerySet, Subquery

from channels import search
from channels.cells import Named, Row
from channels.models import Account, AccountAudience, AccountDepartment, AccountMarket, AccountObjective
from channels.querysets import AccountQuerySet
from channels.sentence import Facts, markup, sentence
from channels.tables import ORDERS, Order
from departments.models.department import DefaultAudience, DefaultMarket

PAGE = 50
COUNTED = 10_000
"""So many hits are counted and sorted after they were found. Of more, a page is found by walking the order's index,
and the page says that there are more: nobody reads on."""
USUAL_ORDER = "account"
LONG_SILENT_DAYS = 180


@dataclass(frozen=True)
class Listing:
    """The keys of one page, and where it stands among the pages."""

    pks: list[int]
    pager: Page[int]
    more: bool = False
    """Whether there are more than the pages show."""
    how: search.How | None = None
    """How a search found them; None when nothing was searched for."""


def listing(accounts: AccountQuerySet, *, narrowed: bool, typed: str, order: str, page: int) -> Listing:
    """The page of the accounts that were asked for, in the order asked for; of a search, best first."""
    if typed:
        hits = search.find(accounts, typed)
        pks = hits.pks
        if order:
            pks = list(ordered(Account.objects.among(pks), order).values_list("pk", flat=True))
        pager = pager_of(len(pks), page)
        return Listing(pks[cut(pager)], pager, hits.more, hits.how)
    accounts = accounts.order_by()
    if not narrowed:
        pager = pager_of(accounts.count(), page)
        return Listing(_page(accounts, order, pager), pager)
    found = list(accounts.values_list("pk", flat=True)[: COUNTED + 1])
    pager = pager_of(min(len(found), COUNTED), page)
    if len(found) > COUNTED:
        return Listing(_page(accounts, order, pager), pager, more=True)
    return Listing(_page(Account.objects.among(found), order, pager), pager)


def pager_of(total: int, page: int) -> Page[int]:
    """Where a page stands among so many accounts; the nearest one that exists."""
    return Paginator(range(total), PAGE).get_page(page)


def cut(pager: Page[int]) -> slice:
    """The part of the whole list that the page shows."""
    return slice((pager.number - 1) * PAGE, pager.number * PAGE)


def ordered(accounts: AccountQuerySet, name: str) -> AccountQuerySet:
    order: Order = ORDERS[name]
    if name.endswith("department"):
        owner = AccountDepartment.objects.filter(account=OuterRef("pk"), position=0).values("department__name")
        accounts = accounts.annotate(owner_name=Subquery(owner[:1]))
    return accounts.order_by(*order)


def _page(accounts: AccountQuerySet, order: str, pager: Page[int]) -> list[int]:
    return list(ordered(accounts, order or USUAL_ORDER).values_list("pk", flat=True)[cut(pager)])


FIELDS = (
    "pk", "platform__name", "handle", "name", "says", "why_care", "rhythm", "reply_promise", "status", "last_post_on",
    "last_attested_on", "language", "contact", "tags",
)  # fmt: skip
STATUS = dict(Account.Status.choices)


def rows(pks: Sequence[int], today: date, pages: str) -> list[Row]:
    """The rows of these accounts, in this order. Seven queries. ``pages`` is the address of the page of account 0."""
    plain = {row["pk"]: row for row in Account.objects.among(pks).values(*FIELDS)}
    sides: dict[int, list[Named]] = defaultdict(list)
    owners: dict[int, int] = {}
    for account, position, pk, name, acronym, slug in (
        AccountDepartment.objects.filter(account_id__in=pks)
        .order_by("account_id", "position", "pk")
        .values_list(
            "account_id",
            "position",
            "department_id",
            "department__name",
            "department__acronym",
            "department__slug",
        )
    ):
        sides[account].append(Named(pk, name, acronym, slug))
        if position == 0:
            owners[account] = pk
    audiences = _names(AccountAudience.objects.filter(account_id__in=pks), "account_id", "audience")
    markets = _names(AccountMarket.objects.filter(account_id__in=pks), "account_id", "market")
    objectives = grouped(
        AccountObjective.objects.filter(account_id__in=pks)
        .order_by("account_id", "objective_id")
        .values_list("account_id", "objective__statement")
    )
    departments = list(set(owners.values()))
    usual_audiences = _names(
        DefaultAudience.objects.filter(department_id__in=departments or [0]), "department_id", "audience"
    )
    usual_markets = _names(
        DefaultMarket.objects.filter(department_id__in=departments or [0]), "department_id", "market"
    )
    made = []
    for pk in pks:
        if pk not in plain:
            continue
        row = plain[pk]
        owner = owners.get(pk, 0)
        facts = Facts(
            platform=row["platform__name"],
            handle=row["handle"],
            departments=[side.name for side in sides[pk]],
            says=row["says"],
            audiences=audiences[pk],
            default_audiences=usual_audiences[owner],
            markets=markets[pk],
            default_markets=usual_markets[owner],
            objectives=objectives[pk],
            why_care=row["why_care"],
            rhythm=row["rhythm"],
            reply_promise=row["reply_promise"],
        )
        made.append(_row(row, facts, sides[pk], today, pages))
    return made


def _row(row: dict[str, Any], facts: Facts, sides: list[Named], today: date, pages: str) -> Row:
    last_post = row["last_post_on"]
    return Row(
        pk=row["pk"],
        address=pages.replace("0", str(row["pk"])),
        platform=facts.platform,
        handle=facts.handle,
        name=row["name"],
        departments=sides,
        audiences=facts.audiences or facts.default_audiences,
        audiences_by_default=not facts.audiences and bool(facts.default_audiences),
        markets=facts.markets or facts.default_markets,
        markets_by_default=not facts.markets and bool(facts.default_markets),
        objectives=facts.objectives,
        status=STATUS[row["status"]],
        last_post_on=last_post,
        is_silent=last_post is not None and (today - last_post).days > LONG_SILENT_DAYS,
        last_attested_on=row["last_attested_on"],
        language=row["language"],
        has_contact=bool(row["contact"]),
        rhythm=facts.rhythm,
        tags=row["tags"],
        sentence=markup(sentence(facts)),
    )


def _names(records: QuerySet[Any], by: str, what: str) -> defaultdict[int, list[str]]:
    """Names of a category by the record that names it, in the catalogue's order."""
    return grouped(records.order_by(by, f"{what}__position", f"{what}__name", "pk").values_list(by, f"{what}__name"))


def grouped(pairs: Any) -> defaultdict[int, list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    for key, name in pairs:
        found[key].append(name)
    return found
