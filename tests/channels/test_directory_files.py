"""Views of the directory that people keep, and the directory as a file."""

import csv
import io
from datetime import date
from html import unescape

import pytest
from django.http import FileResponse, StreamingHttpResponse
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from channels import export
from channels.models import Export, SavedView
from channels.services.view import MOST
from orgmap.core import sheets
from tests import build

pytestmark = pytest.mark.django_db
LIST, FILE = reverse("channels:account_list"), reverse("channels:account_export")


@pytest.fixture
def lead(client: Client) -> Client:
    client.force_login(build.user("lead"))
    return client


def rows(client: Client, query: str = "") -> list[list[str]]:
    answer = client.get(f"{FILE}?{query}")
    assert isinstance(answer, StreamingHttpResponse)
    body = answer.getvalue().decode()
    assert body.startswith("\ufeff")
    return list(csv.reader(io.StringIO(body[1:])))


def test_account_export_holds_what_the_directory_shows(lead: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "READ_AT_ONCE", 2)
    monkeypatch.setattr(sheets, "SENT_AT_ONCE", 2)
    team = build.department("Sales, north")
    for number in range(5):
        status = "dormant" if number else "active"
        day = date(2026, 1, number + 1)
        build.account(f"a{number}", name="Ä", departments=[team], status=status, last_post_on=day)
    assert rows(lead, "columns=account,department,last_post&status=dormant&sort=-account&page=7") == [
        ["Account", "Name", "Department", "Last post"],
        *([f"a{number}", "Ä", "Sales, north", f"2026-01-0{number + 1}"] for number in (4, 3, 2, 1)),
    ]
    assert [row[0] for row in rows(lead, "columns=account&q=a3")] == ["Account", "a3"]
    usual = "Platform,Account,Name,Address,Department,Audience,Market,Objective,Status,Last post,Attested"
    assert rows(lead)[0] == usual.split(",")


def test_the_address_is_a_column_of_the_directory_and_of_its_files(lead: Client) -> None:
    build.account("acme", address="https://x.com/acme")
    build.account("text", address="short code 12345")
    page = lead.get(f"{LIST}?columns=account,address").content.decode()
    assert '<td><a href="https://x.com/acme" rel="noopener noreferrer">https://x.com/acme</a></td>' in page
    assert "<td>short code 12345</td>" in page
    assert rows(lead, "columns=account,address")[1] == ["acme", "", "https://x.com/acme"]
    assert rows(lead)[1][3] == "https://x.com/acme"


