"""The map where little is known: it says what nobody said, and counts pairs by the report's kinds."""

import pytest
from django.test import Client

from channels.models import Account
from orgmap.reports.map.flow import in_tenths
from orgmap.reports.models import Level
from tests import build
from tests.reports.company import company
from tests.reports.test_pages import roll_up, words


@pytest.fixture
def reader() -> Client:
    client = Client()
    client.force_login(build.user("staff"))
    return client


@pytest.mark.django_db
@pytest.mark.parametrize("lens", ["network", "matrix"])
def test_where_no_account_names_an_audience_the_map_says_so_and_leads_to_them(reader: Client, lens: str):
    made = company()
    for account in Account.objects.all():
        account.audiences.clear()
    made.goal.audiences.clear()
    build.account("old", departments=[made.care], status="retired", retired_on="2026-01-01")
    roll_up()

    answer = reader.get("/map/", {"of": "acme", "lens": lens})

    assert "3 of 3 accounts name no audience, so nobody knows whom they meet." in words(answer)
    listed = reader.get(answer.context["silent_url"]).context["listing"]
    assert (answer.context["silent"], listed.pager.paginator.count) == (3, 3)


@pytest.mark.django_db
def test_units_that_meet_nobody_are_told_from_those_of_which_nothing_is_known(reader: Client):
    made = company()
    build.account("silent", departments=[build.department("Sales", slug="sales", parent=made.root)])
    roll_up()

    context = reader.get("/map/", {"of": "acme"}).context

    assert [slug for slug, _ in context["alone"]] == ["people"]
    assert [slug for slug, _ in context["unknown"]] == ["acme", "sales"]


@pytest.mark.django_db
def test_the_map_counts_pairs_as_the_report_does(reader: Client):
    made = company()
    build.tie(made.care, made.people)
    roll_up()

    context = reader.get("/map/").context
    quadrants = Level.objects.get(level=None).figures["quadrants"]

    assert (context["summary"]["same"], context["summary"]["apart"], context["summary"]["few"]) == (1, 1, 1)
    assert context["summary"]["same"] == quadrants["left_right_hand"] + quadrants["aligned"]
    assert context["summary"]["few"] == quadrants["bridged"] + quadrants["independent"]


def test_boxes_of_a_flow_are_told_in_tenths_that_add_up():
    thirds = in_tenths({"a": 1 / 3, "b": 1 / 3, "c": 1 / 3, "d": 63.5, "e": 0.5})

    assert thirds == {"a": 0.4, "b": 0.3, "c": 0.3, "d": 63.5, "e": 0.5}
    assert round(sum(thirds.values()), 6) == 65
