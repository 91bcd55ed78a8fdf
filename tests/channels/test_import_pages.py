"""The pages of imports."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from django.utils.html import escape
from django.utils.timezone import localtime
from pghistory.models import Context

from channels.imports import batches
from channels.imports.again import forget_files, forget_waiting
from channels.models import Account, ImportBatch
from departments.models import Department
from orgmap.history.services import because
from orgmap.users.models import User
from tests import build

LISTS = Path(__file__).parent / "lists"

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> User:
    return build.user("lead")


@pytest.fixture
def hr() -> Department:
    build.department("Customer Care", acronym="CARE")
    return build.department("Human Resources", acronym="HR")


@pytest.fixture
def page(lead: User) -> Client:
    client = Client()
    client.force_login(lead)
    return client


def upload(client: Client, content: str | bytes, kind: str = "accounts", name: str = "list.csv") -> HttpResponse:
    raw = content.encode() if isinstance(content, str) else content
    return client.post("/imports/", {"kind": kind, "file": SimpleUploadedFile(name, raw)})


def text(answer: HttpResponse) -> str:
    return " ".join(answer.content.decode().split())


def test_import_list_uploads_and_leads_to_the_preview_without_writing(page: Client, hr: Department) -> None:
    answer = upload(page, "Platform,URL,Department\nX,https://x.com/acme,HR\nTwiter,,HR\n")
    batch = ImportBatch.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/imports/{batch.pk}/")
    preview = text(page.get(answer["Location"]))
    assert '<dt>To add</dt><dd class="num">1</dd>' in preview
    assert escape("'Twiter' has neither an address nor a handle") in preview
    assert "<td>https://x.com/acme</td>" in preview
    assert (batch.state, Account.objects.count()) == ("uploaded", 0)


def test_import_list_refuses_what_is_no_list_with_a_sentence(page: Client) -> None:
    answer = upload(page, b"%PDF-1.7", name="list.pdf")
    assert answer.status_code == 422
    assert "This is a PDF document, not a list." in text(answer)
    assert ImportBatch.objects.count() == 0


def test_import_apply_and_undo_by_plain_forms(page: Client, hr: Department) -> None:
    upload(page, "URL,Department\nhttps://x.com/acme,HR\n")
    batch = ImportBatch.objects.get()
    answer = page.post(f"/imports/{batch.pk}/apply/", follow=True)
    assert "list.csv is on the map: 1 account added, 0 changed." in text(answer)
    assert Account.objects.get().handle == "acme"
    batch.refresh_from_db()
    assert batch.state == "applied"
    answer = page.post(f"/imports/{batch.pk}/undo/", follow=True)
    assert "list.csv was taken back." in text(answer)
    assert Account.objects.count() == 0
    taken_back = rf"taken back [^.]* by {User.objects.get()}\."
    assert len(re.findall(taken_back, text(answer))) == 1
    undo = Context.objects.get(metadata__reason="Undo of the import of list.csv")
    page.post(f"/activity/{undo.pk}/undo/")
    answer = page.get(f"/imports/{batch.pk}/")
    assert (Account.objects.count(), "taken back" in text(answer)) == (1, False)
    page.post(f"/activity/{Context.objects.get(metadata__undoes=str(undo.pk)).pk}/undo/")
    assert (Account.objects.count(), len(re.findall(taken_back, text(page.get(f"/imports/{batch.pk}/"))))) == (0, 1)
    applied = undo.metadata["undoes"]
    answer = page.post(f"/activity/{applied}/undo/", follow=True)
    assert answer.redirect_chain == [(f"/imports/{batch.pk}/", 302)]
    again = page.post(f"/imports/{batch.pk}/undo/")
    assert again.status_code == 422
    assert escape("'list.csv' is not applied, so there is nothing to take back.") in text(again)


def test_import_undo_shows_first_what_goes_and_what_stays_and_why(page: Client) -> None:
    def applied(content: str, kind: str, name: str) -> str:
        address = upload(page, content, kind, name)["Location"]
        page.post(f"{address}apply/")
        return address

    departments = applied("Department\nSales\nService\n", "departments", "departments.csv")
    accounts = applied("URL,Department\nhttps://x.com/a,Sales\nhttps://x.com/b,Service\n", "accounts", "accounts.csv")
    told = text(page.get(f"{departments}undo/"))
    assert f'Take back <a href="{accounts}undo/">accounts.csv</a> first, then come back to this list.' in told
    assert ("2 departments stay because accounts that stay need them." in told, 'type="submit">Take' in told) == (
        True,
        False,
    )
    refused = page.post(f"{departments}undo/")
    assert (refused.status_code, "Nothing of this list can be taken back now." in text(refused)) == (422, True)
    with because(by=None, reason="by hand"):
        Account.objects.filter(handle="b").update(says="By hand")
    told = text(page.get(f"{accounts}undo/"))
    assert "<strong>1 account</strong> that the list added is deleted." in told
    assert "1 account stays because it was changed since." in told
    assert Account.objects.count() == 2
    told = text(page.post(f"{accounts}undo/", follow=True))
    assert "accounts.csv is partly taken back. One record stays, as this page says." in told
    assert (f'href="{accounts}undo/">Take back the rest</a>' in told, Account.objects.count()) == (True, 1)
    assert "Partly taken back" in text(page.get("/imports/"))


def test_import_apply_can_keep_accounts_from_the_public_until_somebody_shows_them(page: Client, hr: Department) -> None:
    address = upload(page, "URL,Department,Status\nhttps://x.com/acme,HR,\nhttps://x.com/soon,HR,planned\n")["Location"]
    told = text(page.get(address))
    assert ("look up 1 of these accounts" in told, 'name="hidden"' in told) == (True, True)
    page.post(f"{address}apply/", {"hidden": "1"})
    assert list(Account.objects.values_list("is_public", flat=True)) == [False, False]
    assert "2 accounts of this list are not shown to the public yet." in text(page.get(address))
    told = text(page.post(f"{address}show/", follow=True))
    assert "Anyone can look up 2 accounts of list.csv now." in told
    assert (list(Account.objects.values_list("is_public", flat=True)), "not shown to the public" in told) == (
        [True, True],
        False,
    )
    assert "<strong>2 accounts</strong> that the list added are deleted." in text(page.get(f"{address}undo/"))
    assert list(Account.objects.values_list("is_public", flat=True)) == [True, True]
    page.post(f"{address}undo/")
    assert Account.objects.count() == 0


def test_import_detail_shows_who_comes_to_co_manage_among_the_rows_that_need_a_word(
    page: Client, hr: Department
) -> None:
    rows = "https://x.com/acme,HR\nhttps://x.com/acme,CARE\nhttps://x.com/acme,HR\n"
    told = text(page.get(upload(page, f"URL,Department\n{rows}")["Location"]))
    assert "<summary>Rows folded into another (2)</summary>" in told
    assert told.index("Human Resources owns it, Customer Care co-manages.") < told.index("Rows folded into another (2)")


def test_import_read_as_reads_the_same_file_as_the_kind_that_it_looks_like(page: Client, hr: Department) -> None:
    address = upload(page, "department,parent,purpose_text\nSales,,Sells\nService,Sales,\n")["Location"]
    told = text(page.get(address))
    assert ("This looks like a list of departments." in told, "needs a column for" in told) == (True, True)
    told = text(page.post(f"{address}kind/", {"kind": "departments"}, follow=True))
    assert ('<dt>To add</dt><dd class="num">2</dd>' in told, "This looks" in told) == (True, False)
    assert page.post(f"{address}kind/", {"kind": "horses"}).status_code == 422
    accounts = "agency,url,service,language,tags\nHR,https://x.com/acme,X,English,a\n"
    told = text(page.get(upload(page, accounts, "departments")["Location"]))
    assert "This looks more like a list of accounts." in told


def test_import_detail_of_a_list_that_was_taken_back_leads_to_where_it_is_put_back(
    page: Client, hr: Department
) -> None:
    address = upload(page, "URL,Department\nhttps://x.com/acme,HR\n")["Location"]
    page.post(f"{address}apply/")
    told = text(page.post(f"{address}undo/", follow=True))
    there = re.search(r'href="(/activity/[^"]+/)">undo the taking back</a>', told)
    assert there
    assert page.get(there[1]).status_code == 200
    page.post(f"{there[1]}undo/")
    assert (Account.objects.count(), "Take it back" in text(page.get(address))) == (1, True)


def test_import_again_shows_first_what_a_list_that_was_taken_back_would_do_now(page: Client, hr: Department) -> None:
    address = upload(page, "URL,Department\nhttps://x.com/acme,HR\nhttps://x.com/acme2,HR\n")["Location"]
    assert page.post(f"{address}again/").status_code == 422
    page.post(f"{address}apply/", {"hidden": "1"})
    assert escape("'list.csv' is on the map. Take it back before you apply it again.") in text(
        page.post(f"{address}again/")
    )
    page.post(f"{address}undo/")
    build.account("acme2", departments=[hr], address="https://x.com/acme2")
    answer = page.post(f"{address}again/", follow=True)
    again = ImportBatch.objects.latest("pk")
    assert answer.redirect_chain == [(f"/imports/{again.pk}/", 302)]
    told = text(answer)
    assert '<dt>To add</dt><dd class="num">1</dd>' in told
    assert f'The file of <a href="{address}">the list that was taken back</a> on ' in told
    assert 'form="apply" checked>' in told
    assert (again.state, Account.objects.count()) == ("uploaded", 1)
    assert page.post(f"{address}again/").headers["Location"] == f"/imports/{again.pk}/"  # one that waits is enough
    page.post(f"/imports/{again.pk}/apply/", {"hidden": "1"})
    assert list(Account.objects.order_by("handle").values_list("handle", "is_public")) == [
        ("acme", False),
        ("acme2", True),
    ]
    assert f'<a href="/imports/{again.pk}/">that list, applied</a>' in text(page.get(address))
    page.post(f"/imports/{again.pk}/undo/")
    assert list(Account.objects.values_list("handle", flat=True)) == ["acme2"]


def test_import_again_brings_what_is_missing_of_a_list_that_was_partly_taken_back(page: Client, hr: Department) -> None:
    address = upload(page, "URL,Department\nhttps://x.com/acme,HR\nhttps://x.com/kept,HR\n")["Location"]
    page.post(f"{address}apply/")
    with because(by=User.objects.get()):
        Account.objects.filter(handle="kept").update(says="Since then")
    told = text(page.post(f"{address}undo/", follow=True))
    assert "Apply again what is missing" in told
    again = page.post(f"{address}again/")["Location"]
    page.post(f"{again}apply/")
    assert list(Account.objects.order_by("handle").values_list("handle", "says")) == [
        ("acme", ""),
        ("kept", "Since then"),
    ]


def test_import_again_asks_for_the_file_where_it_is_not_kept(page: Client, hr: Department) -> None:
    def gone(address: str) -> bool:
        answer = page.post(f"{address}again/")
        assert answer.status_code == 422
        told = text(page.get(address))
        return "Its file is no longer kept." in told and "Apply it again" not in told

    secret = upload(page, "URL,Department,Password\nhttps://x.com/acme,HR,hunter2\n")["Location"]
    plain = upload(page, "URL,Department\nhttps://x.com/other,HR\n")["Location"]
    for address in (secret, plain):
        page.post(f"{address}apply/")
        page.post(f"{address}undo/")
    assert gone(secret)
    assert forget_files(now=timezone.now() + timedelta(days=89)) == 0
    assert forget_files(now=timezone.now() + timedelta(days=91)) == 1
    assert gone(plain)


def test_a_list_that_nobody_applies_is_thrown_away_on_the_day_that_its_page_says(
    page: Client, hr: Department, settings: LazySettings
) -> None:
    applied = upload(page, "URL,Department\nhttps://x.com/acme,HR\n")["Location"]
    page.post(f"{applied}apply/")
    waiting = upload(page, "URL,Department\nhttps://x.com/other,HR\n")["Location"]
    batch = ImportBatch.objects.get(state="uploaded")
    last = batch.updated_at + timedelta(days=90)
    assert f"It waits here until {localtime(last):%-d %B %Y}; if nobody applies it" in text(page.get(waiting))
    batch.refresh_from_db()
    assert forget_waiting(now=batch.updated_at + timedelta(days=90)) == 0
    settings.IMPORTS_KEPT_DAYS = 0
    assert forget_waiting(now=batch.updated_at + timedelta(days=900)) == 0
    assert "It waits here until" not in text(page.get(waiting))
    settings.IMPORTS_KEPT_DAYS = 90
    assert forget_waiting(now=batch.updated_at + timedelta(days=91)) == 1
    assert (page.get(waiting).status_code, page.get(applied).status_code) == (404, 200)


def test_import_detail_says_first_why_all_rows_are_refused_and_what_to_import(page: Client, hr: Department) -> None:
    rows = "".join(f"https://x.com/acme{each},Bureau {each % 4}\n" for each in range(9))
    answer = page.get(upload(page, f"URL,Department\n{rows}")["Location"])
    told = text(answer)
    why = (
        "All 9 rows were refused because the map has no such department: “Bureau 0”, “Bureau 1”, “Bureau 2” and 1 more."
    )
    assert (why in told, told.index(why) < told.index("What it would do")) == (True, True)
    assert '<a href="/imports/?kind=departments">Import the departments first</a>' in told
    assert ("The map already says" in told, ">Apply<" in told) == (False, False)
    assert '<option value="departments" selected>' in text(page.get("/imports/?kind=departments"))
    earlier = text(page.get("/imports/"))
    assert 'data-label="Refused"><span>9 <span class="muted small">expected</span></span></td>' in earlier
    assert '<option value="accounts" selected>' in earlier


def test_import_list_says_of_a_waiting_list_what_was_foreseen_when_it_was_last_looked_at(
    page: Client, hr: Department, monkeypatch: pytest.MonkeyPatch
) -> None:
    def foreseen() -> list[str]:
        cells = re.findall(r'data-label="(?:Added|Changed|Refused)">(.*?)</td>', text(page.get("/imports/")))
        return [re.sub(r"<[^>]*>", "", cell) for cell in cells]

    address = upload(page, "URL,Department\nhttps://x.com/acme,HR\nhttps://x.com/boats,Quay\n")["Location"]
    assert foreseen() == ["–", "–", "–"]
    page.get(address)
    assert foreseen() == ["1 expected", "0 expected", "1 expected"]
    build.department("Quay")
    page.get(address)
    assert foreseen() == ["2 expected", "0 expected", "0 expected"]
    page.post(f"{address}apply/")
    assert foreseen() == ["2", "0", "0"]
    monkeypatch.setattr(batches, "AT_ONCE", 2)
    monkeypatch.setattr(batches, "CHECKED", 1)
    page.get(
        upload(page, "URL,Department\nhttps://x.com/a1,HR\nhttps://x.com/a2,No\nhttps://x.com/a3,HR\n")["Location"]
    )
    assert "expected of the first 1 row<" in text(page.get("/imports/"))


def test_import_list_begins_with_departments_while_the_map_has_none(page: Client) -> None:
    assert '<option value="departments" selected>' in text(page.get("/imports/"))


def test_import_detail_asks_for_the_columns_on_the_page_and_not_for_a_command_line(page: Client) -> None:
    told = text(page.get(upload(page, "Colour,Size\nred,4\n")["Location"]))
    assert ("Say which column is which. The choices are below." in told, "--map" in told) == (True, False)


def test_import_apply_twice_writes_once(page: Client, hr: Department) -> None:
    upload(page, "URL,Department\nhttps://x.com/acme,HR\n")
    pk = ImportBatch.objects.get().pk
    page.post(f"/imports/{pk}/apply/")
    again = page.post(f"/imports/{pk}/apply/")
    assert again.status_code == 422
    assert escape("'list.csv' was applied already. Reload the page to see it.") in text(again)


def test_import_map_corrects_the_columns(page: Client, hr: Department) -> None:
    answer = upload(page, "Where,Whose,Language\nhttps://x.com/acme,HR,English\n")
    assert "A list of accounts needs a column for: address or handle or account." in text(page.get(answer["Location"]))
    batch = ImportBatch.objects.get()
    columns = {"column0": "address", "column1": "department", "column2": "ignore"}
    page.post(f"/imports/{batch.pk}/columns/", columns)
    batch.refresh_from_db()
    assert batch.mapping == {"Where": "address", "Whose": "department", "Language": "ignore"}
    page.post(f"/imports/{batch.pk}/apply/")
    assert list(Account.objects.values_list("handle", "language", "sides__department__name")) == [
        ("acme", "", "Human Resources")
    ]


def test_import_discard_forgets_an_upload(page: Client) -> None:
    upload(page, "URL\nhttps://x.com/acme\n")
    page.post(f"/imports/{ImportBatch.objects.get().pk}/discard/")
    assert ImportBatch.objects.count() == 0


def test_import_detail_lists_refusals_once_with_their_lines(page: Client, hr: Department) -> None:
    upload(page, "Platform,URL,Department\n" + "SMS,,HR\n" * 3 + "X,https://x.com/acme,HR\n")
    batch = ImportBatch.objects.get()
    page.post(f"/imports/{batch.pk}/apply/")
    shown = text(page.get(f"/imports/{batch.pk}/"))
    assert shown.count(escape("'SMS' has neither an address nor a handle")) == 1
    assert '<th scope="row">Lines 2, 3, 4</th>' in shown


def test_import_detail_of_a_change_shows_old_and_new(page: Client, hr: Department) -> None:
    build.account("acme", departments=[hr], says="Jobs", address="https://x.com/acme")
    upload(page, "URL,Says\nhttps://x.com/acme,Posts\n")
    shown = text(page.get(f"/imports/{ImportBatch.objects.get().pk}/"))
    assert '<td data-label="Old">Jobs</td><td data-label="New">Posts</td>' in shown


def test_a_long_list_is_left_to_a_worker_and_the_page_says_so(
    page: Client, lead: User, hr: Department, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "AT_ONCE", 1)
    upload(page, "URL,Department\nhttps://x.com/a,HR\nhttps://x.com/b,HR\n")
    batch = ImportBatch.objects.get()
    batches.ask_worker(batch=batch, what="apply", now=timezone.now())
    shown = text(page.get(f"/imports/{batch.pk}/"))
    assert "A worker is writing the list to the map. It has 2 rows; you may leave this page." in shown
    assert f'hx-get="/imports/{batch.pk}/" hx-trigger="load delay:2s"' in shown
    batches.do_asked(batch_id=batch.pk, what="apply", by_id=lead.pk)
    batches.do_asked(batch_id=batch.pk, what="apply", by_id=lead.pk)
    assert Account.objects.count() == 2
    fragment = page.get(f"/imports/{batch.pk}/", headers={"HX-Request": "true", "HX-Target": "import_state"})
    assert text(fragment).startswith('<div id="import_state"> <section class="section" aria-labelledby="did-title">')


def test_a_lost_message_lets_the_list_be_applied_again(lead: User) -> None:
    batch = batches.keep_upload(content=b"URL\nhttps://x.com/a\n", filename="l.csv", kind="accounts", sheet="", by=lead)
    long_ago = timezone.now() - timedelta(hours=1)
    batches.ask_worker(batch=batch, what="apply", now=long_ago)
    batch.refresh_from_db()
    assert batches.underway(batch, now=long_ago) == "apply"
    assert batches.underway(batch, now=timezone.now()) == ""


def test_a_head_sees_own_imports_only_and_others_none_at_all(hr: Department, lead: User) -> None:
    head, executive, staff = build.user(head_of=hr), build.user("executive"), build.user("staff")
    theirs = batches.keep_upload(content=b"URL\nx.com/a\n", filename="a.csv", kind="accounts", sheet="", by=lead)
    own = batches.keep_upload(content=b"URL\nx.com/b\n", filename="b.csv", kind="accounts", sheet="", by=head)
    expected = {lead: (200, 200, 200), head: (200, 404, 200), executive: (403, 403, 403), staff: (403, 403, 403)}
    for person, statuses in expected.items():
        client = Client()
        client.force_login(person)
        paths = ("/imports/", f"/imports/{theirs.pk}/", f"/imports/{own.pk}/")
        assert tuple(client.get(path).status_code for path in paths) == statuses
    client = Client()
    client.force_login(head)
    listed = text(client.get("/imports/"))
    assert ("b.csv" in listed, "a.csv" in listed) == (True, False)
    assert client.post(f"/imports/{theirs.pk}/apply/").status_code == 404


def test_a_head_applies_own_rows_only(hr: Department) -> None:
    head = build.user(head_of=hr)
    client = Client()
    client.force_login(head)
    upload(client, "URL,Department\nhttps://x.com/ours,HR\nhttps://x.com/theirs,CARE\n")
    client.post(f"/imports/{ImportBatch.objects.get().pk}/apply/")
    assert list(Account.objects.values_list("handle", flat=True)) == ["ours"]


@pytest.mark.parametrize("count", [1, 3])
def test_import_list_asks_the_same_questions_for_any_number_of_imports(
    page: Client, lead: User, count: int, django_assert_num_queries: object
) -> None:
    for number in range(count):
        batches.keep_upload(content=b"URL\nx.com/a\n", filename=f"{number}.csv", kind="accounts", sheet="", by=lead)
    page.get("/imports/")
    with django_assert_num_queries(5):  # type: ignore[operator]
        page.get("/imports/")
