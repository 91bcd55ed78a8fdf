"""Where do I turn? What anyone outside finds, and nothing more."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from channels import turning
from channels.models import Account
from tests import build

pytestmark = pytest.mark.django_db


def lines(client: Client, query: str = "") -> list[str]:
    """The lines of the directory as text."""
    body = client.get(f"/directory/{query}").content.decode()
    found = re.findall(r"<li>\s*(<h2>.*?)</li>", body, re.DOTALL)
    return [" ".join(unescape(re.sub(r"<[^>]+>", "", one)).split()) for one in found]


def names(client: Client, query: str = "") -> list[str]:
    return [line.split(" ")[0] for line in lines(client, query)]


def test_public_directory_says_what_anyone_may_know_and_no_more(client: Client):
    build.account(
        "acme_care", platform=build.platform("instagram", "Instagram"), address="https://www.instagram.com/acme_care",
        departments=[build.department("Customer care"), build.department("Secret partner")],
        audiences=[build.audience("customers")], markets=[build.market("uk")], name="Care", says="help with boats",
        reply_promise="one day", language="English", is_verified=True, contact="secret@acme.example",
        custody="secret vault", notes="secret", tags=["secret-tag"], agency="secret agency", why_care="secret",
        objectives=[build.objective("Secret goal")],
    )  # fmt: skip

    assert lines(client) == [
        "Care acme_care on Instagram, run by Customer care, in English. Carries Instagram’s mark. "
        "Says help with boats to customers in UK. Answers within one day."
    ]
    body = client.get("/directory/").content.decode()
    assert 'href="https://www.instagram.com/acme_care"' in body
    assert "secret" not in body.lower()
    assert lines(client, "?q=secret") == []


def test_public_directory_shows_public_accounts_that_run(client: Client):
    build.account("shown")
    build.account("asleep", status="dormant")
    build.account("hidden", is_public=False)
    build.account("planned", status="planned")
    build.account("gone", status="retired", retired_on="2026-01-01")

    assert names(client) == ["asleep", "shown"]


def test_public_directory_finds_by_the_words_that_it_shows(client: Client):
    jobs = build.department("Human resources")
    build.account("acme", name="Café Zürich", says="vacancies and life at work", departments=[jobs])
    build.account("boats", platform=build.platform("mastodon", "Mastodon"), audiences=[build.audience("anglers")])
    build.account("other", tags=["vacancies"])

    assert names(client, "?q=VACANCIES+work") == ["Café"]
    assert names(client, "?q=cafe") == ["Café"]
    assert names(client, "?q=human") == ["Café"]
    assert names(client, "?q=mastodon+boats") == ["boats"]
    assert names(client, "?q=angler") == ["boats"]
    assert names(client, "?q=vacancies+qqqq") == ["Café"]
    assert names(client, "?q=qqqq+zzzz") == []
    assert names(client, "?for=anglers") == ["boats"]
    assert names(client, "?for=nobody&page=99") == ["Café", "boats", "other"]
    assert names(client, "?q=%00%25") == []


def test_public_directory_of_many_hits_shows_the_first_ones_and_asks_for_another_word(
    client: Client, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(turning, "MOST", 4)
    monkeypatch.setattr(turning, "WIDE", 2)
    monkeypatch.setattr(turning, "PAGE", 3)
    team, anglers = build.department("Fishing"), build.audience("anglers")
    for name in "eabdcf":
        build.account(f"boat{name}", departments=[team] if name < "e" else [], audiences=[anglers], says="fish")
    build.account("boatz", is_public=False, audiences=[anglers], departments=[team])

    for query in ("?q=fish", "?q=angler", "?for=anglers", "?q=boat"):
        assert names(client, query) == ["boata", "boatb", "boatc"]
        assert names(client, f"{query}&page=2") == ["boatd"]
        assert (
            "There are more than 4. Add a word to see the others." in client.get(f"/directory/{query}").content.decode()
        )
    assert names(client, "?q=fishing") == ["boata", "boatb", "boatc"]
    assert names(client, "?q=fishing&page=2") == ["boatd"]
    assert "There are more" not in client.get("/directory/?q=fishing").content.decode()
    assert names(client, "?page=2") == ["boatd", "boate", "boatf"]


def test_public_directory_understands_a_sentence_and_puts_the_best_first(client: Client):
    build.account("acmeboats", says="which boat runs, and how late it is")
    build.account("boatparts", says="spare parts")
    build.account("trains", says="which train runs")

    assert names(client, "?q=my+boat+is+late+again") == ["acmeboats", "boatparts"]
    assert names(client, "?q=boats%3A+timetable") == ["acmeboats", "boatparts"]
    assert names(client, "?q=where+are+you") == []


def test_public_directory_with_nothing_found_says_what_to_do(client: Client):
    body = client.get("/directory/?q=nothing").content.decode()
    assert "None of our accounts says so" in body
    assert 'href="/verify/"' in body


def test_public_directory_takes_as_many_queries_for_3_as_for_30(client: Client, django_assert_num_queries: Any):
    for size in (3, 30):
        while Account.objects.count() < size:
            build.account(departments=[build.department()], audiences=[build.audience()], markets=[build.market()])
        with django_assert_num_queries(11):
            assert len(lines(client)) == size
        with django_assert_num_queries(11):
            assert len(lines(client, "?q=account")) == size


def test_public_directory_names_the_organisation_and_claims_no_department_for_an_account_without_one(
    client: Client, settings: Any
):
    settings.ORGANISATION_NAME = "Acme & Sons"
    build.account("acme", platform=build.platform("instagram", "Instagram"))

    body = client.get("/directory/").content.decode()
    assert ("on the list that Acme &amp; Sons keeps" in body, "run by us" in body) == (True, False)
    assert lines(client) == ["acme acme on Instagram, which no department runs at present."]