@pytest.mark.parametrize("evil", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_no_cell_of_an_export_is_a_formula(lead: Client, evil: str) -> None:
    build.account("acme", name=evil)
    assert rows(lead, "columns=account")[1] == ["acme", f"'{evil}"]
    answer = lead.get(f"{FILE}?columns=account&format=xlsx")
    assert isinstance(answer, FileResponse)
    content = answer.getvalue()
    answer.close()
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    assert [cell.strip() for cell in sheet.to_python()[1]] == ["acme", evil.strip()]
    assert b"<f>" not in content


def test_a_spreadsheet_has_real_dates_and_numbers() -> None:
    with sheets.xlsx_file(
        ["What", "When", "How many"], [["posts", date(2026, 2, 3), 12_400], ["", None, None]]
    ) as file:
        content = file.read()
    assert CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python() == [
        ["What", "When", "How many"],
        ["posts", date(2026, 2, 3), 12_400],
    ]


def test_account_export_names_the_file_by_the_day_and_leaves_contacts_out(lead: Client) -> None:
    build.account("acme", contact="secret@acme.example")
    assert rows(lead, "columns=contact") == [["Contact"], ["named"]]
    answer = lead.get(f"{FILE}?format=xlsx")
    answer.close()
    assert answer["Content-Disposition"].startswith('attachment; filename="accounts-20')


def links(client: Client, query: str = "") -> list[tuple[str, bool]]:
    """The views above the list, and whether each is the one that is shown."""
    body = client.get(f"{LIST}?{query}").content.decode()
    nav = body.split('<nav aria-label="Views">')[1].split("</nav>")[0]
    return [
        (unescape(part.split(">")[1].split("<")[0]), "aria-current" in part.split(">")[0])
        for part in nav.split("<a ")[1:]
    ]


def test_a_view_keeps_filters_order_and_columns(lead: Client) -> None:
    build.account("acme", status="dormant")
    asked = "q=&status=dormant&sort=-account&columns=account&columns=status&page=3"
    answer = lead.post(reverse("channels:view_save"), {"name": "Asleep", "query": asked})
    kept = "status=dormant&sort=-account&columns=account&columns=status"
    assert (answer.status_code, answer["Location"]) == (302, f"{LIST}?{kept}")
    assert links(lead, kept) == [("All accounts", False), ("Asleep", True)]
    assert links(lead) == [("All accounts", True), ("Asleep", False)]
    lead.post(reverse("channels:view_save"), {"name": "Asleep", "query": "status=planned"})
    assert list(SavedView.objects.values_list("name", "query")) == [("Asleep", "status=planned")]


def test_a_view_is_shared_by_the_lead_alone(lead: Client) -> None:
    lead.post(reverse("channels:view_save"), {"name": "Ours", "query": "status=planned", "is_shared": "on"})
    lead.post(reverse("channels:view_save"), {"name": "Mine", "query": "status=active"})
    staff = Client()
    staff.force_login(build.user())
    staff.post(reverse("channels:view_save"), {"name": "Theirs", "query": "status=retired", "is_shared": "on"})
    assert links(staff) == [("All accounts", True), ("Ours", False), ("Theirs", False)]
    assert links(lead) == [("All accounts", True), ("Mine", False), ("Ours", False)]
    ours, theirs = SavedView.objects.get(name="Ours"), SavedView.objects.get(name="Theirs")
    assert staff.post(reverse("channels:view_remove", args=[ours.pk])).status_code == 404
    assert staff.post(reverse("channels:view_remove", args=[theirs.pk])).status_code == 302
    assert sorted(SavedView.objects.values_list("name", flat=True)) == ["Mine", "Ours"]


def test_a_view_needs_a_name_and_nobody_keeps_too_many(lead: Client) -> None:
    answer = lead.post(reverse("channels:view_save"), {"name": " ", "query": "status=active"})
    assert answer.status_code == 422
    assert 'value="status=active"' in answer.content.decode()
    for number in range(MOST):
        lead.post(reverse("channels:view_save"), {"name": f"View {number}"})
    answer = lead.post(reverse("channels:view_save"), {"name": "One more"})
    assert f"You keep {MOST} views already." in answer.content.decode()


def test_objective_export_holds_the_list_with_its_filters(lead: Client) -> None:
    team = build.department("Sales")
    build.objective("=Fill posts", departments=[team, build.department("Care")], target=40, status="active")
    build.objective("Other", status="draft")
    body = lead.get(reverse("departments:objective_export"), {"status": "active"})
    assert isinstance(body, StreamingHttpResponse)
    lines = list(csv.reader(io.StringIO(body.getvalue().decode()[1:])))
    assert lines[0][:2] == ["Objective", "Departments"]
    assert [[*line[:2], line[8]] for line in lines[1:]] == [["'=Fill posts", "Sales, Care", "40"]]


def test_a_long_spreadsheet_is_made_by_a_worker_and_handed_out_for_a_day(
    lead: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "AT_ONCE", 2)
    monkeypatch.setattr(export, "SAID_EVERY", 2)
    for number in range(5):
        build.account(f"a{number}", status="dormant" if number else "active")
    asked = lead.get(f"{FILE}?format=xlsx&columns=account&status=dormant&sort=-account&page=2")
    wish = Export.objects.get()
    page = reverse("channels:export_detail", args=[wish.pk])
    assert (asked["Location"], wish.total, export.unfinished_files()) == (page, 4, [wish.pk])
    assert 'hx-trigger="load delay:1s"' in lead.get(page).content.decode()
    assert lead.get(reverse("channels:export_file", args=[wish.pk])).status_code == 404

    for _ in range(2):  # safe to run twice
        export.make_file(export_id=wish.pk, today=date(2026, 1, 1))
    wish.refresh_from_db()
    assert (wish.state, wish.written, export.unfinished_files()) == ("done", 4, [])
    assert "Download accounts-" in lead.get(page).content.decode()
    answer = lead.get(reverse("channels:export_file", args=[wish.pk]))
    assert isinstance(answer, FileResponse)
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.getvalue())).get_sheet_by_index(0).to_python()
    assert [row[0] for row in sheet] == ["Account", "a4", "a3", "a2", "a1"]

    again = lead.get(f"{FILE}?format=xlsx&columns=account&status=dormant&sort=-account")
    assert (again["Location"], Export.objects.count()) == (page, 1)
    Export.objects.update(created_at=wish.created_at - export.KEPT)
    export.forget_old_files()
    assert Export.objects.count() == 0


def test_a_file_whose_worker_died_is_made_by_another(lead: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "AT_ONCE", 0)
    build.account("acme")
    lead.get(f"{FILE}?format=xlsx")
    Export.objects.update(state="running", written=7)
    export.make_file(export_id=export.unfinished_files()[0], today=date(2026, 1, 1))
    assert [(each.state, each.written) for each in Export.objects.all()] == [("done", 1)]
