"""Any pair of a report, also one that it does not keep, computed from the facts of its two units alone."""

import pytest
from django.urls import reverse

from orgmap.reports.models import Level, Pair
from orgmap.reports.pair_live import pair_of
from tests.reports.test_pages import signed_in, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("report")]


def test_a_pair_from_two_footprints_is_the_kept_one_at_every_level():
    for level in Level.objects.order_by("pk"):
        for kept in list(Pair.objects.filter(level=level).order_by("rank"))[::9]:
            live = pair_of(level, kept.b, kept.a)
            assert live.row == kept.row | {"action": None}
            assert (live.places, live.gap, live.coverage) == (kept.places, kept.gap, kept.coverage)
    level = Level.objects.get(level=None)
    assert pair_of(level, "skerry-and-fell", "campaigns") is None
    assert pair_of(level, "campaigns", "campaigns") is None
    assert pair_of(level, "campaigns", "nobody") is None


def test_the_page_of_a_pair_that_the_report_does_not_keep_shows_every_place():
    level = Level.objects.get(level=None)
    kept = Pair.objects.filter(level=level).order_by("rank")[0]
    address = f"{reverse('reports:pair_detail', args=[level.snapshot_id, kept.a, kept.b])}?level=all"
    shown = words(signed_in().get(address))
    Pair.objects.filter(pk=kept.pk).delete()
    without_row = words(signed_in().get(address))

    assert "Where they meet" in shown
    assert without_row.partition("Where they meet")[2] == shown.partition("Where they meet")[2]
