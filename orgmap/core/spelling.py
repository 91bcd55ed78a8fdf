"""Misspelt words, and the words of the map that were probably meant.

Every word that a search looks for stands in one small table, which triggers fill. What finds nothing is looked up there
word by word, and then searched for as if it had been typed so.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pgtrigger
from django.db import connection, transaction
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

SHORTEST = 3
MOST = 12
"""So many words may be meant by one."""
LOOKED_AT = 150
CLOSENESS = 0.25
"""Share of the trigrams of a word that the table's index asks for; edits are counted only in what it gives."""
ALIKE = 75.0
"""Percent that a word has in common with a part of a longer one: "custmer" in "acmecustomercare"."""
PARTS = re.compile(r"[^\W\d_]+|[\d_]+")


@dataclass(frozen=True)
class Meant:
    """For each typed word, the words that may be meant: only those that are nearest, or all."""

    nearest: list[tuple[str, ...]]
    all: list[tuple[str, ...]]


class Learns(pgtrigger.Trigger):
    """Puts the words of new texts into the table. ``texts`` is SQL over the columns of the model's table: an array."""

    def __init__(self, *, texts: str, **options: Any) -> None:
        super().__init__(**options)
        self.texts = texts


def learns(texts: str) -> list[pgtrigger.Trigger]:
    """The triggers of a model that is found by these texts."""
    common: dict[str, Any] = {"level": pgtrigger.Statement, "when": pgtrigger.After, "texts": texts}
    return [
        Learns(
            name="learn_new",
            operation=pgtrigger.Insert,
            referencing=pgtrigger.Referencing(new="new_values"),
            func=f"{learn(f'SELECT {texts} AS texts FROM new_values')}; RETURN NULL;",  # noqa: S608 - ours
            **common,
        ),
        Learns(
            name="learn_changed",
            operation=pgtrigger.Update,
            referencing=pgtrigger.Referencing(old="old_values", new="new_values"),
            func=learn(f"SELECT {texts} AS texts FROM new_values EXCEPT SELECT {texts} FROM old_values")  # noqa: S608 - ours
            + "; RETURN NULL;",
            **common,
        ),
    ]


def learn(said: str) -> str:
    """The statement that adds the words of texts. Two who add the same word at once both do: nobody waits for it."""
    return (
        "INSERT INTO core_word (word) SELECT word FROM"  # noqa: S608 - ours
        f" (SELECT DISTINCT word FROM ({said}) AS said, orgmap_words(said.texts) AS word) AS found"
        " WHERE NOT EXISTS (SELECT FROM core_word AS known WHERE known.word = found.word)"
    )


def gather() -> None:
    """Gather all words anew: those of records that are gone, or called otherwise by now, go with them."""
    texts = {
        model._meta.db_table: trigger.texts for model, trigger in pgtrigger.registered() if isinstance(trigger, Learns)
    }
    said = " UNION ALL ".join(f"SELECT {array} AS texts FROM {table}" for table, array in sorted(texts.items()))  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH kept AS MATERIALIZED (SELECT min(core_word.id) AS id FROM core_word JOIN ({said}) AS said"  # noqa: S608 - ours
            " CROSS JOIN LATERAL orgmap_words(said.texts) AS word USING (word) GROUP BY word)"
            " DELETE FROM core_word WHERE id NOT IN (SELECT id FROM kept)"
        )
        cursor.execute(learn(said))


def meant(words: Sequence[str]) -> Meant | None:
    """The words of the map that are nearest to folded ones. None where one of them is like no word at all."""
    parts = [part for word in words for part in PARTS.findall(word)]
    if len(" ".join(words)) <= SHORTEST:
        return None
    near = _near([part for part in parts if len(part) >= SHORTEST])
    nearest: list[tuple[str, ...]] = []
    every: list[tuple[str, ...]] = []
    for part in parts:
        ranked = near.get(part, {}) if len(part) >= SHORTEST else {part: 0}
        if ranked:
            best = min(ranked.values())
            nearest.append(tuple(word for word, far in ranked.items() if far == best))
            every.append(tuple(ranked))
        elif apart := _apart(part):
            nearest.extend((word,) for word in apart)
            every.extend((word,) for word in apart)
        else:
            return None
    known = len(parts) > 2 and all(part in near.get(part, ()) for part in parts if len(part) >= SHORTEST)
    return Meant(nearest, nearest if known else every) if parts else None


def _near(parts: Iterable[str]) -> dict[str, dict[str, float]]:
    """For each part the words that may be meant, and how far they are from it, nearest first."""
    found: dict[str, dict[str, float]] = {}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(CLOSENESS)])
        cursor.execute(
            "SELECT part, near.word FROM unnest(%s::text[]) AS part CROSS JOIN LATERAL"
            " (SELECT DISTINCT word, similarity(word, part) AS likeness FROM core_word WHERE word %%> part"
            " ORDER BY likeness DESC, word LIMIT %s) AS near",
            [sorted(set(parts)), LOOKED_AT],
        )
        for part, word in cursor.fetchall():
            far = _distance(part, word)
            if far is not None:
                found.setdefault(part, {})[word if far else part] = far
    return {
        part: dict(sorted(words.items(), key=lambda row: (row[1], abs(len(row[0]) - len(part)), row[0]))[:MOST])
        for part, words in found.items()
    }


def _distance(part: str, word: str) -> float | None:
    """How many letters differ; a longer word that holds the part, or nearly, is farther. None: another word."""
    if part in word:
        return 0
    most = 1 if len(part) < 6 else 2 if len(part) < 9 else 3
    edits = OSA.distance(part, word, score_cutoff=most)
    if edits <= most:
        return float(edits)
    if len(part) > 4 and len(word) > len(part):
        likeness = fuzz.partial_ratio(part, word, score_cutoff=ALIKE)
        if likeness:
            return most + (100 - likeness) / 100
    return None


def _apart(part: str) -> tuple[str, str] | None:
    """Two words that were typed as one: "humanresources"."""
    cuts = [(part[:at], part[at:]) for at in range(SHORTEST, len(part) - SHORTEST + 1)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT word FROM core_word WHERE word = ANY(%s)", [[half for cut in cuts for half in cut]])
        known = {word for (word,) in cursor.fetchall()}
    return next((cut for cut in cuts if known.issuperset(cut)), None)
