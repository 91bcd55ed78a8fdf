"""The web server's own settings, with an eye on the garbage collector: the longest pause goes to BENCH_PAUSES."""

import gc
import os
import time
from pathlib import Path
from typing import Any

from orgmap.gunicorn import *  # noqa: F403 - the settings are its names
from orgmap.gunicorn import when_ready  # noqa: F401 - a hook


def post_fork(server: Any, worker: Any) -> None:
    """Each worker notes its longest pause so far."""
    begun = longest = 0.0

    def note(phase: str, info: dict[str, int]) -> None:
        nonlocal begun, longest
        if phase == "start":
            begun = time.perf_counter()
        elif (took := time.perf_counter() - begun) > longest:
            longest = took
            Path(os.environ["BENCH_PAUSES"]).write_text(str(longest))

    gc.callbacks.append(note)
