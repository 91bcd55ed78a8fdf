"""Every figure is the same everywhere: page, spreadsheet, CSV, JSON and the command."""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from orgmap.core.templatetags.figures import percent
from orgmap.reports import doors
from orgmap.reports.exports import tables
from orgmap.reports.models import Level, Pair, ReportFile, Snapshot
from orgmap.reports.services import printing, report_file
from orgmap.reports.templatetags.reports import points, weighed
from tests import build
from tests.reports.company import company
from tests.reports.test_pages import roll_up, words

pytestmark = pytest.mark.django_db


def test_the_report_says_the_same_on_the_page_in_the_spreadsheet_in_lists_and_on_the_command_line():
    made = company()
    build.tie(made.care, made.brand, audiences=["customers"], platforms=[])
    snapshot = roll_up()
    client = Client()
    client.force_login(build.user("executive"))

    def file(kind: str) -> bytes:
        answer = client.get(reverse("reports:report_export", args=[snapshot.pk, kind]))
        assert answer.status_code == 200
        return answer.getvalue()

    page = words(client.get(reverse("reports:report")))
    book = CalamineWorkbook.from_filelike(io.BytesIO(file("xlsx")))
    flat = list(csv.DictReader(StringIO(file("csv").decode("utf-8-sig"))))
    sections = json.loads(file("json"))["sections"]
    out = StringIO()
    call_command("rollup", "--json", stdout=out)

    level = Level.objects.get(snapshot=snapshot, level=None)
    pair = Pair.objects.get(level=level)
    (told,) = [row for row in json.loads(out.getvalue())["levels"] if row["level"] is None]
    assert told["alignment"] == level.alignment == 0.5
    assert f"{percent(level.alignment)} of the meetings".replace("\u202f", "") in page
    sheet = {row[0]: row[1] for row in book.get_sheet_by_name("Alignment").to_python()}
    assert (sheet["Alignment"], sheet["Contested places"]) == (level.alignment, level.contested)
    pairs = [tuple(row) for row in book.get_sheet_by_name("Pairs").to_python()[1:]]
    assert pairs == [("Brand", "Customer care", 2.0, pair.overlap, pair.coverage, pair.gap, "Aligned")]
    listed = {(row["Section"], row["About"], row["Figure"]): row["Value"] for row in flat}
    assert float(listed["Alignment", "Alignment", "Value"]) == level.alignment
    assert float(listed["Pairs", "Brand, Customer care", "Agreed"]) == pair.coverage
    assert sections["Pairs"][0]["Agreed"] == pair.coverage
    assert {sheet.name for sheet in book.sheets_metadata} == set(sections)


