"""Handles that are the same, or nearly so, on one platform. METHOD 1.7 (duplicates, look-alikes)."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from channels.audit.handles import MarketEnds, normalised, squash

from .arrays import Flags, Ints, Ragged, distinct, product, spread, starts_of, take
from .organisation import Organisation

KINDS = ("duplicate", "lookalike")
BASE, PLACE, PLATFORM = np.uint64(1_000_003), np.uint64(0xD6E8FEB86659FD93), np.uint64(0x9E3779B97F4A7C15)
FILTER = 22
MASK = np.uint64((1 << FILTER) - 1)
PAIRS_AT_ONCE = 100_000
Hashes = npt.NDArray[np.uint64]


def duplicates(organisation: Organisation) -> Ints:
    """(pairs, 3) visible accounts whose handles are the same or could be mistaken: kind, and both; sorted."""
    accounts = organisation.accounts
    normal = [*map(normalised, accounts.handles)]
    forms = list(zip(accounts.platform.tolist(), squashed_all(normal), strict=True))
    number = {form: at for at, form in enumerate(dict.fromkeys(forms))}
    of = np.array([number[form] for form in forms], dtype=np.int64)
    members = Ragged(starts_of(of, len(number)), np.argsort(of, kind="stable"))
    lengths = np.array([len(letters) for _, letters in number], dtype=np.int64)
    some = take(members, np.flatnonzero((lengths > 0) & (members.lengths > 1)))
    _, one, other = product(some, some)
    one, other = one[one < other], other[one < other]
    differ = [normal[at] != normal[other_at] for at, other_at in zip(one.tolist(), other.tolist(), strict=True)]
    long = np.flatnonzero((lengths > 0) & (lengths >= organisation.policy.lookalike_min_len))
    platforms, words = [platform for platform, _ in number], [letters for _, letters in number]
    alike = long[near([words[at] for at in long.tolist()], [platforms[at] for at in long.tolist()])]
    alike = alike[~MarketCodes(organisation.catalogue.markets.parents).siblings(words, alike)]
    _, first, second = product(take(members, alike[:, 0]), take(members, alike[:, 1]))
    kind = np.concatenate((np.array(differ, dtype=np.int64), np.ones(len(first), dtype=np.int64)))
    lower = np.concatenate((one, np.minimum(first, second)))
    higher = np.concatenate((other, np.maximum(first, second)))
    return np.stack((kind, lower, higher), axis=1)[np.lexsort((higher, lower, kind))]


def squashed_all(normal: list[str]) -> list[str]:
    """Normalised handles without `. _ -`, thousands in one go."""
    found = squash("\0".join(normal)).split("\0")
    return found if len(found) == len(normal) else [*map(squash, normal)]


class MarketCodes(MarketEnds):
    """The codes of all markets, for many pairs at once."""

    def siblings(self, words: Sequence[str], pairs: Ints) -> Flags:
        """(pairs,) squashed handles that differ in a market code at their end only (acmeuk, acmeus)."""
        ends, stems = [""] * len(words), np.zeros(len(words), dtype=np.int64)
        for at in distinct(pairs.ravel()).tolist():
            ends[at] = self.at_end(words[at])
            stems[at] = hash(words[at].removesuffix(ends[at])) if ends[at] else 0
        ended = np.array([bool(end) for end in ends], dtype=bool)
        one, other = pairs.T
        found = np.zeros(len(pairs), dtype=bool)
        for at in np.flatnonzero(ended[one] & ended[other] & (stems[one] == stems[other])).tolist():
            first, second = words[one[at]], words[other[at]]
            end, other_end = ends[one[at]], ends[other[at]]
            found[at] = end != other_end and first.removesuffix(end) == second.removesuffix(other_end)
        return found


def near(words: Sequence[str], platforms: Sequence[int]) -> Ints:
    """(pairs, 2) different words on one platform that are one edit apart, by position, sorted.

    Two words one substitution apart are the same with the same place left out; two words one insertion apart are so
    when the longer one has a letter left out. Both are looked up by 64-bit hashes, and found pairs are checked letter
    by letter. O(letters log letters).
    """
    on, count = np.array(platforms, dtype=np.int64), len(words)
    whole, left_out, owner, place = _hashes(words, on.astype(np.uint64))
    alike, shortened = _alike(left_out + place * PLACE, owner, count), _shortened(whole, left_out, owner, count)
    pairs = np.stack(np.divmod(distinct(np.concatenate((alike, shortened))), max(count, 1)), axis=1)
    pairs = pairs[on[pairs[:, 0]] == on[pairs[:, 1]]]
    return pairs[_one_edit(words, pairs)]


def _one_edit(words: Sequence[str], pairs: Ints) -> Flags:
    """(pairs,) one insertion, deletion or substitution turns one word into the other."""
    lengths = np.array([len(word) for word in words], dtype=np.int64)
    if not len(pairs):
        return np.zeros(0, dtype=bool)
    width = int(lengths[pairs].max()) + 1
    letters = np.frombuffer(
        "".join(word[:width].ljust(width, "\0") for word in words).encode("utf-32-le", "surrogatepass"), dtype=np.uint32
    ).reshape(len(words), width)
    found = []
    for at in range(0, len(pairs), PAIRS_AT_ONCE):
        some = pairs[at : at + PAIRS_AT_ONCE]
        longer = lengths[some[:, 0]] > lengths[some[:, 1]]
        short, long = np.where(longer, some[:, 1], some[:, 0]), np.where(longer, some[:, 0], some[:, 1])
        same_length = lengths[short] == lengths[long]
        differing = letters[short] != letters[long]
        shifted = letters[short][:, :-1] != letters[long][:, 1:]
        first = differing.argmax(axis=1)  # from here on the longer word is one letter ahead
        rest = np.arange(width - 1) >= first[:, None]
        inserted = (lengths[long] - lengths[short] == 1) & ~(shifted & rest).any(axis=1)
        found.append(np.where(same_length, differing.sum(axis=1) == 1, inserted))
    return np.concatenate(found)


def _hashes(words: Sequence[str], platforms: Hashes) -> tuple[Hashes, Hashes, Ints, Hashes]:
    """(words,) hash of each; and with each letter left out in turn: hash, word, and place of the letter.

    Hashes of words of different lengths or platforms differ.
    """
    whole = np.zeros(len(words), dtype=np.uint64)
    found: list[tuple[Hashes, Ints, Hashes]] = []
    by_length: dict[int, list[int]] = {}
    for at, word in enumerate(words):
        by_length.setdefault(len(word), []).append(at)
    for length, members in sorted(by_length.items()):
        owner = np.array(members, dtype=np.int64)
        text = "".join(words[at] for at in members).encode("utf-32-le", "surrogatepass")
        columns = np.frombuffer(text, dtype=np.uint32).reshape(len(members), length).T.astype(np.uint64) + np.uint64(1)
        salt = (platforms[owner] + np.uint64(1)) * PLATFORM
        before = np.zeros((length + 1, len(members)), dtype=np.uint64)
        for at, column in enumerate(columns):
            before[at + 1] = before[at] * BASE + column
        whole[owner] = before[-1] + salt + np.uint64(length)
        after, power = np.zeros(len(members), dtype=np.uint64), np.ones(1, dtype=np.uint64)
        for at in range(length - 1, -1, -1):
            place = np.full(len(members), at + 1, dtype=np.uint64)
            found.append((before[at] * power + after + salt + np.uint64(length - 1), owner, place))
            after, power = after + columns[at] * power, power * BASE
    if not found:
        return whole, whole, np.zeros(0, dtype=np.int64), whole
    left_out, owners, places = (np.concatenate([part[at] for part in found]) for at in range(3))
    return whole, left_out, owners, places


def _alike(keys: Hashes, owner: Ints, words: int) -> Ints:
    """Pairs (lower * words + higher) of owners of one key."""
    order = np.argsort(keys)
    keys, owner = keys[order], owner[order]
    same = np.flatnonzero(keys[1:] == keys[:-1])
    starts = same[np.diff(same, prepend=-2) != 1]
    stops = same[np.diff(same, append=len(keys) + 1) != 1] + 2
    positions, _ = spread(starts, stops - starts)
    members = Ragged(np.concatenate(([0], np.cumsum(stops - starts))), owner[positions])
    _, one, other = product(members, members)
    return one[one < other] * words + other[one < other]


def _shortened(whole: Hashes, left_out: Hashes, owner: Ints, words: int) -> Ints:
    """Pairs (lower * words + higher) of a word and the owner of what is left of it without a letter."""
    filled = np.zeros(1 << FILTER, dtype=bool)
    filled[whole & MASK] = True
    maybe = np.flatnonzero(filled[left_out & MASK])
    order = np.argsort(whole)
    keys, wanted = whole[order], left_out[maybe]
    first, last = np.searchsorted(keys, wanted), np.searchsorted(keys, wanted, side="right")
    positions, at = spread(first, last - first)
    one, other = order[positions], owner[maybe][at]
    return np.minimum(one, other) * words + np.maximum(one, other)
