"""``manage.py recognise`` as another program uses it: lines in, JSON lines out, without a database."""

import json
import os
import subprocess
import sys
from pathlib import Path

from orgmap.management.commands.recognise import lines

ROOT = Path(__file__).resolve().parents[2]


def answers(question: bytes, *arguments: str) -> list[dict[str, str | None]]:
    """What the command says, with a database address at which nothing listens."""
    done = subprocess.run(
        [sys.executable, "manage.py", "recognise", *arguments],
        input=question,
        capture_output=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none", "REDIS_URL": "redis://127.0.0.1:1/0"},
    )
    return [json.loads(line) for line in done.stdout.decode("ascii").splitlines()]


def test_every_line_is_answered_in_order_blank_ones_too() -> None:
    question = "\ufeffhttps://x.com/Acme?s=20\r\n\nhttps://acme.example/\nhttps://www.facebook.com/groups\n".encode()
    assert answers(question) == [
        {
            "input": "https://x.com/Acme?s=20",
            "platform": "x",
            "handle": "Acme",
            "url": "https://x.com/Acme",
            "kind": "profile",
        },
        {"input": "", "platform": None, "handle": None, "url": None, "kind": "unknown"},
        {
            "input": "https://acme.example/",
            "platform": None,
            "handle": None,
            "url": "https://acme.example/",
            "kind": "website",
        },
        {
            "input": "https://www.facebook.com/groups",
            "platform": "facebook",
            "handle": None,
            "url": None,
            "kind": "not_an_account",
        },
    ]


def test_a_label_and_the_further_platforms_may_be_named() -> None:
    found = answers(b"@acme\nhttps://storify.com/acme\n", "--label", "Twiter", "--further")
    assert [(one["platform"], one["handle"]) for one in found] == [("x", "acme"), ("storify", "acme")]


def test_lines_may_end_in_any_way_and_be_in_an_old_encoding() -> None:
    raw = [b"\xef\xbb\xbfone\r\n", b"Employ\xe9s\n", "Employés\r".encode() + b"last"]
    assert list(lines(raw)) == ["one", "Employés", "Employés", "last"]
