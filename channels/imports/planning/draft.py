"""A department of a list on its way to the map."""

from dataclasses import dataclass, field

from channels.imports.records import Entry
from departments.labels import KnownDepartment


@dataclass
class Draft:
    """A department as the list has it; negative numbers are not on the map yet."""

    pk: int
    line: int
    entry: Entry
    name: str
    fields: dict[str, str]
    aliases: list[str] = field(default_factory=list)
    parent: int | None = None
    slug: str = ""
    before: KnownDepartment | None = None
    """As it stands on the map."""