class Figures(HTMLParser):
    """The figures of a report's page, each with the cell of the exports that it names; and the text by section."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str, str]] = []
        self.sections: list[str] = []
        self.outside: list[str] = []
        self.figure: list[str] | None = None
        self.about = self.link = ""
        self.depth = self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        classes = (given.get("class") or "").split()
        if tag in ("section", "footer") and "part" in classes:
            self.sections.append("")
            self.depth = 1
        elif tag in ("section", "footer"):
            self.depth = 0
        self.hidden += self.hidden > 0 and tag not in VOID
        if not self.hidden and ("visually-hidden" in classes or "no-print" in classes or tag == "svg"):
            self.hidden = 1
        if "data-figure" in given:
            self.figure, self.about, self.link = [], given["data-figure"] or "", given.get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.figure is not None:
            self.found.append((self.about, "".join(self.figure).strip(), self.link))
            self.figure = None
        self.hidden -= self.hidden > 0

    def handle_data(self, data: str) -> None:
        if self.hidden or not self.depth or not self.sections:
            return
        self.sections[-1] += f"{data} " if self.figure is None else data
        (self.outside if self.figure is None else self.figure).append(data)


VOID = {"input", "br", "img", "hr", "meta", "link", "rect", "circle", "polyline", "line", "use"}
NUMBER = re.compile(r"(?:\b(?:over|under)\s)?[+\u2212\u00b1]?\d[\d,./]*(?:\s?%)?")


def numbers(text: str) -> Counter[str]:
    """Every number of a text as it is written, with its sign and unit."""
    return Counter(re.sub(r"\s", "", found).rstrip(".,") for found in NUMBER.findall(text))


def of_sections(said: dict[str, list[dict[str, object]]], keys: dict[str, int]) -> Iterator[tuple[str, object]]:
    """Every figure of JSON by the address that the page gives it."""
    for section, rows in said.items():
        for row in rows:
            cells = list(row.items())
            about = ", ".join(str(value) for _, value in cells[: keys[section]] if value not in (None, ""))
            for name, value in cells[keys[section] :]:
                yield f"{section}|{about}|{name}", value


def test_every_figure_of_the_demo_is_the_same_on_the_page_in_each_file_and_on_the_command_line(
    demo,
):
    out = StringIO()
    call_command("rollup", "--json", stdout=out)
    command = json.loads(out.getvalue())
    snapshot = Snapshot.objects.get()
    levels = doors.levels(snapshot)
    person = build.user("executive")
    client = Client()
    client.force_login(person)
    page = Figures()
    page.feed(client.get(reverse("reports:report")).content.decode())

    def file(kind: str) -> bytes:
        answer = client.get(reverse("reports:report_export", args=[snapshot.pk, kind]))
        assert answer.status_code == 200, answer.headers
        return answer.getvalue()

    keys = {table.name: table.keys for table in tables(snapshot, doors.level(levels, {}), levels)}
    by_json = dict(of_sections(json.loads(file("json"))["sections"], keys))
    by_command = dict(of_sections(command["page"]["sections"], keys))
    by_csv = {
        f"{row['Section']}|{row['About']}|{row['Figure']}": row["Value"]
        for row in csv.DictReader(StringIO(file("csv").decode("utf-8-sig")))
    }
    book = CalamineWorkbook.from_filelike(io.BytesIO(file("xlsx")))
    by_sheet = dict(
        of_sections(
            {
                name: [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
                for name in book.sheet_names
                if (rows := book.get_sheet_by_name(name).to_python())
            },
            keys,
        )
    )

    assert len(page.found) > 60
    for about, text, link in page.found:
        value = by_json[about]
        shown = {str(value)} if isinstance(value, str) else {percent(value), points(value), weighed(value)}
        assert text.startswith(tuple(shown)), (about, text, value)
        assert by_command[about] == value, about
        assert by_sheet[about] == (pytest.approx(value, abs=1e-12) if isinstance(value, float) else value), about
        assert by_csv[about] == str(value), about
        assert link, about
    told = [
        text for text in page.outside if re.search(r"\d", re.sub(r"\b(and|of) \d+ ?(more|:)|Catalogue.*", "", text))
    ]
    assert [text.strip() for text in told if not NO_FIGURE.search(text)] == []

    wanted = report_file.request_file(snapshot=snapshot, level=doors.level(levels, {}), by=person, now=timezone.now())
    printing.make_file(file_id=wanted.pk)
    reader = PdfReader(io.BytesIO(bytes(ReportFile.objects.get().content)))
    assert len(reader.pages) == 2
    paper = "\n".join(sheet.extract_text() for sheet in reader.pages)
    printed = parts_of(paper)
    for number, (on_page, on_paper) in enumerate(zip(page.sections[:6], printed, strict=True), 1):
        assert numbers(on_paper) == numbers(on_page), number


NO_FIGURE = re.compile(r"^\s*\d\s*$|\band \d+ more|\bgroup of \d+|As of .* from|Catalogue \w+, facts \w+")
"""Numbers that are no figures of the report: of its sections, of what is not listed, of a size, of days."""


def parts_of(paper: str) -> list[str]:
    """The text of the PDF by section."""
    foot = re.compile(r"^.*policy: .*$", re.MULTILINE)
    titles = ("Alignment", "Left hand, right hand", "Small groups to form", "Clean-up list", "Silos", "Benefits")
    text, starts = foot.sub("", paper), []
    for number, title in enumerate(titles, 1):
        hung = rf"^{number}\s+(?:\S+\s+)?{title}\n"  # the number and the figure in the margin come before the title
        found = re.compile(hung, re.MULTILINE).search(text, starts[-1] if starts else 0)
        assert found, title
        starts.append(found.start())
    ends = [*starts[1:], text.index("As of", starts[-1])]
    return [text[start:end] for start, end in zip(starts, ends, strict=True)]
