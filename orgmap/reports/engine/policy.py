"""The policy: the few numbers that a report's figures depend on. Figures compare only under the same policy."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from fractions import Fraction
from typing import Any

from . import reading
from .errors import MalformedOrganisation

KINDS = {"audience": Fraction(1), "channel": Fraction(1), "purpose": Fraction(1)}
STRENGTH = {
    "co_managed": Fraction(1),
    "joint_objective": Fraction(1),
    "working_group": Fraction(1),
    "hand_off": Fraction(1),
    "liaison": Fraction(1, 2),
}
PLACES = 9


@dataclass(frozen=True)
class Policy:
    """METHOD 1.1, with its defaults; the keys stand in the order in which they are written out."""

    kinds: Mapping[str, Fraction]
    min_shared: Fraction = Fraction(2)
    high_overlap: Fraction = Fraction(1, 4)
    high_coverage: Fraction = Fraction(1, 2)
    same_territory: Fraction = Fraction(3, 5)
    strength: Mapping[str, Fraction] = None  # type: ignore[assignment]  # always given by policy()
    unscoped_cap: Fraction = Fraction(1, 2)
    group_min: int = 3
    group_cap: int = 7
    groups_per_department: int = 3
    max_proposals: int = 5
    dormant_days: int = 90
    crowded: int = 3
    lookalike_min_len: int = 6

    def plain(self) -> dict[str, Any]:
        """The policy as results carry it: whole numbers as such, other ones as "p/q"."""
        return {field.name: _plain(getattr(self, field.name)) for field in fields(self)}


WHOLE = frozenset(field.name for field in fields(Policy) if field.type is int)


def policy(overrides: object, path: str = "policy") -> Policy:
    """The default policy with the overrides laid over it, key by key, inside `kinds` and `strength` too."""
    given = reading.mapping(overrides, path)
    names = [field.name for field in fields(Policy)]
    values: dict[str, Any] = {"kinds": KINDS, "strength": STRENGTH}
    for key, value in given.items():
        here = reading.below(path, key)
        if key not in names:
            raise MalformedOrganisation(here, f"is not one of {', '.join(names)}.")
        if key in ("kinds", "strength"):
            values[key] = _merged(values[key], value, here)
            if key == "strength":
                _check_strengths(values[key], here)
        elif value is not None:
            values[key] = reading.whole(value, here) if key in WHOLE else reading.number(value, here)
    return Policy(**values)


def rounded(value: float | Fraction) -> int:
    """A number in billionths: thresholds and orders compare these, so that 1/3 + 1/3 reaches 2/3. METHOD 1.4."""
    found: int = round(value * 10**PLACES)
    return found


def _merged(defaults: Mapping[str, Fraction], overrides: object, path: str) -> dict[str, Fraction]:
    merged = dict(defaults)
    for key, value in reading.mapping(overrides, path).items():
        if key not in defaults:
            raise MalformedOrganisation(reading.below(path, key), f"is not one of {', '.join(defaults)}.")
        if value is not None:
            merged[key] = reading.number(value, f"{path}.{key}")
    return merged


def _check_strengths(strengths: Mapping[str, Fraction], path: str) -> None:
    """An agreement covers a meeting once at most, and so does every index."""
    for kind, strength in strengths.items():
        if strength > 1:
            raise MalformedOrganisation(f"{path}.{kind}", f"{strength} is above 1.")


def _plain(value: Fraction | int | Mapping[str, Fraction]) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, Fraction) and value.denominator != 1:
        return f"{value.numerator}/{value.denominator}"
    return int(value)
