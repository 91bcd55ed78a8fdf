"""Put a list that somebody keeps in a spreadsheet on the map. docs/import.md says what it may look like."""

import json
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localdate

from channels.imports.apply import import_content
from channels.imports.headers import IGNORED
from channels.imports.reading import MOST_BYTES
from channels.imports.records import REFUSED, MissingColumns, UnreadableList
from channels.imports.report import as_json, grouped, summary
from channels.imports.synonyms import FIELDS
from orgmap.core.errors import DomainError
from orgmap.users.models import User

MOST_SHOWN = 200


class Command(BaseCommand):
    """Imports one file; see docs/import.md."""

    help = "Import departments, accounts, objectives, agreements or figures from a CSV, XLSX, XLS or ODS file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=list(FIELDS), metavar="{" + ",".join(FIELDS) + "}")
        parser.add_argument("file", metavar="FILE", help="The list; - reads from standard input.")
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            metavar='"Their header=field"',
            help="Which field a column is; 'ignore' leaves it out. May be given several times.",
        )
        parser.add_argument("--sheet", default="", metavar="NAME", help="The sheet of a spreadsheet.")
        parser.add_argument("--dry-run", action="store_true", help="Say what would happen and write nothing.")
        parser.add_argument(
            "--not-public", action="store_true", help="Do not show the accounts that it adds to the public yet."
        )
        parser.add_argument("--json", action="store_true", help="Answer for machines, on standard output.")
        parser.add_argument("--by", default="", metavar="USER", help="Mail address of the person whose import this is.")

    def handle(self, *args: Any, **options: Any) -> None:
        kind: str = options["kind"]
        mapping = read_mapping(kind, options["map"])
        by = person(options["by"])
        content, filename = read_file(options["file"])
        started = time.monotonic()
        self.done = 0
        self.told_at = started

        def progress(done: int) -> None:
            self.done += done
            if time.monotonic() - self.told_at > 1:
                self.told_at = time.monotonic()
                self.stderr.write(f"{self.done:,} written after {self.told_at - started:.0f} seconds ...")

        if len(content) > 1_000_000:
            self.stderr.write(f"Reading {filename} and comparing it with the map ...")
        try:
            result = import_content(
                content,
                kind=kind,
                filename=filename,
                by=by,
                today=localdate(),
                mapping=mapping,
                sheet=options["sheet"],
                dry_run=options["dry_run"],
                is_public=not options["not_public"],
                progress=progress,
            )
        except UnreadableList as refusal:
            if options["json"]:
                self.stdout.write(json.dumps({"kind": kind, "file": filename, "applied": False, "error": str(refusal)}))
            advice = f' Add --map "Their header={refusal.field}".' if isinstance(refusal, MissingColumns) else ""
            raise CommandError(f"{filename}: {refusal}{advice}", returncode=1) from refusal
        except DomainError as refusal:
            raise CommandError(str(refusal), returncode=1) from refusal
        applied = result.batch is not None
        if options["json"]:
            report = as_json(
                result.found,
                result.plan,
                filename=filename,
                applied=applied,
                dry_run=options["dry_run"],
                batch=result.batch.pk if result.batch else None,
            )
            self.stdout.write(json.dumps(report, ensure_ascii=False))
            return
        self.tell(result.plan, result.found.mapping, applied=applied, dry_run=options["dry_run"], filename=filename)

    def tell(self, plan: Any, mapping: dict[str, str], *, applied: bool, dry_run: bool, filename: str) -> None:
        """The answer for people: what was understood, what happened, then each row that needs a word."""
        read_as = ", ".join(f"{header} as {name}" for header, name in mapping.items())
        self.stdout.write(f"{filename}: read {read_as}.")
        self.stdout.write(summary(plan, applied=applied, dry_run=dry_run))
        for change in plan.changed[:MOST_SHOWN]:
            told = "; ".join(f"{name}: {old or 'empty'} → {new}" for name, (old, new) in change.fields.items())
            self.stdout.write(f"Line {change.line}: {change.record}: {told}")
        notes = grouped([note for note in plan.notes if note.outcome == REFUSED])
        refused = len(notes)
        notes += grouped([note for note in plan.notes if note.outcome != REFUSED])
        for position, note in enumerate(notes[:MOST_SHOWN]):
            self.stdout.write(f"Refused. {note}" if position < refused else note)
        if len(notes) > MOST_SHOWN:
            self.stdout.write(f"... and {len(notes) - MOST_SHOWN:,} more; --json lists them all.")


def read_mapping(kind: str, pairs: list[str]) -> dict[str, str]:
    """Their header to our field."""
    mapping = {}
    known = FIELDS[kind].names
    for pair in pairs:
        header, equals, name = pair.rpartition("=")
        name = name.strip()
        if not equals or not header.strip() or (name != IGNORED and name not in known):
            fields = ", ".join(known)
            raise CommandError(
                f'--map "{pair}" is not of the form "Their header=field". Fields of {kind} are: {fields}, {IGNORED}.',
                returncode=2,
            )
        mapping[header.strip()] = name
    return mapping


def person(email: str) -> User | None:
    """The person whose import it is."""
    if not email:
        return None
    found = User.objects.filter(email__iexact=email, is_active=True).first()
    if found is None:
        raise CommandError(f"--by {email}: nobody with this mail address may log in here.", returncode=2)
    return found


def read_file(path: str) -> tuple[bytes, str]:
    """The bytes of the list and its name."""
    if path == "-":
        return sys.stdin.buffer.read(MOST_BYTES + 1), "standard input"
    file = Path(path)
    try:
        with file.open("rb") as opened:
            return opened.read(MOST_BYTES + 1), file.name
    except OSError as error:
        raise CommandError(f"{path} can't be read: {error.strerror}.", returncode=1) from error
