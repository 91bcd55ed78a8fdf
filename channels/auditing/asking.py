"""Asking rules about facts: what comes out is what the map says now, finding by finding."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from channels.audit import RULES, Rule
from channels.audit.facts import Detail
from channels.auditing.collect import Facts


class Seen(NamedTuple):
    """A fact that a rule objects to. key: number of the record; of a place its written form."""

    rule: str
    key: int | str
    concerns: tuple[int, ...]
    detail: Detail


def ask(facts: Facts, rules: Collection[str]) -> dict[str, Iterator[Seen]]:
    """What these rules object to, by kind of subject: said while it is read, so that it can be written meanwhile."""
    asked = [rule for code, rule in RULES.items() if code in rules]
    kinds = dict.fromkeys(rule.subject for rule in asked)
    return {kind: about(kind, facts, [rule for rule in asked if rule.subject == kind]) for kind in kinds}


def about(kind: str, facts: Facts, rules: list[Rule]) -> Iterator[Seen]:
    given, pairs = facts.given, [(rule.code, rule.holds) for rule in rules]
    for subject in getattr(facts, kind):
        found = [(code, detail) for code, holds in pairs if (detail := holds(subject, given)) is not None]
        if found:
            key, concerns = key_of(kind, subject), concerns_of(kind, subject)
            for code, detail in found:
                yield Seen(code, key, concerns, detail)


def key_of(kind: str, subject: Any) -> int | str:
    key: int | str = subject.touchpoint if kind == "place" else subject.id
    return key


def concerns_of(kind: str, subject: Any) -> tuple[int, ...]:
    """The departments that a finding about it concerns."""
    if kind == "department":
        return (subject.id,)
    return () if kind == "benefit" else tuple(dict.fromkeys(subject.departments))
