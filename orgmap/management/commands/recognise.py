"""``manage.py recognise``: one address a line in, one JSON object a line out."""

import json
import sys
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from django.core.management.base import BaseCommand, CommandParser

from channels.platforms import FURTHER, Recognised, recognise


class Command(BaseCommand):
    """Says for each line whose account it names. Needs no database; reads and writes as a stream."""

    help = (
        "Reads one address a line from standard input and writes one JSON object a line: input, platform, handle, "
        "url, kind. Every line is answered, a blank one with kind 'unknown', so that line n of the answer belongs to "
        "line n of the question."
    )
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        """``--label`` for a column of handles, ``--further`` for platforms beyond the contract's list."""
        parser.add_argument("--label", help="The platform that bare handles belong to, as a sheet would write it.")
        parser.add_argument(
            "--further",
            action="store_true",
            help="Know also platforms of older sheets: Blogger, Storify, apps and others.",
        )

    def handle(self, *args: object, **options: object) -> None:
        """Answer line by line until standard input ends or the reader of the answers goes away."""
        label = options["label"]
        more = FURTHER if options["further"] else ()
        try:
            for line in lines(sys.stdin.buffer):
                found = recognise(line, label if isinstance(label, str) else None, more=more)
                sys.stdout.write(answer(found) + "\n")
                sys.stdout.flush()
        except BrokenPipeError:
            sys.stderr.close()


def lines(stream: BinaryIO | Iterable[bytes]) -> Iterator[str]:
    """Lines of a file in UTF-8 or, line by line, cp1252; they end in LF, CRLF or CR, a byte order mark is skipped."""
    for number, chunk in enumerate(stream):
        raw = chunk.removesuffix(b"\n").removesuffix(b"\r")
        if number == 0:
            raw = raw.removeprefix(b"\xef\xbb\xbf")
        for part in raw.split(b"\r"):
            try:
                yield part.decode("utf-8")
            except UnicodeDecodeError:
                yield part.decode("cp1252", errors="replace")


def answer(found: Recognised) -> str:
    """One recognised line as JSON, ASCII alone, so that no console's encoding can stop it."""
    return json.dumps(
        {
            "input": found.input,
            "platform": found.platform,
            "handle": found.handle,
            "url": found.url,
            "kind": found.kind,
        }
    )
