"""The visible accounts of a snapshot as columns: what flows from departments to platforms, audiences and benefits."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from orgmap.reports.engine.arrays import distinct, numbered
from orgmap.reports.map.flow import OTHERS, UNSAID
from orgmap.reports.map.packing import pack, unpack

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Accounts:
    """Accounts by id. Lists are laid end to end: list i of `owners` is owners[owners_at[i]:owners_at[i + 1]].

    ids, platform, status: (accounts,); owners, audiences, markets, benefits: positions in the lists of words. Audiences
    and markets are leaves; an account without an owner, audience or purpose has an empty list.
    """

    departments: list[str]
    platforms: list[str]
    statuses: list[str]
    audience_codes: list[str]
    market_codes: list[str]
    benefit_codes: list[str]
    ids: npt.NDArray[np.int64]
    platform: npt.NDArray[np.uint16]
    status: npt.NDArray[np.uint8]
    owners_at: npt.NDArray[np.int32]
    owners: npt.NDArray[np.uint16]
    audiences_at: npt.NDArray[np.int32]
    audiences: npt.NDArray[np.uint16]
    markets_at: npt.NDArray[np.int32]
    markets: npt.NDArray[np.uint16]
    benefits_at: npt.NDArray[np.int32]
    benefits: npt.NDArray[np.uint16]

    LISTS = ("departments", "platforms", "statuses", "audience_codes", "market_codes", "benefit_codes")

    def to_bytes(self) -> bytes:
        arrays = {name: value for name, value in vars(self).items() if name not in self.LISTS}
        return pack(arrays, {name: getattr(self, name) for name in self.LISTS})

    @classmethod
    def from_bytes(cls, packed: bytes) -> "Accounts":
        arrays, lists = unpack(packed)
        return cls(**lists, **arrays)  # type: ignore[arg-type]  # by name


@dataclass(frozen=True)
class Wanted:
    """Which accounts, and which unit, audience group and benefit each of their words stands for.

    unit_of: department to unit, None outside of what is shown; group_of: audience leaf to its group. Words that are
    missing there are not shown; an account with none left in a column is left out where that column is narrowed.
    """

    unit_of: Mapping[str, str]
    group_of: Mapping[str, str]
    platform: str = ""
    markets: frozenset[str] | None = None
    benefit: str = ""
    status: str = ""
    narrow_audience: bool = False
    narrow_units: bool = False


class Flowing:
    """The accounts that a wish leaves, and the words that each of them stands for."""

    def __init__(self, accounts: Accounts, wanted: Wanted) -> None:
        units = sorted(set(wanted.unit_of.values()))
        groups = sorted(set(wanted.group_of.values()))
        benefits = [wanted.benefit] if wanted.benefit else accounts.benefit_codes
        self.accounts = accounts
        self.owner = _Column.of(accounts.owners_at, accounts.owners, accounts.departments, wanted.unit_of, units)
        self.group = _Column.of(
            accounts.audiences_at, accounts.audiences, accounts.audience_codes, wanted.group_of, groups
        )
        self.purpose = _Column.of(
            accounts.benefits_at, accounts.benefits, accounts.benefit_codes, {code: code for code in benefits}, benefits
        )
        self.kept = np.ones(len(accounts.ids), dtype=bool)
        if wanted.platform:
            self.kept &= _equal(accounts.platform, accounts.platforms, wanted.platform)
        if wanted.status:
            self.kept &= _equal(accounts.status, accounts.statuses, wanted.status)
        if wanted.markets is not None:
            self.kept &= _any_of(accounts.markets_at, accounts.markets, accounts.market_codes, wanted.markets)
        for column, narrowed in (
            (self.owner, wanted.narrow_units),
            (self.group, wanted.narrow_audience),
            (self.purpose, bool(wanted.benefit)),
        ):
            if narrowed:
                self.kept &= column.lengths > 0

    @property
    def count(self) -> int:
        """How many accounts flow."""
        return int(self.kept.sum())

    def rows(self, units: int | None = None) -> list[tuple[str, str, str, str, float]]:
        """Parts of accounts by unit, platform, audience group and benefit, sorted. Those of one account sum to 1.

        units: of more units, the largest and one that stands for the others, OTHERS.
        """
        record = np.flatnonzero(self.kept)
        codes, weights = self.accounts.platform[record].astype(np.int64), np.ones(len(record))
        record, codes, weights = self.owner.spread(record, codes, weights)
        codes, owner = np.divmod(codes, len(self.owner.words) + 1)
        owners = self.largest(owner, weights, units)
        codes = codes * len(owners) + owners.place[owner]
        span = len(self.accounts.platforms) * len(owners)
        for column in (self.group, self.purpose):
            record, codes, weights = column.spread(record, codes, weights)
            span *= len(column.words) + 1
        keys, where = numbered(codes, span)
        sums = np.bincount(where, weights=weights, minlength=len(keys))
        rows: list[tuple[str, str, str, str, float]] = []
        for key, value in zip(keys.tolist(), sums.tolist(), strict=True):
            key, third = divmod(key, len(self.purpose.words) + 1)
            key, second = divmod(key, len(self.group.words) + 1)
            at, first = divmod(key, len(owners))
            rows.append(
                (
                    owners.words[first],
                    self.accounts.platforms[at],
                    self.group.word(second),
                    self.purpose.word(third),
                    value,
                )
            )
        return sorted(rows)

    def largest(self, owner: Ints, weights: Any, most: int | None) -> "_Largest":
        """The units with the most accounts. owner: numbers of units, 0 for none."""
        words = [UNSAID, *self.owner.words]
        counts = np.bincount(owner, weights=weights, minlength=len(words))
        named = np.flatnonzero(counts[1:]) + 1
        if most is None or len(named) <= most:
            return _Largest(words, np.arange(len(words)))
        kept = named[np.lexsort((named, -counts[named]))][: most - 1]
        place = np.full(len(words), most)
        place[0], place[kept] = 0, np.arange(1, most)
        return _Largest([UNSAID, *(words[at] for at in kept.tolist()), OTHERS], place)

    @property
    def unit_count(self) -> int:
        """How many units have an account that flows."""
        held = self.owner.values[np.repeat(self.kept, self.owner.lengths)]
        return len(distinct(held))

    def behind(self, words: Mapping[str, frozenset[str]]) -> list[int]:
        """The ids of the accounts that stand for one of some words in each column named."""
        kept = self.kept.copy()
        columns = {"department": self.owner, "audience": self.group, "benefit": self.purpose}
        for name, allowed in words.items():
            if name == "platform":
                good = np.array([code in allowed for code in self.accounts.platforms], dtype=bool)
                kept &= good[self.accounts.platform]
            else:
                kept &= columns[name].stands_for(allowed)
        found: list[int] = self.accounts.ids[kept].tolist()
        return found


@dataclass(frozen=True)
class _Largest:
    """Units as words, and for the number of each unit its place among these."""

    words: list[str]
    place: Ints

    def __len__(self) -> int:
        return len(self.words)


@dataclass(frozen=True)
class _Column:
    """For each account the distinct words of one column; 0 stands for none."""

    words: list[str]
    starts: Ints
    lengths: Ints
    values: Ints

    @classmethod
    def of(cls, starts: Any, values: Any, codes: list[str], to: Mapping[str, str], words: list[str]) -> "_Column":
        number = {word: at for at, word in enumerate(words)}
        word_of = np.array([number.get(to.get(code, ""), -1) for code in codes] or [-1], dtype=np.int64)
        record = np.repeat(np.arange(len(starts) - 1, dtype=np.int64), np.diff(starts))
        word = word_of[values.astype(np.int64)]
        pairs = distinct(record[word >= 0] * (len(words) + 1) + word[word >= 0])
        record, word = np.divmod(pairs, len(words) + 1)
        lengths = np.bincount(record, minlength=len(starts) - 1).astype(np.int64)
        return cls(words, np.concatenate(([0], np.cumsum(lengths))).astype(np.int64), lengths, word)

    def spread(self, record: Ints, codes: Ints, weights: Any) -> tuple[Ints, Ints, Any]:
        """Each part once for every word of its account, in equal shares."""
        lengths = np.maximum(self.lengths[record], 1)
        at = np.repeat(np.arange(len(record)), lengths)
        within = np.arange(len(at)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        named = self.lengths[record][at] > 0
        padded = np.append(self.values, 0)
        word = np.where(named, padded[np.where(named, self.starts[record[at]] + within, len(self.values))] + 1, 0)
        return record[at], codes[at] * (len(self.words) + 1) + word, weights[at] / lengths[at]

    def stands_for(self, allowed: frozenset[str]) -> npt.NDArray[np.bool_]:
        """(accounts,) which have one of some words, or none at all where that is one of them."""
        good = np.array([word in allowed for word in self.words] or [False], dtype=np.int64)
        sums = np.concatenate(([0], np.cumsum(good[self.values])))
        found: npt.NDArray[np.bool_] = sums[self.starts[1:]] > sums[self.starts[:-1]]
        return found | (self.lengths == 0) if UNSAID in allowed else found

    def word(self, number: int) -> str:
        return self.words[number - 1] if number else UNSAID


def _equal(values: Any, codes: list[str], code: str) -> npt.NDArray[np.bool_]:
    found: npt.NDArray[np.bool_] = values == codes.index(code) if code in codes else np.zeros(len(values), dtype=bool)
    return found


def _any_of(starts: Any, values: Any, codes: list[str], allowed: frozenset[str]) -> npt.NDArray[np.bool_]:
    """(accounts,) whether a list names one of some words."""
    good = np.array([code in allowed for code in codes] or [False], dtype=np.int64)
    sums = np.concatenate(([0], np.cumsum(good[values.astype(np.int64)])))
    found: npt.NDArray[np.bool_] = sums[starts[1:]] > sums[starts[:-1]]
    return found
