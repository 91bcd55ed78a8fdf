"""Handles that are the same, or nearly so, on one platform. METHOD 1.7 (duplicates, look-alikes)."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from channels.audit.handles import ORDINARY, MarketEnds, normalised, squash

from .arrays import Flags, Ints, Ragged, distinct, product, starts_of, take
from .organisation import Organisation

KINDS = ("duplicate", "lookalike")
BASE, PLACE, PLATFORM = np.uint64(1_000_003), np.uint64(0xD6E8FEB86659FD93), np.uint64(0x9E3779B97F4A7C15)
INVERSE = np.uint64(pow(1_000_003, -1, 1 << 64))
FILTER = 22
MASK = np.uint64((1 << FILTER) - 1)
PAIRS_AT_ONCE = 100_000
Hashes = npt.NDArray[np.uint64]


def duplicates(organisation: Organisation) -> Ints:
    """(pairs, 3) visible accounts whose handles are the same or could be mistaken: kind, and both; sorted."""
    accounts, count = organisation.accounts, len(organisation.accounts)
    normal = normalised_all(accounts.handles)
    number: dict[tuple[int, str], int] = {}
    forms = zip(accounts.platform.tolist(), squashed_all(normal), strict=True)
    of = np.array([number.setdefault(form, len(number)) for form in forms], dtype=np.int64)
    members = Ragged(starts_of(of, len(number)), np.argsort(of, kind="stable"))
    platforms, words = [platform for platform, _ in number], [letters for _, letters in number]
    lengths = np.array([*map(len, words)], dtype=np.int64)
    some = take(members, np.flatnonzero((lengths > 0) & (members.lengths > 1)))
    _, one, other = product(some, some)
    one, other = one[one < other], other[one < other]
    differ = [normal[at] != normal[other_at] for at, other_at in zip(one.tolist(), other.tolist(), strict=True)]
    long = np.flatnonzero((lengths > 0) & (lengths >= organisation.policy.lookalike_min_len))
    alike = long[near([words[at] for at in long.tolist()], [platforms[at] for at in long.tolist()])]
    alike = alike[~MarketCodes(organisation.catalogue.markets.parents).siblings(words, alike)]
    _, first, second = product(take(members, alike[:, 0]), take(members, alike[:, 1]))
    kind = np.concatenate((np.array(differ, dtype=np.int64), np.ones(len(first), dtype=np.int64)))
    lower = np.concatenate((one, np.minimum(first, second)))
    higher = np.concatenate((other, np.maximum(first, second)))
    rows, higher = np.divmod(np.sort((kind * count + lower) * count + higher), max(count, 1))
    return np.stack((*np.divmod(rows, max(count, 1)), higher), axis=1).astype(np.int32)


def normalised_all(handles: Sequence[str]) -> list[str]:
    """Normalised handles: of ordinary ones, thousands in one go, only the case has to be changed."""
    found = "\0".join(handles).lower().split("\0")
    if len(found) != len(handles):
        return [*map(normalised, handles)]
    for at, is_ordinary in enumerate(map(ORDINARY.fullmatch, handles)):
        if not is_ordinary:
            found[at] = normalised(handles[at])
    return found


def squashed_all(normal: list[str]) -> list[str]:
    """Normalised handles without `. _ -`, thousands in one go."""
    found = squash("\0".join(normal)).split("\0")
    return found if len(found) == len(normal) else [*map(squash, normal)]


class MarketCodes(MarketEnds):
    """The codes of all markets, for many pairs at once."""

    def siblings(self, words: Sequence[str], pairs: Ints) -> Flags:
        """(pairs,) squashed handles that differ in a market code at their end only (acmeuk, acmeus)."""
        stems = np.zeros(len(words), dtype=np.int64)
        for at in distinct(pairs.ravel()).tolist():
            if words[at][-self.shortest :] in self.ends and (end := self.at_end(words[at])):
                stems[at] = hash(words[at].removesuffix(end)) or 1
        one, other = stems[pairs.T]
        found = (one != 0) & (one == other)
        for at in np.flatnonzero(found).tolist():
            found[at] = self.are_siblings(*(words[word] for word in pairs[at]))
        return found


def near(words: Sequence[str], platforms: Sequence[int]) -> Ints:
    """(pairs, 2) different words on one platform that are one edit apart, by position, sorted.

    Two words one substitution apart are the same with the same place left out; two words one insertion apart are so
    when the longer one has a letter left out. Both are looked up by 64-bit hashes, and found pairs are checked letter
    by letter. O(letters log letters).
    """
    on, count = np.array(platforms, dtype=np.int64), len(words)
    lengths = np.array([*map(len, words)], dtype=np.int64)
    text = np.frombuffer("".join(words).encode("utf-32-le", "surrogatepass"), dtype=np.int32)
    letters = Ragged(np.concatenate(([0], np.cumsum(lengths))), text)
    owner = letters.rows
    place = np.arange(len(text)) - letters.starts[owner]
    whole, left_out = _hashes(letters, place, on.astype(np.uint64))
    filled = np.zeros(1 << FILTER, dtype=bool)
    filled[whole & MASK] = True
    maybe = np.flatnonzero(filled[left_out & MASK])
    keys = np.concatenate((left_out + (place + 1).astype(np.uint64) * PLACE, whole, left_out[maybe]))
    pairs = _alike(keys, np.concatenate((owner, np.arange(count), owner[maybe])), count)
    pairs = pairs[on[pairs[:, 0]] == on[pairs[:, 1]]]
    return pairs[_one_edit(letters, place, pairs)]


def _hashes(letters: Ragged, place: Ints, platforms: Hashes) -> tuple[Hashes, Hashes]:
    """(words,) hash of each; and (letters,) of each with that letter left out. place: (letters,) in their words.

    A hash is the sum of letters times powers of BASE. Hashes of words of different lengths or platforms differ.
    """
    powers = np.cumprod(np.full(int(place.max(initial=0)) + 1, BASE))
    sums = np.concatenate(
        (np.zeros(1, dtype=np.uint64), np.cumsum((letters.values.astype(np.uint64) + np.uint64(1)) * powers[place]))
    )
    first, last = sums[letters.starts[:-1]], sums[letters.starts[1:]]
    salt = (platforms + np.uint64(1)) * PLATFORM + letters.lengths.astype(np.uint64)
    ends = last * INVERSE - first + salt - np.uint64(1)
    return last - first + salt, sums[:-1] - sums[1:] * INVERSE + np.repeat(ends, letters.lengths)


def _alike(keys: Hashes, owner: Ints, words: int) -> Ints:
    """(pairs, 2) of different owners of one key, sorted. Of a key the low bits give way to where it stood."""
    bits = np.uint64(len(keys).bit_length())
    low = (np.uint64(1) << bits) - np.uint64(1)
    order = np.sort(keys & ~low | np.arange(len(keys), dtype=np.uint64))
    same, step, found = np.flatnonzero(order[1:] ^ order[:-1] <= low), 1, [np.zeros(0, dtype=np.int64)]
    while len(same):
        one, other = owner[order[same] & low], owner[order[same + step] & low]
        found.append(np.minimum(one, other) * words + np.maximum(one, other))
        step += 1
        same = same[: np.searchsorted(same, len(keys) - step)]
        same = same.compress(order[same] ^ order[same + step] <= low)
    pairs = np.stack(np.divmod(distinct(np.concatenate(found)), max(words, 1)), axis=1)
    return pairs[pairs[:, 0] < pairs[:, 1]]


def _one_edit(letters: Ragged, place: Ints, pairs: Ints) -> Flags:
    """(pairs,) one insertion, deletion or substitution turns one word into the other."""
    lengths = letters.lengths
    width = int(lengths[pairs].max(initial=0)) + 1
    table = np.zeros((len(letters), width), dtype=np.min_scalar_type(int(letters.values.max(initial=0))))
    fits = np.flatnonzero(place < width)
    table.reshape(-1)[(letters.rows * width + place)[fits]] = letters.values[fits]
    found = np.zeros(len(pairs), dtype=bool)
    for at in range(0, len(pairs), PAIRS_AT_ONCE):
        some = pairs[at : at + PAIRS_AT_ONCE]
        longer = lengths[some[:, 0]] > lengths[some[:, 1]]
        short, long = np.where(longer, some.T[::-1], some.T)
        ahead = lengths[long] - lengths[short]
        differing = table[short] != table[long]
        found[at : at + PAIRS_AT_ONCE] = (ahead == 0) & (np.count_nonzero(differing, axis=1) == 1)
        inserted = np.flatnonzero(ahead == 1)
        first = differing[inserted].argmax(axis=1)  # from here on the longer word is one letter ahead
        shifted = table[short[inserted], :-1] != table[long[inserted], 1:]
        shifted &= np.arange(width - 1) >= first[:, None]
        found[at + inserted] = ~shifted.any(axis=1)
    return found
