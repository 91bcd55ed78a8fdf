"""Where do I turn? The public directory: accounts that anyone may know of, by the words that anyone may read."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import connection, transaction
from django.db.models import F, Func, Prefetch, Q, QuerySet, TextField, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Concat

from channels.models import Account, AccountAudience, AccountDepartment, Platform
from channels.querysets import AccountQuerySet, owned_by, placed
from channels.search import fold, telling, with_some
from departments.models import Audience, Department

PAGE = 30
LONGEST = 100
MOST_WORDS = 6
MOST = 1_000
"""Whoever gets more needs another word, not another page."""
WIDE, MANY = 2_000, 100
"""Of more accounts, or those of more departments, what leads to them is asked of each account in turn: a page is soon
full."""


class Folded(Func):
    """Small letters without accents, as the database searches them."""

    template = "lower(unaccent(%(expressions)s))"
    output_field = TextField()


@dataclass(frozen=True)
class Lines:
    """One page of accounts with what stands in their lines, and where it stands among the pages."""

    accounts: QuerySet[Account]
    pager: Page[int]
    more: bool = False
    """Whether there are more than the pages show."""


def lines(typed: str, audience: Audience | None, number: str) -> Lines:
    """A page of what somebody asks for: anyone may, and often.

    Of up to MOST hits all are found, and then sorted. Of more, the page is found along the order's index, which
    soon stops, and the page says that there are more.
    """
    if not typed and audience is None:
        found = Account.objects.public()
        pager = pager_of(found.count(), number)
        return Lines(rows(walked(found, pager)), pager)
    found, best = accounts(typed, audience)
    hits = list(found.order_by().values_list("handle_key", "pk")[: MOST + 1])
    if len(hits) > MOST:
        pager = pager_of(MOST, number)
        return Lines(rows(walked(found, pager)), pager, more=True)
    pks = [pk for _, pk in sorted(hits)] or (best() if best else [])
    pager = pager_of(len(pks), number)
    return Lines(rows(pks[cut(pager)]), pager)


def rows(pks: list[int]) -> QuerySet[Account]:
    """These accounts in this order."""
    owners = AccountDepartment.objects.filter(position=0).select_related("department")
    place = RawSQL("array_position(%s::bigint[], channels_account.id)", (pks,))
    return (
        Account.objects.filter(pk__in=pks)
        .order_by(place)
        .select_related("platform")
        .prefetch_related(Prefetch("sides", owners, to_attr="owners"), "audiences", "markets")
    )


def walked(found: AccountQuerySet, pager: Page[int]) -> list[int]:
    """A page of many accounts along the index of handles, which the database would not dare to take for later pages."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off")
        return list(found.order_by("handle_key", "pk").values_list("pk", flat=True)[cut(pager)])


def pager_of(total: int, number: str) -> Page[int]:
    return Paginator(range(total), PAGE).get_page(number)


def cut(pager: Page[int]) -> slice:
    return slice((pager.number - 1) * PAGE, pager.end_index())


def circles() -> QuerySet[Audience]:
    """The people whom the organisation speaks to, as coarsely as it knows them."""
    return Audience.objects.filter(parent=None).order_by("position", "name", "pk")


def accounts(typed: str, audience: Audience | None) -> tuple[AccountQuerySet, Callable[[], list[int]] | None]:
    """The public accounts with every word in name, handle, message, platform, department or audience; and, of a
    sentence, how to find those with some of its words, best first, where there is none."""
    public = Account.objects.public()
    if audience is not None:
        public = public.filter(addressed(keys(Audience.objects.below(audience.pk))))
    sentence = fold(typed[:LONGEST]).replace("@", " ").split()
    words, some = sentence[:MOST_WORDS], telling(sentence)[:MOST_WORDS]
    if words:
        said = Concat("handle", Value(" "), "name", Value(" "), "says", output_field=TextField())
        public = public.alias(said=Folded(said))
    found = public
    for word in words:
        found = found.filter(stands(word))
    if len(words) < 2 or not some:
        return found, None
    return found, lambda: with_some(some, lambda word: public.filter(stands(word)))


def stands(word: str) -> Q:
    """Where a word may stand: only in what the lines show. The text of all words, tags among them, is asked first."""
    platforms = Platform.objects.alias(folded=Folded(F("name"))).filter(folded__contains=word)
    departments = keys(Department.objects.alias(folded=Folded(F("name"))).filter(folded__contains=word))
    audiences = keys(Audience.objects.alias(folded=Folded(F("name"))).filter(folded__contains=word))
    found = Q(search_text__contains=word) & Q(said__contains=word) | Q(platform__in=keys(platforms))
    if departments:
        found |= owned(departments)
    if audiences:
        found |= addressed(keys(Audience.objects.below(*audiences)))
    return found


def owned(departments: list[int]) -> Q:
    """What departments run. Of a few it is looked up at once, of many account by account."""
    sides = AccountDepartment.objects.filter(position=0, department__in=departments)
    if len(departments) > MANY or sides[: WIDE + 1].count() > WIDE:
        return Q(owned_by(departments))
    return Q(pk__in=keys(sides, "account_id"))


def addressed(audiences: list[int]) -> Q:
    """What speaks to audiences. To a few accounts' it is looked up at once, to many's account by account."""
    named = AccountAudience.objects.filter(audience__in=audiences)
    if named[: WIDE + 1].count() > WIDE:
        return Q(placed("audience", audiences))
    return Q(pk__in=keys(Account.objects.speaking_to(audiences)))


def keys(records: QuerySet[Any], name: str = "pk") -> list[int]:
    return list(records.values_list(name, flat=True))
