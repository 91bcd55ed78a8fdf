"""Work in a copy of this process, on another core: it has the same facts in memory, and nothing is read twice."""

import os
import pickle
import signal
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import IO, Any, NoReturn, TypeVar

from orgmap.core.freed import give_back

T = TypeVar("T")

LENGTH = 8
"""Bytes that say how long a result is."""


class Lost(Exception):
    """The other process is gone and did not say why: mostly, because the machine had no memory left."""


def cores() -> int:
    """How many processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def beside(jobs: Sequence[Callable[[], T]]) -> Iterator[Iterator[T]]:
    """Do jobs beside what is done here; their results come in their order, each as soon as it is there.

    A job may read what is in memory, but neither the database nor anything else that is open: a copy of this process
    does it, in which all of that is shut. When this process dies, the database learns so at once, and the copy ends
    with the result that it is at.
    """
    if not jobs:
        yield iter(())
        return
    give_back()
    ear, mouth = os.pipe()
    with TemporaryFile() as results:  # a pipe holds little, and nobody listens before their own work is done
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # other threads wait for database connections only
            child = os.fork()
        if child == 0:
            _work(jobs, results, mouth)
        os.close(mouth)
        try:
            yield _heard(len(jobs), results, ear)
        finally:
            os.close(ear)
            os.kill(child, signal.SIGKILL)  # it is done, or nobody wants the rest any more
            os.waitpid(child, 0)


def _heard(count: int, results: IO[bytes], ear: int) -> Iterator[Any]:
    at = 0
    for _ in range(count):
        told = os.read(ear, LENGTH)
        if len(told) < LENGTH:
            raise Lost("A process that computed part of the report was stopped from outside.")
        length = int.from_bytes(told)
        error, found = pickle.loads(os.pread(results.fileno(), length, at))  # noqa: S301 - written by ourselves
        if error is not None:
            raise error
        yield found
        at += length


def _work(jobs: Sequence[Callable[[], Any]], results: IO[bytes], mouth: int) -> NoReturn:
    """In the copy: nothing but the jobs, and no way back into the program."""
    try:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_DFL)
        kept = sorted((results.fileno(), mouth))
        for first, last in zip((3, *(fd + 1 for fd in kept)), (*kept, os.sysconf("SC_OPEN_MAX")), strict=True):
            os.closerange(first, last)
        for job in jobs:
            _tell(results, mouth, (None, job()))
    except Exception as error:
        _tell(results, mouth, (error, None))
    finally:
        os._exit(0)


def _tell(results: IO[bytes], mouth: int, answer: tuple[Exception | None, Any]) -> None:
    begun = results.tell()
    pickle.dump(answer, results, protocol=pickle.HIGHEST_PROTOCOL)
    results.flush()
    os.write(mouth, (results.tell() - begun).to_bytes(LENGTH))
