"""From the bytes of a file to its rows, and from its rows to a list of entries."""

from channels.imports.headers import Columns, columns_of, header_row, score
from channels.imports.records import REMARK, Entry, List, MissingColumns, Note, Table, UnreadableList
from channels.imports.spreadsheets import is_spreadsheet, sheet_names, sheet_table
from channels.imports.synonyms import FIELDS
from channels.imports.text_files import text_table
from channels.imports.values import is_total, text

MOST_BYTES = 64 * 1024 * 1024
MOST_ROWS = 250_000
SAMPLES = 8
REFUSED_STARTS = {
    b"%PDF": "a PDF document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"{\\rtf": "a text document",
    b"\x1f\x8b": "a compressed file",
}


def read_list(
    content: bytes, *, kind: str, sheet: str = "", mapping: dict[str, str] | None = None, most_rows: int = MOST_ROWS
) -> List:
    """A file as a list of one kind. Raises UnreadableList with a sentence when the file as a whole can't be taken."""
    if not content.strip():
        raise UnreadableList("The file is empty.")
    if len(content) > MOST_BYTES:
        raise UnreadableList(f"The file is larger than {MOST_BYTES // 1024 // 1024} MB. Split it into several files.")
    for start, what in REFUSED_STARTS.items():
        if content.startswith(start):
            raise UnreadableList(f"This is {what}, not a list. Save the list as CSV or XLSX and try again.")
    if is_spreadsheet(content):
        table = best_sheet(content, kind=kind, sheet=sheet, most_rows=most_rows)
    else:
        table = text_table(content, most_rows=most_rows)
    return understood(table, kind=kind, mapping=mapping or {})


def best_sheet(content: bytes, *, kind: str, sheet: str, most_rows: int) -> Table:
    """The sheet asked for, else the one whose headers say most."""
    names = sheet_names(content)
    if sheet:
        found = next((name for name in names if name.strip().casefold() == sheet.strip().casefold()), None)
        if found is None:
            raise UnreadableList(f"There is no sheet '{sheet}'. The file has: {', '.join(names)}.")
        return sheet_table(content, found, most_rows=most_rows)
    best: Table | None = None
    best_score = -1
    for name in names[:30]:
        table = sheet_table(content, name, most_rows=most_rows)
        found_score = max((score(kind, row.cells) for row in table.rows[:30]), default=-1)
        if found_score > best_score:
            best, best_score = table, found_score
    if best is None:
        raise UnreadableList("The spreadsheet has no sheet with anything in it.")
    if len(names) > 1:
        others = ", ".join(name for name in names if name != best.sheet)
        told = f"The sheet '{best.sheet}' was read. Others: {others}."
        return Table(best.rows, best.sheet, (*best.remarks, told))
    return best


def understood(table: Table, *, kind: str, mapping: dict[str, str]) -> List:
    """The entries of a table: header found, columns mapped, totals left out."""
    if not table.rows:
        raise UnreadableList("The file has no rows.")
    at = header_row(kind, table.rows, mapping)
    header = table.rows[at]
    columns = columns_of(kind, header.cells, mapping)
    notes = [Note(0, REMARK, "", remark) for remark in table.remarks]
    notes += [Note(header.line, REMARK, value, message) for value, message in columns.remarks]
    entries = []
    body = table.rows[at + 1 :]
    for row in body:
        values = entry_values(columns, row.cells)
        if row.cells == header.cells:
            continue
        if not row.problem and is_total(row.cells, values):
            notes.append(Note(row.line, REMARK, text(row.cells[0]), "This row is a total and was left out."))
            continue
        if values or row.problem:
            entries.append(Entry(row.line, values, row.problem))
    width = len(columns.headers)
    nameless = sorted(
        {index for row in body for index in columns.nameless if index < len(row.cells) and row.cells[index].strip()}
        | {index for row in body for index in range(width, len(row.cells)) if row.cells[index].strip()}
    )
    for index in nameless[:20]:
        told = f"Column {index + 1} has values but no header, so it was not read. Give it a header."
        notes.append(Note(header.line, REMARK, "", told))
    found = List(
        kind=kind,
        entries=tuple(entries),
        headers=columns.headers,
        mapping={columns.headers[index]: name for index, name in columns.taken.items()},
        header_line=header.line,
        sheet=table.sheet,
        notes=tuple(notes),
        samples=body[:SAMPLES],
    )
    require(found)
    return found


def entry_values(columns: Columns, cells: tuple[str, ...]) -> dict[str, str]:
    """The cells of one row by field; where two columns fill one field, the first that has a value counts."""
    values: dict[str, str] = {}
    for index, name in columns.taken.items():
        if index < len(cells) and name not in values and (cell := text(cells[index])):
            values[name] = cell
    return values


def require(found: List) -> None:
    """Refuse a list that lacks what its kind can't do without, saying what was found instead."""
    taken = set(found.mapping.values())
    missing = [choice for choice in FIELDS[found.kind].required if not taken & set(choice)]
    if not missing:
        return
    wanted = "; ".join(" or ".join(choice) for choice in missing)
    headers = ", ".join(f"'{header}'" for header in found.headers if header) or "no header at all"
    raise MissingColumns(
        f"A list of {found.kind} needs a column for: {wanted}. Line {found.header_line} was read as the header and has "
        f"{headers}. Say which column is which.",
        found,
        missing[0][0],
    )
