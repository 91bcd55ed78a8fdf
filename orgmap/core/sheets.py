"""Lists for spreadsheets: CSV as it is read, XLSX with real numbers and dates. No cell is ever a formula."""

import csv
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import IO, Any

import xlsxwriter
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.timezone import localdate

STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A spreadsheet that opens a CSV file reads a cell that starts so as a formula, and runs it."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SENT_AT_ONCE = 500
WIDEST = 60
LONGEST = 32_767
"""So many letters fit into a cell of a spreadsheet."""

SHEET_NAME = 31
"""So many letters fit into the name of a sheet."""

Rows = Iterable[Sequence[Any]]


def download(kind: str, name: str, header: Sequence[str], rows: Rows) -> HttpResponseBase:
    """A list as a file of this kind; its name carries the day. The rows are read while they are written."""
    filename = f"{name}-{localdate().isoformat()}.{kind}"
    if kind == "csv":
        answer = StreamingHttpResponse(csv_parts(header, rows), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{filename}"'
        return answer
    return FileResponse(xlsx_file(header, rows), as_attachment=True, filename=filename, content_type=XLSX)


def csv_parts(header: Sequence[str], rows: Rows) -> Iterator[str]:
    """The file in parts of some hundred lines. It begins with the mark by which spreadsheets know UTF-8."""

    class Part(list[str]):
        write = list.append

    part = Part(["\ufeff"])
    writer = csv.writer(part)
    writer.writerow(header)
    for number, row in enumerate(rows, 1):
        writer.writerow([harmless(value) for value in row])
        if number % SENT_AT_ONCE == 0:
            yield "".join(part)
            part.clear()
    yield "".join(part)


def harmless(value: Any) -> Any:
    """A value that no spreadsheet takes for a formula: such a text gets an apostrophe before it."""
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(STARTS_FORMULA) else value
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date) else value


def xlsx_file(header: Sequence[str], rows: Rows) -> IO[bytes]:
    """A list as a workbook with one sheet."""
    return workbook([("", header, rows)])


def workbook(sheets: Iterable[tuple[str, Sequence[str], Rows]]) -> IO[bytes]:
    """Sheets by name, header and rows, written row by row to disk: their size does not matter to memory."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - who sends it closes it
    book = xlsxwriter.Workbook(
        file,
        {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "d mmm yyyy"})
    for name, header, rows in sheets:
        sheet = book.add_worksheet(name[:SHEET_NAME] or None)
        for column, head in enumerate(header):
            sheet.set_column(column, column, min(max(len(head) + 4, 16), WIDEST))
            sheet.write_string(0, column, head, bold)
        sheet.freeze_panes(1, 0)
        last = 0
        for last, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                write(sheet, last, column, value, day)
        sheet.autofilter(0, 0, last, len(header) - 1)
    book.close()
    file.seek(0)
    return file


def write(sheet: Any, row: int, column: int, value: Any, day: Any) -> None:
    """A cell: numbers as numbers, days as days, everything else as text that is never run."""
    if value is None or value == "":
        return
    if isinstance(value, date):
        sheet.write_datetime(row, column, value, day)
    elif isinstance(value, bool) or not isinstance(value, int | float):
        sheet.write_string(row, column, str(value)[:LONGEST])
    else:
        sheet.write_number(row, column, value)
