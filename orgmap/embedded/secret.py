"""The key that signs sessions, made once and kept with the data."""

import contextlib
import os
import tempfile
from collections.abc import Callable

from orgmap.embedded.addresses import data_directory

_of_this_process = ""


def secret_key(factory: Callable[[], str]) -> str:
    """The key kept in the data directory, made by `factory` the first time.

    Two processes that make one at once end with the same: the first to put its file in place wins. Where the directory
    cannot be written, the key lasts as long as the process; sessions then end with it.
    """
    global _of_this_process  # one key per process, however often the settings are read
    path = data_directory() / "secret_key"
    with contextlib.suppress(OSError):
        if kept := path.read_text().strip():
            return kept
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(prefix=".secret_key.", dir=path.parent)  # mode 600
        try:
            with os.fdopen(handle, "w") as file:
                file.write(factory())
                file.flush()
                os.fsync(file.fileno())
            if path.exists() and not path.read_text().strip():
                os.replace(draft, path)  # an empty file, left by a full disk
            else:
                with contextlib.suppress(FileExistsError):
                    os.link(draft, path)
        finally:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(draft)
        return path.read_text().strip()
    except OSError:
        _of_this_process = _of_this_process or factory()
        return _of_this_process
