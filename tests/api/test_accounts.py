"""Accounts and the public answer, for programs."""

from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localdate

from channels.models import Account
from tests import build
from tests.api.programs import JSON, program

pytestmark = pytest.mark.django_db


def handles(client: Client, query: str = "") -> list[str]:
    return [row["handle"] for row in client.get(f"/api/v1/accounts{query}").json()["items"]]


def test_accounts_are_listed_narrowed_and_found():
    top = build.department(slug="top")
    below = build.department(slug="below", parent=top)
    customers, uk = build.audience("customers"), build.market("uk")
    build.account("acme_care", departments=[below], audiences=[customers], markets=[uk], says="help with boats")
    build.account("acme_jobs", departments=[build.department()], platform=build.platform("linkedin", "LinkedIn"))
    build.account("acme_old", status="retired", retired_on="2026-01-01")
    client = program(build.user("staff"), "read")

    assert handles(client) == ["acme_care", "acme_jobs", "acme_old"]
    assert handles(client, "?limit=1&offset=1") == ["acme_jobs"]
    assert handles(client, "?department=top") == ["acme_care"]
    assert handles(client, "?platform=linkedin") == ["acme_jobs"]
    assert handles(client, "?status=retired") == ["acme_old"]
    assert handles(client, "?audience=customers&market=uk") == ["acme_care"]
    assert handles(client, "?q=boats") == ["acme_care"]
    refused = client.get("/api/v1/accounts?department=tob")
    assert (refused.status_code, refused.json()["detail"]) == (422, "'tob' is no department here. Did you mean top?")


def test_contacts_and_keys_are_told_to_those_who_may_know():
    own, foreign = build.department(), build.department()
    mine = build.account(departments=[own], contact="care@acme.example", custody="vault 7")
    theirs = build.account(departments=[foreign], contact="brand@acme.example", custody="vault 8")
    head = program(build.user(head_of=own), "read")
    staff = program(build.user("staff"), "read")

    def told(client: Client, account: Account) -> tuple[str | None, str | None]:
        row = client.get(f"/api/v1/accounts/{account.pk}").json()
        return row["contact"], row["custody"]

    assert told(head, mine) == ("care@acme.example", "vault 7")
    assert told(head, theirs) == (None, None)
    assert told(staff, mine) == (None, None)
    assert "vault" not in staff.get("/api/v1/accounts").content.decode()


def test_the_number_of_queries_does_not_grow_with_the_accounts(django_assert_num_queries: Any):
    client = program(build.user("head"), "read", last_used_on=localdate())
    for size in (3, 30):
        while Account.objects.count() < size:
            build.account(departments=[build.department()], audiences=[build.audience()], markets=[build.market()])
        with django_assert_num_queries(8):
            assert len(client.get("/api/v1/accounts").json()["items"]) == size


def test_a_change_names_what_changes_and_the_version_it_starts_from():
    sales = build.department(slug="sales")
    build.audience("customers")
    goal = build.objective(departments=[sales])
    account = build.account(departments=[sales], says="news", rhythm="weekly")
    client = program(build.user(head_of=sales))
    address = f"/api/v1/accounts/{account.pk}"

    changed = client.patch(
        address, {"version": 1, "says": "offers", "audiences": ["customers"], "objectives": [goal.pk]}, JSON
    ).json()
    assert (changed["says"], changed["rhythm"], changed["audiences"], changed["objectives"], changed["version"]) == (
        "offers", "weekly", ["customers"], [goal.pk], 2,
    )  # fmt: skip
    late = client.patch(address, {"version": 1, "says": "something else"}, JSON)
    assert (late.status_code, late["Content-Type"]) == (409, "application/problem+json")
    unknown = client.patch(address, {"objectives": [0]}, JSON)
    assert unknown.json()["detail"] == "There is no objective 0. GET the objectives for their ids."
    account.refresh_from_db()
    assert account.says == "offers"


