"""Handles that are the same, or nearly so: what METHOD 1.7 says of two, for the engine and for the audit."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

ADDRESS = re.compile(r"[a-z][a-z0-9+.\-]*://[^/]*/")
EQUAL = 99
ORDINARY = re.compile(r"[A-Za-z0-9._\-]*")


def normalised(handle: str) -> str:
    """One spelling for a handle: NFKC, casefolded, trimmed, without address around it and without a leading @."""
    if ORDINARY.fullmatch(handle):
        return handle.lower()
    plain = unicodedata.normalize("NFKC", handle).casefold().strip()
    plain = ADDRESS.sub("", plain, count=1) if ADDRESS.match(plain) else plain
    plain = plain.split("?", 1)[0].rstrip("/").rsplit("/", 1)[-1]
    return plain.lstrip("@")


def squashed(handle: str) -> str:
    """The normalised handle without `. _ -`."""
    return squash(normalised(handle))


def squash(normal: str) -> str:
    return normal.replace(".", "").replace("_", "").replace("-", "")


class MarketEnds:
    """The squashed ids of all markets, by which accounts of one family differ."""

    def __init__(self, markets: Iterable[str]) -> None:
        self.codes = {squashed(market) for market in markets} - {""}
        self.lengths = sorted({len(code) for code in self.codes}, reverse=True)
        self.shortest = min(self.lengths, default=1)
        self.ends = {code[-self.shortest :] for code in self.codes}

    def at_end(self, handle: str) -> str:
        """The longest code at the end of a squashed handle; empty where there is none."""
        for length in self.lengths:
            if handle[-length:] in self.codes:
                return handle[-length:]
        return ""

    def are_siblings(self, first: str, second: str) -> bool:
        """Whether two squashed handles differ in a market code at their end only (acmeuk, acmeus)."""
        end, other = self.at_end(first), self.at_end(second)
        return bool(end and other) and end != other and first.removesuffix(end) == second.removesuffix(other)


def one_edit_apart(first: str, second: str) -> bool:
    """Whether one insertion, deletion or substitution turns one into the other."""
    if len(first) > len(second):
        first, second = second, first
    if len(second) - len(first) > 1 or first == second:
        return False
    at = next((i for i, letter in enumerate(first) if letter != second[i]), len(first))
    return first[at + (len(first) == len(second)) :] == second[at + 1 :]


def letters(one: str, other: str) -> int:
    """How much two squashed handles have in common, in letters: those of the shorter; 99 where they are equal."""
    return EQUAL if one == other else min(len(one), len(other))
