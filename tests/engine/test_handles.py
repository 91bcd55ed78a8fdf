"""Duplicate and look-alike handles."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.audit.handles import normalised, one_edit_apart, squashed
from orgmap.reports.engine import analyse

from .small import account, organisation


@pytest.mark.parametrize(
    ("handle", "expected"),
    [
        (" @Acme ", "acme"),
        ("https://x.com/Acme/?lang=en", "acme"),
        ("https://facebook.com/pages/Acme//", "acme"),
        ("ＡＣＭＥ", "acme"),
        ("Straße", "strasse"),
        ("@", ""),
        ("", ""),
        ("acme/help", "help"),
        ("https://x.com/@acme?x=a/b", "acme"),
    ],
)
def test_a_handle_has_one_spelling(handle: str, expected: str) -> None:
    assert normalised(handle) == expected


def test_squashing_takes_dots_underscores_and_hyphens_away() -> None:
    assert squashed("@Acme_U.K-") == "acmeuk"


def kinds(*handles: str, **rest: object) -> list[str]:
    accounts = [account(f"x{at}", "a", handle=handle) for at, handle in enumerate(handles)]
    return [row[0] for row in analyse(organisation("a", accounts=accounts, **rest))["sprawl"]["duplicates"]]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("acmehelp", "@AcmeHelp", ["duplicate"]),
        ("acmehelp", "acme.help", ["lookalike"]),
        ("acmehelp", "acmehelps", ["lookalike"]),
        ("acmehelp", "acnehelp", ["lookalike"]),
        ("acmehelp", "acmehlep", []),
        ("acme", "acmd", []),
        ("acme_uk", "acme_us", []),
        ("acme_uk", "acmeuk", ["lookalike"]),
        ("", "@", []),
        ("...", "---", []),
    ],
)
def test_two_handles(first: str, second: str, expected: list[str]) -> None:
    assert kinds(first, second) == expected


def test_the_longest_market_code_at_the_end_is_the_one_that_counts() -> None:
    markets = {"catalogue": {"markets": [{"id": "k"}, {"id": "uk"}, {"id": "us"}]}}

    assert kinds("acmehelpuk", "acmehelpus", **markets) == []


def test_the_same_handle_on_two_platforms_is_no_duplicate() -> None:
    accounts = [account("x1", "a", handle="acme"), account("x2", "a", handle="acme", platform="y")]

    assert analyse(organisation("a", accounts=accounts))["sprawl"]["duplicates"] == []


@given(st.lists(st.text("ab", min_size=1, max_size=7), max_size=12, unique=True))
def test_all_pairs_one_edit_apart_are_found(words: list[str]) -> None:
    policy = {"lookalike_min_len": 2}
    expected = sum(
        one_edit_apart(one, other) and min(len(one), len(other)) >= 2 for one, other in combinations(words, 2)
    )

    assert kinds(*words, policy=policy) == ["lookalike"] * expected


@pytest.mark.parametrize(("one", "other"), [("abc", "abd"), ("abc", "abcd"), ("abc", "bc"), ("abc", "ab")])
def test_one_edit(one: str, other: str) -> None:
    assert one_edit_apart(one, other)
    assert one_edit_apart(other, one)


@pytest.mark.parametrize(("one", "other"), [("abc", "abc"), ("abc", "acb"), ("abc", "abcde"), ("ab", "ba")])
def test_more_or_less_than_one_edit(one: str, other: str) -> None:
    assert not one_edit_apart(one, other)
