"""Is it ours? What anyone outside may learn, and nothing more."""

import re
from datetime import date
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from channels.imports.apply import import_content
from channels.models import Account
from tests import build

pytestmark = pytest.mark.django_db


def answer(client: Client, asked: str) -> str:
    """The answer as text."""
    body = client.get(reverse("channels:verify"), {"url": asked}).content.decode()
    found = re.search(r'<div id="verify_answer" role="status">(.*?)</div>', body, re.DOTALL)
    assert found
    return " ".join(unescape(re.sub(r"<[^>]+>", "", found.group(1))).split())


def test_verify_says_yes_with_public_fields_only(client: Client) -> None:
    account = build.account(
        "AcmeHelp",
        platform=build.platform("instagram"),
        departments=[build.department("Brand"), build.department("Sales")],
        name="Acme help",
        language="English",
        contact="secret@acme.example",
        says="secret words",
        notes="secret notes",
        custody="secret vault",
    )
    account.sides.filter(position=0).update(position=5)  # the order counts, not the first row
    assert answer(client, "https://www.instagram.com/acmehelp/?hl=en") == (
        "Yes. AcmeHelp on Instagram is ours: Sales runs it, in English. It is called “Acme help”."
    )
    assert "secret" not in client.get(reverse("channels:verify"), {"url": "instagram.com/acmehelp"}).content.decode()


def test_verify_says_of_what_only_a_list_has_that_nobody_confirmed_it_until_somebody_does(client: Client) -> None:
    build.department("Sales")
    import_content(
        b"URL,Department\nhttps://instagram.com/acme,Sales\n",
        kind="accounts",
        filename="list.csv",
        by=None,
        today=date(2026, 5, 1),
    )
    assert answer(client, "instagram.com/acme") == (
        "Not confirmed. acme on Instagram is on the list of our accounts; nobody has confirmed it yet. "
        "The list says that Sales runs it."
    )
    assert "Not confirmed on Instagram: it is on the list; nobody has confirmed it yet." in answer(client, "acme")
    told = client.get("/api/v1/verify", {"url": "instagram.com/acme"}).json()
    assert (told["outcome"], told["confirmed"], told["note"]) == (
        "ours",
        False,
        "It is on the organisation's list; nobody has confirmed it yet.",
    )
    assert "nobody has confirmed it yet" in client.get(reverse("channels:public_directory")).content.decode()
    Account.objects.update(last_attested_on=date(2026, 5, 2))
    assert answer(client, "instagram.com/acme") == "Yes. acme on Instagram is ours: Sales runs it."
    told = client.get("/api/v1/verify", {"url": "instagram.com/acme"}).json()
    assert (told["confirmed"], told["note"]) == (True, "")
    assert "nobody has confirmed it yet" not in client.get(reverse("channels:public_directory")).content.decode()


def test_verify_knows_a_retired_account(client: Client) -> None:
    build.account("acme", platform=build.platform("instagram"), status="retired", retired_on="2026-01-01")
    assert answer(client, "instagram.com/acme") == (
        "No longer. acme on Instagram was ours and has been retired. Whatever it says now does not come from us."
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "planned"},
        {"is_public": False},
        {"is_public": False, "status": "retired", "retired_on": "2026-01-01"},
        {"is_public": False, "status": "dormant"},
    ],
)
def test_verify_answers_about_a_hidden_account_as_about_an_unknown_one(
    client: Client, fields: dict[str, object]
) -> None:
    unknown = answer(client, "https://instagram.com/Acme")
    build.account("acme", platform=build.platform("instagram"), name="Hidden", language="Welsh", **fields)
    assert (
        answer(client, "https://instagram.com/Acme")
        == unknown
        == ("No. Acme on Instagram is not on the list of our accounts.")
    )


@pytest.mark.parametrize(
    "asked", ["hello there", "https://www.facebook.com/groups", "https://acme.example/", "\x00", "'; --"]
)
def test_verify_says_when_it_is_no_address_of_an_account(client: Client, asked: str) -> None:
    told = answer(client, asked)
    assert told in (
        "We can't tell. This is not the address of an account on a platform that we know. "
        "Open the account's own page and copy its address from there.",
        "",
    )
    assert (told == "") == (asked == "\x00")


def test_verify_knows_the_accounts_of_a_handle_by_platform_and_says_what_a_handle_cannot_prove(client: Client) -> None:
    care = build.department("Care")
    build.account(
        "acme.help", platform=build.platform("instagram"), departments=[care], address="https://instagram.com/acme.help"
    )
    build.account("Acme.Help", platform=build.platform("linkedin"), kind="profile")
    build.account("acme.help@social.example", platform=build.platform("mastodon"))
    build.account("acme.help", platform=build.platform("tiktok"), status="retired", retired_on="2026-01-01")
    build.account("acme.help", platform=build.platform("threads"), is_public=False)
    build.account("acmehelp", platform=build.platform("x"))
    for asked in ("@acme.help", "acme.help", "@ACME.help"):
        told = answer(client, asked)
        assert told.startswith("4 accounts on the list of our accounts have the handle")
        assert "Ours on Instagram: Care runs it. Its address is https://instagram.com/acme.help." in told
        assert told.index("Ours on LinkedIn") < told.index("Ours on Mastodon") < told.index("No longer ours on TikTok")
        assert ("Threads" in told, "on X" in told) == (False, False)
        assert "A handle alone proves nothing: on any other platform it is not on the list." in told


def test_verify_says_of_an_unknown_handle_that_it_cannot_tell(client: Client) -> None:
    build.account("acme", platform=build.platform("instagram"), is_public=False)
    assert answer(client, "@acme") == (
        "We can't tell. No account on the list of our accounts has the handle acme, on any platform. "
        "Open the account's own page and copy its address from there."
    )


def test_verify_asks_without_being_signed_in_and_without_an_answer(client: Client) -> None:
    page = client.get(reverse("channels:verify"))
    assert (page.status_code, answer(client, "")) == (200, "")


def test_verify_answers_htmx_with_the_answer_alone(client: Client) -> None:
    headers = {"HX-Request": "true", "HX-Target": "verify_answer"}
    body = client.get(reverse("channels:verify"), {"url": "x.com/acme"}, headers=headers).content.decode().strip()
    assert body.startswith('<div id="verify_answer"')


def test_verify_escapes_what_was_pasted(client: Client) -> None:
    body = client.get(reverse("channels:verify"), {"url": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert" not in body


def test_verify_names_the_organisation_whose_list_it_is(client: Client, settings: object) -> None:
    settings.ORGANISATION_NAME = "Acme & Sons"  # type: ignore[attr-defined]
    build.account("acme", platform=build.platform("instagram"))
    assert answer(client, "instagram.com/acme") == (
        "Yes. acme on Instagram belongs to Acme & Sons, though no department runs it at present."
    )
    assert (
        answer(client, "instagram.com/other") == "No. other on Instagram is not on the list of accounts of Acme & Sons."
    )
    assert "does it belong to Acme &amp; Sons?</h1>" in client.get("/verify/").content.decode()
