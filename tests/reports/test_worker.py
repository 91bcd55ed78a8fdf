"""The roll-up by a real worker on the real broker: what a kill, a second worker and an absent broker do."""

import os
import signal
import sys

import pytest
from django.utils import timezone

from channels.models import Account
from orgmap.celery import app
from orgmap.reports.models import Level, RollupRequest, Snapshot
from orgmap.reports.services import requests, rollup
from tests import build
from tests.reports.company import company
from tests.reports.processes import process, until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.scale]

SLOW = """
import sys, time
from django.utils import timezone
import django
django.setup()
from orgmap.reports.services import publish, rollup
whole = publish.write_level
def slowly(*args):
    whole(*args)
    print("half-way", flush=True)
    time.sleep(3600)
publish.write_level = slowly
rollup.run_rollup(request_id=int(sys.argv[1]), now=timezone.now(), today=timezone.localdate())
"""

SEND = """
import sys, time
import django
django.setup()
from orgmap.reports.sending import send_rollup
send_rollup(int(sys.argv[1]))
started = time.monotonic()
send_rollup(int(sys.argv[1]))
print(time.monotonic() - started, flush=True)
"""


def roll_up() -> Snapshot:
    wish = requests.request_rollup(reason="a test", now=timezone.now())
    return rollup.run_rollup(request_id=wish.pk, now=timezone.now(), today=timezone.localdate())


def test_a_rollup_that_is_killed_while_it_publishes_leaves_the_last_report_and_is_taken_up_again():
    made = company()
    standing = roll_up()
    build.tie(made.care, made.brand)
    wish = requests.request_rollup(reason="a test", now=timezone.now())

    with process(sys.executable, "-c", SLOW, str(wish.pk)) as worker:
        assert worker.stdout.readline() == "half-way\n"
        assert requests.look_for_changes(now=timezone.now(), today=timezone.localdate()) is None
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()

    assert list(Snapshot.objects.all()) == [standing]
    assert Level.objects.filter(snapshot=standing, level=None).get().alignment == 0.0
    until(lambda: requests.look_for_changes(now=timezone.now(), today=timezone.localdate()) == wish.pk)
    after = rollup.run_rollup(request_id=wish.pk, now=timezone.now(), today=timezone.localdate())
    assert Level.objects.filter(snapshot=after, level=None).get().alignment == 0.5
    wish.refresh_from_db()
    assert (wish.state, wish.tries) == ("done", 2)


def test_a_change_becomes_a_report_by_beat_and_worker_alone():
    made = company()
    name = f"orgmap-test-{os.getpid()}"
    with process(
        *(sys.executable, "-m", "celery", "-A", "orgmap.celery", "worker", "-Q", name, "-P", "solo", "-l", "WARNING"),
    ):
        app.send_task("reports.look_for_changes", queue=name)
        until(lambda: RollupRequest.objects.exists())
        wish = RollupRequest.objects.get()
        app.send_task("reports.rollup", kwargs={"request_id": wish.pk}, queue=name)
        app.send_task("reports.rollup", kwargs={"request_id": wish.pk}, queue=name)
        until(lambda: Snapshot.objects.exists())
        Account.objects.filter(pk=made.brand_account.pk).update(status="planned")
        app.send_task("reports.rollup", queue=name)
        until(lambda: Snapshot.objects.count() == 2)

    first, second = Snapshot.objects.order_by("pk")
    assert Level.objects.get(snapshot=first, level=None).contested == 2
    assert Level.objects.get(snapshot=second, level=None).contested == 0
    assert set(RollupRequest.objects.values_list("state", flat=True)) == {"done"}


def test_without_a_broker_a_request_is_kept_and_nobody_waits_long():
    company()
    wish = requests.request_rollup(reason="a test", now=timezone.now())

    with process(sys.executable, "-c", SEND, str(wish.pk), REDIS_URL="redis://127.0.0.1:1/0") as web:
        seconds = float(web.stdout.readline())

    assert seconds < 30  # tried for ever, it would not come back at all
    assert requests.look_for_changes(now=timezone.now(), today=timezone.localdate()) == wish.pk
