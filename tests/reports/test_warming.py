"""What a fresh web process has read before somebody waits for it."""

import threading

import pytest
from django.utils import timezone
from django.utils.timezone import localdate

from orgmap import gunicorn
from orgmap.reports.map import facts
from orgmap.reports.services import requests, rollup
from tests import build

pytestmark = pytest.mark.django_db(transaction=True)


def warmed() -> int:
    """Of how many reports a new worker has the accounts at hand."""
    facts.unpacked.cache_clear()
    gunicorn.post_worker_init(None)
    for thread in threading.enumerate():
        if thread.name == "warm":
            thread.join(20)
    return facts.unpacked.cache_info().currsize


def test_a_new_worker_has_the_accounts_of_the_standing_report_at_hand() -> None:
    assert warmed() == 0
    build.account("acme", departments=[build.department("Sales")])
    request = requests.request_rollup(reason="a test", now=timezone.now())
    rollup.run_rollup(request_id=request.pk, now=timezone.now(), today=localdate())
    assert warmed() == 1
