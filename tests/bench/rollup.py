"""The roll-up step by step, beside its floor: the bare sparse product, and the same rows read by COPY."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import django

django.setup()

import numpy as np  # noqa: E402 - Django first
import scipy.sparse as sp  # noqa: E402
from django.conf import settings  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from channels.models import Account, AccountAudience  # noqa: E402
from orgmap.reports.collect import collect  # noqa: E402
from orgmap.reports.engine import Common, headline, prepare  # noqa: E402
from orgmap.reports.services import publish, requests, rollup  # noqa: E402
from orgmap.reports.sources import FACTS  # noqa: E402

ROWS = 256
LOOK_EVERY = 0.5  # to look more often would slow down what is measured


def main() -> None:
    found: dict[str, Any] = roll_up()
    found["again"] = roll_up()["whole"]
    change_the_map()
    with memory(found):
        found["trend"] = roll_up()["whole"]
    prepared = prepare(Common(collect(timezone.localdate()).read()), None)
    held = prepared.footprints.held
    found |= {
        "entries": int(held.nnz),
        "headline_ms": 1000 * min(headline_alone(prepared.common) for _ in range(3)),
        "floor_read": read_rows(),
        "floor_product": product(held),
    }
    print(json.dumps(found))


def roll_up() -> dict[str, float]:
    """A roll-up as `manage.py rollup` does it: seconds of each step.

    whole: until the report is published, or found to hold still. audit: of what it tells, which comes afterwards.
    """
    found: dict[str, float] = {}

    @contextmanager
    def timed(step: str) -> Iterator[None]:
        begun = time.perf_counter()
        yield
        found[step] = time.perf_counter() - begun

    def watched(step: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def watching(*args: Any, **kwargs: Any) -> Any:
            with timed(step):
                return work(*args, **kwargs)

        return watching

    plain = rollup.collect, publish.publish
    rollup.collect = watched("collect", rollup.collect)
    publish.publish = watched("publish", publish.publish)
    settings.AUDIT_APART_ABOVE = -1
    now = timezone.now()
    request = requests.request_rollup(reason="measuring", now=now)
    with timed("whole"):
        rollup.run_rollup(request_id=request.pk, now=now, today=timezone.localdate(), wait=True)
    rollup.collect, publish.publish = plain
    with timed("audit"):
        rollup.hand_down_left(today=timezone.localdate())
    return found


@contextmanager
def memory(found: dict[str, float]) -> Iterator[None]:
    """The most memory that this process and its copies held together, what they share counted once."""
    over, most = threading.Event(), [0.0]

    def look() -> None:
        while not over.wait(LOOK_EVERY):
            children = Path("/proc/self/task", str(threading.main_thread().native_id), "children").read_text().split()
            most[0] = max(most[0], sum(proportional_mb(process) for process in ("self", *children)))

    looking = threading.Thread(target=look)
    looking.start()
    try:
        yield
    finally:
        over.set()
        looking.join()
    found["peak_mb"] = most[0]


def proportional_mb(process: str) -> float:
    """A process's memory, with its part of what it shares; 0 where it is gone."""
    try:
        rollup = Path("/proc", process, "smaps_rollup").read_text()
    except OSError:
        return 0.0
    return int(rollup.partition("\nPss:")[2].split()[0]) / 1024 if "\nPss:" in rollup else 0.0


def change_the_map() -> None:
    """A few accounts post again, and a few are no longer meant for somebody."""
    some = Account.objects.order_by("pk").values("pk")
    Account.objects.filter(pk__in=some[:50]).update(last_post_on=timezone.localdate() - timedelta(days=1))
    AccountAudience.objects.filter(pk__in=AccountAudience.objects.order_by("pk").values("pk")[:20]).delete()


def headline_alone(common: Common) -> float:
    """Seconds of the index alone, once the facts are laid out."""
    prepared = prepare(common, None)
    begun = time.perf_counter()
    headline(prepared)
    return time.perf_counter() - begun


def read_rows() -> float:
    """Seconds to read the rows of all facts by COPY."""
    begun = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        for model in FACTS:
            with cursor.copy(f"COPY {model._meta.db_table} TO STDOUT") as rows:
                for _ in rows:
                    pass
    return time.perf_counter() - begun


def product(held: sp.csr_array) -> float:
    """Seconds to multiply units by touchpoints with its transpose in blocks of rows: what each pair shares."""
    units = sp.csr_array(held).astype(np.float64)
    begun = time.perf_counter()
    across = units.T.tocsr()
    for start in range(0, units.shape[0], ROWS):
        _ = units[start : start + ROWS] @ across
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
