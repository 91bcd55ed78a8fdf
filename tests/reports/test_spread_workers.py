"""A roll-up spread over real workers by beat and broker: the same bytes however many there are, and whoever dies."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, suppress
from pathlib import Path
from random import Random

import pytest
from django.db import connection
from django.utils import timezone
from django.utils.timezone import localdate
from redis import Redis

from channels.models import Account
from orgmap.demo.synthetic.services import load_synthetic
from orgmap.demo.synthetic.size import size_of
from orgmap.reports import stored
from orgmap.reports.collect import collect
from orgmap.reports.engine import analyse
from orgmap.reports.models import Level, PairBlock, RollupRequest, Snapshot
from orgmap.reports.services import requests, rollup
from tests.examples import examples
from tests.reports.processes import CELERY, broker, process, until
from tests.reports.published import published

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.scale]

SMALL_BLOCKS = """
import os, signal, sys
from orgmap.celery import app
import orgmap.reports.engine.pairs as pairs
pairs.BLOCK_ROWS = 4
"""

DIES_AT_THE_SECOND_BLOCK = """
from django.apps import apps
import django
django.setup()
from orgmap.reports.services import spread
whole, seen = spread.pair_block, []
def dying(*args):
    seen.append(args)
    if len(seen) == 2:
        os.killpg(0, signal.SIGKILL)
    return whole(*args)
spread.pair_block = dying
"""

START = "app.start(sys.argv[1:])"
OPTIONS = ("--without-gossip", "--without-mingle", "--loglevel", "ERROR")
SEED = 20261126


@pytest.fixture
def variables() -> Iterator[dict[str, str]]:
    """What workers are told: pairs always in blocks. 60 departments are there, and beat looks each second."""
    size = size_of(departments=60, accounts=200, objectives=60, ties=30, seed=1)
    load_synthetic(size=size, today=localdate(), password="a pass phrase", tell=lambda step: None)
    told = {"REDIS_URL": broker(), "ROLLUP_EVERY_SECONDS": "1", "ROLLUP_SPREAD_ABOVE": "10"}
    store = Redis.from_url(broker())
    store.flushdb()
    schedule = f"--schedule={os.environ['ORGMAP_DATA']}/beat-{os.getpid()}"
    with process(*CELERY, "beat", "--pidfile=", schedule, **told):
        yield told
    store.flushdb()
    store.close()


def worker(
    variables: dict[str, str], processes: int = 1, code: str = ""
) -> AbstractContextManager[subprocess.Popen[str]]:
    name = f"--hostname=worker{time.monotonic_ns()}@here"
    script = SMALL_BLOCKS + code + START
    return process(sys.executable, "-c", script, "worker", *OPTIONS, f"--concurrency={processes}", name, **variables)


def computed_here() -> bytes:
    """What one process alone publishes; it is gone again."""
    request = requests.request_rollup(reason="a test", now=timezone.now())
    said = published(rollup.run_rollup(request_id=request.pk, now=timezone.now(), today=localdate(), wait=True))
    start_afresh()
    return said


def start_afresh() -> None:
    RollupRequest.objects.all().delete()
    Snapshot.objects.all().delete()


def blocks_so_far() -> int:
    """How many blocks were ever laid out."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM reports_pairblock_id_seq")
        return int(cursor.fetchone()[0])


def test_one_two_and_four_workers_publish_the_same_bytes(variables):
    expected = computed_here()
    for workers in (1, 2, 4):
        before = blocks_so_far()
        with worker(variables, workers):
            until(Snapshot.objects.exists)
        assert blocks_so_far() == before + 15, "The pairs were not computed in blocks."
        assert published(Snapshot.objects.get()) == expected
        start_afresh()


def test_a_worker_that_is_killed_half_way_changes_no_byte(variables):
    expected = computed_here()
    with worker(variables, code=DIES_AT_THE_SECOND_BLOCK) as victim:
        victim.wait(180)

    request = RollupRequest.objects.get()
    assert (request.state, Snapshot.objects.count()) == ("spread", 0)
    done = list(PairBlock.objects.exclude(done_at=None).values_list("pk", "done_at"))
    assert len(done) == 1
    with worker(variables):
        until(Snapshot.objects.exists)

    assert published(Snapshot.objects.get()) == expected
    until(lambda: RollupRequest.objects.get().state == "done")
    assert RollupRequest.objects.get().tries == 1, "It started afresh instead of computing what was lost."


def test_a_kill_at_any_of_ten_moments_leaves_the_last_report_and_the_next_one_is_right(variables):
    chance = Random(SEED)
    with ExitStack() as workers:
        running = workers.enter_context(worker(variables, 2))
        until(Snapshot.objects.exists)
        took = change_and_wait(1)
        for moment in range(examples(10)):
            standing = Snapshot.objects.latest_published()
            said = published(standing)
            change(moment)
            pause, whom = chance.uniform(0, 1.2 * took), chance.choice(["all", "the parent", "a child"])
            print(f"Moment {moment}, seed {SEED}: {pause:.2f} s after a change, killed {whom}.", flush=True)
            until_then(pause)
            still_works = kill(running, whom, chance)
            latest = Snapshot.objects.latest_published()
            if latest != standing:
                assert_right(latest)
            assert published(standing) == said
            if not still_works:
                running.wait()
                spread_above = chance.choice(["10", "1000"])
                running = workers.enter_context(worker(variables | {"ROLLUP_SPREAD_ABOVE": spread_above}, 2))
            until(is_up_to_date())
            assert_right(Snapshot.objects.latest_published())


def change(number: int) -> None:
    """Retire one account more: other figures."""
    active = Account.objects.exclude(status="retired").order_by("pk")
    account = active[7 * number % active.count()]
    Account.objects.filter(pk=account.pk).update(status="retired", retired_on=localdate())


def change_and_wait(number: int) -> float:
    """How many seconds a change takes to become a report, with nobody killed."""
    begun = time.monotonic()
    change(number)
    until(is_up_to_date())
    return time.monotonic() - begun


def is_up_to_date() -> Callable[[], bool]:
    """Whether the report is that of what is there now."""
    now = collect(localdate()).input_hash
    return lambda: Snapshot.objects.latest_published().input_hash == now


def until_then(pause: float) -> None:
    end = time.monotonic() + pause
    until(lambda: time.monotonic() >= end, pause + 10)


def kill(running: "subprocess.Popen[str]", whom: str, chance: Random) -> bool:
    """kill -9 of a whole worker, of its parent process, or of one that does the work. Whether the worker lives on.

    One that has only just started has no children yet: then it is killed itself.
    """
    children = Path(f"/proc/{running.pid}/task/{running.pid}/children").read_text().split()
    if whom == "all":
        os.killpg(running.pid, signal.SIGKILL)
    elif whom == "the parent" or not children:
        running.kill()
    else:
        with suppress(ProcessLookupError):  # it has just been exchanged for another
            os.kill(int(chance.choice(children)), signal.SIGKILL)
        return True
    return False


def assert_right(snapshot: Snapshot) -> None:
    """Each level is whole and says what the engine says of the facts that the snapshot keeps."""
    facts = stored.facts(snapshot)
    levels = list(Level.objects.filter(snapshot=snapshot).order_by("pk"))
    assert [level.level for level in levels][-1] is None
    for level in levels:
        assert stored.result(level) == analyse(facts, level=level.level, top=200 if level.units > 60 else None)
