"""Spreadsheets: xlsx, xls and ods."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import CalamineWorkbook, PasswordError

from channels.imports.records import Row, Table, UnreadableList

MOST_UNPACKED = 400 * 1024 * 1024
MOST_COLUMNS = 2_000
PASSWORD = "The spreadsheet is protected by a password. Save it without one and try again."  # noqa: S105 - a sentence
DAMAGED = "The spreadsheet can't be opened; it may be damaged. Open it in your spreadsheet program and save it anew."


def is_spreadsheet(content: bytes) -> bool:
    """Whether the first bytes are those of a zipped or an old binary spreadsheet."""
    return content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))


def sheet_names(content: bytes) -> list[str]:
    """The names of the sheets, in their order."""
    return list(opened(content).sheet_names)


def sheet_table(content: bytes, sheet: str, *, most_rows: int) -> Table:
    """The rows of one sheet; dates as 2012-08-02, whole figures without a decimal point."""
    workbook = opened(content)
    try:
        rows = tuple(cleaned(workbook.get_sheet_by_name(sheet).iter_rows(), most_rows=most_rows))
    except UnreadableList:
        raise
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # the reader panics on some damaged files, and a panic is no Exception
        raise UnreadableList(DAMAGED) from error
    return Table(rows, sheet=sheet)


def opened(content: bytes) -> CalamineWorkbook:
    """The workbook, refused when it would not fit into memory, is locked or damaged."""
    if content.startswith(b"PK"):
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as packed:
                if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                    raise UnreadableList("The spreadsheet is too large when unpacked. Save the one sheet as CSV.")
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, IndexError, KeyError) as error:
            raise UnreadableList(DAMAGED) from error
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(content))
    except PasswordError as error:
        raise UnreadableList(PASSWORD) from error
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # as above
        raise UnreadableList(DAMAGED) from error


def cleaned(rows: Iterable[list[Any]], *, most_rows: int) -> Iterator[Row]:
    """The rows that hold anything, as text, numbered as the spreadsheet numbers them."""
    count = 0
    for line, values in enumerate(rows, 1):
        while values and values[-1] in ("", None):
            values.pop()
        if not values:
            continue
        if len(values) > MOST_COLUMNS:
            raise UnreadableList(f"Row {line} has {len(values):,} columns; a list has at most {MOST_COLUMNS:,}.")
        cells = tuple(text_of(value) for value in values)
        if not any(cell and not cell.isspace() for cell in cells):
            continue
        count += 1
        if count > most_rows:
            raise UnreadableList(f"The list has more than {most_rows:,} rows. Split it into several files.")
        yield Row(line, cells)


def text_of(value: Any) -> str:
    """A cell as a person would type it."""
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", errors="replace").decode("utf-8")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    return "" if value is None or isinstance(value, timedelta) else str(value)
