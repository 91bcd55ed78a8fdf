"""Where do I turn? The public directory: accounts that anyone may know of, by the words that anyone may read."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import F, Func, Prefetch, Q, QuerySet, TextField, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Concat

from channels.models import Account, AccountDepartment, Platform
from channels.querysets import AccountQuerySet
from channels.search import fold, telling, with_some
from departments.models import Audience, Department

PAGE = 30
LONGEST = 100
MOST_WORDS = 6


class Folded(Func):
    """Small letters without accents, as the database searches them."""

    template = "lower(unaccent(%(expressions)s))"
    output_field = TextField()


def page(found: AccountQuerySet, number: str) -> Page[Account]:
    """One page of accounts with what stands in their lines."""
    sides = AccountDepartment.objects.filter(position=0).select_related("department")
    rows = found.select_related("platform").prefetch_related(
        Prefetch("sides", sides, to_attr="owners"), "audiences", "markets"
    )
    return Paginator(rows, PAGE).get_page(number)


def circles() -> QuerySet[Audience]:
    """The people whom the organisation speaks to, as coarsely as it knows them."""
    return Audience.objects.filter(parent=None).order_by("position", "name", "pk")


def accounts(typed: str, audience: Audience | None = None) -> AccountQuerySet:
    """The public accounts with every word in name, handle, message, platform, department or audience; where there is
    none, those with some of the words, best first.

    Those with every word stand in the order of their handles, which has an index: anyone may ask, and often.
    """
    found = public = Account.objects.public()
    if audience is not None:
        found = found.speaking_to(keys(Audience.objects.below(audience.pk)))
    sentence = fold(typed[:LONGEST]).replace("@", " ").split()
    words, some = sentence[:MOST_WORDS], telling(sentence)[:MOST_WORDS]
    if words:
        said = Concat("handle", Value(" "), "name", Value(" "), "says", output_field=TextField())
        public = found = found.alias(said=Folded(said))
    for word in words:
        found = found.filter(stands(word))
    if len(words) > 1 and some and not found.exists():
        pks = with_some(some, lambda word: public.filter(stands(word)))
        place = RawSQL("array_position(%s::bigint[], channels_account.id)", (pks,))
        return public.filter(pk__in=pks).order_by(place)
    return found.order_by("handle_key", "pk")


def stands(word: str) -> Q:
    """Where a word may stand: only in what the lines show. The index over all words, tags among them, comes first."""
    platforms = Platform.objects.alias(folded=Folded(F("name"))).filter(folded__contains=word)
    departments = keys(Department.objects.alias(folded=Folded(F("name"))).filter(folded__contains=word))
    audiences = Audience.objects.alias(folded=Folded(F("name"))).filter(folded__contains=word)
    addressed = keys(Audience.objects.below(*keys(audiences)))
    found = Q(search_text__contains=word, said__contains=word) | Q(platform__in=keys(platforms))
    if departments:
        owned = AccountDepartment.objects.filter(position=0, department__in=departments)
        found |= Q(pk__in=owned.values("account"))
    if addressed:
        found |= Q(pk__in=Account.objects.speaking_to(addressed).values("pk"))
    return found


def keys(records: QuerySet[Any]) -> list[int]:
    return list(records.values_list("pk", flat=True))
