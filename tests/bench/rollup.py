"""The roll-up step by step, beside its floor: the bare sparse product, and the same rows read by COPY."""

import json
import resource
import time

import django

django.setup()

import numpy as np  # noqa: E402 - Django first
import scipy.sparse as sp  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from orgmap.reports.collect import FACTS, collect  # noqa: E402
from orgmap.reports.engine.prepared import prepare  # noqa: E402
from orgmap.reports.services import publish, requests  # noqa: E402
from orgmap.reports.services.figures import figures  # noqa: E402

ROWS = 256


def main() -> None:
    now = timezone.now()
    request = requests.request_rollup(reason="measuring", now=now)
    claimed = requests.claim(request_id=request.pk, now=now)
    assert claimed is not None
    marks = [time.perf_counter()]
    facts = collect(timezone.localdate())
    marks.append(time.perf_counter())
    levels = list(figures(facts.organisation))
    marks.append(time.perf_counter())
    publish.publish(request=claimed, facts=facts, levels=levels, since=None, now=timezone.now())
    marks.append(time.perf_counter())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    held = prepare(facts.organisation).footprints.held
    print(
        json.dumps(
            {
                "entries": int(held.nnz),
                "collect": marks[1] - marks[0],
                "analyse": marks[2] - marks[1],
                "publish": marks[3] - marks[2],
                "peak_mb": peak,
                "floor_read": read_rows(),
                "floor_product": product(held),
            }
        )
    )


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
    shape = held.shape if held.shape[0] < held.shape[1] else held.T.shape
    units = sp.csr_array(held if held.shape == shape else held.T).astype(np.float64)
    begun = time.perf_counter()
    across = units.T.tocsr()
    for start in range(0, units.shape[0], ROWS):
        _ = units[start : start + ROWS] @ across
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
