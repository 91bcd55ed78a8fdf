"""What somebody would write instead of the pair stage: a merge in pandas, and a self-join in PostgreSQL.

Both only find what each pair shares, from footprints that are there already; the roll-up does that in a small part of
its time. Where a way would need more memory or time than it can have, it says so.
"""

import json
import time

import django

django.setup()

import numpy as np  # noqa: E402 - Django first
from django.db import OperationalError, connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from orgmap.reports.collect import collect  # noqa: E402
from orgmap.reports.engine import Common, pair_facts, prepare  # noqa: E402
from orgmap.reports.engine.pairs import all_pairs  # noqa: E402

PANDAS_ROWS = 40_000_000
"""A merge of so many rows takes about 3 GB."""
SECONDS = 300

JOIN = """
    SELECT count(*) FROM (
        SELECT a.unit, b.unit, sum(a.weight) FROM footprint a JOIN footprint b USING (place)
        WHERE a.unit < b.unit GROUP BY a.unit, b.unit
    ) AS pairs
"""


def main() -> None:
    facts = pair_facts(prepare(Common(collect(timezone.localdate()).read()), None))
    places = facts.places.astype(np.int64)
    units = np.repeat(np.arange(facts.units), np.diff(facts.starts))
    weights = facts.weight[places]
    begun = time.perf_counter()
    all_pairs(facts, 200)
    found = {"ours": time.perf_counter() - begun, "rows": int((np.bincount(places).astype(np.int64) ** 2).sum())}
    found |= {"pandas": merged(units, places, weights, found["rows"]), "join": joined(units, places, weights)}
    print(json.dumps(found))


def merged(units: np.ndarray, places: np.ndarray, weights: np.ndarray, rows: int) -> float | str:
    """Seconds of a merge of footprints with themselves, added up by pair."""
    try:
        import pandas as pd
    except ImportError:
        return "pandas not installed"
    if rows > PANDAS_ROWS:
        return f"needs {rows * 80 / 1e9:,.0f} GB"
    frame = pd.DataFrame({"unit": units, "place": places, "weight": weights})
    begun = time.perf_counter()
    both = frame.merge(frame, on="place")
    both = both[both["unit_x"] < both["unit_y"]]
    both.groupby(["unit_x", "unit_y"])["weight_x"].sum()
    return time.perf_counter() - begun


def joined(units: np.ndarray, places: np.ndarray, weights: np.ndarray) -> float | str:
    """Seconds of a self-join in the database, the footprints being there already."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE footprint (unit int, place int, weight float8) ON COMMIT DROP")
        with cursor.copy("COPY footprint FROM STDIN") as stream:
            for row in zip(units.tolist(), places.tolist(), weights.tolist(), strict=True):
                stream.write_row(row)
        cursor.execute("ANALYZE footprint")
        cursor.execute(f"SET LOCAL statement_timeout = '{SECONDS}s'")
        begun = time.perf_counter()
        try:
            with transaction.atomic():
                cursor.execute(JOIN)
        except OperationalError:
            return f"over {SECONDS} s"
        return time.perf_counter() - begun


if __name__ == "__main__":
    main()
