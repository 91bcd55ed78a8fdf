"""Text files with columns: which encoding, which separator, which lines."""

import codecs
import csv
import io
import unicodedata
from collections.abc import Iterator

from charset_normalizer import from_bytes

from channels.imports.records import Row, Table, UnreadableList

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SEPARATORS = ",;\t|"
OTHER_ENCODINGS = [
    "cp1252",
    "cp1250",
    "cp1251",
    "cp1253",
    "cp1254",
    "shift_jis",
    "gb18030",
    "big5",
    "euc_kr",
]
COMMON = frozenset("àáâãäåæçèéêëìíîïñòóôõöøùúûüÿßÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜœŒ‘’“”„–—…•€£©®™°·«»¡¿§ºª½²³\u00a0")
"""Letters and marks that Western lists have beside ASCII."""
LOOK_AT = 200_000
MOST_COLUMNS = 2_000
MOST_CELL = 130_000


def text_table(content: bytes, *, most_rows: int) -> Table:
    """The rows of a comma, semicolon, tab or bar separated file in any common encoding."""
    text, remarks = decoded(content)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    first, _, rest = text.partition("\n")
    offset = 0
    if first.strip().strip('"').lower().startswith("sep=") and len(first.strip()) <= 7:
        separator = first.strip().strip('"')[4:5] or "\t"
        text, offset = rest, 1
    else:
        separator = likeliest_separator(text)
    rows = tuple(parsed(text, separator, offset=offset, most_rows=most_rows))
    return Table(rows, remarks=remarks)


def decoded(content: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of a file, with a remark when its encoding had to be guessed."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return readable(content.decode(encoding, errors="replace")), ()
    head = content[:LOOK_AT]
    if head.count(b"\0") > len(head) // 5:
        encoding = "utf-16-le" if head[1::2].count(b"\0") >= head[0::2].count(b"\0") else "utf-16-be"
        return readable(content.decode(encoding, errors="replace")), ()
    try:
        return readable(content.decode("utf-8")), ()
    except UnicodeDecodeError:
        encoding = likeliest_encoding(content)
    text = readable(content.decode(encoding, errors="replace"))
    return text, (f"The file does not say its encoding; it was read as {encoding}. Look at names with accents.",)


def likeliest_encoding(content: bytes) -> str:
    """cp1252, as spreadsheets of Windows write it, or Mac Roman, whichever gives common letters; else a guess."""
    foreign = bytes(byte for byte in content if byte > 127)[:LOOK_AT]
    for encoding in ("cp1252", "mac_roman"):
        letters = foreign.decode(encoding, errors="replace")
        if sum(letter in COMMON for letter in letters) * 4 >= len(letters) * 3:
            return encoding
    best = from_bytes(content[:LOOK_AT], cp_isolation=OTHER_ENCODINGS, threshold=0.5).best()
    return best.encoding if best else "cp1252"


def readable(text: str) -> str:
    """The text without what no list holds: NUL, lone surrogates, a stray mark at its start."""
    text = text.lstrip("\ufeff").replace("\0", "")
    sample = text[:LOOK_AT]
    strange = sum(
        unicodedata.category(letter) in {"Cc", "Cn", "Co"} and letter not in "\t\n\r\x0b\x0c\x1c\x1d\x1e\x85"
        for letter in sample
    )
    if strange * 20 > len(sample):
        raise UnreadableList(
            "This file is neither a text with columns nor a spreadsheet. Save the list as CSV or XLSX and try again."
        )
    return text.encode("utf-8", errors="replace").decode("utf-8")


def likeliest_separator(text: str) -> str:
    """The separator that gives the most rows the same number of columns; a bar only when nothing else separates."""
    sample = text[:LOOK_AT]
    best, best_score = ",", 0.0
    for separator in SEPARATORS:
        widths: dict[int, int] = {}
        try:
            for count, cells in enumerate(csv.reader(io.StringIO(sample), delimiter=separator)):
                width = len(cells)
                if width > 1:
                    widths[width] = widths.get(width, 0) + 1
                if count > 100:
                    break
        except csv.Error:
            continue
        if not widths:
            continue
        width = max(widths, key=lambda width: (widths[width], width))
        score = widths[width] * min(width, 20) * (0.2 if separator == "|" else 1)
        if score > best_score:
            best, best_score = separator, score
    return best


def parsed(text: str, separator: str, *, offset: int, most_rows: int) -> Iterator[Row]:
    """The rows that hold anything, each with the line on which it starts."""
    open_quote = text.count('"') % 2 == 1
    reader = csv.reader(io.StringIO(text), delimiter=separator)
    count = 0
    while True:
        line = reader.line_num + 1 + offset
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield Row(line, (), unclosed(line, None))
            continue
        if not any(cell and not cell.isspace() for cell in cells):
            continue
        count += 1
        if count > most_rows:
            raise UnreadableList(f"The list has more than {most_rows:,} rows. Split it into several files.")
        while cells and not cells[-1].strip():
            cells.pop()
        if len(cells) > MOST_COLUMNS:
            raise UnreadableList(f"Line {line} has {len(cells):,} columns; a list has at most {MOST_COLUMNS:,}.")
        problem = ""
        if (open_quote and any(cell.count("\n") > 3 and separator in cell for cell in cells)) or any(
            len(cell) > MOST_CELL for cell in cells
        ):
            problem = unclosed(line, reader.line_num + offset)
        yield Row(line, tuple(cells), problem)


def unclosed(line: int, last: int | None) -> str:
    """What to say where a quotation mark swallows rows."""
    until = f"line {last}" if last else "far below"
    return (
        f"A quotation mark opens here and is not closed, so that everything down to {until} was read as one cell. "
        "Close it and import the list again."
    )
