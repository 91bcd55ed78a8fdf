"""How the lead sets the rules, and what other values would find."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from channels.audit import RULES
from channels.auditing.asking import ask
from channels.auditing.collect import collect
from channels.auditing.scope import all_of
from channels.models import AuditRun, RuleSetting
from orgmap.core.editing import set_fields, take
from orgmap.core.errors import DomainError
from orgmap.history.services import because

if TYPE_CHECKING:
    from orgmap.users.models import User


HANDED = {"crowded": "crowds", "look-alike": "letters"}
"""Rules that a roll-up counts for, and what it keeps of it."""


class CannotSet(DomainError):
    """A value that a rule can't have."""


@dataclass(frozen=True)
class Values:
    """The rules as they are set: parameters of all, and which are asked."""

    values: Mapping[str, Mapping[str, int]]
    on: frozenset[str]
    off: frozenset[str]


def values() -> Values:
    """The lead's settings over the usual ones. A parameter that a rule no longer has is left alone."""
    stored = {each.rule: each for each in RuleSetting.objects.all()}
    found, off = {}, set()
    for code, rule in RULES.items():
        own = stored.get(code)
        found[code] = {
            each.name: int(own.parameters.get(each.name, each.usual)) if own else each.usual for each in rule.parameters
        }
        if own and not own.is_on:
            off.add(code)
    return Values(found, frozenset(RULES) - off, frozenset(off))


@transaction.atomic
def set_rule(
    *,
    by: User,
    rule: str,
    parameters: Mapping[str, int],
    is_on: bool = True,
    version: int | None = None,
    reason: str = "",
) -> RuleSetting:
    """Set a rule's parameters, or that it is not asked. The next audit, within seconds, goes by it."""
    known = RULES.get(rule)
    if known is None:
        raise CannotSet(f"'{rule}' is no rule. Choose one of the list.")
    if sentence := known.refusal(parameters):
        raise CannotSet(sentence)
    with because(by=by, reason=reason):
        made, _ = RuleSetting.objects.get_or_create(rule=rule)
        setting = take(RuleSetting.objects.all(), made.pk, version)
        set_fields(setting, {"parameters": {**known.usual, **parameters}, "is_on": is_on})
    return setting


def preview(*, rule: str, parameter: str, also: int | None = None, today: date) -> dict[int, int] | None:
    """How many findings the rule would have with each value of a parameter, as the map stands.

    None: a roll-up has to tell, and none has yet.

    Every offered value and the one that is set; ``also``: one that somebody typed. Facts are read once.
    """
    known, settings = RULES[rule], values().values
    found = next(each for each in known.parameters if each.name == parameter)
    if also is not None and (sentence := found.refusal(also)):
        raise CannotSet(sentence)
    tried = sorted({*found.offered, settings[rule][parameter], *([] if also is None else [also])})
    if known.handed:
        return handed_preview(HANDED[rule], tried)
    facts = collect(all_of(known.subject), today=today, values=settings)
    counts = {}
    for value in tried:
        given = replace(facts.given, values={**settings, rule: {**settings[rule], parameter: value}})
        counts[value] = sum(1 for _ in ask(replace(facts, given=given), {rule})[known.subject])
    return counts


def handed_preview(sizes: str, tried: list[int]) -> dict[int, int] | None:
    """The same from what the last roll-up handed down."""
    handed = AuditRun.objects.filter(handed__isnull=False).order_by("-pk").values_list("handed", flat=True).first()
    if handed is None:
        return None
    known = {int(size): number for size, number in handed[sizes].items()}
    return {value: sum(number for size, number in known.items() if size >= value) for value in tried}
