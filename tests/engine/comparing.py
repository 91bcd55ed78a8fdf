"""Comparing results: equal in shape, equal in words, numbers within 1e-9."""

from collections.abc import Iterator
from typing import Any

TOLERANCE = 1e-9


def differences(found: Any, expected: Any, path: str = "") -> Iterator[str]:
    """One line for every place where two results differ."""
    if isinstance(found, dict) and isinstance(expected, dict):
        for key in sorted(found.keys() | expected.keys()):
            if key not in found or key not in expected:
                yield f"{path}/{key} stands on one side only"
            else:
                yield from differences(found[key], expected[key], f"{path}/{key}")
    elif isinstance(found, list) and isinstance(expected, list):
        if len(found) != len(expected):
            yield f"{path}: {found!r} is not {expected!r}"
        else:
            for at, (one, other) in enumerate(zip(found, expected, strict=True)):
                yield from differences(one, other, f"{path}/{at}")
    elif _number(found) and _number(expected):
        if abs(found - expected) > TOLERANCE:
            yield f"{path}: {found!r} is not {expected!r}"
    elif found != expected or type(found) is not type(expected):
        yield f"{path}: {found!r} is not {expected!r}"


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
