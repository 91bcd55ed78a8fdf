"""Finding accounts by what people type: an address, a handle, a word of the sentence, a department; also misspelt."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import log
from typing import Any, Literal

from django.db import connection, models

from channels.platforms import handle_key, keys_called, platform_of_label, recognise
from channels.querysets import AccountQuerySet
from departments.models import Department
from orgmap.core import spelling
from orgmap.core.matching import Asked, with_words

MOST = 1_000
"""A search lists no more than this: whoever gets more needs another word, not another page."""
CLOSE = 200
SILENT = re.compile(
    "about|and|any|are|can|could|did|does|for|from|get|had|has|have|her|his|how|its|may|not|our|out|she|should|the|"
    "their|them|they|this|was|were|what|when|where|which|who|why|will|with|would|you|your"
)
"""Words of a sentence that say nothing of what it is about."""
ADDRESS = re.compile(r"^\S*(?:://|www\.|\w\.\w\S*/|\S@\w\S*\.\w)\S*$", re.IGNORECASE)
"""The address of an account or of a mailbox; "@acme.help" alone is a handle."""

WORDS = "channels_account.search_text"
WHY = "orgmap_fold(ARRAY[channels_account.why_care]::text[])"
"""Why people care: an account is found by this too, after those that are called so or say so."""

How = Literal["words", "address", "typos", "some", "nothing"]


@dataclass(frozen=True)
class Hits:
    """Keys of accounts, best first, and in which way they were found."""

    pks: list[int]
    how: How
    more: bool = False
    """Whether there are more than are listed."""
    meant: spelling.Meant | None = None
    """The words that were probably meant, where no account has those that were typed."""


def find(accounts: AccountQuerySet, typed: str, most: int = MOST) -> Hits:
    """The accounts that a text means, up to ``most``: only when there is none, those that were probably meant."""
    accounts = accounts.order_by()
    if ADDRESS.match(typed):
        named = recognise(typed)
        if named.platform and named.handle:
            key = named.key or handle_key(named.platform, named.handle)
            pks = list(accounts.filter(platform__code=named.platform, handle_key=key).values_list("pk", flat=True))
            return Hits(pks, "address") if pks else _by_words(accounts, fold(named.handle), most)
    return _by_words(accounts, fold(typed), most)


def fold(text: str) -> str:
    """As the database folds what it searches: small letters without accents."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT lower(unaccent(%s))", [text.replace("\x00", "")])
        return str(cursor.fetchone()[0]).strip()


def _by_words(accounts: AccountQuerySet, folded: str, most: int) -> Hits:
    words = folded.replace("@", " ").split()[:8]
    if not words:
        return Hits([], "nothing")
    plain = " ".join(words)
    tiers: list[models.QuerySet[Any]] = [
        accounts.filter(handle_key__in=keys_called(plain) if len(words) == 1 else [plain]),
        _with_prefix(accounts, plain),
        _with_words(accounts, words),
    ]
    platform = platform_of_label(words[-1]) if len(words) > 1 else None
    if platform:
        tiers.append(_with_words(accounts.filter(platform__code=platform), words[:-1]))
        tiers.append(_of_departments(accounts.filter(platform__code=platform), words[:-1]))
    tiers.append(_of_departments(accounts, words))
    tiers.append(with_words(accounts, WORDS, words, WHY))
    pks = _first(tiers, most)
    if pks:
        return Hits(pks[:most], "words", len(pks) > most)
    meant = spelling.meant(words)
    for guess in (meant.nearest, meant.all) if meant else ():
        pks = _meant(accounts, guess)
        if pks:
            return Hits(pks[:most], "typos", len(pks) > most, meant)
    pks = with_some(telling(words), lambda word: accounts.filter(search_text__contains=word))
    return Hits(pks[:most], "some" if pks else "nothing", len(pks) > most, meant)


def telling(words: Sequence[str]) -> list[str]:
    """The words of a sentence that say what it is about, without an ending that would hide others of the word."""
    bare = [word.strip(".,;:!?()'\"") for word in words]
    told = [word for word in bare if len(word) > 2 and not SILENT.fullmatch(word)]
    return [word[:-1] if len(word) > 4 and word.endswith("s") else word for word in told]


def with_some(words: Sequence[str], having: Callable[[str], models.QuerySet[Any]]) -> list[int]:
    """Accounts that have at least one of several words, those with more and rarer ones first.

    Of each word no more than CLOSE accounts are looked at, so that a common one costs no more than a rare one.
    """
    if not words:
        return []
    weights: dict[int, float] = {}
    for word in dict.fromkeys(words):
        pks = list(having(word).order_by().values_list("pk", flat=True)[:CLOSE])
        for pk in pks:
            weights[pk] = weights.get(pk, 0) + 1 / (1 + log(len(pks)))
    return sorted(weights, key=lambda pk: (-weights[pk], pk))


def _first(tiers: Iterable[models.QuerySet[Any]], most: int) -> list[int]:
    """Keys in the order of the tiers, each once, and one more than are listed if there are more."""
    found: dict[int, None] = {}
    for tier in tiers:
        if len(found) > most:
            break
        found.update(dict.fromkeys(tier.values_list("pk", flat=True)[: most + 1]))
    return list(found)[: most + 1]


def _with_prefix(accounts: AccountQuerySet, plain: str) -> AccountQuerySet:
    return accounts.filter(search_text__startswith=plain)


def _with_words(accounts: AccountQuerySet, words: list[str]) -> AccountQuerySet:
    """Every word stands in handle, name, message or tags; a word of one or two letters only at the start of a word."""
    for word in words:
        if len(word) < 3:
            accounts = accounts.filter(search_text__contains=f" {word}") | accounts.filter(search_text__startswith=word)
        else:
            accounts = accounts.filter(search_text__contains=word)
    return accounts


def _of_departments(accounts: AccountQuerySet, words: Sequence[Asked]) -> Any:
    """Accounts of departments that are so called, and of all below them."""
    found = list(Department.objects.named(words).values_list("pk", flat=True))
    return (
        accounts.run_by(list(Department.objects.below(*found).values_list("pk", flat=True)))
        if found
        else accounts.none()
    )


def _meant(accounts: AccountQuerySet, guess: list[tuple[str, ...]]) -> list[int]:
    """The accounts that have one of the words that each typed one may mean, those with the nearest words first."""

    def far(text: str) -> int:
        return sum(next((at for at, word in enumerate(words) if word in text), len(words)) for words in guess)

    rows = with_words(accounts, WORDS, guess, WHY).values_list("pk", "search_text")[:CLOSE]
    pks = [pk for pk, _ in sorted(rows, key=lambda row: (far(row[1]), row[0]))]
    return pks or list(_of_departments(accounts, guess).values_list("pk", flat=True)[:CLOSE])
