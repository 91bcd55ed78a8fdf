"""The directory of accounts."""

import re
from datetime import date
from html import unescape

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from channels import listing
from channels.filters import as_named
from channels.models import Account, AccountDepartment, Finding
from channels.tables import ORDERS
from departments.models import Department
from departments.models.department import DefaultAudience, DefaultMarket
from orgmap.users.models import User
from tests import build

pytestmark = pytest.mark.django_db
LIST = reverse("channels:account_list")


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(build.user())
    return client


def handles(client: Client, query: str = "") -> list[str]:
    """The handles that the page shows, in its order."""
    body = client.get(f"{LIST}?{query}").content.decode()
    return [
        unescape(handle) for handle in re.findall(r'<th scope="row" class="account"><a href="[^"]+">([^<]+)</a>', body)
    ]


def test_account_list_is_closed_to_outsiders(client: Client) -> None:
    build.account("acme")
    answer = client.get(LIST)
    assert (answer.status_code, answer["Location"]) == (302, "/login/?next=/accounts/")


@pytest.mark.parametrize("rows", [3, 30])
def test_account_list_needs_as_many_queries_for_3_rows_as_for_30(
    staff: Client, rows: int, django_assert_num_queries: object
) -> None:
    team, goal = build.department("Sales"), build.objective("Fill posts")
    DefaultAudience.objects.create(department=team, audience=build.audience("fans"))
    for number in range(rows):
        build.account(
            f"acme{number}",
            departments=[team, build.department()],
            audiences=[build.audience()] if number % 2 else [],
            markets=[build.market()],
            objectives=[goal],
        )
    with django_assert_num_queries(10):  # type: ignore[operator]
        assert len(handles(staff)) == rows


def test_account_list_sorts_by_handle_unless_asked_otherwise(staff: Client) -> None:
    build.account("bee", last_post_on=date(2026, 1, 1))
    build.account("Ant", last_post_on=date(2026, 3, 1))
    build.account("cat")
    assert handles(staff) == ["Ant", "bee", "cat"]
    assert handles(staff, "sort=-account") == ["cat", "bee", "Ant"]
    assert handles(staff, "sort=-last_post") == ["Ant", "bee", "cat"]
    assert handles(staff, "sort=last_post") == ["cat", "bee", "Ant"]
    assert handles(staff, "sort=nonsense") == ["Ant", "bee", "cat"]


def test_account_list_sorts_by_owner_and_leaves_the_ownerless_to_the_end(staff: Client) -> None:
    build.account("a1", departments=[build.department("Sales")])
    build.account("a2")
    build.account("a3", departments=[build.department("Care"), build.department("Aaa")])
    assert handles(staff, "sort=department") == ["a3", "a1", "a2"]
    assert handles(staff, "sort=-department") == ["a1", "a3", "a2"]


