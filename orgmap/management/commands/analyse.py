"""The figures of an organisation in a file."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

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
        try:
            text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8-sig")
        except OSError as error:
            raise CommandError(
                f"{name} cannot be read: {error.strerror}. Name a file, or - for standard input."
            ) from None
        except UnicodeDecodeError:
            raise CommandError(f"{name} is not UTF-8 text. Save it as UTF-8 and try again.") from None
        try:
            plain = json.loads(text)
        except json.JSONDecodeError as error:
            raise CommandError(f"{name} is not JSON: line {error.lineno}, column {error.colno}: {error.msg}.") from None
        except (ValueError, RecursionError):
            raise CommandError(f"{name} cannot be read: a number is too long in it, or lists lie too deep.") from None
        try:
            result = analyse(plain, level=options["level"], top=options["top"])
        except MalformedOrganisation as error:
            raise CommandError(str(error)) from None
        self.stdout.write(json.dumps(result, ensure_ascii=False))
