"""The report as a PDF: asked for, set by a worker, kept; and what a kill and a failure do."""

import io
import os
import re
import signal
import sys

import pytest
from django.db.models import Value
from django.db.models.functions import Concat, Left
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from departments.models import Department
from orgmap.reports import doors, printed
from orgmap.reports import words as report_words
from orgmap.reports.models import Level, ReportFile, Snapshot
from orgmap.reports.services import freeze, printing, prune, report_file
from orgmap.users.models import User
from tests import build
from tests.reports.company import company
from tests.reports.processes import process, until
from tests.reports.test_pages import roll_up, signed_in, words

pytestmark = pytest.mark.django_db


def asked(snapshot: Snapshot, by: User | None = None) -> ReportFile:
    return report_file.request_file(
        snapshot=snapshot, level=finest(snapshot), by=by or build.user("executive"), now=timezone.now()
    )


def finest(snapshot: Snapshot) -> Level:
    return doors.level(doors.levels(snapshot), {"level": "all"})


def text_of(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def test_without_a_script_an_executive_asks_looks_again_and_reads_the_file():
    company()
    snapshot = roll_up()
    client = signed_in("executive")
    page = f"{reverse('reports:report_pdf', args=[snapshot.pk])}?level=all"
    download = f"{reverse('reports:report_pdf_download', args=[snapshot.pk])}?level=all"

    before = client.get(page)
    assert client.get(download).status_code == 404
    sent = client.post(page)
    waiting = client.get(sent["Location"])
    printing.make_file(file_id=ReportFile.objects.get().pk)
    after = client.get(page)
    answer = client.get(download)

    assert "Make a PDF" in words(before)
    assert "The PDF is being made. It waits for a worker." in words(waiting)
    assert "Look again" in words(waiting)
    assert f'href="{download}"' in after.content.decode()
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    assert "0 % of the meetings are covered by an agreement" in text_of(answer.content).replace("\u202f", " ")


def test_with_a_script_the_same_address_answers_with_the_state_alone():
    company()
    snapshot = roll_up()
    client = signed_in("executive")
    headers = {"HX-Request": "true", "HX-Target": "pdf_state"}
    page = f"{reverse('reports:report_pdf', args=[snapshot.pk])}?level=all"

    asked_for = client.post(page, headers=headers)

    assert asked_for.status_code == 200
    assert asked_for.content.decode().strip().startswith('<div id="pdf_state"')
    assert re.search(r'hx-get="[^"]*" hx-trigger="load delay:1s"', asked_for.content.decode())


def test_a_finished_file_is_reused_by_whoever_asks_next():
    company()
    snapshot = roll_up()
    first = asked(snapshot)
    printing.make_file(file_id=first.pk)
    before = bytes(ReportFile.objects.get().content)

    second = asked(snapshot)
    printing.make_file(file_id=second.pk)

    assert second.pk == first.pk
    assert (ReportFile.objects.get().tries, bytes(ReportFile.objects.get().content)) == (1, before)


def test_a_report_that_gets_a_name_is_set_anew_and_carries_it():
    company()
    snapshot = roll_up()
    printing.make_file(file_id=asked(snapshot).pk)
    freeze.name_report(snapshot=snapshot, name="Q3 board")

    printing.make_file(file_id=asked(snapshot).pk)

    assert "Q3 board" in text_of(bytes(ReportFile.objects.get().content))


def test_setting_the_same_report_twice_gives_the_same_bytes_tagged_for_screen_readers():
    company()
    snapshot = roll_up()
    report = printed.printed(snapshot, finest(snapshot), doors.levels(snapshot))

    first, second = (printing.set_pages(report, snapshot.published_at) for _ in range(2))

    assert first == second
    catalog = PdfReader(io.BytesIO(first)).trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/Lang"] == "en-GB"
    assert "StructTreeRoot" in str(catalog.keys())


def test_a_report_stands_on_two_pages_at_every_level_however_long_its_lists_and_names(demo):
    long = " and all that belongs to it in the northern, the southern and the island regions"
    Department.objects.update(name=Left(Concat("name", Value(long)), 100))
    snapshot = roll_up()
    levels = doors.levels(snapshot)
    sizes = {}
    for level in levels:
        report = printing.fitting(snapshot, doors.level(levels, {"level": report_words.at(level)}), levels)
        content = printing.set_pages(report, snapshot.published_at)
        sizes[report_words.at(level)] = (len(PdfReader(io.BytesIO(content)).pages), report["size"] >= 0.85)
        paper = text_of(content)
        for figure in (report["pairs"]["hung"], report["benefits"]["hung"], *report["alignment"]["headline"][1:2]):
            assert " ".join(figure["text"].split()) in paper, figure
    assert sizes == dict.fromkeys(["1", "2", "3", "all"], (2, True))


def test_names_that_look_like_markup_stand_as_they_are_written():
    made = company()
    type(made.care).objects.filter(pk=made.care.pk).update(name="Care #[x] $y$ *z* <b> @all")
    snapshot = roll_up()
    file = asked(snapshot)

    printing.make_file(file_id=file.pk)

    assert "Care #[x] $y$ *z* <b> @all" in text_of(bytes(ReportFile.objects.get().content))


def test_where_nothing_meets_the_file_says_what_is_missing():
    build.department("Acme")
    snapshot = roll_up()
    file = asked(snapshot)

    printing.make_file(file_id=file.pk)

    text = text_of(bytes(ReportFile.objects.get().content))
    assert "Nothing to coordinate yet." in text
    assert "No account is on the map." in text


def test_what_fails_three_times_has_failed_and_is_tried_again_when_somebody_asks(monkeypatch):
    company()
    snapshot = roll_up()
    file = asked(snapshot)
    monkeypatch.setattr(report_file, "SOURCE", report_file.SOURCE.with_name("report_none.html"))
    monkeypatch.setattr(printing, "SOURCE", report_file.SOURCE)

    for _ in range(3):
        with pytest.raises(RuntimeError):
            printing.make_file(file_id=file.pk)
    printing.make_file(file_id=file.pk)

    file.refresh_from_db()
    assert (file.state, file.tries, report_file.unfinished()) == ("failed", 3, [])
    page = signed_in("executive").get(f"{reverse('reports:report_pdf', args=[snapshot.pk])}?level=all")
    assert "The PDF could not be made" in words(page)
    monkeypatch.undo()
    printing.make_file(file_id=asked(snapshot).pk)
    file.refresh_from_db()
    assert (file.state, file.error) == ("done", "")


def test_files_go_with_their_report():
    made = company()
    first = roll_up()
    printing.make_file(file_id=asked(first).pk)
    build.tie(made.care, made.brand)
    roll_up()

    prune.prune(keep=1)

    assert ReportFile.objects.count() == 0


SLOW = """
import sys, time
import django
django.setup()
from orgmap.reports.services import printing
whole = printing.set_pages
def slowly(*args):
    print("half-way", flush=True)
    time.sleep(3600)
    return whole(*args)
printing.set_pages = slowly
printing.make_file(file_id=int(sys.argv[1]))
"""


@pytest.mark.scale
@pytest.mark.django_db(transaction=True)
def test_a_file_whose_worker_is_killed_is_taken_up_again():
    company()
    file = asked(roll_up())

    with process(sys.executable, "-c", SLOW, str(file.pk)) as worker:
        assert worker.stdout.readline() == "half-way\n"
        file.refresh_from_db()
        assert (file.state, file.step, report_file.unfinished()) == ("running", 1, [])
        printing.make_file(file_id=file.pk)
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()

    until(lambda: report_file.unfinished() == [file.pk])
    printing.make_file(file_id=file.pk)
    file.refresh_from_db()
    assert (file.state, file.tries) == ("done", 2)


def test_the_web_process_never_loads_what_sets_pages():
    code = "import django; django.setup(); import sys, orgmap.urls; print('typst' in sys.modules)"
    with process(sys.executable, "-c", code) as web:
        assert web.stdout.read() == "False\n"


def test_a_stranger_is_asked_to_sign_in_first():
    company()
    snapshot = roll_up()
    page = reverse("reports:report_pdf_download", args=[snapshot.pk])
    assert Client().get(page)["Location"] == f"/login/?next={page}"
