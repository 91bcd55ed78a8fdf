"""The directory as a list for spreadsheets: what its columns show, for every account that matches."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from channels import directory
from channels.cells import Row

READ_AT_ONCE = 500

Value = Callable[[Row], Any]


def names(row_names: Sequence[str], by_default: bool) -> str:
    return ", ".join(row_names) + (" (by default)" if by_default else "")


VALUES: dict[str, tuple[tuple[str, Value], ...]] = {
    "platform": (("Platform", lambda row: row.platform),),
    "account": (("Account", lambda row: row.handle), ("Name", lambda row: row.name)),
    "department": (("Department", lambda row: ", ".join(side.name for side in row.departments)),),
    "audience": (("Audience", lambda row: names(row.audiences, row.audiences_by_default)),),
    "market": (("Market", lambda row: names(row.markets, row.markets_by_default)),),
    "objective": (("Objective", lambda row: "; ".join(row.objectives)),),
    "status": (("Status", lambda row: row.status),),
    "last_post": (("Last post", lambda row: row.last_post_on),),
    "attested": (("Attested", lambda row: row.last_attested_on),),
    "language": (("Language", lambda row: row.language),),
    "contact": (("Contact", lambda row: "named" if row.has_contact else ""),),
    "rhythm": (("Rhythm", lambda row: row.rhythm),),
    "tags": (("Tags", lambda row: ", ".join(row.tags)),),
}
"""What a column of the directory is in a file: one column, or two where it shows two things."""


def header(columns: Sequence[str]) -> list[str]:
    return [label for name in columns for label, _ in VALUES[name]]


def lines(pks: Sequence[int], columns: Sequence[str], today: date) -> Iterator[list[Any]]:
    """The values of these accounts, some hundred accounts at a time."""
    values = [value for name in columns for _, value in VALUES[name]]
    for start in range(0, len(pks), READ_AT_ONCE):
        for row in directory.rows(pks[start : start + READ_AT_ONCE], today, ""):
            yield [value(row) for value in values]
