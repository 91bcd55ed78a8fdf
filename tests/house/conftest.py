"""Data directories for houses: short, and prepared once, since a hundred migrations take their time."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from orgmap.embedded import addresses, servers
from tests import template
from tests.house.house import left_in, manage
from tests.servers import short_folder


@pytest.fixture
def folder() -> Iterator[Path]:
    """A short folder of its own; no process may be left in it."""
    path = short_folder()
    yield path
    left = left_in(path)
    shutil.rmtree(path, ignore_errors=True)
    assert left == {}


@pytest.fixture(scope="session")
def prepared(django_db_modify_db_settings: None, pytestconfig: pytest.Config) -> Path:
    """A data directory whose database is migrated and has one user, so that no demo organisation is loaded."""
    database = settings.DATABASES["default"]
    cache = pytestconfig.cache.mkdir("database")
    template.ensure(cache, database["HOST"], database["USER"])
    data = Path(os.environ["ORGMAP_DATA"]) / "house"
    with template.once("house") as first:
        if first:
            prepare(data, cache)
    return data


def prepare(data: Path, cache: Path) -> None:
    servers.make_data_directory(data)
    postgres = servers.Postgres(data, durable=False)
    postgres.start(dies_with_us=True)
    try:
        place = ["--host", str(postgres.socket_folder), "--username", addresses.USER, "--dbname", addresses.DATABASE]
        dump = cache / f"{template.fingerprint(template.migrations())}.sql"
        template.run("psql", *place, "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", f"--file={dump}")
        made = manage(
            data,
            "shell",
            "--command",
            "from orgmap.users.models import User; User.objects.create_user('lead@demo.example', 'a demo password')",
        )
        assert made.returncode == 0, made.stderr
    finally:
        postgres.stop()


@pytest.fixture
def data(folder: Path, prepared: Path) -> Path:
    """A prepared data directory of the test's own."""
    return copy(prepared, folder / "data")


def copy(prepared: Path, to: Path) -> Path:
    """A copy with owners and modes, as PostgreSQL insists on them."""
    to.parent.mkdir(parents=True, exist_ok=True)
    if os.geteuid() == 0:
        to.parent.chmod(0o711)
    subprocess.run(["cp", "-a", prepared, to], check=True)
    return to
