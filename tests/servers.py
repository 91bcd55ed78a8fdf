"""The servers of a test session, started before Django's settings are read: `-p tests.servers` in pyproject.toml.

One PostgreSQL and one Valkey for the session, in a temporary folder, without fsync. Workers of pytest-xdist inherit
their addresses by the environment. Where DATABASE_URL or REDIS_URL name servers, those are used. However the session
ends, its servers end with it; what a killed session left in the temporary folder is removed by the next.

Dozens of processes are started. Where PYTHONDONTWRITEBYTECODE is set, as in many containers, each would compile all
modules of ours anew; so it does not hold for tests.
"""

import atexit
import contextlib
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from orgmap.embedded import addresses, servers

PREFIX = "orgmap-tests-"

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    os.environ.setdefault("SECRET_KEY", "a key for tests only, which signs nothing that lasts")
    os.environ.setdefault("WHITENOISE_USE_FINDERS", "1")
    os.environ.setdefault("DATABASE_POOL_OFF", "1")
    if "PYTEST_XDIST_WORKER" in os.environ or {"--help", "-h", "--version"} & set(early_config.invocation_params.args):
        return
    running = contextlib.ExitStack()
    atexit.register(running.close)
    early_config.add_cleanup(running.close)
    data = running.enter_context(temporary_data())
    os.environ["ORGMAP_DATA"] = str(data)
    (data / "static").mkdir()  # whitenoise warns of a folder that is missing
    os.environ.setdefault("STATIC_ROOT", str(data / "static"))
    if addresses.is_default():
        folder = running.enter_context(started(servers.Postgres(data, durable=False))).parent
        os.environ["DATABASE_URL"] = f"postgresql://{addresses.USER}@/{addresses.DATABASE}?host={quote(str(folder))}"
    if addresses.has_own_broker():
        socket = running.enter_context(started(servers.Valkey(data, durable=False)))
        os.environ["REDIS_URL"] = f"unix://{quote(str(socket))}?db=0"


@contextlib.contextmanager
def started(server: servers.Postgres | servers.Valkey) -> Iterator[Path]:
    """A running server; gives its socket."""
    server.start(dies_with_us=True)
    try:
        yield server.socket
    finally:
        server.stop(hurry=True)


@contextlib.contextmanager
def temporary_data() -> Iterator[Path]:
    """A temporary data directory that is gone afterwards, and so are those of sessions that were killed."""
    for left in Path(tempfile.gettempdir()).resolve().glob(f"{PREFIX}*"):
        number = re.match(rf"{PREFIX}(\d+)-", left.name)
        if number and not is_alive(int(number[1])):
            shutil.rmtree(left, ignore_errors=True)
    data = short_folder()
    servers.make_data_directory(data)
    try:
        yield data
    finally:
        shutil.rmtree(data, ignore_errors=True)


def short_folder() -> Path:
    """A temporary folder with a path short enough for sockets, named so that a later session can remove it."""
    path = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-")).resolve()
    if os.geteuid() == 0:
        path.chmod(0o711)  # the database runs as another user
    return path


def is_alive(pid: int) -> bool:
    """Whether a process has this number."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
