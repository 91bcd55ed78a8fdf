"""Which of their headers is which of our fields."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from channels.imports.records import Row
from channels.imports.synonyms import FIELDS

IGNORED = "ignore"
"""The field of a column that is to be left out."""

ORGANISATION = ("organization", "organisation", "organization name", "organisation name")


SECRET = re.compile(r"\b(password|passwords|passwort|passwd|pwd|passcode|pin code|secret|mot de passe)\b")
FIGURES_IN_ACCOUNTS = "It holds figures: import the list once more as Figures to keep them."
PARTS = re.compile(r"[/|()\[\]–—:\n]| - ")


@dataclass(frozen=True)
class Columns:
    """The columns of a list: position to field, and what there is to say about the others."""

    headers: tuple[str, ...]
    taken: dict[int, str]
    nameless: tuple[int, ...]
    remarks: tuple[tuple[str, str], ...]


def normalised(header: str) -> str:
    """A header in small letters, without accents, punctuation and blanks at its ends."""
    text = unicodedata.normalize("NFKD", header[:300]).casefold()
    return " ".join(re.findall(r"[^\W_]+", "".join(letter for letter in text if not unicodedata.combining(letter))))


@cache
def fields_by_header(kind: str) -> dict[str, str]:
    """Normalised header to field. A field's own name comes first."""
    found: dict[str, str] = {}
    for name in FIELDS[kind].names:
        found[normalised(name)] = name
    for name, others in FIELDS[kind].names.items():
        for other in others.split(","):
            found.setdefault(normalised(other), name)
    return found


def field_of(kind: str, header: str) -> str | None:
    """The field that a header means by itself; of a bilingual one, what either half means."""
    known = fields_by_header(kind)
    whole = normalised(header)
    if whole in known:
        return known[whole]
    if SECRET.search(whole):
        return None
    parts = [normalised(part) for part in PARTS.split(header)]
    found = {known[part] for part in parts if part in known}
    return found.pop() if len(found) == 1 and len(parts) > 1 else None


def has_secrets(kind: str, headers: Iterable[str]) -> bool:
    """Whether one of these columns holds passwords. Where they are kept, and whether centrally, is none."""
    return any(SECRET.search(normalised(header)) and not field_of(kind, header) for header in headers)


def figures_named(header: str) -> set[str]:
    """The figures that a header names: "Likes/Followers/Visits/Downloads" names four."""
    known = fields_by_header("metrics")
    return {known[word] for word in normalised(header).split() if word in known} & set(FIELDS["metrics"].required[2])


def score(kind: str, cells: Iterable[str], mapping: dict[str, str] | None = None) -> int:
    """How many fields a row names, if it is a header."""
    asked = {normalised(header) for header in mapping or {}}
    found: set[str] = set()
    for cell in cells:
        if len(cell) > 120:
            continue
        if (plain := normalised(cell)) and plain in asked:
            found.add(f"={plain}")
        elif name := field_of(kind, cell):
            found.add(name)
        elif plain in ORGANISATION:
            found.add("organisation")
    return len(found)


def header_row(kind: str, rows: Sequence[Row], mapping: dict[str, str]) -> int:
    """Position of the header among the first thirty rows: titles and dates may stand above it."""
    scores = [score(kind, row.cells, mapping) for row in rows[:30]]
    best = max(scores, default=0)
    if best:
        return scores.index(best)
    return next((at for at, row in enumerate(rows[:30]) if len([cell for cell in row.cells if cell.strip()]) > 1), 0)


def columns_of(kind: str, cells: Sequence[str], mapping: dict[str, str]) -> Columns:
    """Which column is which field: as asked for, else as the headers say."""
    headers = distinct([" ".join(cell.split()) for cell in cells])
    asked = {normalised(header): name for header, name in mapping.items()}
    taken: dict[int, str] = {}
    remarks: list[tuple[str, str]] = []
    unknown: list[int] = []
    for index, header in enumerate(headers):
        plain = normalised(header)
        name = asked.get(plain) if plain else None
        if name == IGNORED or not plain:
            continue
        name = name or field_of(kind, header)
        if name:
            taken[index] = name
        else:
            unknown.append(index)
    for index in list(unknown):
        if normalised(headers[index]) in ORGANISATION:
            name = next((name for name in FIELDS[kind].organisation if name not in taken.values()), None)
            if name:
                taken[index] = name
                unknown.remove(index)
    for index in unknown:
        plain = normalised(headers[index])
        told = f"The column '{headers[index]}' is not known here and was left out."
        if SECRET.search(plain):
            told = (
                f"Passwords have no place here, so the column '{headers[index]}' was not read. "
                "Remove it from the file, and change the passwords."
            )
        elif kind == "accounts" and fields_by_header("metrics").get(plain) in FIELDS["metrics"].required[2]:
            told = f"The column '{headers[index]}' was left out. {FIGURES_IN_ACCOUNTS}"
        remarks.append((headers[index], told))
    missing = [header for header in mapping if normalised(header) not in {normalised(each) for each in headers}]
    remarks += [(header, f"There is no column '{header}', so its mapping was not used.") for header in missing]
    nameless = tuple(index for index, header in enumerate(headers) if not normalised(header))
    return Columns(tuple(headers), dict(sorted(taken.items())), nameless, tuple(remarks))


def distinct(headers: list[str]) -> list[str]:
    """The headers with a number after each that stands there a second time."""
    seen: dict[str, int] = {}
    found = []
    for header in headers:
        seen[header] = seen.get(header, 0) + 1
        found.append(f"{header} ({seen[header]})" if header and seen[header] > 1 else header)
    return found
