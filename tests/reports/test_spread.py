"""A roll-up of many units, in blocks: what is kept, what is told again, and that the figures do not notice."""

from datetime import date, datetime, timedelta
from random import Random

import pytest
from django.utils import timezone

from orgmap.reports.models import PairBlock, RollupRequest, Snapshot, SpreadRollup
from orgmap.reports.services import requests, rollup, spread
from tests.reports.published import published

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def in_blocks(demo, settings, monkeypatch) -> None:
    """The demo organisation counts as large, and a block is a few rows."""
    settings.ROLLUP_SPREAD_ABOVE = 10
    monkeypatch.setattr("orgmap.reports.engine.pairs.BLOCK_ROWS", 5)


def wish() -> RollupRequest:
    return requests.request_rollup(reason="a test", now=timezone.now())


def begin(request: RollupRequest) -> list[int]:
    """The blocks that a worker lays out."""
    snapshot = rollup.run_rollup(request_id=request.pk, now=timezone.now(), today=TODAY, may_spread=True)
    assert snapshot is None
    return spread.missing(request.pk)


def compute(blocks: list[int], now: datetime | None = None) -> None:
    for block in blocks:
        spread.compute_block(block_id=block, now=now or timezone.now())


def test_blocks_in_any_order_and_twice_publish_what_one_process_publishes():
    alone = rollup.run_rollup(request_id=wish().pk, now=timezone.now(), today=TODAY)
    expected = published(alone)
    Snapshot.objects.all().delete()
    request = wish()

    blocks = begin(request)
    assert len(blocks) > 3
    Random(1).shuffle(blocks)
    compute(blocks + blocks)
    together = rollup.publish_spread(request_id=request.pk)

    assert published(together) == expected
    request.refresh_from_db()
    assert (request.state, request.tries, request.snapshot) == ("done", 1, together)
    assert (SpreadRollup.objects.count(), PairBlock.objects.count()) == (0, 0)


def test_nothing_is_published_before_every_block_is_there():
    request = wish()
    *most, last = begin(request)
    compute(most)

    assert rollup.publish_spread(request_id=request.pk) is None
    request.refresh_from_db()
    assert (request.state, Snapshot.objects.count()) == ("spread", 0)

    compute([last])
    assert rollup.publish_spread(request_id=request.pk) == Snapshot.objects.get()


def test_what_was_lost_is_told_again_and_no_sooner(settings):
    request = wish()
    first, *others = begin(request)
    heard = timezone.now()
    compute([first], heard)
    pause, second = timedelta(seconds=settings.ROLLUP_EVERY_SECONDS), timedelta(seconds=1)

    assert spread.not_heard_of(now=heard + pause - second) is None
    assert spread.not_heard_of(now=heard + pause) == (request.pk, others)
    assert spread.not_heard_of(now=heard + 2 * pause - second) is None
    compute(others, heard + pause)
    assert spread.not_heard_of(now=heard + 2 * pause) == (request.pk, [])


def test_a_request_without_news_for_ten_minutes_starts_afresh():
    request = wish()
    first, *_ = begin(request)

    assert spread.not_heard_of(now=timezone.now() + timedelta(minutes=11)) is None

    request.refresh_from_db()
    assert (request.state, request.error) == ("waiting", "For ten minutes no worker finished a part of it.")
    again = begin(request)
    assert first not in again
    compute([first, *again])
    assert rollup.publish_spread(request_id=request.pk) == Snapshot.objects.get()


def test_a_worker_that_dies_while_it_publishes_leaves_a_request_that_starts_afresh():
    request = wish()
    compute(begin(request))
    requests.claim_spread(request_id=request.pk)

    assert requests.look_for_changes(now=timezone.now(), today=TODAY) == request.pk

    request.refresh_from_db()
    assert request.state == "waiting"
    compute(begin(request))
    assert rollup.publish_spread(request_id=request.pk) == Snapshot.objects.get()


def test_others_wait_while_a_request_is_spread_but_a_command_does_not():
    request = wish()
    blocks = begin(request)
    second = wish()
    assert second != request
    assert rollup.run_rollup(request_id=second.pk, now=timezone.now(), today=TODAY, may_spread=True) is None
    assert requests.look_for_changes(now=timezone.now(), today=TODAY) is None

    snapshot = rollup.run_rollup(request_id=second.pk, now=timezone.now(), today=TODAY, wait=True)

    request.refresh_from_db()
    assert (request.state, request.error) == ("failed", "A later request did its work.")
    compute(blocks)
    assert rollup.publish_spread(request_id=request.pk) is None
    assert list(Snapshot.objects.all()) == [snapshot]


def test_a_small_organisation_is_computed_by_one_worker(settings):
    settings.ROLLUP_SPREAD_ABOVE = 1000

    snapshot = rollup.run_rollup(request_id=wish().pk, now=timezone.now(), today=TODAY, may_spread=True)

    assert snapshot == Snapshot.objects.get()
