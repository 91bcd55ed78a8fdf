"""Servers and databases to measure on, and processes that measure."""

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import quote

from orgmap.embedded import addresses, servers
from tests.servers import started, temporary_data

ROOT = Path(__file__).resolve().parents[2]
EMPTY = "bench_empty"


@contextlib.contextmanager
def stage() -> Iterator[Path]:
    """Embedded servers in a temporary folder, and an empty migrated database to copy; gives the database's socket."""
    with contextlib.ExitStack() as running:
        data = running.enter_context(temporary_data())
        (data / "static").mkdir()
        socket = running.enter_context(started(servers.Postgres(data, durable=False))).parent
        broker = running.enter_context(started(servers.Valkey(data, durable=False)))
        os.environ |= {
            "ORGMAP_DATA": str(data),
            "REDIS_URL": f"unix://{quote(str(broker))}?db=0",
            "SECRET_KEY": "a key for measuring only, which signs nothing that lasts",
            "STATIC_ROOT": str(data / "static"),
            "WHITENOISE_USE_FINDERS": "1",
            "DEMO_PASSWORD": "a pass phrase for measuring",
        }
        run_sql(socket, "postgres", f"CREATE DATABASE {EMPTY}")
        manage(socket, EMPTY, "migrate", "--verbosity=0")
        yield socket


def address(socket: Path, database: str) -> str:
    return f"postgresql://{addresses.USER}@/{database}?host={quote(str(socket))}"


def run_sql(socket: Path, database: str, command: str) -> None:
    place = ["--host", str(socket), "--username", addresses.USER, "--dbname", database]
    subprocess.run(["psql", *place, "--no-psqlrc", "--quiet", "--command", command], check=True)


def manage(socket: Path, database: str, *arguments: str) -> float:
    """Run a command of manage.py; the seconds that it took."""
    begun = time.perf_counter()
    environment = os.environ | {"DATABASE_URL": address(socket, database)}
    subprocess.run(
        [sys.executable, "-W", "ignore", str(ROOT / "manage.py"), *arguments],
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return time.perf_counter() - begun


@contextlib.contextmanager
def synthetic(socket: Path, departments: int, **numbers: int) -> Iterator[tuple[str, float]]:
    """A database with a synthetic organisation, and the seconds that loading it took; gone afterwards."""
    name = f"bench_{departments}"
    size = [f"--{noun}={number}" for noun, number in {"departments": departments, **numbers}.items()]
    run_sql(socket, "postgres", f"CREATE DATABASE {name} TEMPLATE {EMPTY}")
    try:
        seconds = manage(socket, name, "load_demo", *size)
        run_sql(socket, name, "VACUUM ANALYZE")  # what autovacuum does a minute later, in the midst of measuring
        yield name, seconds
    finally:
        run_sql(socket, "postgres", f"DROP DATABASE {name} WITH (FORCE)")


def measure(socket: Path, database: str, subject: str, *arguments: str) -> dict[str, Any]:
    """What a module of this package finds out, in a process of its own."""
    environment = os.environ | {"DATABASE_URL": address(socket, database), "DJANGO_SETTINGS_MODULE": "orgmap.settings"}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", f"tests.bench.{subject}", *arguments],
        env=environment,
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def milliseconds(work: Callable[[], object], times: int = 30) -> float:
    """The median time of a piece of work after three runs to warm up."""
    for _ in range(3):
        work()
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return 1000 * median(taken)


def row(*cells: object, widths: tuple[int, ...]) -> None:
    """One line of a table: the first cell to the left, figures to the right."""
    first, *others = (f"{cell:,.1f}" if isinstance(cell, float) else str(cell) for cell in cells)
    line = first.ljust(widths[0]) + "".join(cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True))
    print(line, flush=True)
