"""What a list did or would do, for people and for machines."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from channels.imports.records import REFUSED, List, Note, Plan
from departments.labels import NOT_A_DEPARTMENT, NOT_YET

NOUNS = {
    "departments": ("department", "departments"),
    "accounts": ("account", "accounts"),
    "objectives": ("objective", "objectives"),
    "ties": ("agreement", "agreements"),
    "metrics": ("figure", "figures"),
}
MOST_STORED = 500
NAMED = 3
"""So many missing departments are named in the sentence."""


def number_of(count: int, kind: str) -> str:
    """1 account, 2 accounts."""
    return f"{count:,} {NOUNS[kind][count != 1]}"


def summary(plan: Plan, *, applied: bool, dry_run: bool = False) -> str:
    """What happened in one or two sentences."""
    counts = plan.counts
    pieces = [f"{counts['rows']:,} {'row' if counts['rows'] == 1 else 'rows'}"]
    pieces.append(f"{number_of(counts['created'], plan.kind)} {'added' if applied else 'to add'}")
    for name, word in (("changed", "changed" if applied else "to change"), ("same", "the same already")):
        if counts[name]:
            pieces.append(f"{counts[name]:,} {word}")
    if counts["registered"]:
        pieces.append(
            f"{number_of(counts['registered'], 'accounts')} {'put' if applied else 'to put'} on the map with them"
        )
    for name, word in (
        ("merged", "folded into another"),
        ("blank", "without a figure"),
        ("refused", "refused"),
    ):
        if counts[name]:
            pieces.append(f"{counts[name]:,} {word}")
    told = ", ".join(pieces) + "."
    if not plan.writes:
        rest = "all that could be taken" if counts["refused"] else "all of it"
        known = counts["same"] or counts["merged"]
        return f"{told} Nothing changed: the map already says {rest}." if known else f"{told} Nothing changed."
    return f"{told} Nothing was written: this was a dry run." if dry_run else told


@dataclass(frozen=True, slots=True)
class Why:
    """Why nothing of a list can be taken, or most of it not."""

    sentence: str
    departments: bool
    """Whether the departments that its rows name are missing on the map."""


def why_refused(notes: Sequence[Note], *, rows: int, kind: str) -> Why | None:
    """What to say first of a list whose rows are refused, all of them or more than half; None for a better one."""
    refused = [note for note in notes if note.outcome == REFUSED]
    if not refused or len(refused) * 2 < rows:
        return None
    part = "All" if len(refused) >= rows else f"{len(refused):,} of"
    many = "The only row was" if rows == 1 else f"{part} {rows:,} rows were"
    homeless = [note for note in refused if NOT_A_DEPARTMENT in note.message or NOT_YET in note.message]
    if len(homeless) * 2 >= len(refused) and kind != "departments":
        names = list(dict.fromkeys(note.value for note in homeless))
        more = f" and {len(names) - NAMED:,} more" if len(names) > NAMED else ""
        listed = ", ".join(f"“{name}”" for name in names[:NAMED]) + more
        some = "" if len(homeless) == len(refused) else f", {len(homeless):,} of them"
        return Why(f"{many} refused{some} because the map has no such department: {listed}.", True)
    often, count = Counter(note.message for note in refused).most_common(1)[0]
    if count == len(refused):
        return Why(f"{many} refused. {often}", False)
    return Why(f"{many} refused, for reasons of their own. Each stands below.", False)


def as_json(
    found: List, plan: Plan, *, filename: str, applied: bool, dry_run: bool, batch: int | None
) -> dict[str, Any]:
    """The machine-readable report of docs/import.md."""
    return {
        "kind": found.kind,
        "file": filename,
        "sheet": found.sheet,
        "applied": applied,
        "dry_run": dry_run,
        "batch": batch,
        "header_line": found.header_line,
        "mapping": found.mapping,
        "left_out": [header for header in found.headers if header and header not in found.mapping],
        "counts": plan.counts,
        "rows": sorted(rows(plan), key=lambda row: row["line"]),
    }


def rows(plan: Plan) -> Iterator[dict[str, Any]]:
    """Every row that there is something to say about."""
    for note in plan.notes:
        yield {"line": note.line, "outcome": note.outcome, "value": note.value, "message": note.message}
    for creation in plan.registered:
        yield {"line": creation.line, "outcome": "registered", "value": creation.record, "message": "Put on the map."}
    for creation in plan.created:
        yield {"line": creation.line, "outcome": "created", "value": creation.record, "message": "Added."}
    for change in plan.changed:
        yield {
            "line": change.line,
            "outcome": "changed",
            "value": change.record,
            "message": "; ".join(f"{name}: {old or 'empty'} → {new}" for name, (old, new) in change.fields.items()),
            "changes": {name: {"old": old, "new": new} for name, (old, new) in change.fields.items()},
        }


def grouped(notes: Sequence[Note]) -> list[str]:
    """Each thing that is said once, with the lines of which it is said."""
    lines: dict[str, list[int]] = {}
    for note in notes:
        lines.setdefault(note.message, []).append(note.line)
    return [f"{lines_named(found)}{message}" for message, found in lines.items()]


def lines_named(lines: list[int]) -> str:
    """ "Line 14: " or "Lines 4, 106 and 3 more: "; nothing for what is said of the whole list."""
    found = [line for line in lines if line]
    if not found:
        return ""
    if len(found) == 1:
        return f"Line {found[0]}: "
    shown = ", ".join(str(line) for line in found[:6])
    return f"Lines {shown}{f' and {len(found) - 6:,} more' if len(found) > 6 else ''}: "


def stored(plan: Plan) -> dict[str, Any]:
    """What a batch keeps: the counts and the first changes."""
    changes = [
        {"line": each.line, "record": each.record, "fields": {name: list(pair) for name, pair in each.fields.items()}}
        for each in plan.changed[:MOST_STORED]
    ]
    hidden = {} if plan.is_public else {"hidden": True}
    return {**plan.counts, **hidden, "changes": changes}
