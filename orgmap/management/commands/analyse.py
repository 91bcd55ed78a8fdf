"""The figures of an organisation in a file."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from orgmap.core.printed import print_json
from orgmap.reports.engine import MalformedOrganisation, analyse


class Command(BaseCommand):
    help = "Compute every figure of the method for an organisation in the plain layout, and print them as JSON."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="The organisation as JSON; - reads standard input.")
        parser.add_argument("--level", type=int, help="Roll departments up to this depth; 1 is the top.")
        parser.add_argument("--top", type=int, help="Keep so many pairs, the largest gaps first.")

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["file"]
        if options["top"] is not None and options["top"] < 0:
            raise CommandError(f"--top: {options['top']} is below 0. Give the number of pairs to keep.")
        told = "Standard input" if name == "-" else name or "''"
        text = read(name, told)
        try:
            plain = json.loads(text)
        except json.JSONDecodeError as error:
            raise CommandError(f"{told} is not JSON: line {error.lineno}, column {error.colno}: {error.msg}.") from None
        except (ValueError, RecursionError):
            raise CommandError(f"{told} cannot be read: a number is too long in it, or lists lie too deep.") from None
        try:
            result = analyse(plain, level=options["level"], top=options["top"])
        except MalformedOrganisation as error:
            raise CommandError(str(error)) from None
        print_json(self.stdout, result)


def read(name: str, told: str) -> str:
    """The text of a file, or of standard input, in UTF-8, marked or not. told: its name in refusals."""
    try:
        found = standard_input() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise CommandError(f"{told} cannot be read: {error.strerror}. Name a file, or - for standard input.") from None
    try:
        text = found.removeprefix("\ufeff") if isinstance(found, str) else found.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start]
        line, column = before.count(b"\n") + 1, len(before) - before.rfind(b"\n")
        raise CommandError(
            f"{told} is not UTF-8 text: in line {line}, byte {column} is 0x{error.object[error.start]:02X}. "
            "Save it as UTF-8 and try again."
        ) from None
    if not text.strip():
        raise CommandError(f"{told} is empty. Give an organisation as JSON.")
    return text


def standard_input() -> bytes | str:
    """As bytes, whatever encoding the console has."""
    if sys.stdin is None:
        raise CommandError("Standard input is closed. Name a file, or give an organisation as JSON.")
    return getattr(sys.stdin, "buffer", sys.stdin).read()  # a text in tests
