"""Finding records by words over an index of what they are called, and those that are called nearly so.

The indexes are trigrams of ``orgmap_fold(array of columns)``: small letters without accents. A query uses one only when
it is written with the same expression, so each model keeps its own beside the querysets.
"""

from collections.abc import Sequence
from typing import TypeVar

from django.db import connection, models, transaction

R = TypeVar("R", bound=models.Model)
Asked = str | Sequence[str]
"""A word, or several of which any will do."""

CLOSENESS = 0.4
"""Share of what was typed whose trigrams a text must have: "musuem" still finds "museum"."""
CLOSENESS_OF_LONG = 0.5
LONG = 9
"""A longer text has trigrams enough to ask for more of them, which is what keeps the search quick."""
SHORTEST = 3
"""Letters that an index of trigrams needs; shorter words only narrow what longer ones found."""
MOST = 200
PLAIN = str.maketrans({"%": "", "_": "", "\\": "", "\x00": ""})


def index(table: str, name: str, expression: str) -> tuple[str, str]:
    """The statement that makes such an index, and the one that takes it away."""
    return f"CREATE INDEX {name} ON {table} USING gin (({expression}) gin_trgm_ops)", f"DROP INDEX {name}"


def with_words(
    records: models.QuerySet[R], expression: str, words: Sequence[Asked], why: str = ""
) -> models.QuerySet[R]:
    """Records whose text holds every word, some of them in the text that says why. Words too short for the index alone
    find nothing."""
    asked = patterns(words)
    if not any(len(pattern) >= SHORTEST + 2 for several in asked for pattern in several):
        return records.none()
    texts = [expression, why] if why else [expression]
    holds = " OR ".join(f"{text} LIKE ANY(%s::text[])" for text in texts)
    params = [several for several in asked for _ in texts]
    return records.extra(where=[f"({holds})"] * len(asked), params=params)  # noqa: S610 - the expressions are ours


def patterns(words: Sequence[Asked]) -> list[list[str]]:
    """For each word what LIKE asks for."""
    several = ([word] if isinstance(word, str) else word for word in words)
    plain = ([part for word in one if (part := word.translate(PLAIN))] for one in several)
    return [[f"%{part}%" for part in one] for one in plain if one]


def similar(records: models.QuerySet[R], expression: str, plain: str, most: int) -> list[R]:
    """The records whose text comes closest to what was typed, best first."""
    if len(plain) <= SHORTEST:
        return []
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [closeness(plain)])
        close = records.order_by().extra(  # noqa: S610 - the expression is ours
            select={"likeness": f"word_similarity(%s, {expression})"},
            select_params=[plain],
            where=[f"%s <%% {expression}"],
            params=[plain],
        )
        rows = sorted(close.values_list("likeness", "pk")[:MOST], key=lambda row: (-row[0], row[1]))[:most]
    found = records.in_bulk([pk for _, pk in rows])
    return [found[pk] for _, pk in rows if pk in found]


def closeness(plain: str) -> str:
    """The threshold for a text, as the database wants it."""
    return str(CLOSENESS if len(plain) < LONG else CLOSENESS_OF_LONG)
