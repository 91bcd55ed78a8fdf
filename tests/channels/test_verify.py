"""Is it ours? What anyone outside may learn, and nothing more."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

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
    "asked", ["hello", "https://www.facebook.com/groups", "https://acme.example/", "\x00", "'; --"]
)
def test_verify_says_when_it_is_no_address_of_an_account(client: Client, asked: str) -> None:
    told = answer(client, asked)
    assert told in (
        "We can't tell. This is not the address of an account on a platform that we know. "
        "Open the account's own page and copy its address from there.",
        "",
    )
    assert (told == "") == (asked == "\x00")


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
