"""The page that says what the figures mean."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from orgmap.reports.models import Snapshot
from orgmap.reports.services import requests, rollup
from tests import build
from tests.reports.company import company

pytestmark = pytest.mark.django_db


def roll_up() -> Snapshot:
    now = timezone.now()
    wish = requests.request_rollup(reason="a test", now=now)
    made = rollup.run_rollup(request_id=wish.pk, now=now, today=timezone.localdate())
    assert made is not None
    return made


def read() -> dict[str, tuple[str, str]]:
    client = Client()
    client.force_login(build.user("executive"))
    answer = client.get(reverse("reports:methodology"))
    assert answer.status_code == 200
    return {measure.key: (measure.example, url) for measure, url in answer.context["measures"]}


def test_each_measure_has_an_example_from_the_figures_that_stand_and_leads_to_its_evidence():
    company()
    snapshot = roll_up()

    found = read()

    pair = reverse("reports:pair_detail", args=[snapshot.pk, "brand", "care"]) + "?level=all"
    assert found["overlap"] == ("Brand and Customer care share 2 places: 100\u202f% of the smaller.", pair)
    assert found["coverage"] == ("Brand and Customer care have agreed on 0\u202f% of it.", pair)
    assert found["alignment"][0] == "It is 0\u202f% over 2 places; at 2 of them nothing that counts is agreed."


def test_nothing_contested_is_said_and_is_not_zero():
    build.account(departments=[build.department()], audiences=[build.audience()])
    roll_up()

    found = read()

    assert found["alignment"][0] == "Nothing is contested, so there is nothing to average: that is not 0 %."
    assert found["overlap"] == ("No two units share a place.", "")
