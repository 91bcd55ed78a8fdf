"""What cannot be read is refused in one sentence that names the path of the bad value."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from orgmap.reports.engine import MalformedOrganisation, analyse

DAY = "2026-11-22"
ACCOUNT = {"id": "x", "platform": "p"}

REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"as_of": None}, "as_of: is missing."),
    ({"as_of": "22 November"}, "as_of: '22 November' is not a day like 2026-11-22."),
    ({"as_of": "2026-02-30"}, "as_of: '2026-02-30' is not a day like 2026-11-22."),
    ({"departments": "a, b"}, "departments: 'a, b' is not a list."),
    ({"departments": ["a"]}, "departments[0]: 'a' is not an object."),
    ({"departments": [{}]}, "departments[0].id: is missing."),
    ({"departments": [{"id": 7}]}, "departments[0].id: 7 is not a text."),
    ({"departments": [{"id": "a"}, {"id": "a"}]}, "departments[1].id: 'a' is already the id of departments[0]."),
    ({"departments": [{"id": "a", "status": "gone"}]}, "departments[0].status: 'gone' is not one of active, closed."),
    (
        {"departments": [{"id": "a", "parent": "a"}]},
        "departments[0].parent: 'a' lies below 'a' itself: parents run in a circle.",
    ),
    (
        {"departments": [{"id": "b", "parent": "a"}, {"id": "a", "parent": "b", "status": "closed"}]},
        "departments[1].parent: 'b' lies below 'a' itself: parents run in a circle.",
    ),
    (
        {"catalogue": {"markets": [{"id": "uk", "parent": "eu"}, {"id": "eu", "parent": "uk"}]}},
        "catalogue.markets[1].parent: 'uk' lies below 'eu' itself: parents run in a circle.",
    ),
    (
        {"catalogue": {"audiences": [{"id": "all"}, {"id": "all"}]}},
        "catalogue.audiences[1].id: 'all' is already the id of catalogue.audiences[0].",
    ),
    (
        {"catalogue": {"platforms": [{"id": "x"}, {"id": "x"}]}},
        "catalogue.platforms[1].id: 'x' is already the id of catalogue.platforms[0].",
    ),
    ({"catalogue": []}, "catalogue: [] is not an object."),
    (
        {"catalogue": {"audiences": [{"id": "all", "weight": "1/0"}]}},
        "catalogue.audiences[0].weight: '1/0' is not a number.",
    ),
    ({"catalogue": {"markets": [{"id": "uk", "weight": -1}]}}, "catalogue.markets[0].weight: -1 is below 0."),
    (
        {"catalogue": {"markets": [{"id": "uk", "weight": 1e13}]}},
        "catalogue.markets[0].weight: 10000000000000.0 is above 1,000,000,000,000.",
    ),
    ({"policy": {"min_shared": "1e9999999999"}}, "policy.min_shared: '1e9999999999' is not a number."),
    ({"policy": {"group_cap": "7" * 99}}, f"policy.group_cap: '{'7' * 59}… is not a number."),
    ({"departments": [{"id": "caf\ud800"}]}, "departments[0].id: 'caf\\ud800' holds half of a character."),
    ({"catalogue": {"markets": [{"id": "uk", "weight": True}]}}, "catalogue.markets[0].weight: True is not a number."),
    (
        {"accounts": [ACCOUNT, ACCOUNT | {"id": "y", "status": "actve"}]},
        "accounts[1].status: 'actve' is not one of planned, active, dormant, retired.",
    ),
    ({"accounts": [{"id": "x"}]}, "accounts[0].platform: is missing."),
    ({"accounts": [ACCOUNT | {"departments": "hr"}]}, "accounts[0].departments: 'hr' is not a list."),
    ({"accounts": [ACCOUNT | {"audiences": [3]}]}, "accounts[0].audiences[0]: 3 is not an id."),
    ({"accounts": [ACCOUNT | {"last_post": "soon"}]}, "accounts[0].last_post: 'soon' is not a day like 2026-11-22."),
    ({"accounts": [ACCOUNT | {"handle": 5}]}, "accounts[0].handle: 5 is not a text."),
    ({"objectives": [{"id": "o"}]}, "objectives[0].benefit: is missing."),
    (
        {"ties": [{"id": "t", "kind": "friendship"}]},
        "ties[0].kind: 'friendship' is not one of working_group, hand_off, liaison.",
    ),
    ({"ties": [{"id": "t", "kind": "liaison", "ends": 5}]}, "ties[0].ends: 5 is not a day like 2026-11-22."),
    ({"policy": {"kinds": {"chanel": 1}}}, "policy.kinds.chanel: is not one of audience, channel, purpose."),
    ({"policy": {"crowded": "2.5"}}, "policy.crowded: '2.5' is not a whole number."),
    ({"policy": {"high_overlap": float("nan")}}, "policy.high_overlap: nan is not a number."),
    ({"policy": {"strength": {"liaison": "3/2"}}}, "policy.strength.liaison: 3/2 is above 1."),
    (
        {"policy": {"kinds": {"two\nlines": 1}}},
        "policy.kinds['two\\nlines']: is not one of audience, channel, purpose.",
    ),
]


def deep(levels: int) -> list[Any]:
    """Lists within lists."""
    found: list[Any] = []
    for _ in range(levels):
        found = [found]
    return found


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("x" * 5000, f"'{'x' * 59}…"),
        (deep(5000), "a long list"),
        (10**5000, "a long int"),
        ([1] * 99, f"[{'1, ' * 19}1,…"),
    ],
    ids=["text", "deep", "number", "list"],
)
@pytest.mark.parametrize(
    ("place", "path"),
    [
        (lambda value: {"as_of": value}, "as_of"),
        (lambda value: {"departments": [{"id": "a", "status": value}]}, "departments[0].status"),
        (lambda value: {"accounts": [ACCOUNT | {"platform": [value]}]}, "accounts[0].platform"),
        (lambda value: {"ties": [value]}, "ties[0]"),
        (lambda value: {"catalogue": {"markets": [{"id": "uk", "weight": [value]}]}}, "catalogue.markets[0].weight"),
    ],
    ids=["day", "choice", "text", "row", "number"],
)
def test_however_long_a_bad_value_is_its_refusal_is_one_short_sentence(
    value: Any, told: str, place: Callable[[Any], dict[str, Any]], path: str
) -> None:
    with pytest.raises(MalformedOrganisation) as refusal:
        analyse({"as_of": DAY} | place(value))

    said = str(refusal.value)
    assert said.startswith(f"{path}: ")
    assert said.endswith(".")
    assert len(said) < 400
    if path == "ties[0]":
        assert said == f"{path}: {told} is not an object."


@pytest.mark.parametrize(("part", "message"), REFUSED, ids=[message.split(":")[0] for _, message in REFUSED])
def test_a_bad_value_is_refused_by_its_path(part: dict[str, Any], message: str) -> None:
    with pytest.raises(MalformedOrganisation) as refusal:
        analyse({"as_of": DAY} | part)

    assert str(refusal.value) == message


@pytest.mark.parametrize("section", ["objectives", "ties"])
def test_an_unknown_status_of_an_objective_or_a_tie_is_refused(section: str) -> None:
    row = {"id": "r", "benefit": "B1", "kind": "liaison", "status": "actve"}

    with pytest.raises(MalformedOrganisation, match=rf"^{section}\[0\].status: 'actve' is not one of "):
        analyse({"as_of": DAY, section: [row]})


def test_an_unknown_policy_key_is_refused() -> None:
    with pytest.raises(MalformedOrganisation, match=r"^policy.tau: is not one of kinds, min_shared, "):
        analyse({"as_of": DAY, "policy": {"tau": "1/2"}})


@pytest.mark.parametrize("level", [0, -1, "2", True])
def test_a_level_that_is_no_depth_is_refused(level: Any) -> None:
    with pytest.raises(MalformedOrganisation, match=r"^level: "):
        analyse({"as_of": DAY}, level)


@pytest.mark.parametrize("top", [-1, 1.5, "2", True])
def test_a_top_that_is_no_number_of_pairs_is_refused(top: Any) -> None:
    with pytest.raises(MalformedOrganisation, match=r"^top: .* is not a whole number of 0 or more\.$"):
        analyse({"as_of": DAY}, top=top)


@pytest.mark.parametrize("organisation", [None, [], "an organisation"])
def test_what_is_no_object_is_refused(organisation: Any) -> None:
    with pytest.raises(MalformedOrganisation, match=r"^organisation: "):
        analyse(organisation)


def test_an_organisation_of_nothing_has_null_figures() -> None:
    result = analyse({"as_of": DAY})

    assert result["units"] == []
    assert result["alignment"]["alignment"] is None
    assert set(result["completeness"].values()) == {None}
    assert (result["pairs"], result["proposals"], result["actions"]) == ([], [], [])


@pytest.mark.parametrize(
    ("text", "options", "said"),
    [
        ("[" * 100_000, {}, "{} cannot be read: a number is too long in it, or lists lie too deep."),
        (f'{{"as_of": {"7" * 5000}}}', {}, "{} cannot be read: a number is too long in it, or lists lie too deep."),
        ("{,}", {}, "{} is not JSON: line 1, column 2: Expecting property name enclosed in double quotes."),
        ("{}", {"top": -1}, "--top: -1 is below 0. Give the number of pairs to keep."),
    ],
)
def test_a_file_that_cannot_be_read_gets_one_sentence(
    tmp_path: Path, text: str, options: dict[str, int], said: str
) -> None:
    file = tmp_path / "organisation.json"
    file.write_text(text)

    with pytest.raises(CommandError) as refused:
        call_command("analyse", str(file), **options)

    assert str(refused.value) == said.format(file)


PLAIN = b'{"as_of": "2026-11-22", "departments": [{"id": "caf\xc3\xa9"}]}'


def analysed(arguments: list[str], said: bytes, **variables: str) -> subprocess.CompletedProcess[bytes]:
    """The real command, with bytes on standard input."""
    return subprocess.run(
        [sys.executable, "-W", "ignore", "manage.py", "analyse", *arguments],
        input=said,
        env=os.environ | variables,
        cwd=settings.BASE_DIR,
        capture_output=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "marked"])
def test_standard_input_is_utf_8_whatever_the_console_speaks(mark: bytes) -> None:
    done = analysed(["-"], mark + PLAIN, PYTHONIOENCODING="latin-1")

    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["units"] == ["caf\u00e9"]


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        (
            b'{"as_of": "2026-11-22",\n "departments": [{"id": "caf\xe9"}]}',
            "Standard input is not UTF-8 text: in line 2, byte 29 is 0xE9. Save it as UTF-8 and try again.",
        ),
        (b" \n", "Standard input is empty. Give an organisation as JSON."),
        (b"{} {}", "Standard input is not JSON: line 1, column 4: Extra data."),
        (b"[]", "organisation: list is not an object."),
    ],
    ids=["latin-1", "empty", "two", "list"],
)
def test_what_standard_input_cannot_be_is_said_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, said: bytes, refusal: str
) -> None:
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(said), encoding="ascii"))

    with pytest.raises(CommandError) as refused:
        call_command("analyse", "-")

    assert str(refused.value) == refusal


def test_a_reader_who_goes_away_is_no_fault_and_a_full_disk_is_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "organisation.json"
    file.write_bytes(PLAIN)
    reads, writes = os.pipe()
    os.close(reads)

    with open(writes, "wb") as gone, open("/dev/full", "wb") as full:
        ends = [
            subprocess.run(
                [sys.executable, "-W", "ignore", "manage.py", "analyse", str(file)],
                cwd=settings.BASE_DIR,
                stdout=out,
                stderr=subprocess.PIPE,
                check=False,
                timeout=60,
            )
            for out in (gone, full)
        ]

    assert [(end.returncode, end.stderr) for end in ends] == [
        (141, b""),
        (1, b"CommandError: The answer cannot be written: No space left on device.\n"),
    ]
