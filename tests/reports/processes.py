"""Real processes on the test database: workers, beat, and what waits for them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from django.conf import settings
from django.db import connection

from orgmap.embedded import processes

CELERY = (sys.executable, "-m", "celery", "--app", "orgmap.celery")


def broker() -> str:
    """A database of the broker for this process of the tests alone."""
    number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:]) + 8
    return os.environ["REDIS_URL"].replace("db=0", f"db={number}")


def environment() -> dict[str, str]:
    """The environment of a process that works on the test database."""
    database = connection.settings_dict
    url = f"postgresql://{database['USER']}@/{database['NAME']}?host={database['HOST'].replace('/', '%2F')}"
    return {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "orgmap.settings", "DATABASE_POOL_OFF": "1"}


@contextmanager
def process(*command: str, **variables: str) -> Iterator[subprocess.Popen]:
    """It ends with its test, also when the tests are killed."""
    started = subprocess.Popen(
        command,
        env=environment() | variables,
        cwd=settings.BASE_DIR,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
        preexec_fn=processes.dies_with_parent(signal.SIGKILL),
    )
    try:
        yield started
    finally:
        with suppress(ProcessLookupError):
            os.killpg(started.pid, signal.SIGKILL)
        started.wait()
        started.stdout.close()


def until(true: Callable[[], bool], seconds: float = 180) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "It did not happen in time."
        time.sleep(0.1)