@pytest.mark.parametrize("narrowed", ["", "audience=customers", "market=uk", "missing=audience", "missing=owner"])
def test_account_list_walks_an_index_to_what_it_would_have_sorted(
    staff: Client, narrowed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sales, care = build.department("Sales"), build.department("Care")
    DefaultAudience.objects.create(department=sales, audience=build.audience())
    DefaultMarket.objects.create(department=care, market=build.market())
    build.account("a1", departments=[sales, care], last_post_on=date(2026, 1, 1))
    build.account("a2", departments=[care], status="dormant", audiences=[build.audience()])
    build.account("a3", platform=build.platform("flickr"), markets=[build.market()])
    build.account("a4", departments=[care], markets=[build.market("fr")], last_attested_on=date(2026, 2, 2))
    build.account("a5", audiences=[build.audience("press")], departments=[sales])
    sorted_ = {order: handles(staff, f"{narrowed}&sort={order}") for order in ORDERS}
    monkeypatch.setattr(listing, "COUNTED", 1)
    cache.clear()
    assert {order: handles(staff, f"{narrowed}&sort={order}") for order in ORDERS} == sorted_


def test_account_list_goes_on_with_the_ownerless_where_the_owned_end(
    staff: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "PAGE", 2)
    team = build.department("Sales")
    for number in range(5):
        build.account(f"a{number}", departments=[team] if number in {1, 3, 4} else [])
    pages = [handles(staff, f"sort=department&page={page}") for page in (1, 2, 3)]
    assert pages == [["a1", "a3"], ["a4", "a0"], ["a2"]]


def test_account_list_knows_how_many_there_are_after_each_change(
    staff: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "SLOW_SECONDS", 0)
    build.account("a1", status="dormant")
    for status, found in (("dormant", ["a1", "a2"]), ("active", ["a1"])):
        assert handles(staff, "status=dormant")[:1] == ["a1"]
        build.account("a2", status=status) if status == "dormant" else Account.objects.filter(handle="a2").update(
            status=status
        )
        assert handles(staff, "status=dormant") == found
        assert f"1 to {len(found)} of {len(found)} accounts" in staff.get(f"{LIST}?status=dormant").content.decode()


def test_account_list_offers_departments_while_somebody_types(staff: Client) -> None:
    top = build.department("Ferries", slug="ferries")
    build.department("Sales", slug="sales-1")
    build.department("Sales", slug="sales-2", parent=top)
    build.department("Care", acronym="CC")
    names = reverse("channels:department_names")
    body = staff.get(names, {"department": "SAL"}).content.decode()
    assert re.findall(r'<option value="([^"]+)">([^<]+)<', body) == [
        ("sales-1", "Sales"),
        ("sales-2", "Sales, part of Ferries"),
    ]
    body = staff.get(names, {"department": "ca"}).content.decode()
    assert re.findall(r'<option value="([^"]+)">([^<]+)<', body) == [("Care", "Care (CC)")]
    build.account("acme", departments=[Department.objects.get(name="Care")])
    build.account("other")
    assert handles(staff, "department=Car") == ["acme"]
    body = unescape(staff.get(f"{LIST}?department=sal").content.decode())
    assert "No department is called 'sal'. 2 are called similarly: Sales, Sales, part of Ferries." in body


def test_account_list_of_a_department_holds_those_of_the_departments_below(staff: Client) -> None:
    top = build.department("Communication", slug="communication", acronym="COM")
    below = build.department("Press", parent=top)
    build.account("top", departments=[top])
    build.account("press", departments=[below])
    build.account("shared", departments=[build.department("Sales"), below])
    build.account("other", departments=[build.department("Care")])
    for name in ("communication", "Communication", "com"):
        assert handles(staff, f"department={name}") == ["press", "shared", "top"]


def test_account_list_says_which_filter_means_nothing(staff: Client) -> None:
    build.account("acme")
    body = staff.get(f"{LIST}?department=Atlantis").content.decode()
    assert "No department is called &#x27;Atlantis&#x27;. Choose one from the tree of departments." in body
    assert ("Nothing is listed, since a filter could not be read" in body, "Export" in body) == (True, False)
    assert handles(staff, "department=Atlantis&page=x&columns=none") == []
    assert handles(staff, "platform=none") == []
    assert handles(staff, "page=x&columns=none") == ["acme"]


def test_account_list_offers_the_department_that_was_probably_meant(staff: Client) -> None:
    build.account("beds", departments=[build.department("Holidays and group travel", slug="holidays")])
    build.account("other")
    body = unescape(staff.get(f"{LIST}?department=Holliday&status=active").content.decode())
    assert "No department is called 'Holliday'. Did you mean Holidays and group travel?" in body
    assert '<a href="?department=Holidays+and+group+travel&status=active">Holidays and group travel</a>?' in body
    assert handles(staff, "department=Holidays+and+group+travel&status=active") == ["beds"]


def test_account_list_filters_by_audience_named_or_by_default_or_below(staff: Client) -> None:
    customers = build.audience("customers")
    prospects = build.audience("prospects", parent=customers)
    team = build.department("Sales")
    DefaultAudience.objects.create(department=team, audience=prospects)
    build.account("named", audiences=[customers])
    build.account("below", audiences=[prospects])
    build.account("default", departments=[team])
    build.account("otherwise", departments=[team], audiences=[build.audience("press")])
    assert handles(staff, "audience=customers") == ["below", "default", "named"]
    assert handles(staff, "audience=press") == ["otherwise"]


def test_account_list_finds_missing_words(staff: Client) -> None:
    team = build.department("Sales")
    DefaultAudience.objects.create(department=team, audience=build.audience())
    runs = build.objective(departments=[team])
    build.account("whole", departments=[team], audiences=[build.audience()], objectives=[runs], contact="a@b.example")
    build.account("default", departments=[team], objectives=[runs], contact="a@b.example")
    build.account("bare")
    build.account("ownerless", audiences=[build.audience()], contact="a@b.example")
    assert handles(staff, "missing=owner") == ["bare", "ownerless"]
    assert handles(staff, "missing=audience") == ["bare"]
    assert handles(staff, "missing=contact") == ["bare"]
    assert handles(staff, "missing=objective") == ["bare", "ownerless"]
    assert handles(staff, "missing=objective&missing=contact") == ["bare"]


def test_account_list_finds_those_whose_last_post_nobody_knows(staff: Client) -> None:
    build.account("posted", last_post_on="2020-01-01")
    build.account("asleep", status="dormant")
    build.account("unknown")
    assert handles(staff, "missing=activity") == ["unknown"]
    assert handles(staff, "missing=post") == ["asleep", "posted"]


def test_account_list_filters_by_platform_status_market_language_and_tag(staff: Client) -> None:
    build.account("one", platform=build.platform("flickr"), status="dormant", language="French", tags=["campaign"])
    build.account("two", markets=[build.market("uk")])
    assert handles(staff, "platform=flickr") == ["one"]
    assert handles(staff, "status=dormant&status=planned") == ["one"]
    assert handles(staff, "language=french") == ["one"]
    assert handles(staff, "tag=campaign") == ["one"]
    assert handles(staff, "market=uk") == ["two"]
    assert handles(staff, "market=uk&platform=flickr") == []


def test_account_list_shows_each_filter_as_a_chip_that_takes_it_away(staff: Client) -> None:
    build.account("acme")
    body = staff.get(f"{LIST}?status=active&status=dormant&platform=x&page=2&sort=status").content.decode()
    chips = re.findall(r'class="chip" href="([^"]+)".*?<span class="muted">(\w+):</span> (\w+)', body)
    assert [(unescape(url), label, value) for url, label, value in chips] == [
        ("?status=active&status=dormant&sort=status", "Platform", "X"),
        ("?platform=x&sort=status&status=dormant", "Status", "Active"),
        ("?platform=x&sort=status&status=active", "Status", "Dormant"),
    ]


def test_account_list_shows_the_columns_that_are_asked_for(staff: Client) -> None:
    build.account("acme", language="French")
    body = staff.get(f"{LIST}?columns=language,account").content.decode()
    assert re.findall(r"<th scope=\"col\"[^>]*>(?:<a[^>]*>)?(\w+)", body) == ["Account", "Language"]
    assert "<td>French</td>" in body


def test_account_list_has_pages_of_fifty(staff: Client) -> None:
    for number in range(51):
        build.account(f"acme{number:02}")
    assert handles(staff)[-1] == "acme49"
    assert handles(staff, "page=2") == ["acme50"]
    assert handles(staff, "page=99") == ["acme50"]
    assert handles(staff, "q=acme&page=2") == ["acme50"]


def test_account_list_answers_htmx_with_the_table_alone(staff: Client) -> None:
    build.account("acme")
    answer = staff.get(LIST, headers={"HX-Request": "true", "HX-Target": "account_table"})
    body = answer.content.decode().strip()
    assert body.startswith('<div id="account_table"')
    assert "<html" not in body
    assert {"HX-Request", "HX-Target"} <= set(re.split(r",\s*", answer["Vary"]))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("acme", ["acme", "acme_jobs", "second"]),
        ("ACME_JOBS", ["acme_jobs"]),
        ("@acme", ["acme", "acme_jobs", "second"]),
        ("cafe", ["cafe_leeds"]),
        ("vacancies", ["acme_jobs"]),
        ("vacansies", ["acme_jobs"]),
        ("life work", ["acme_jobs"]),
        ("Human Resources", ["acme_jobs"]),
        ("hr", ["acme_jobs"]),
        ("jo", ["acme_jobs"]),
        ("campaign", ["second"]),
        ("https://twitter.com/Acme/status/1", ["acme"]),
        ("https://x.com/nobody_here", []),
        ("100%", []),
        ("\\", []),
        ("zzzzzzz", []),
    ],
)
def test_account_list_search_finds_what_was_meant(staff: Client, typed: str, found: list[str]) -> None:
    build.account("acme")
    build.account(
        "acme_jobs",
        says="vacancies and life at work",
        tags=["jo"],
        departments=[build.department("Human Resources", acronym="HR")],
    )
    build.account("second", name="Acme shop", tags=["campaign"])
    build.account("cafe_leeds", name="Café")
    assert handles(staff, f"q={typed.replace('%', '%25')}") == found


