"""Which department a label means."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz import fuzz, process, utils

from orgmap.core.words import sentence_list

ACRONYM = re.compile(r"^(?P<name>.*\S)\s*[(\[](?P<acronym>[^()\[\]]{1,30})[)\]]\s*$")
SPLIT = re.compile(r"\s*[|;\n]\s*")
WEAK_SPLITS = (re.compile(r"\s*/\s*"), re.compile(r"\s*,\s+"), re.compile(r"\s*,\s+|\s+(?:&|and|et|und|\+)\s+"))
SPELT = {
    "dept": "department",
    "depts": "departments",
    "govt": "government",
    "natl": "national",
    "intl": "international",
    "hr": "human resources",
    "admin": "administration",
    "svcs": "services",
    "svc": "service",
    "mgmt": "management",
}
NOT_YET = " is not on the map, which has no departments yet."
NOT_A_DEPARTMENT = " is not a department."
"""What the sentence about an unknown label says of it; the rest says what to do."""
LEADING = frozenset({"the", "us", "usa", "united", "states", "of", "america"})


@dataclass(frozen=True, slots=True)
class KnownDepartment:
    """A department of the map, as far as a list needs it. One that the list adds has a negative number."""

    pk: int
    name: str
    slug: str = ""
    acronym: str = ""
    aliases: tuple[str, ...] = ()
    parent: int | None = None
    purpose: str = ""
    process: str = ""
    website: str = ""
    closed: bool = False
    successor: int | None = None
    """Who follows it, where it is closed."""


@dataclass(frozen=True, slots=True)
class Found:
    """The departments of a cell, owner first, or the sentence that says why there are none."""

    departments: tuple[int, ...] = ()
    problem: str = ""
    remarks: tuple[str, ...] = ()


@lru_cache(maxsize=20_000)
def key(label: str) -> str:
    """A label without case, accents, punctuation and doubled blanks; "Dept. & Co" reads "department and co".

    A label of signs alone, "×", is its own key.
    """
    plain = unicodedata.normalize("NFKD", label.replace("&", " and ")).casefold().replace("'", "").replace("’", "")
    plain = re.sub(r"(?<=\b\w)\.(?=\w\b|\s|$)", "", plain)
    words = re.findall(r"[^\W_]+", "".join(letter for letter in plain if not unicodedata.combining(letter)))
    return " ".join(SPELT.get(word, word) for word in words) or plain.strip()


def loose(label: str) -> str:
    """As key, without the country or article in front: "U.S. Census Bureau" reads "census bureau"."""
    words = key(label).split()
    if words[:1] not in (["the"], ["us"], ["usa"], ["united"]):
        return " ".join(words)
    while words and words[0] in LEADING:
        words = words[1:]
    return " ".join(words)


def split_acronym(label: str) -> tuple[str, str]:
    """Name and acronym of "Bureau of Economic Analysis (BEA)"; the acronym is empty when there is none."""
    match = ACRONYM.match(label)
    if match and is_acronym(match["acronym"]):
        return match["name"], match["acronym"].strip()
    return label, ""


def is_acronym(text: str) -> bool:
    """Short, without blanks to speak of, mostly capitals or digits."""
    letters = [letter for letter in text if letter.isalnum()]
    return (
        1 < len(letters) <= 12
        and len(text.split()) <= 2
        and sum(not letter.islower() for letter in letters) * 2 > len(letters)
    )


@dataclass
class DepartmentIndex:
    """All departments by all their names."""

    departments: dict[int, KnownDepartment] = field(default_factory=dict)
    by_name: dict[str, set[int]] = field(default_factory=dict)
    by_other: dict[str, set[int]] = field(default_factory=dict)
    by_loose: dict[str, set[int]] = field(default_factory=dict)
    remembered: dict[str, Found] = field(default_factory=dict)

    @classmethod
    def of(cls, departments: Iterable[KnownDepartment]) -> "DepartmentIndex":
        index = cls()
        for department in departments:
            index.add(department)
        return index

    def add(self, department: KnownDepartment) -> None:
        """Put a department into the index, or again under its further names."""
        self.remembered.clear()
        pk = department.pk
        self.departments[pk] = department
        name, bracketed = split_acronym(department.name)
        full = f"{name} ({department.acronym})" if department.acronym else department.name
        for label in (department.name, name, full, department.slug):
            self.by_name.setdefault(key(label), set()).add(pk)
        for label in (department.acronym, bracketed, *department.aliases):
            if label:
                self.by_other.setdefault(key(label), set()).add(pk)
                self.by_other.setdefault(key(split_acronym(label)[0]), set()).add(pk)
        for label in (name, *department.aliases):
            self.by_loose.setdefault(loose(label), set()).add(pk)
        for table in (self.by_name, self.by_other, self.by_loose):
            table.pop("", None)

    def label(self, pk: int) -> str:
        """The department's name for a sentence."""
        return self.departments[pk].name

    def matches(self, label: str) -> set[int]:
        """The departments that a single label can mean, by the strictest reading that finds any."""
        whole = key(label)
        name, acronym = split_acronym(label)
        for table, wanted in (
            (self.by_name, whole),
            (self.by_other, whole),
            (self.by_name, key(name)),
            (self.by_other, key(acronym)),
            (self.by_other, key(name)),
            (self.by_loose, loose(name)),
        ):
            found = table.get(wanted) if wanted else None
            if found:
                return found
        return set()

    def find(self, cell: str) -> Found:
        """The departments of a cell: one, or several as in "Sales | Service"; the first one owns."""
        found = self.remembered.get(cell)
        if found is None:
            found = self.remembered[cell] = self._find(cell)
        return found

    def _find(self, cell: str) -> Found:
        whole = self.matches(cell)
        if whole:
            return self._one(cell, whole)
        pieces = [piece for piece in SPLIT.split(cell) if piece]
        if len(pieces) > 1:
            return self._several(pieces)
        for split in WEAK_SPLITS:
            each = [self.matches(piece) for piece in split.split(cell) if piece.strip()]
            bilingual = split is WEAK_SPLITS[0] and len(set().union(*each)) == 1
            if len(each) > 1 and (bilingual or all(len(found) == 1 for found in each)):
                return Found(tuple(dict.fromkeys(next(iter(found)) for found in each if found)))
        return Found(problem=self.unknown(cell))

    def following(self, pk: int) -> int:
        """The department that a label means today: of a closed one its successor, where it is known."""
        seen = {pk}
        while (each := self.departments[pk]).closed and each.successor in self.departments:
            if each.successor in seen or each.successor is None:
                break
            pk = each.successor
            seen.add(pk)
        return pk

    def _one(self, label: str, matches: set[int]) -> Found:
        matches = {self.following(pk) for pk in matches}
        if len(matches) > 1:
            open_ones = {pk for pk in matches if not self.departments[pk].closed}
            matches = open_ones if len(open_ones) == 1 else matches
        if len(matches) > 1:
            names = sentence_list([f"'{self.path(pk)}'" for pk in sorted(matches)][:5])
            return Found(problem=f"'{label}' can be {names}. Write the full name, or give one of them this alias.")
        return Found(tuple(matches))

    def _several(self, pieces: list[str]) -> Found:
        departments: list[int] = []
        remarks: list[str] = []
        for position, piece in enumerate(pieces):
            found = self._one(piece, self.matches(piece)) if self.matches(piece) else Found(problem=self.unknown(piece))
            if found.problem and position == 0:
                return found
            if found.problem:
                remarks.append(f"{found.problem} The row was taken without it.")
            departments += found.departments
        return Found(tuple(dict.fromkeys(departments)), remarks=tuple(remarks))

    def path(self, pk: int) -> str:
        """Name with the department above, to tell two of one name apart."""
        department = self.departments[pk]
        above = self.departments.get(department.parent) if department.parent is not None else None
        return f"{department.name} in {above.name}" if above else department.name

    def unknown(self, label: str) -> str:
        """What to say about a label that is no department, with the nearest names."""
        if not self.departments:
            return f"'{label}'{NOT_YET} Import the departments first."
        near = self.nearest(label)
        if near:
            names = sentence_list([f"'{name}'" for name in near])
            told = f"'{label}'{NOT_A_DEPARTMENT} Did you mean {names}?"
            return f"{told} Add it there as an alias, or import it as a department."
        return f"'{label}'{NOT_A_DEPARTMENT} Import it as a department, or add it as an alias to the one it means."

    def nearest(self, label: str) -> list[str]:
        """Up to three names that a label may have meant."""
        names = {
            pk: f"{each.name} ({each.acronym})" if each.acronym else each.name for pk, each in self.departments.items()
        }
        found = process.extract(
            label, names, scorer=fuzz.WRatio, processor=utils.default_process, limit=3, score_cutoff=80
        )
        return [self.departments[pk].name for _, _, pk in found]
