"""Handles that are the same, or nearly so, on one platform. METHOD 1.7 (duplicates, look-alikes)."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from .arrays import Ints
from .organisation import Organisation

ADDRESS = re.compile(r"[a-z][a-z0-9+.\-]*://[^/]*/")
SQUASHED_AWAY = str.maketrans("", "", "._-")
BASE = 1_000_003
Hashes = npt.NDArray[np.uint64]


def normalised(handle: str) -> str:
    """One spelling for a handle: NFKC, casefolded, trimmed, without address around it and without a leading @."""
    plain = unicodedata.normalize("NFKC", handle).casefold().strip()
    plain = ADDRESS.sub("", plain, count=1) if ADDRESS.match(plain) else plain
    plain = plain.split("?", 1)[0].rstrip("/").rsplit("/", 1)[-1]
    return plain.lstrip("@")


def squashed(handle: str) -> str:
    """The normalised handle without `. _ -`."""
    return normalised(handle).translate(SQUASHED_AWAY)


@dataclass(frozen=True, slots=True)
class _Handle:
    account: str
    platform: str
    normal: str
    squashed: str


def duplicates(organisation: Organisation) -> list[list[str]]:
    """Rows [kind, id, id] of visible accounts whose handles are the same or could be mistaken; sorted."""
    handles = []
    for account in organisation.visible:
        normal = normalised(account.handle)
        if letters := normal.translate(SQUASHED_AWAY):
            handles.append(_Handle(account.id, account.platform, normal, letters))
    codes = sorted({squashed(market) for market in organisation.catalogue.markets.parents} - {""})
    codes.sort(key=len, reverse=True)
    least = organisation.policy.lookalike_min_len
    ends = {form: _code(form, codes) for form in {handle.squashed for handle in handles}}
    rows = []
    for first, second in _candidates(handles, least):
        if first.normal == second.normal:
            kind = "duplicate"
        elif not _differ_in_code(first.squashed, second.squashed, ends[first.squashed], ends[second.squashed]):
            kind = "lookalike"
        else:
            continue
        rows.append([kind, *sorted((first.account, second.account))])
    return sorted(rows)


def siblings(first: str, second: str, codes: Sequence[str]) -> bool:
    """Squashed handles that differ in a market code at their end only (acmeuk, acmeus). codes: longest first."""
    return _differ_in_code(first, second, _code(first, codes), _code(second, codes))


def _differ_in_code(first: str, second: str, code_of_first: str, code_of_second: str) -> bool:
    if not code_of_first or not code_of_second or code_of_first == code_of_second:
        return False
    return first.removesuffix(code_of_first) == second.removesuffix(code_of_second)


def one_edit_apart(first: str, second: str) -> bool:
    """Whether one insertion, deletion or substitution turns one into the other."""
    if len(first) > len(second):
        first, second = second, first
    if len(second) - len(first) > 1 or first == second:
        return False
    at = next((i for i, letter in enumerate(first) if letter != second[i]), len(first))
    return first[at + (len(first) == len(second)) :] == second[at + 1 :]


def _code(handle: str, codes: Sequence[str]) -> str:
    return next((code for code in codes if handle.endswith(code)), "")


def _candidates(handles: Sequence[_Handle], least: int) -> Iterable[tuple[_Handle, _Handle]]:
    """Pairs on one platform with equal squashed forms, or one edit apart and both long enough."""
    forms: dict[tuple[str, str], list[_Handle]] = {}
    for handle in handles:
        forms.setdefault((handle.platform, handle.squashed), []).append(handle)
    for group in forms.values():
        yield from combinations(group, 2)
    long_enough = [form for form in forms if len(form[1]) >= least]
    for one, other in _near(long_enough):
        for first in forms[one]:
            for second in forms[other]:
                yield first, second


def _near(forms: Sequence[tuple[str, str]]) -> set[tuple[tuple[str, str], tuple[str, str]]]:
    """Distinct (platform, squashed) forms that are one edit apart.

    Two such forms share a key: both with the same letter left out (substitution), or one whole and the other with one
    letter left out. Keys are 64-bit hashes, so equal keys are checked letter by letter. O(letters log letters).
    """
    keys: list[Hashes] = [np.zeros(0, dtype=np.uint64)]
    owners: list[Ints] = [np.zeros(0, dtype=np.int64)]
    by_length: dict[int, list[int]] = {}
    for index, (_, letters) in enumerate(forms):
        by_length.setdefault(len(letters), []).append(index)
    platforms = {platform: at + 1 for at, platform in enumerate(sorted({platform for platform, _ in forms}))}
    for length, members in by_length.items():
        salt = np.array([platforms[forms[index][0]] for index in members], dtype=np.uint64)
        for key in _keys([forms[index][1] for index in members], length):
            keys.append(key + salt * np.uint64(0x9E3779B97F4A7C15))
            owners.append(np.array(members, dtype=np.int64))
    key, owner = np.concatenate(keys), np.concatenate(owners)
    order = np.lexsort((owner, key))
    return {
        (forms[one], forms[other])
        for one, other in _same(key[order], owner[order])
        if forms[one][0] == forms[other][0] and one_edit_apart(forms[one][1], forms[other][1])
    }


def _keys(words: Sequence[str], length: int) -> Iterable[Hashes]:
    """Hashes of equally long words: of each as a whole, then with each letter left out."""
    letters = np.frombuffer("".join(words).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    columns = letters.reshape(len(words), length).astype(np.uint64).T
    base = np.uint64(BASE)
    before = [np.zeros(len(words), dtype=np.uint64)]
    for column in columns:
        before.append(before[-1] * base + column + np.uint64(1))
    yield before[-1] + np.uint64(length)
    after, power = np.zeros(len(words), dtype=np.uint64), np.uint64(1)
    for at in range(length - 1, -1, -1):
        yield before[at] * power + after + np.uint64(length - 1)
        with np.errstate(over="ignore"):
            after = after + (columns[at] + np.uint64(1)) * power
            power = power * base


def _same(keys: Hashes, owners: Ints) -> Iterable[tuple[int, int]]:
    """Pairs of different owners of one key. keys are sorted, owners within each key."""
    again = np.flatnonzero(keys[1:] == keys[:-1])
    seen = -1
    for at in again.tolist():
        if at <= seen:
            continue
        stop = at
        while stop + 1 < len(keys) and keys[stop + 1] == keys[at]:
            stop += 1
        seen = stop - 1
        yield from combinations(sorted(set(owners[at : stop + 1].tolist())), 2)
