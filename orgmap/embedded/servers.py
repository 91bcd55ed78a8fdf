"""Starting and ending the embedded servers of one data directory, by one process at a time."""

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from orgmap.embedded import addresses
from orgmap.embedded.addresses import EmbeddedError
from orgmap.embedded.postgres import Postgres, binaries
from orgmap.embedded.processes import user_name
from orgmap.embedded.valkey import Valkey

__all__ = ["Postgres", "Valkey", "alone", "make_data_directory", "postgres_in_use", "put_psql_on_path", "using"]


def make_data_directory(data: Path) -> None:
    """The data directory, closed to others; root's can be passed by the user that runs the database."""
    try:
        data.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)
        (data / "log").mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise _unwritable(data, error) from error


def _unwritable(data: Path, error: OSError) -> EmbeddedError:
    return EmbeddedError(
        f"{user_name(os.geteuid())} cannot write to the data directory {data}: {error.strerror}. "
        "Set ORGMAP_DATA to a folder of your own, or DATABASE_URL and REDIS_URL to servers of your own."
    )


def _open_lock(data: Path, name: str) -> IO[str]:
    make_data_directory(data)
    try:
        return (data / name).open("a+")
    except OSError as error:
        raise _unwritable(data, error) from error


@contextlib.contextmanager
def alone(data: Path, *, patience: float = 120) -> Iterator[None]:
    """Start or end servers while nobody else does; a second one waits its turn. Given back by the kernel if we die."""
    with _open_lock(data, "starting.lock") as lock:
        deadline = time.monotonic() + patience
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    lock.seek(0)
                    raise EmbeddedError(
                        f"Process {lock.read().strip() or 'unknown'} has been starting the servers of {data} "
                        f"for more than {patience:.0f} seconds. Wait for it, or end it and try again."
                    ) from None
                time.sleep(0.05)
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


@contextlib.contextmanager
def using(data: Path) -> Iterator[IO[str]]:
    """Count as a user of the servers: they are not stopped by a command that ends meanwhile."""
    with _open_lock(data, "used.lock") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
        yield lock


@contextlib.contextmanager
def postgres_in_use() -> Iterator[bool]:
    """Have the database running; whether it was started here. The last one out stops it, whoever started it."""
    data = addresses.data_directory()
    postgres = Postgres(data)
    with contextlib.ExitStack() as stack:
        with alone(data):
            lock = stack.enter_context(using(data))
            started = postgres.start()
        try:
            yield started
        finally:
            with alone(data), contextlib.suppress(BlockingIOError):
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                postgres.stop()


def put_psql_on_path() -> None:
    """Let `dbshell` find the embedded psql where the machine has none."""
    os.environ["PATH"] = os.pathsep.join([os.environ.get("PATH", os.defpath), str(binaries())])