def test_account_list_search_narrows_together_with_filters(staff: Client) -> None:
    build.account("acme", status="dormant")
    build.account("acme2")
    assert handles(staff, "q=acme&status=dormant") == ["acme"]
    assert handles(staff, "q=acme&sort=-account") == ["acme2", "acme"]


def test_account_list_does_not_show_contacts(staff: Client) -> None:
    build.account("acme", contact="secret@acme.example", custody="vault 7")
    body = staff.get(f"{LIST}?columns=contact,account").content.decode()
    assert "<td>named</td>" in body
    assert "secret@acme.example" not in body
    assert "vault 7" not in body


def test_account_list_teaches_when_it_is_empty(staff: Client) -> None:
    assert "No accounts yet" in staff.get(LIST).content.decode()
    build.account("acme")
    assert "No account fits" in staff.get(f"{LIST}?q=zzzz").content.decode()


def test_account_list_writes_the_sentence_on_each_card(staff: Client) -> None:
    account = build.account("acme", says="news")
    AccountDepartment.objects.create(account=account, department=build.department("Care <&>"))
    body = staff.get(LIST).content.decode()
    assert (
        '<p class="sentence-small"><strong>Care &lt;&amp;&gt;</strong> says <em>news</em> to '
        '<span class="missing">nobody yet</span> <em>everywhere</em> on '
        f"<em>{account.platform} (acme)</em>" in body
    )


