"""Work in a copy of this process: what comes back, and what is said when something goes wrong."""

import os
import signal

import pytest

from orgmap.reports.services.beside import Lost, beside


def test_results_come_in_the_order_of_the_jobs_and_from_another_process():
    with beside([lambda: ("first", os.getpid()), lambda: ("x" * 1_000_000, os.getpid())]) as results:
        (first, child), (second, same) = results

    assert (first, second) == ("first", "x" * 1_000_000)
    assert child == same != os.getpid()


def test_no_jobs_need_no_process():
    with beside([]) as results:
        assert list(results) == []


def test_what_goes_wrong_there_is_raised_here_after_the_results_before_it():
    def fail() -> None:
        raise ValueError("no such level")

    with beside([lambda: 1, fail]) as results:
        assert next(results) == 1
        with pytest.raises(ValueError, match="no such level"):
            next(results)


def test_a_process_that_was_stopped_is_noticed():
    with beside([lambda: os.kill(os.getpid(), signal.SIGKILL)]) as results, pytest.raises(Lost):
        next(results)


def test_what_nobody_waits_for_is_stopped():
    with beside([os.getpid, lambda: signal.pause()]) as results:
        child = next(results)

    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


def test_files_of_this_process_are_shut_there():
    with open(os.devnull) as ours, beside([lambda: os.path.exists(f"/proc/self/fd/{ours.fileno()}")]) as results:
        assert list(results) == [False]
