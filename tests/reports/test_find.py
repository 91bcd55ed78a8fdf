"""One box for everything: who sees what, in which order, and what to do when nothing fits."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from orgmap.reports.finding import Findings, find
from orgmap.users.models import User
from tests import build

pytestmark = pytest.mark.django_db

FIND = "/find/"


def told(found: Findings) -> dict[str, list[str]]:
    return {group.name: [hit.name for hit in group.hits] for group in found.groups}


def body(person: User, query: str, **headers: str) -> str:
    client = Client()
    client.force_login(person)
    return client.get(FIND, {"q": query}, headers=headers).content.decode()


@pytest.fixture
def lead() -> User:
    return build.user("lead", name="Lena Ortiz")


def test_a_word_is_found_among_records_of_every_kind(lead: User) -> None:
    care = build.department("Customer care", acronym="CC")
    build.account("acmecare", departments=[care], name="Acme care")
    build.objective("Answer care questions in public", departments=[care])
    build.tie(care, build.department("Sales"), title="Complaints go to care")
    build.user("head", name="Cara Carell")
    build.user("head", name="Ida Caretta")
    assert told(find(lead, "care", 5)) == {
        "Accounts": ["acmecare, Acme care"],
        "Departments": ["Customer care (CC)"],
        "Objectives": ["Answer care questions in public"],
        "Agreements and groups": ["Complaints go to care"],
        "People": ["Cara Carell", "Ida Caretta"],
    }


@pytest.mark.parametrize("typed", ["HR", "hr", "Persönal", "personal"])
def test_an_acronym_or_another_name_is_an_exact_hit_and_comes_first(lead: User, typed: str) -> None:
    build.account("hrnews")
    build.account("personalnews")
    build.department("Human resources", acronym="HR", aliases=["Personal"])
    groups = find(lead, typed, 5).groups
    assert groups[0].name == "Departments"
    assert groups[0].hits[0].name == "Human resources (HR)"


@pytest.mark.parametrize(
    ("typed", "group"),
    [("custmer cae", "Departments"), ("recrutment", "Objectives"), ("complants", "Agreements and groups")],
)
def test_what_is_misspelt_is_found_and_said_to_be_close_only(lead: User, typed: str, group: str) -> None:
    team = build.department("Customer care")
    build.objective("Better recruitment", departments=[team])
    build.tie(team, build.department("Sales"), title="Complaints are passed on")
    found = find(lead, typed, 5)
    assert (list(told(found)), found.close) == ([group], True)
    assert "Nothing is called exactly" in body(lead, typed)


@pytest.mark.parametrize(
    ("typed", "hits"),
    [
        ("Mawd Ferier", {"People": ["Maud Ferrier"]}),
        ("Custmer caer", {"Departments": ["Customer care"]}),
        ("ansers in pubic", {"Objectives": ["Answers in public"], "Accounts": ["acme"]}),
        ("custm", {"Departments": ["Customer care"]}),
        ("customercare", {"Departments": ["Customer care"]}),
        ("suport ferry", {"Accounts": ["ferrysupport"]}),
    ],
)
def test_several_misspelt_words_are_each_looked_up(lead: User, typed: str, hits: dict[str, list[str]]) -> None:
    care = build.department("Customer care")
    build.user("staff", name="Maud Ferrier")
    build.user("staff", name="Maude Terrier-Bligh")
    build.objective("Answers in public", departments=[care])
    build.account("acme", says="answers in public")
    build.account("ferrysupport", says="times")
    assert told(find(lead, typed, 5)) == hits


def test_what_says_why_is_found_after_what_is_called_so(lead: User) -> None:
    harbour = build.department("Harbour", purpose="Keeps lorries moving")
    build.department("Lorries and vans")
    build.account("lorries")
    build.account("quay", why_care="Lorries wait for hours", departments=[harbour])
    build.objective("Shorter queues", departments=[harbour], notes="Drivers of lorries complain.")
    build.objective("Tell lorries of delays", departments=[harbour])
    assert told(find(lead, "lorries", 5)) == {
        "Accounts": ["lorries", "quay"],
        "Departments": ["Lorries and vans", "Harbour"],
        "Objectives": ["Tell lorries of delays", "Shorter queues"],
    }
    assert told(find(lead, "lorries queues", 5)) == {"Objectives": ["Shorter queues"], "Accounts": ["lorries"]}
    assert told(find(lead, "lories", 5)) == told(find(lead, "lorries", 5))


def test_of_what_comes_close_the_kind_that_is_spelt_most_alike_comes_first(lead: User) -> None:
    build.account("stationlife", says="marking the times of trains")
    build.department("Marketing")
    assert list(told(find(lead, "markting", 5))) == ["Departments", "Accounts"]


def test_a_pasted_address_finds_its_account_however_messy(lead: User) -> None:
    account = build.account("acme", departments=[build.department("Sales")])
    page = body(lead, "http://www.twitter.com/@acme?utm_source=x")
    assert reverse("channels:account_detail", args=[account.pk]) in page


def test_an_address_that_is_not_on_the_map_offers_to_register_it_to_those_who_may(lead: User) -> None:
    staff = build.user("staff")
    address = "https://www.instagram.com/acme"
    assert "“acme” on Instagram is not on the map." in body(lead, address)
    assert f"{reverse('reports:account_new')}?address=https" in body(lead, address)
    assert reverse("reports:account_new") not in body(staff, address)


def test_several_words_find_the_accounts_that_say_some_of_them(lead: User) -> None:
    build.account("boats", says="ferry times for islanders")
    build.account("trains", says="train times")
    build.account("other", says="vacancies")
    assert told(find(lead, "weather, islanders, quay, harbour, times", 5)) == {"Accounts": ["boats", "trains"]}
    title = "Weather and times at quay and harbour, for islanders"
    build.tie(build.department("Press"), build.department("Care"), title=title)
    assert told(find(lead, "weather islanders quay harbour times", 5)) == {
        "Agreements and groups": [title],
        "Accounts": ["boats", "trains"],
    }


@pytest.mark.parametrize("typed", ["@acme.help", "acme.help", "@Acme.Help"])
def test_a_handle_finds_its_accounts_on_every_platform(lead: User, typed: str) -> None:
    build.account("acme.help", platform=build.platform("instagram", "Instagram"))
    build.account("acme.help", platform=build.platform("linkedin", "LinkedIn"))
    build.account("other")
    found = find(lead, typed, 5)
    assert (told(found), found.reading) == ({"Accounts": ["acme.help", "acme.help"]}, None)


def test_what_is_on_no_platform_speaks_of_no_fields_that_are_not_there(lead: User) -> None:
    page = body(lead, "https://acme.example/about")
    assert "is on no platform that the map knows." in page
    assert ("below" in page.split("find_results")[1], ">Register it by hand</a>" in page) == (False, True)


def test_an_address_whose_host_only_looks_right_is_warned_of(lead: User) -> None:
    build.account("acme", platform=build.platform("facebook", "Facebook"))
    page = body(lead, "https://faceb00k.com/acme")
    assert "its host only looks like that" in page
    assert "Did you mean" in page
    assert "Accounts</h2>" not in page


def test_people_are_found_by_everybody_in_their_departments_and_by_mail_only_by_the_lead(lead: User) -> None:
    team = build.department("Sales")
    build.user(head_of=team, name="Petra Kowalski", email="pk@acme.example")
    build.user("staff", name="Petra Hidden")
    staff = build.user("staff", name="Sam")
    assert told(find(staff, "petra", 5)) == {"People": ["Petra Kowalski"]}
    assert find(staff, "petra", 5).groups[0].hits[0].url == reverse("reports:department_detail", args=[team.slug])
    assert told(find(lead, "petra", 5)) == {"People": ["Petra Hidden", "Petra Kowalski"]}
    assert told(find(staff, "pk@acme.example", 5)) == {}
    assert told(find(lead, "pk@acme.example", 5)) == {"People": ["Petra Kowalski"]}


@pytest.mark.parametrize("typed", ["%", "_", "\\", "a\x00b", "💥💥💥", "'; DROP TABLE x", "e", " ", "x" * 5000, "://"])
def test_odd_texts_are_answered(lead: User, typed: str) -> None:
    build.account("acme")
    page = body(lead, typed)
    assert "find_results" in page


def test_nothing_found_says_what_to_do_next(lead: User) -> None:
    page = body(lead, "qqqq zzzz")
    assert "Nothing is called “qqqq zzzz”" in page
    assert "These come close" not in page
    assert reverse("reports:department_list") in page


def test_live_results_are_options_that_lead_on(lead: User) -> None:
    build.account("acme")
    part = body(lead, "acme", HX_Request="true", HX_Target="find_live")
    assert part.count('role="option"') == 2
    assert 'data-announce="1 found, arrow down to choose"' in part
    assert "<html" not in part


@pytest.mark.parametrize("number", [1, 12])
def test_find_needs_as_many_queries_for_1_hit_as_for_12(
    number: int, lead: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    teams = [build.department(f"Care {each}") for each in range(number)]
    for each, team in enumerate(teams):
        build.account(f"care{each}", departments=[team])
        build.objective(f"Care {each}", departments=[team])
        build.tie(team, build.department(f"Other {each}"), title=f"Care {each}")
        build.user(head_of=team, name=f"Care {each}")
    client = Client()
    client.force_login(lead)
    with django_assert_num_queries(23):
        client.get(FIND, {"q": "care"})