def test_an_account_is_put_on_the_map_by_its_address_or_its_handle():
    sales = build.department(slug="sales")
    build.audience("customers")
    client = program(build.user(head_of=sales))
    wanted = {"departments": ["sales"], "says": "offers", "audiences": ["customers"]}

    made = client.post("/api/v1/accounts", wanted | {"url": "https://www.instagram.com/Acme/?hl=en"}, JSON)
    assert (made.status_code, made.json()["platform"], made.json()["handle"]) == (201, "instagram", "Acme")
    assert (made.json()["says"], made.json()["audiences"], made.json()["departments"]) == (
        "offers", ["customers"], ["sales"],
    )  # fmt: skip
    by_hand = client.post("/api/v1/accounts", wanted | {"platform": "x", "handle": "@acme"}, JSON).json()
    assert (by_hand["platform"], by_hand["handle"], by_hand["status"]) == ("x", "acme", "active")


@pytest.mark.parametrize(
    ("sent", "status", "detail"),
    [
        ({"url": "instagram.com/acme"}, 422, "acme on Instagram is already on the map."),
        ({"url": "mailto:care@acme.example"}, 422, None),
        ({}, 422, "Send the account's `url`, or its `platform` and `handle`."),
        ({"url": "instagram.com/acme2", "departments": ["legal"]}, 422, None),
        ({"url": "instagram.com/acme2", "departments": ["nobody"]}, 422, None),
    ],
)
def test_an_account_that_cannot_be_registered_is_refused_with_a_sentence(sent: Any, status: int, detail: str | None):
    sales = build.department(slug="sales")
    build.department(slug="legal")
    build.account("acme", platform=build.platform("instagram", "Instagram"), departments=[sales])
    client = program(build.user(head_of=sales))

    answer = client.post("/api/v1/accounts", {"departments": ["sales"]} | sent, JSON)

    assert (answer.status_code, answer["Content-Type"], Account.objects.count()) == (
        status, "application/problem+json", 1,
    )  # fmt: skip
    assert answer.json()["detail"] == detail or (detail is None and answer.json()["detail"].endswith("."))
    staff = program(build.user("staff")).post("/api/v1/accounts", {"departments": ["sales"]} | sent, JSON)
    assert staff.status_code == 403


def test_an_account_is_retired_and_brought_back():
    account = build.account()
    client = program(build.user("lead"))
    address = f"/api/v1/accounts/{account.pk}"

    retired = client.patch(address, {"status": "retired", "reason": "Nobody reads it."}, JSON).json()
    assert (retired["status"], retired["retired_on"], retired["retired_reason"]) == (
        "retired", localdate().isoformat(), "Nobody reads it.",
    )  # fmt: skip
    back = client.patch(address, {"status": "active"}, JSON).json()
    assert (back["status"], back["retired_on"], back["retired_reason"]) == ("active", None, "")


def test_somebody_elses_account_is_not_changed():
    account = build.account(departments=[build.department()])
    for client in (program(build.user(head_of=build.department())), program(build.user("staff"))):
        assert client.patch(f"/api/v1/accounts/{account.pk}", {"says": "mine"}, JSON).status_code == 403
    account.refresh_from_db()
    assert account.says == ""


def test_anyone_asks_whether_an_address_is_ours(client: Client):
    build.account(
        "acme", platform=build.platform("instagram", "Instagram"), departments=[build.department("Brand")],
        name="Acme", contact="secret@acme.example", custody="secret vault", notes="secret",
    )  # fmt: skip
    answer = client.get("/api/v1/verify", {"url": "https://instagram.com/acme/"})
    assert answer.json() == {
        "outcome": "ours", "platform": "Instagram", "handle": "acme", "name": "Acme", "department": "Brand",
        "language": "", "address": "", "successor": "", "confirmed": True, "note": "",
    }  # fmt: skip
    assert client.get("/api/v1/verify", {"url": "https://instagram.com/acmee/"}).json()["outcome"] == "unknown"
    missing = client.get("/api/v1/verify")
    assert (missing.status_code, missing.json()["errors"][0]["at"]) == (422, "query.url")