def test_account_list_is_read_by_every_role(client: Client) -> None:
    build.account("acme")
    for role in ("lead", "head", "executive", "staff"):
        client.force_login(build.user(role))
        assert handles(client) == ["acme"]
    assert User.objects.count() == 4


def test_account_list_finds_what_could_be_mistaken_for_another_and_its_other_half(staff: Client) -> None:
    """Both of a pair are listed, as the audit found them; what was resolved is not."""
    first, alike, same, gone = (build.account(handle) for handle in ("acmecorp", "acme_corp", "acmec0rp", "acmecorps"))
    build.account("other")
    pair = {"others": [{"id": first.pk, "name": "acmecorp"}], "count": 1}
    day = {"first_seen": date(2026, 1, 1), "since": date(2026, 1, 1)}
    for account, rule, state in (
        (alike, "look-alike", {}),
        (same, "duplicate", {"state": "waived", "waived_until": date(2027, 1, 1)}),
        (gone, "look-alike", {"state": "resolved", "resolved_at": timezone.now()}),
    ):
        Finding.objects.create(rule=rule, account=account, detail=pair, **day, **state)
    assert handles(staff, "alike=any") == ["acme_corp", "acmec0rp", "acmecorp"]
    assert handles(staff, "alike=duplicate") == ["acmec0rp", "acmecorp"]
    assert handles(staff, "alike=look-alike") == ["acme_corp", "acmecorp"]
    assert "Could be mistaken:" in staff.get(f"{LIST}?alike=any").content.decode()


def test_a_department_asked_for_by_slug_stands_in_its_filter_by_name() -> None:
    care = build.department("Customer care")
    assert as_named(care, care.slug) == "Customer care"
    other = build.department("Customer care", parent=build.department("West"))
    assert (as_named(other, other.slug), as_named(None, "nobody")) == (other.slug, "nobody")
