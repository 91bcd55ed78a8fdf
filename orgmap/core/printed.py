"""JSON on standard output, for commands whose answer other commands read."""

import json
import os
import sys
from typing import Any

from django.core.management.base import CommandError, OutputWrapper

GONE = 141
"""What shells call a command whose reader went away (128 + SIGPIPE)."""


def print_json(stdout: OutputWrapper, value: Any) -> None:
    """Writes a value in ASCII, so that no console's encoding can stop it; ends quietly when the reader has gone."""
    try:
        stdout.write(json.dumps(value))
        stdout.flush()
    except BrokenPipeError:
        _forget_the_rest()
        raise SystemExit(GONE) from None
    except OSError as error:
        _forget_the_rest()
        raise CommandError(f"The answer cannot be written: {error.strerror}.") from None


def _forget_the_rest() -> None:
    """What is still buffered is not tried again at the end of the process."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
