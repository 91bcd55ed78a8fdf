"""Forms about objectives and agreements, fed with nonsense: a sentence, never a failure, and what was typed stays."""

from html import escape
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from departments.models import ObjectiveInvitation, Tie
from tests import build
from tests.examples import examples

pytestmark = pytest.mark.django_db

HUGE = "99999999999999999999"
NAMES = (
    "title", "terms", "contact", "kind", "departments", "objectives", "objective", "audiences", "markets", "platforms",
    "benefits", "starts_on", "ends_on", "note", "version", "lead", "sponsor", "statement", "benefit", "measure", "unit",
    "baseline", "target", "status", "notes", "opened", "clash", "keep-statement", "on", "value", "reason", "department",
    "number", "accept", "message", "instead_of", "account", "was", "sure", "template", "with", "member", "audience",
    "market", "platform", "q", "tie", "close_own",
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["", "\0", "-1", HUGE, "1e999", "NaN", "0000-00-00", "9999-12-31", "Care", "Care\nSales", "x" * 400,
         "2026-02-30", "٣", "<b>", "care; sales", "on", "1"]
    ),
)  # fmt: skip
NONSENSE = st.dictionaries(st.sampled_from(NAMES), st.lists(TEXTS, min_size=1, max_size=2), max_size=12)


@pytest.fixture
def pages(client: Client) -> tuple[Client, list[str]]:
    """Every page of these forms, with records of which some answers can be about."""
    client.force_login(build.user("lead"))
    client.raise_request_exception = True
    care, sales = build.department("Care", slug="care"), build.department("Sales", slug="sales")
    goal = build.objective(departments=[care], audiences=[build.audience()])
    tie, proposed = build.tie(care, sales), build.tie(care, sales, status="proposed")
    asked = ObjectiveInvitation.objects.create(objective=goal, department=sales)
    return client, [
        "/objectives/new/",
        "/agreements/new/",
        "/groups/new/",
        *(f"/objectives/{goal.pk}/{page}/" for page in ("edit", "check-in", "end", "invite", "accounts")),
        f"/objectives/invitations/{asked.pk}/",
        *(f"/agreements/{tie.pk}/{page}/" for page in ("change", "renew")),
        f"/agreements/{proposed.pk}/answer/",
    ]


@settings(max_examples=examples(40))
@given(st.data())
def test_nonsense_gets_a_sentence(pages: tuple[Client, list[str]], data: st.DataObject) -> None:
    client, addresses = pages
    address = data.draw(st.sampled_from(addresses))
    answer = client.post(address, data.draw(NONSENSE))
    assert answer.status_code in {200, 302, 422}, address


@settings(max_examples=examples(20))
@given(st.data())
def test_nonsense_in_an_address_is_left_out(pages: tuple[Client, list[str]], data: st.DataObject) -> None:
    client, _ = pages
    lists = ["/objectives/new/", "/agreements/new/", "/groups/new/", "/agreements/preview/", "/agreements/objectives/"]
    address = data.draw(st.sampled_from([*lists, "/groups/objectives/"]))
    answer = client.get(f"{address}?{urlencode(data.draw(NONSENSE), doseq=True)}")
    assert answer.status_code in {200, 302, 404}, address


def test_a_number_that_no_record_can_have_is_no_choice(pages: tuple[Client, list[str]]) -> None:
    client, addresses = pages
    lists = {name: [HUGE] for name in ("objectives", "audiences", "benefits")}
    single = dict.fromkeys(("objective", "benefit", "instead_of", "number"), HUGE)
    parties = {"departments": "Care\nSales", "department": "sales", "accept": "on"}
    for said in (parties | lists, parties | single):
        assert {client.post(address, said).status_code for address in addresses} <= {200, 302, 422}
        assert client.get("/agreements/preview/", said).status_code == 200


@pytest.mark.parametrize("page", ["/objectives/new/", "/agreements/new/", "/groups/new/"])
def test_what_was_typed_stays(pages: tuple[Client, list[str]], page: str) -> None:
    client, _ = pages
    typed: dict[str, Any] = {
        "title": "<Everybody>", "statement": "<Everybody>", "departments": "Nowhere & Co", "ends_on": "tomorrow",
        "notes": "<Everybody>", "terms": "a & b",
    }  # fmt: skip
    text = client.post(page, typed).content.decode()
    assert (escape("<Everybody>") in text, escape("Nowhere & Co") in text, 'value="tomorrow"' in text) == (True,) * 3
    assert Tie.objects.filter(title="<Everybody>").count() == 0
