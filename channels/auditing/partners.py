"""Accounts of one platform whose handles are the same or could be mistaken: those of a few accounts, by index.

The report's engine finds all pairs there are; this finds the pairs of some accounts, by the same words (METHOD 1.7).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from channels.audit.facts import Other
from channels.audit.handles import EQUAL, ORDINARY, MarketEnds, letters, normalised, one_edit_apart, squash
from channels.auditing.reading import run

RUNNING = "status IN ('active', 'dormant')"
SQUASHED = "translate(lower(handle), '._-', '')"
"""As the indexes have it. Of an ordinary handle it is what `squash` gives; others only Python can compare."""
ODD = "handle ~ '[^A-Za-z0-9._-]'"
BESIDE = f"""
    SELECT w.id, c.id, c.handle
    FROM unnest(%(ids)s::bigint[], %(platforms)s::bigint[], %(starts)s::text[], %(stops)s::text[])
        AS w (id, platform, start, stop)
    JOIN LATERAL (
        SELECT id, handle FROM channels_account WHERE platform_id = w.platform AND {RUNNING}
        AND {{expression}} ~>=~ w.start AND {{expression}} ~<~ w.stop
    ) c ON c.id <> w.id
"""  # noqa: S608 - names of ours


@dataclass(frozen=True)
class Handle:
    """An account's handle in the two spellings that are compared."""

    id: int
    handle: str
    normal: str
    squashed: str

    @classmethod
    def of(cls, pk: int, handle: str) -> Handle:
        normal = normalised(handle)
        return cls(pk, handle, normal, squash(normal))


@dataclass(frozen=True)
class Names:
    """How two handles are compared: from how many letters on, and which ends tell siblings apart."""

    least: int
    ends: MarketEnds

    def compare(self, one: Handle, other: Handle) -> Other | None:
        """What the other is to the one; None where nobody could mistake them."""
        if not one.squashed or not other.squashed:
            return None
        if one.normal == other.normal:
            return Other(other.id, other.handle, True)
        length = letters(one.squashed, other.squashed)
        alike = length == EQUAL or (
            length >= self.least
            and one_edit_apart(one.squashed, other.squashed)
            and not self.ends.are_siblings(one.squashed, other.squashed)
        )
        return Other(other.id, other.handle, False, length) if alike else None


def names(least: int) -> Names:
    return Names(least, MarketEnds(code for (code,) in run("SELECT code FROM departments_market")))


def partners(keys: Collection[int], known: Names) -> dict[int, list[Other]]:
    """For each visible account among these, all others that could be mistaken for it. Three queries."""
    subjects: dict[int, tuple[int, Handle]] = {
        pk: (platform, Handle.of(pk, handle))
        for pk, platform, handle in run(
            f"SELECT id, platform_id, handle FROM channels_account WHERE id = ANY(%s) AND {RUNNING}",  # noqa: S608 - ours
            [sorted(keys)],
        )
    }
    if not subjects:
        return {}
    found: dict[int, dict[int, Other]] = defaultdict(dict)
    for pk, other_pk, handle in candidates(subjects, known.least):
        if pk != other_pk and (other := known.compare(subjects[pk][1], Handle.of(other_pk, handle))):
            found[pk][other_pk] = other
    return {pk: sorted(others.values()) for pk, others in found.items()}


def candidates(subjects: dict[int, tuple[int, Handle]], least: int) -> Iterable[tuple[int, int, str]]:
    """Pairs worth comparing, with the handle of the second."""
    ordinary = [each for each in subjects.values() if ORDINARY.fullmatch(each[1].handle) and each[1].squashed]
    odd = [each for each in subjects.values() if not ORDINARY.fullmatch(each[1].handle)]
    for expression, halves in (
        (SQUASHED, [(platform, each, start_of(each.squashed, least)) for platform, each in ordinary]),
        (
            f"reverse({SQUASHED})",
            [(platform, each, end_of(each.squashed)) for platform, each in ordinary if len(each.squashed) >= least - 1],
        ),
    ):
        if halves:
            yield from run(
                BESIDE.format(expression=expression),
                {
                    "ids": [each.id for _, each, _ in halves],
                    "platforms": [platform for platform, _, _ in halves],
                    "starts": [start for _, _, (start, _) in halves],
                    "stops": [stop for _, _, (_, stop) in halves],
                },
            )
    beside = defaultdict(list)
    for platform, each in ordinary:
        beside[platform].append(each.id)
    for pk, platform, handle in run(
        f"SELECT id, platform_id, handle FROM channels_account WHERE platform_id = ANY(%s) AND {RUNNING} AND {ODD}",  # noqa: S608 - ours
        [sorted({platform for platform, _ in subjects.values()})],
    ):
        yield from ((one, pk, handle) for one in beside[platform])
    if odd:
        every = run(
            f"SELECT id, platform_id, handle FROM channels_account WHERE platform_id = ANY(%s) AND {RUNNING}",  # noqa: S608 - ours
            [sorted({platform for platform, _ in odd})],
        )
        yield from ((each.id, pk, handle) for platform, each in odd for pk, on, handle in every if on == platform)


def start_of(word: str, least: int) -> tuple[str, str]:
    """From where to where the words stand that share the first half, or of a short word only the word itself.

    One edit leaves the first half of a word as it is, or the rest.
    """
    if len(word) < least - 1:
        return word, f"{word} "
    half = word[: len(word) // 2]
    return half, f"{half}~"


def end_of(word: str) -> tuple[str, str]:
    """The same for the words that share the rest, read backwards."""
    rest = word[len(word) // 2 :][::-1]
    return rest, f"{rest}~"
