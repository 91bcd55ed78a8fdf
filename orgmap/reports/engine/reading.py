"""Reading single values of the plain layout: each function takes a path, so that a refusal can name it."""

import math
import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from .errors import MalformedOrganisation

HALF = re.compile("[\ud800-\udfff]")
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
FINEST = 10**9
LONGEST = 60
MOST = 10**12
"""No weight, limit or count is larger: sums of such numbers are still numbers."""
LONG = re.compile(r".{60,}|.*[eE][+-]?\d{3,}", re.DOTALL)
"""Texts that are no number that anybody wrote: to read them exactly could take for ever."""


def mapping(value: object, path: str) -> Mapping[str, Any]:
    """An object; absent and null read as an empty one."""
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise MalformedOrganisation(path, f"{short(value)} is not an object.")
    return value


def rows(value: object, path: str) -> list[tuple[str, Mapping[str, Any]]]:
    """The objects of a list with the path of each; absent and null read as an empty list."""
    found = []
    for index, row in enumerate(_sequence(value, path)):
        here = f"{path}[{index}]"
        if not isinstance(row, Mapping):
            raise MalformedOrganisation(here, f"{short(row)} is not an object.")
        found.append((here, row))
    return found


def identified(value: object, path: str) -> list[tuple[str, str, Mapping[str, Any]]]:
    """The records of a list as (path, id, record) in the order of their ids, whatever order they came in."""
    seen: dict[str, tuple[str, Mapping[str, Any]]] = {}
    for here, row in rows(value, path):
        key = required_text(row, "id", here)
        if key in seen:
            raise MalformedOrganisation(f"{here}.id", f"{short(key)} is already the id of {seen[key][0]}.")
        seen[key] = (here, row)
    return [(here, key, row) for key, (here, row) in sorted(seen.items())]


def required_text(row: Mapping[str, Any], key: str, path: str) -> str:
    """A text that must be there and say something."""
    value = row.get(key)
    if value is None:
        raise MalformedOrganisation(f"{path}.{key}", "is missing.")
    if not isinstance(value, str) or not value:
        raise MalformedOrganisation(f"{path}.{key}", f"{short(value)} is not a text.")
    if not value.isascii() and HALF.search(value):
        raise MalformedOrganisation(f"{path}.{key}", f"{short(value)} holds half of a character.")
    return value


def text(row: Mapping[str, Any], key: str, path: str) -> str:
    """A text; absent and null read as the empty one."""
    value = row.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise MalformedOrganisation(f"{path}.{key}", f"{short(value)} is not a text.")
    return value


def choice(row: Mapping[str, Any], key: str, path: str, choices: Collection[str], default: str | None) -> str:
    """One of a few words; absent and null read as the default, where there is one."""
    value = row.get(key)
    if value is None and default is not None:
        return default
    if not isinstance(value, str) or value not in choices:
        raise MalformedOrganisation(f"{path}.{key}", f"{short(value)} is not one of {', '.join(choices)}.")
    return value


def ids(row: Mapping[str, Any], key: str, path: str) -> tuple[str, ...]:
    """A list of ids as it stands; absent and null read as the empty one."""
    value = row.get(key)
    if value is None:
        return ()
    if type(value) is list and {*map(type, value)} <= {str}:  # as good as always
        return tuple(value)
    here = f"{path}.{key}"
    found = tuple(_sequence(value, here))
    for index, item in enumerate(found):
        if not isinstance(item, str):
            raise MalformedOrganisation(f"{here}[{index}]", f"{short(item)} is not an id.")
    return found


def optional_ids(row: Mapping[str, Any], key: str, path: str) -> tuple[str, ...] | None:
    """A filter: absent and null are None (any), an empty list is the empty tuple (none)."""
    return None if row.get(key) is None else ids(row, key, path)


def day(row: Mapping[str, Any], key: str, path: str) -> date | None:
    """A day such as 2026-11-22, or None where it is absent."""
    value = row.get(key)
    if value is None:
        return None
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and ISO_DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise MalformedOrganisation(f"{path}.{key}" if path else key, f"{short(value)} is not a day like 2026-11-22.")


def number(value: object, path: str) -> Fraction:
    """A number of 0 up to MOST, exactly. Accepts integers, floats (the nearest plain fraction), texts such as "1/4"."""
    found: Fraction | None = None
    if isinstance(value, int | Fraction) and not isinstance(value, bool):
        found = Fraction(value)
    elif isinstance(value, float) and math.isfinite(value):
        found = plain_fraction(value)
    elif isinstance(value, str) and not LONG.match(value):
        try:
            found = Fraction(value)
        except (ValueError, ZeroDivisionError):
            found = None
    if found is None:
        raise MalformedOrganisation(path, f"{short(value)} is not a number.")
    if found < 0:
        raise MalformedOrganisation(path, f"{short(value)} is below 0.")
    if found > MOST:
        raise MalformedOrganisation(path, f"{short(value)} is above {MOST:,}.")
    return found


def short(value: object) -> str:
    """A value as a refusal names it: its beginning, where it is long."""
    try:
        told = repr(value)
    except (RecursionError, ValueError):  # lists that lie too deep, a number of too many digits
        told = f"a long {type(value).__name__}"
    return told if len(told) <= LONGEST else f"{told[:LONGEST]}…"


def below(path: str, key: object) -> str:
    """The path of a key that anybody may have written: quoted, where it would not read as one."""
    plain = isinstance(key, str) and key.isprintable() and 0 < len(key) <= LONGEST
    return f"{path}.{key}" if plain else f"{path}[{short(key)}]"


def whole(value: object, path: str) -> int:
    """A whole number of 0 or more."""
    found = number(value, path)
    if found.denominator != 1:
        raise MalformedOrganisation(path, f"{short(value)} is not a whole number.")
    return int(found)


def plain_fraction(value: float) -> Fraction:
    """The fraction that a float was meant to be: 0.1 is 1/10 and 0.3333333333333333 is 1/3."""
    near = Fraction(value).limit_denominator(FINEST)
    return near if float(near) == value else Fraction(repr(value))


def _sequence(value: object, path: str) -> Sequence[Any]:
    if value is None:
        return ()
    if not isinstance(value, list | tuple):
        raise MalformedOrganisation(path, f"{short(value)} is not a list.")
    return value
