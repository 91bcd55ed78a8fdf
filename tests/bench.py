"""Measures speed and memory, and prints each figure beside its yardstick from the same run: `make bench`.

It starts database and broker of its own in a temporary folder and leaves nothing behind. Times are printed, never
judged: a busy machine slows both sides of a ratio.
"""

import argparse
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.bench.stage import measure, row, stage, synthetic

SUBJECTS = ("pages", "worker", "worklist", "audit", "map", "rollup", "imports")
SIZES = (500, 1_000, 2_000, 5_000)
SELF_JOIN_UP_TO = 1_000  # departments: beyond, the database would join for minutes
WIDE = (24, 14, 14, 14, 14, 14, 14, 14, 14)
MAP = (28, 10, 10, 10, 10, 12)
STEPS = ("collect", "publish")
ROLLUP = (12, 10, 11, 9, 9, 9, 9, 9, 8, 9, 12, 9, 9, 13)
INSTEAD = (12, 16, 12, 22, 16)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=SUBJECTS, action="append", help="Measure this subject; may be repeated.")
    parser.add_argument("--sizes", type=int, nargs="+", metavar="N", default=SIZES, help="Departments for the roll-up.")
    parser.add_argument("--accounts", type=int, default=100_000, metavar="N", help="Accounts in the directory.")
    parser.add_argument("--rows", type=int, default=100_000, metavar="N", help="Rows of the list to import.")
    options = parser.parse_args()
    subjects = options.only or SUBJECTS
    with stage() as socket:
        if {"pages", "worker"} & set(subjects):
            departments = max(options.accounts // 20, 1)
            with synthetic(socket, departments) as (database, seconds):
                print(f"\n{departments * 20:,} accounts of {departments:,} departments, loaded in {seconds:.1f} s")
                if "pages" in subjects:
                    print_pages(measure(socket, database, "pages"))
                if "worker" in subjects:
                    print_worker(measure(socket, database, "worker"))
        if "worklist" in subjects:
            with synthetic(socket, max(options.accounts // 20, 1)) as (database, _):
                print_worklist(measure(socket, database, "worklist"))
        if "audit" in subjects:
            with synthetic(socket, max(options.accounts // 20, 1)) as (database, _):
                print_audit(measure(socket, database, "audit"))
        if "map" in subjects:
            with synthetic(socket, max(options.accounts // 20, 1)) as (database, _):
                print_map(measure(socket, database, "map"))
        if "rollup" in subjects:
            rollups(socket, sorted(options.sizes))
        if "imports" in subjects:
            with synthetic(socket, 100) as (database, _):
                print_imports(measure(socket, database, "imports", str(options.rows)))


def print_audit(found: dict[str, float]) -> None:
    print("\nThe audit: all rules over everything, and one edited account again (median of 9)")
    row("what", "took", widths=(40, 12))
    for label, taken in found.items():
        row(label, taken, widths=(40, 12))


def print_pages(found: dict[str, float]) -> None:
    print("\nServer time of a page of 50 accounts, median of 30")
    row("page", "ms", "plain ms", "ratio", widths=WIDE[:4])
    for label, taken in found.items():
        if not label.startswith("plain"):
            yardstick = found["plain search" if label.startswith("search") else "plain"]
            row(label, taken, yardstick, taken / yardstick, widths=WIDE[:4])


def print_map(found: dict[str, dict[str, float]]) -> None:
    print(
        "\nThe map: server time (median of 5), the page as it travels (not compressed), what is drawn, and the time in"
        "\nChromium until it is drawn (median of 3). Wanted: 300 ms, 250 KB, 60 nodes or 40 rows, 1,500 ms"
    )
    row("lens", "ms", "KB", "nodes", "rows", "drawn ms", widths=MAP)
    for label, one in found.items():
        row(label, one["ms"], one["kb"], one["nodes"], one["rows"], one["drawn_ms"], widths=MAP)


def print_worklist(found: dict[str, float]) -> None:
    print(
        f"\nThe worklist with {found.pop('findings'):,} findings: server time of a page, median of 10. Wanted: 100 ms"
    )
    row("page", "ms", widths=(32, 12))
    for label, taken in found.items():
        row(label, taken, widths=(32, 12))


def print_worker(found: dict[str, float]) -> None:
    print(f"\nA web worker after {found['requests']} requests, {found['answered']} of them answered with a page")
    row("resident MB", found["resident_mb"], widths=WIDE[:2])
    row("of it its own share MB", found["proportional_mb"], widths=WIDE[:2])
    row("longest collection ms", found["longest_pause_ms"], widths=WIDE[:2])


def rollups(socket: Path, sizes: list[int]) -> None:
    """The roll-up at each size, with twice the accounts at the largest, and what somebody would write instead."""
    print(
        "\nRoll-up of so many departments, 20 accounts and 10 objectives each: seconds, and MB of its processes."
        "\npublish: computing and writing at once. whole: until the report stands; audit: what comes after."
        "\ntrend: a second roll-up, compared with the first, with the peak memory; again: one without any change."
        "\nThe floor is the bare sparse product in blocks of rows plus reading the same rows by COPY."
    )
    row(
        *("departments", "accounts", "entries", "load"),
        *STEPS,
        *("whole", "floor", "ratio", "peak MB", "trend", "again", "audit", "headline ms"),
        widths=ROLLUP,
    )
    instead: list[tuple[int, dict[str, Any]]] = []
    for size in sizes:
        with synthetic(socket, size) as (database, seconds):
            once = measure(socket, database, "rollup")
            print_rollup(size, size * 20, seconds, once)
            if size <= SELF_JOIN_UP_TO:
                instead.append((size, measure(socket, database, "instead")))
    with synthetic(socket, sizes[-1], accounts=sizes[-1] * 40) as (database, seconds):
        twice = measure(socket, database, "rollup")
        print_rollup(sizes[-1], sizes[-1] * 40, seconds, twice)
    growth = {step: twice[step] / once[step] for step in (*STEPS, "whole")}
    told = ", ".join(f"{step} {times:.2f}" for step, times in growth.items())
    print(f"Twice the accounts take so many times as long: {told}.")
    print("\nWhat every pair shares, from footprints that are there already: seconds")
    row("departments", "merged rows", "our pairs", "pandas merge", "self-join", widths=INSTEAD)
    for size, found in instead:
        ways = [
            found[way] if isinstance(found[way], str) else f"{found[way]:.2f}" for way in ("ours", "pandas", "join")
        ]
        row(f"{size:,}", f"{found['rows']:,}", *ways, widths=INSTEAD)


def print_rollup(size: int, accounts: int, seconds: float, found: dict[str, Any]) -> None:
    floor = found["floor_read"] + found["floor_product"]
    row(
        *(f"{size:,}", f"{accounts:,}", f"{found['entries']:,}", seconds),
        *(found[step] for step in STEPS),
        *(found["whole"], f"{floor:.2f}", found["whole"] / floor, f"{found['peak_mb']:,.0f}"),
        *(found["trend"], found["again"], found["audit"], found["headline_ms"]),
        widths=ROLLUP,
    )


def print_imports(found: dict[str, float]) -> None:
    print(f"\nImport of {found['rows']:,} rows, which made {found['made']:,} accounts")
    row("", "seconds", "rows a second", widths=WIDE[:3])
    row("first time", found["first"], found["rows"] / found["first"], widths=WIDE[:3])
    row("again, nothing new", found["again"], found["rows"] / found["again"], widths=WIDE[:3])
    row("bare COPY, the floor", found["floor"], found["rows"] / found["floor"], widths=WIDE[:3])
    row("peak MB", found["peak_mb"], "", widths=WIDE[:3])


if __name__ == "__main__":
    main()
