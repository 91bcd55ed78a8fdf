"""Reading files: encodings, separators, titles, totals, damage."""

import io
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from channels.imports.reading import read_list
from channels.imports.records import List, MissingColumns, UnreadableList
from tests.examples import examples

LISTS = Path(__file__).parent / "lists"
PLAIN = "Platform,URL,Department\nFacebook,https://facebook.com/acmé,Café\nX,https://x.com/acme,Café\n"


def values(found: List) -> list[tuple[int, dict[str, str]]]:
    return [(entry.line, entry.values) for entry in found.entries]


AS_READ = [
    (2, {"platform": "Facebook", "address": "https://facebook.com/acmé", "department": "Café"}),
    (3, {"platform": "X", "address": "https://x.com/acme", "department": "Café"}),
]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman"]
)
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_list_reads_the_same_in_every_encoding_with_any_line_ends_and_separators(
    encoding: str, ends: str, separator: str
) -> None:
    content = PLAIN.replace(",", separator).replace("\n", ends).encode(encoding)
    assert values(read_list(content, kind="accounts")) == AS_READ


def test_hundreds_of_empty_trailing_columns_and_blank_rows_are_not_read() -> None:
    content = "".join(f"{line}{',' * 400}\n" for line in PLAIN.splitlines()) + f"{',' * 403}\n\n   \n"
    found = read_list(content.encode(), kind="accounts")
    assert values(found) == AS_READ
    assert found.headers == ("Platform", "URL", "Department")
    assert found.notes == ()


def test_title_lines_above_the_header_are_skipped_and_lines_are_numbered_as_in_the_file() -> None:
    found = read_list((LISTS / "audit_sheet_a.csv").read_bytes(), kind="accounts")
    assert found.header_line == 4
    assert [entry.line for entry in found.entries] == [5, 6, 7]
    assert [(note.line, note.message) for note in found.notes] == [(9, "This row is a total and was left out.")]


def test_a_repeated_header_is_not_a_row() -> None:
    found = read_list((PLAIN + PLAIN).encode(), kind="accounts")
    assert [entry.line for entry in found.entries] == [2, 3, 5, 6]


def test_a_cell_with_line_breaks_keeps_the_lines_of_the_file() -> None:
    content = b'URL,Notes\nhttps://x.com/a,"one\ntwo"\nhttps://x.com/b,three\n'
    assert values(read_list(content, kind="accounts")) == [
        (2, {"address": "https://x.com/a", "notes": "one two"}),
        (4, {"address": "https://x.com/b", "notes": "three"}),
    ]


def test_a_quotation_mark_that_is_never_closed_is_named_with_its_line() -> None:
    rows = "".join(f"https://x.com/a{number},x\n" for number in range(10))
    found = read_list(f'URL,Notes\nhttps://x.com/a,"oops\n{rows}'.encode(), kind="accounts")
    assert [(entry.line, entry.problem) for entry in found.entries] == [
        (
            2,
            "A quotation mark opens here and is not closed, so that everything down to line 12 was read as one cell. "
            "Close it and import the list again.",
        )
    ]


def test_entities_and_invisible_letters_are_read_as_meant() -> None:
    found = read_list("URL,Notes\nhttps://x.com/a\u200b,News &amp; views&nbsp;\n".encode(), kind="accounts")
    assert found.entries[0].values == {"address": "https://x.com/a", "notes": "News & views"}


def test_a_password_column_is_not_read() -> None:
    found = read_list(b"URL,Password\nhttps://x.com/a,hunter2\n", kind="accounts")
    assert found.entries[0].values == {"address": "https://x.com/a"}
    assert [note.message for note in found.notes] == [
        "Passwords have no place here, so the column 'Password' was not read. "
        "Remove it from the file, and change the passwords."
    ]


def test_unknown_headers_are_reported_not_refused() -> None:
    found = read_list(b"URL,Shoe size\nhttps://x.com/a,44\n", kind="accounts")
    assert found.mapping == {"URL": "address"}
    assert [note.message for note in found.notes] == ["The column 'Shoe size' is not known here and was left out."]


def test_a_column_with_values_and_no_header_is_reported() -> None:
    found = read_list(b"URL,\nhttps://x.com/a,44\n", kind="accounts")
    assert [note.message for note in found.notes] == [
        "Column 2 has values but no header, so it was not read. Give it a header."
    ]


def test_a_missing_column_is_named_with_what_was_found() -> None:
    with pytest.raises(MissingColumns) as refusal:
        read_list(b"Colour,Size\nred,4\n", kind="accounts")
    assert str(refusal.value) == (
        "A list of accounts needs a column for: address or handle or account. Line 1 was read as the header and has "
        "'Colour', 'Size'. Say which column is which."
    )


def test_a_mapping_says_which_column_is_which_and_leaves_out() -> None:
    found = read_list(
        b"Where,Notes\nhttps://x.com/a,no\n", kind="accounts", mapping={"where": "address", "Notes": "ignore"}
    )
    assert values(found) == [(2, {"address": "https://x.com/a"})]


