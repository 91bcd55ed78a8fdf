"""Every figure is the same everywhere: page, spreadsheet, CSV, JSON and the command."""

import csv
import io
import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from orgmap.core.templatetags.figures import percent
from orgmap.reports.models import Level, Pair
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
