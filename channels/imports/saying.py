"""What the page of a list shows of what it would do, or did: counts, what needs a word, the first changes."""

from typing import Any

from channels.imports.records import MERGED, REFUSED, Note, Plan
from channels.imports.report import lines_named

MOST_SHOWN = 100
NAMED_COUNTS = (
    ("created", "Added", "To add"),
    ("changed", "Changed", "To change"),
    ("same", "The same already", "The same already"),
    ("merged", "Folded into another", "Folded into another"),
    ("blank", "Without a figure", "Without a figure"),
    ("registered", "Accounts put on the map with them", "Accounts to put on the map with them"),
    ("refused", "Refused", "Refused"),
)


def named_counts(counts: dict[str, Any], *, done: bool) -> list[tuple[str, int]]:
    """The counts with their names, without those that are 0."""
    named = [("Rows", counts.get("rows", 0))]
    named += [(after if done else before, counts.get(name, 0)) for name, after, before in NAMED_COUNTS]
    return [(name, int(count)) for name, count in named if count or name == "Rows"]


def problems(notes: list[Note]) -> dict[str, Any]:
    """What needs a word, and apart from it the rows that were folded into others."""
    merged = [note for note in notes if note.outcome == MERGED]
    return {
        "groups": grouped([note for note in notes if note.outcome != MERGED]),
        "merged": grouped(merged),
        "folded": len(merged),
    }


def grouped(notes: list[Note]) -> list[dict[str, Any]]:
    """What is said, refusals first, each sentence once with its lines and the value."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for note in notes:
        group = found.setdefault(
            (note.outcome, note.message),
            {"outcome": note.outcome, "message": note.message, "value": note.value, "lines": []},
        )
        group["lines"].append(note.line)
    listed = sorted(found.values(), key=lambda group: group["outcome"] != REFUSED)
    for group in listed:
        group["count"] = len(group["lines"])
        group["where"] = lines_named(group["lines"]).removesuffix(": ") or "The list"
    return listed[:MOST_SHOWN]


def changes(plan: Plan) -> list[dict[str, Any]]:
    """The first changes, field by field."""
    return [
        {"line": each.line, "record": each.record, "fields": {name: list(pair) for name, pair in each.fields.items()}}
        for each in plan.changed[:MOST_SHOWN]
    ]
