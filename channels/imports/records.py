"""What the steps of an import hand to each other."""

from dataclasses import dataclass, field
from typing import Any

from orgmap.core.errors import DomainError

REFUSED, MERGED, REMARK = "refused", "merged", "remark"


class UnreadableList(DomainError):
    """The file as a whole can't be read."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file as it stands there; its line is the one that an editor or a spreadsheet shows."""

    line: int
    cells: tuple[str, ...]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file or of one of its sheets, before anything is known of their meaning."""

    rows: tuple[Row, ...]
    sheet: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A word about a row: refused, merged into another, or taken with a remark. Line 0 speaks of the whole list."""

    line: int
    outcome: str
    value: str
    message: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One row by our fields; a field without a value is absent."""

    line: int
    values: dict[str, str]
    problem: str = ""

    def get(self, name: str) -> str:
        return self.values.get(name, "")


@dataclass(frozen=True, slots=True)
class List:
    """A list as it was understood: its entries, which header is which field, and what was left out."""

    kind: str
    entries: tuple[Entry, ...]
    headers: tuple[str, ...]
    mapping: dict[str, str]
    """Their header to our field, for the columns that are taken."""
    header_line: int
    sheet: str = ""
    notes: tuple[Note, ...] = ()
    samples: tuple[Row, ...] = ()
    """The first rows as they stand in the file."""


class MissingColumns(UnreadableList):
    """The list lacks a column that its kind can't do without; what was understood of it comes with the refusal."""

    def __init__(self, message: str, found: List, field: str) -> None:
        super().__init__(message)
        self.found = found
        self.field = field


@dataclass(slots=True)
class Creation:
    """A record that the list adds."""

    line: int
    record: str
    data: Any


@dataclass(slots=True)
class Alteration:
    """A record that the list changes: for people each field with its old and new value, for writing the data."""

    line: int
    record: str
    pk: int
    fields: dict[str, tuple[str, str]]
    data: dict[str, Any]


@dataclass(slots=True)
class Plan:
    """What a list would do to the map. Every row is counted once: created, changed, same, merged, blank or refused."""

    kind: str
    rows: int = 0
    same: int = 0
    blank: int = 0
    created: list[Creation] = field(default_factory=list)
    changed: list[Alteration] = field(default_factory=list)
    registered: list[Creation] = field(default_factory=list)
    """Accounts that a list of figures names and that are put on the map with it."""
    notes: list[Note] = field(default_factory=list)
    is_public: bool = True
    """Whether anyone may look up the accounts that it adds."""

    def note(self, line: int, outcome: str, value: str, message: str) -> None:
        self.notes.append(Note(line, outcome, value[:500], message[:500]))

    def refuse(self, line: int, value: str, message: str) -> None:
        self.note(line, REFUSED, value, message)

    def remark(self, line: int, value: str, message: str) -> None:
        self.note(line, REMARK, value, message)

    def merge(self, line: int, value: str, message: str) -> None:
        self.note(line, MERGED, value, message)

    @property
    def writes(self) -> bool:
        """Whether applying it would change anything."""
        return bool(self.created or self.changed or self.registered)

    @property
    def looked_up(self) -> int:
        """How many accounts it adds that anyone could look up."""
        added = self.registered if self.kind == "metrics" else self.created if self.kind == "accounts" else []
        return sum(creation.data.fields.get("status") != "planned" for creation in added)

    @property
    def counts(self) -> dict[str, int]:
        """The figures of the plan; all but remarks and registered add up to rows."""
        outcomes = [note.outcome for note in self.notes]
        return {
            "rows": self.rows,
            "created": len(self.created),
            "changed": len(self.changed),
            "same": self.same,
            "merged": outcomes.count(MERGED),
            "blank": self.blank,
            "refused": outcomes.count(REFUSED),
            "remarks": outcomes.count(REMARK),
            "registered": len(self.registered),
        }