@pytest.mark.parametrize(
    ("name", "kind", "mapping"),
    [
        (
            "audit_sheet_a.csv",
            "accounts",
            {
                "Network": "platform",
                "Handle": "handle",
                "Channel Owner": "department",
                "Verified": "verified",
                "Mission Statement": "says",
                "KPIs": "kpis",
                "Top Content": "top_content",
                "Audience": "audience",
                "Most Recent Post": "last_post_on",
                "Keep / Deactivate": "decision",
                "Notes": "notes",
            },
        ),
        (
            "audit_sheet_b.csv",
            "accounts",
            {
                "Social Network": "platform",
                "URL": "address",
                "Owner": "department",
                "Mission Statement": "says",
                "Branding Check": "branding",
                "Password Centralized": "centralised",
            },
        ),
        (
            "federal_registry.csv",
            "accounts",
            {
                "account_platform": "platform",
                "account_url": "address",
                "account_name": "name",
                "short_description": "says",
                "long_description": "notes",
                "language": "language",
                "agencies": "department",
                "contacts": "contact",
                "tags": "tags",
                "status": "status",
                "certified_at": "last_attested_on",
            },
        ),
        (
            "bilingual_list.csv",
            "accounts",
            {
                "Account / Compte": "account",
                "Platform / Plateforme": "platform",
                "Department / Ministère": "department",
                "Language / Langue": "language",
                "URL": "address",
            },
        ),
        (
            "city_list.csv",
            "metrics",
            {
                "Agency": "department",
                "Platform": "platform",
                "Url": "address",
                "Date Sampled": "on",
                "Likes/Followers/Visits/Downloads": "value",
            },
        ),
    ],
)
def test_the_headers_of_known_sources_are_known(name: str, kind: str, mapping: dict[str, str]) -> None:
    assert read_list((LISTS / name).read_bytes(), kind=kind).mapping == mapping


def made_workbook() -> bytes:
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed) as book:
        book.add_worksheet("Read me").write_row(0, 0, ["How to use this sheet"])
        sheet = book.add_worksheet("Accounts")
        sheet.write_row(1, 0, ["Platform", "URL", "Most Recent Post", "Contact"])
        sheet.write_row(3, 0, ["Facebook", "https://facebook.com/acme"])
        sheet.write_datetime(3, 2, date(2026, 3, 14), book.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write_number(3, 3, 4000)
    return packed.getvalue()


WORKBOOK = made_workbook()


def test_a_spreadsheet_is_read_from_the_sheet_that_fits_by_its_own_row_numbers() -> None:
    found = read_list(WORKBOOK, kind="accounts")
    assert (found.sheet, found.header_line) == ("Accounts", 2)
    expected = {
        "platform": "Facebook",
        "address": "https://facebook.com/acme",
        "last_post_on": "2026-03-14",
        "contact": "4000",
    }
    assert values(found) == [(4, expected)]
    assert [note.message for note in found.notes] == ["The sheet 'Accounts' was read. Others: Read me."]


def test_an_unknown_sheet_is_answered_with_the_sheets_there_are() -> None:
    with pytest.raises(UnreadableList, match=r"There is no sheet 'Konten'. The file has: Read me, Accounts."):
        read_list(WORKBOOK, kind="accounts", sheet="Konten")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b" \n\n", "The file is empty."),
        (b"%PDF-1.7 ...", "This is a PDF document, not a list. Save the list as CSV or XLSX and try again."),
        (
            b"PK\x03\x04 broken",
            "The spreadsheet can't be opened; it may be damaged. Open it in your spreadsheet program and save it anew.",
        ),
        (
            bytes(range(32)) * 40,
            "This file is neither a text with columns nor a spreadsheet. Save the list as CSV or XLSX and try again.",
        ),
    ],
)
def test_a_file_that_is_no_list_gets_a_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableList) as refusal:
        read_list(content, kind="accounts")
    assert str(refusal.value) == sentence


def test_too_many_rows_get_a_sentence() -> None:
    content = "URL\n" + "https://x.com/a\n" * 11
    with pytest.raises(UnreadableList, match=r"The list has more than 10 rows. Split it into several files."):
        read_list(content.encode(), kind="accounts", most_rows=10)


@given(st.binary(max_size=400), st.sampled_from(["departments", "accounts", "metrics", "objectives", "ties"]))
@settings(max_examples=examples(300))
def test_any_bytes_are_a_list_or_get_a_sentence(content: bytes, kind: str) -> None:
    for start in (b"", b"URL,Date,Value,Name\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe"):
        assert refusal_of(start + content, kind)[-1:] in ("", ".")


@given(st.data())
@settings(max_examples=examples(60))
def test_a_damaged_spreadsheet_gets_a_sentence(data: st.DataObject) -> None:
    content = bytearray(WORKBOOK)
    for _ in range(data.draw(st.integers(1, 20))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    assert refusal_of(bytes(content), "accounts")[-1:] in ("", ".")


def refusal_of(content: bytes, kind: str) -> str:
    """The sentence with which a file is refused; empty when it is read."""
    try:
        read_list(content, kind=kind)
    except UnreadableList as refusal:
        return str(refusal)
    return ""
