"""The agreements of one department that count today, and how strong each is. METHOD 1.3."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import Q

from channels.models import Account, AccountObjective
from departments.models import Tie as Agreement
from departments.models import TieSide
from departments.models.tie import TieObjective
from orgmap.reports.footprint import OBJECTIVES, Catalogue, Record, laid_over, records

STRENGTH = {"co_managed": 1, "joint_objective": 1, "working_group": 1, "hand_off": 1, "liaison": "1/2"}


@dataclass(frozen=True)
class Numbers:
    """The policy's numbers about agreements."""

    strength: Mapping[str, Fraction]
    group_cap: int
    unscoped_cap: Fraction

    @classmethod
    def of(cls, overrides: Mapping[str, object]) -> "Numbers":
        def number(name: str, usual: str) -> Fraction:
            value = overrides.get(name)
            return Fraction(usual if value is None else str(value))

        strength = laid_over(STRENGTH, overrides.get("strength"))
        return cls(strength, int(number("group_cap", "7")), number("unscoped_cap", "1/2"))


@dataclass(frozen=True)
class Rule:
    """One thing that an agreement is about. None is any, an empty set is none."""

    audiences: frozenset[int] | None = None
    markets: frozenset[int] | None = None
    platforms: frozenset[str] | None = None
    benefits: frozenset[str] | None = None

    def is_about(self, kind: str, detail: str) -> bool:
        """Whether it reaches a kind of places: platforms matter to channels only, benefits to purposes only."""
        return (kind != "channel" or self.platforms is None or detail in self.platforms) and (
            kind != "purpose" or self.benefits is None or detail in self.benefits
        )


ANYTHING = Rule()


@dataclass(frozen=True)
class Tie:
    """An agreement of at least two active departments."""

    members: tuple[int, ...]
    strength: Fraction
    rules: tuple[Rule, ...]


def tie(kind: str, members: tuple[int, ...], numbers: Numbers, *rules: Rule) -> Tie:
    """An agreement thins out with its size, and more so when it is about nothing in particular."""
    full, size = numbers.strength[kind], len(members)
    if rules != (ANYTHING,):
        strength = full * min(Fraction(1), Fraction(max(numbers.group_cap - 1, 0), size - 1))
    else:
        strength = min(full, numbers.unscoped_cap, Fraction(1, size - 1))
    return Tie(members, strength, rules)


def derived_ties(
    accounts: Iterable[Record], objectives: Sequence[Record], numbers: Numbers, words: Catalogue
) -> Iterator[Tie]:
    """Accounts that are run together and objectives that are pursued together."""
    for account in accounts:
        if len(account.departments) > 1:
            rule = Rule(account.audiences, account.markets, frozenset({account.detail}), frozenset())
            yield tie("co_managed", account.departments, numbers, rule)
    joint = [objective for objective in objectives if len(objective.departments) > 1]
    platforms: dict[int, set[str]] = defaultdict(set)
    served = AccountObjective.objects.filter(
        objective_id__in=[objective.pk for objective in joint] or [0],
        account__status__in=[Account.Status.ACTIVE, Account.Status.DORMANT],
    )
    for pk, code in served.values_list("objective_id", "account__platform__code"):
        platforms[pk].add(code)
    for objective in joint:
        rule = Rule(
            objective.audiences, objective.markets, frozenset(platforms[objective.pk]), frozenset({objective.detail})
        )
        yield tie("joint_objective", objective.departments, numbers, rule)


def declared_ties(department: int, as_of: date, numbers: Numbers, words: Catalogue) -> Iterator[Tie]:
    """Agreements that somebody made: about their live objectives, else about what their filters let through."""
    current = Agreement.objects.filter(sides__department=department, status=Agreement.Status.ACTIVE, ends_on__gte=as_of)
    current = current.filter(Q(starts_on=None) | Q(starts_on__lte=as_of))
    found = list(current.values("pk", "kind", "audiences", "markets", "platforms", "benefits"))
    pks = [row["pk"] for row in found] or [0]
    members: dict[int, list[int]] = defaultdict(list)
    for pk, unit in (
        TieSide.objects.filter(tie_id__in=pks).order_by("position", "pk").values_list("tie_id", "department_id")
    ):
        if unit not in words.closed:
            members[pk].append(unit)
    about: dict[int, list[int]] = defaultdict(list)
    for pk, objective in TieObjective.objects.filter(tie_id__in=pks).values_list("tie_id", "objective_id"):
        about[pk].append(objective)
    named = sorted({objective for objectives in about.values() for objective in objectives})
    live = {record.pk: record for record in records(OBJECTIVES, words, pks=named, as_of=as_of)}
    for row in found:
        sides = tuple(members[row["pk"]])
        if len(sides) < 2:
            continue
        if about[row["pk"]]:
            rules = [
                Rule(live[pk].audiences, live[pk].markets, None, frozenset({live[pk].detail}))
                for pk in about[row["pk"]]
                if pk in live
            ]
            if rules:
                yield tie(row["kind"], sides, numbers, *rules)
        else:
            yield tie(row["kind"], sides, numbers, filters(row, words))


def filters(row: Mapping[str, Any], words: Catalogue) -> Rule:
    """What an agreement's filters let through; one that is not set lets everything through."""
    audiences, markets, platforms, benefits = (row[name] for name in ("audiences", "markets", "platforms", "benefits"))
    return Rule(
        None if audiences is None else words.audiences.expand_codes(audiences),
        None if markets is None else words.markets.expand_codes(markets),
        None if platforms is None else frozenset(platforms),
        None if benefits is None else frozenset(benefits),
    )
