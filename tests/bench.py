"""Measures speed and memory, and prints each figure beside its yardstick from the same run: `make bench`.

It starts database and broker of its own in a temporary folder and leaves nothing behind. Times are printed, never
judged: a busy machine slows both sides of a ratio.
"""

import argparse
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.bench.stage import measure, row, stage, synthetic

SUBJECTS = ("pages", "worker", "rollup", "imports")
WIDE = (24, 14, 14, 14, 14, 14, 14, 14, 14)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=SUBJECTS, action="append", help="Measure this subject; may be repeated.")
    parser.add_argument(
        "--sizes", type=int, nargs="+", metavar="N", help="Departments for the roll-up; BENCH_FULL=1 adds 5,000."
    )
    parser.add_argument("--accounts", type=int, default=100_000, metavar="N", help="Accounts in the directory.")
    parser.add_argument("--rows", type=int, default=100_000, metavar="N", help="Rows of the list to import.")
    options = parser.parse_args()
    subjects = options.only or SUBJECTS
    sizes = options.sizes or [500, 1_000, 2_000, *([5_000] if os.environ.get("BENCH_FULL") == "1" else [])]
    with stage() as socket:
        if {"pages", "worker"} & set(subjects):
            departments = max(options.accounts // 20, 1)
            with synthetic(socket, departments) as (database, seconds):
                print(f"\n{departments * 20:,} accounts of {departments:,} departments, loaded in {seconds:.1f} s")
                if "pages" in subjects:
                    print_pages(measure(socket, database, "pages"))
                if "worker" in subjects:
                    print_worker(measure(socket, database, "worker"))
        if "rollup" in subjects:
            print("\nRoll-up, seconds; the floor is the bare sparse product plus reading the same rows by COPY")
            row(
                *("departments", "entries", "load", "collect", "analyse", "publish", "floor", "ratio", "peak MB"),
                widths=WIDE,
            )
            for size in sizes:
                with synthetic(socket, size) as (database, seconds):
                    print_rollup(size, seconds, measure(socket, database, "rollup"))
        if "imports" in subjects:
            with synthetic(socket, 100) as (database, _):
                print_imports(measure(socket, database, "imports", str(options.rows)))


def print_pages(found: dict[str, float]) -> None:
    print("\nServer time of a page of 50 accounts, median of 30")
    row("page", "ms", "plain ms", "ratio", widths=WIDE[:4])
    for label, taken in found.items():
        if not label.startswith("plain"):
            yardstick = found["plain search" if label.startswith("search") else "plain"]
            row(label, taken, yardstick, taken / yardstick, widths=WIDE[:4])


def print_worker(found: dict[str, float]) -> None:
    print(f"\nA web worker after {found['requests']} requests, {found['answered']} of them answered with a page")
    row("resident MB", found["resident_mb"], widths=WIDE[:2])
    row("of it its own share MB", found["proportional_mb"], widths=WIDE[:2])
    row("longest collection ms", found["longest_pause_ms"], widths=WIDE[:2])


def print_rollup(size: int, seconds: float, found: dict[str, float]) -> None:
    steps = [found[step] for step in ("collect", "analyse", "publish")]
    floor = found["floor_read"] + found["floor_product"]
    row(f"{size:,}", f"{found['entries']:,}", seconds, *steps, floor, sum(steps) / floor, found["peak_mb"], widths=WIDE)


def print_imports(found: dict[str, float]) -> None:
    print(f"\nImport of {found['rows']:,} rows, which made {found['made']:,} accounts")
    row("", "seconds", "rows a second", widths=WIDE[:3])
    row("first time", found["first"], found["rows"] / found["first"], widths=WIDE[:3])
    row("again, nothing new", found["again"], found["rows"] / found["again"], widths=WIDE[:3])
    row("bare COPY, the floor", found["floor"], found["rows"] / found["floor"], widths=WIDE[:3])
    row("peak MB", found["peak_mb"], "", widths=WIDE[:3])


if __name__ == "__main__":
    main()
