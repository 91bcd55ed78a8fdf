"""The roll-up step by step, beside its floor: the bare sparse product, and the same rows read by COPY."""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import django

django.setup()

import numpy as np  # noqa: E402 - Django first
import scipy.sparse as sp  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from orgmap.reports.collect import collect  # noqa: E402
from orgmap.reports.engine import Common, headline, prepare  # noqa: E402
from orgmap.reports.services import publish, requests, rollup  # noqa: E402
from orgmap.reports.sources import FACTS  # noqa: E402

ROWS = 256


def main() -> None:
    found = measured_steps()
    prepared = prepare(Common(collect(timezone.localdate()).read()), None)
    held = prepared.footprints.held
    found |= {
        "entries": int(held.nnz),
        "headline_ms": 1000 * min(headline_alone(prepared.common) for _ in range(3)),
        "floor_read": read_rows(),
        "floor_product": product(held),
    }
    print(json.dumps(found))


def measured_steps() -> dict[str, Any]:
    """A whole roll-up as `manage.py rollup` does it: seconds and peak memory of each step, and of all."""
    found: dict[str, Any] = {}

    def watched(step: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def watching(*args: Any, **kwargs: Any) -> Any:
            forget_peak()
            begun = time.perf_counter()
            answer = work(*args, **kwargs)
            found[step], found[f"{step}_mb"] = time.perf_counter() - begun, peak_mb()
            return answer

        return watching

    def level_by_level(*args: Any) -> Iterator[Any]:
        """Levels are computed while they are published: the time of each is taken out of that of publishing."""
        found["analyse"] = 0.0
        levels = computed(*args)
        while True:
            begun = time.perf_counter()
            level = next(levels, None)
            found["analyse"] += time.perf_counter() - begun
            if level is None:
                return
            yield level

    computed = rollup.figures
    rollup.collect = watched("collect", rollup.collect)
    rollup.figures = level_by_level
    publish.publish = watched("publish", publish.publish)
    now = timezone.now()
    request = requests.request_rollup(reason="measuring", now=now)
    begun = time.perf_counter()
    rollup.run_rollup(request_id=request.pk, now=now, today=timezone.localdate(), wait=True)
    found["whole"] = time.perf_counter() - begun
    found["publish"] -= found["analyse"]
    found["analyse_mb"] = found["publish_mb"]
    return found


def forget_peak() -> None:
    """Let the kernel measure this process's peak memory from here on."""
    Path("/proc/self/clear_refs").write_text("5")


def peak_mb() -> float:
    """The most memory that this process held since then."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


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
