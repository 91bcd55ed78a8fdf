"""The standing report, for programs."""

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate

from orgmap.reports import stored
from orgmap.reports.models import Level, Pair
from orgmap.reports.services import requests, rollup
from tests import build
from tests.api.programs import program
from tests.reports.company import company

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_standing_report_and_its_pairs_are_read_level_by_level(client: Client):
    reader = program(build.user("staff"), "read")
    assert reader.get("/api/v1/reports/latest").status_code == 404
    company()
    wish = requests.request_rollup(reason="a test", now=timezone.now())
    snapshot = rollup.run_rollup(request_id=wish.pk, now=timezone.now(), today=localdate())

    report = reader.get("/api/v1/reports/latest").json()
    finest = Level.objects.get(snapshot=snapshot, level=None)
    assert (report["id"], report["level"], report["input_hash"]) == (snapshot.pk, None, snapshot.input_hash)
    assert report["figures"]["alignment"] == finest.figures["alignment"]
    assert [(row["level"], row["units"], row["contested"]) for row in report["levels"]] == [(1, 1, 0), (None, 4, 2)]
    assert reader.get("/api/v1/reports/latest?level=1").json()["figures"]["alignment"]["contested"] == 0
    assert reader.get("/api/v1/reports/latest?level=9").status_code == 404
    pairs = reader.get("/api/v1/reports/latest/pairs?level=all").json()
    assert pairs["count"] == 1
    row = pairs["items"][0]
    assert (row["a"], row["b"], row["shared"], row["gap"], row["quadrant"], row["places"], row["size_a"]) == (
        "brand", "care", 2.0, 2.0, "left_right_hand", 2, 2.0,
    )  # fmt: skip
    assert reader.get("/api/v1/reports/latest/pairs?level=all&unit=people").json()["count"] == 0
    assert reader.get("/api/v1/reports/latest/pairs?level=all&quadrant=aligned").json()["count"] == 0
    assert client.get("/api/v1/reports/latest").status_code == 401


def test_pairs_of_the_demo_organisation_come_widest_gap_first_and_page_by_page(report):
    reader = program(build.user("executive"), "read")

    level = Level.objects.get(level=None)
    figures = reader.get("/api/v1/reports/latest?level=all").json()["figures"]
    said = stored.result(level)
    assert said["silos"]["edges"]
    for block in ("completeness", "quadrants", "proposals"):
        assert figures[block] == said[block]
    for block in ("alignment", "silos", "sprawl", "benefits"):
        assert figures[block].items() <= said[block].items()

    pairs = reader.get("/api/v1/reports/latest/pairs?level=all&limit=1000").json()

    assert pairs["count"] == len(pairs["items"]) == Pair.objects.filter(level__level=None).count()
    gaps = [row["gap"] for row in pairs["items"]]
    assert gaps == sorted(gaps, reverse=True)
    second = reader.get("/api/v1/reports/latest/pairs?level=all&limit=1&offset=1").json()["items"]
    assert second == pairs["items"][1:2]
