"""Memory that is free, back to the machine."""

from contextlib import suppress
from ctypes import CDLL


def give_back() -> None:
    """Return what is free, as far as the C library can: it keeps what many short-lived arrays took, and a copy of the
    process would come to have a copy of it."""
    with suppress(OSError, AttributeError):
        CDLL(None).malloc_trim(0)
