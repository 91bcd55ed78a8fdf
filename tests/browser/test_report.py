"""The report in the browser: every figure to its evidence, on paper, as a PDF, by keyboard."""

import io
import re
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.models import Value
from django.db.models.functions import Concat, Left
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect
from pypdf import PdfReader

from departments.models import Department
from orgmap.reports.models import Level, ReportFile, Snapshot
from orgmap.reports.services import freeze, printing, share
from orgmap.users.models import User

pytestmark = pytest.mark.django_db(transaction=True)

SignedIn = Callable[..., BrowserContext]
RECORD = re.compile(r"/(accounts|objectives|agreements)/\d+/$|/departments/[-\w]+/$")
"""The pages of records."""
CLOSER = re.compile(r"/reports/\d+/(units|pairs)/[-\w]+/")
"""The pages of a report that name the accounts of one or two units."""
RULES = "/methodology/"
"""The evidence of a figure that is a rule."""


def person(role: str) -> User:
    return User.objects.get(email=f"{role}@demo.example")


def paths(page: Page, within: str) -> list[str]:
    """Where the links of a part lead, each once."""
    return list(dict.fromkeys(page.locator(within).evaluate_all("found => found.map((a) => a.pathname + a.search)")))


def test_from_every_figure_an_executive_reaches_its_evidence_in_two_clicks(
    report: Snapshot, signed_in: SignedIn
) -> None:
    page = signed_in(person("executive")).new_page()
    page.goto("/reports/")
    figures = paths(page, "main [data-figure]")
    assert len(figures) > 30
    shown: dict[str, list[str]] = {}

    def records(path: str) -> list[str]:
        """The records that a page names."""
        if path not in shown:
            answer = page.goto(path)
            assert answer
            assert answer.status == 200, path
            shown[path] = paths(page, "main a[href]")
        return [link for link in shown[path] if RECORD.search(link.partition("?")[0])]

    for first in figures:
        if first.startswith(RULES):
            continue
        if not records(first):
            closer = next((link for link in shown[first] if CLOSER.search(link)), "")
            assert closer, f"{first} leads to no evidence: {shown[first]}"
            assert records(closer), f"{first} and {closer} name no record."


def test_the_report_prints_on_two_sheets_with_nothing_cut(report: Snapshot, signed_in: SignedIn) -> None:
    page = signed_in(person("executive")).new_page()
    page.goto("/reports/")
    said = page.locator(".report").inner_text()
    page.emulate_media(media="print")
    assert page.locator(".take-along").is_hidden()
    sheets = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert len(sheets) == 2
    assert {(round(sheet.mediabox.width), round(sheet.mediabox.height)) for sheet in sheets} == {(595, 842)}
    paper = "".join(sheet.extract_text() for sheet in sheets)
    assert re.findall(r"\d+", paper.replace("\u202f", ""))
    for figure in re.findall(r"\d+\s?%", said):
        assert re.sub(r"\s", "", figure) in re.sub(r"\s", "", paper), figure
    assert "forecasts nothing" in " ".join(paper.split())

    long = " and all that belongs to it in the northern, the southern and the island regions"
    Department.objects.update(name=Left(Concat("name", Value(long)), 100))
    for level in ("2", "3", "all"):
        page.goto(f"/reports/?level={level}")
        whole = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
        assert (level, len(whole)) == (level, 2)
        assert "forecasts nothing" in " ".join(whole[1].extract_text().split())


def test_the_pdf_is_asked_for_by_keyboard_and_comes_by_itself(
    report: Snapshot, signed_in: SignedIn, axe: Callable[[Page], None], tmp_path: Path
) -> None:
    page = signed_in(person("executive")).new_page()
    page.goto("/reports/")
    page.get_by_role("button", name="Make a PDF").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#pdf_state")).to_contain_text("It waits for a worker.")
    axe(page)
    printing.make_file(file_id=ReportFile.objects.get().pk)
    link = page.locator("#pdf_state").get_by_role("link", name="PDF")
    expect(link).to_be_visible()
    expect(page.locator("#pdf_state")).to_be_focused()
    page.keyboard.press("Tab")
    expect(link).to_be_focused()
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    download.value.save_as(tmp_path / "report.pdf")
    assert len(PdfReader(tmp_path / "report.pdf").pages) == 2
    axe(page)


def test_pages_of_the_report_are_right_at_both_widths_and_themes(
    report: Snapshot, inspect: Callable[..., None], signed_in: SignedIn
) -> None:
    freeze.name_report(snapshot=report, name="Q3 board")
    lead, executive = person("lead"), person("executive")
    link = share.share_report(snapshot=report, by=lead, now=timezone.now())
    level = Level.objects.filter(snapshot=report, contested__gt=0).order_by("pk")[0]
    call_command("rollup", verbosity=0, stdout=StringIO())
    for path, name, who in (
        (f"/reports/shared/{link.key}/", "report-shared", executive),
        (f"/reports/{report.pk}/pairs/?level={level.level}", "pairs", executive),
        (f"/reports/{report.pk}/benefits/", "benefits", executive),
        (f"/reports/{report.pk}/divisions/marketing/", "division", executive),
        (f"/reports/{report.pk}/pdf/", "pdf", executive),
        ("/reports/monthly/", "monthly", executive),
        (f"/reports/{report.pk}/links/", "links", lead),
        ("/reports/past/", "past", lead),
    ):
        inspect(path, name, who)
