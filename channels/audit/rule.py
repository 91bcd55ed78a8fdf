"""What a rule is: a question to one record, with words for people and settings for the lead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from channels.audit.facts import Detail, Given

SEVERITIES = ("high", "medium", "low")


@dataclass(frozen=True)
class Parameter:
    """A number that the lead may set. offered: values whose counts a preview shows beside the one that is set."""

    name: str
    label: str
    unit: str
    usual: int
    least: int
    most: int
    offered: tuple[int, ...]

    def refusal(self, value: int) -> str:
        """Why a value can't be; empty where it can."""
        if self.least <= value <= self.most:
            return ""
        return f"{value} is no value for '{self.label}': choose {self.least} to {self.most} {self.unit}."


@dataclass(frozen=True)
class Rule:
    """A rule. holds: the facts that it objects to, or None; says: the sentence about one finding, as of a day.

    handed: its facts come with the roll-up, so that an audit of a few accounts leaves it alone.
    """

    code: str
    subject: str
    severity: str
    title: str
    why: str
    todo: str
    holds: Callable[[Any, Given], Detail | None]
    says: Callable[[Detail, date], str]
    parameters: tuple[Parameter, ...] = field(default=())
    handed: bool = False

    @property
    def usual(self) -> Mapping[str, int]:
        """Its parameters as they are unless the lead set them."""
        return {each.name: each.usual for each in self.parameters}

    def refusal(self, values: Mapping[str, int]) -> str:
        """Why these parameters can't be; empty where they can."""
        known = {each.name: each for each in self.parameters}
        for name, value in values.items():
            if name not in known:
                return f"The rule '{self.title}' has no parameter '{name}'."
            if sentence := known[name].refusal(value):
                return sentence
        return ""


def days(name: str, label: str, usual: int, least: int, most: int, *offered: int) -> Parameter:
    return Parameter(name, label, "days", usual, least, most, offered)


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def day(text: str) -> str:
    """A date of a detail as people write it."""
    found = date.fromisoformat(text)
    return f"{found.day} {found:%B %Y}"


def days_since(text: str, today: date) -> str:
    return count((today - date.fromisoformat(text)).days, "day")


def named(names: list[str], total: int = 0) -> str:
    """Names as a sentence has them; what is beyond them as a number."""
    more = max(total - len(names), 0)
    listed = [*names, f"{more:,} more"] if more else names
    return " and ".join([", ".join(listed[:-1]), listed[-1]]) if len(listed) > 1 else "".join(listed)
