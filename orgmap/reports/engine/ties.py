"""Ties: which agreements count today, how strong each is, and what it is about. METHOD 1.3."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property, partial

import numpy as np

from .arrays import Floats, Ints, Ragged, as_floats, ragged
from .organisation import Organisation
from .policy import Policy, rounded


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing a tie is about: leaves, platforms and benefits by position. None is any, an empty tuple is none.

    Platforms matter to channels only, benefits to purposes only.
    """

    audiences: tuple[int, ...] | None
    markets: tuple[int, ...] | None
    platforms: tuple[int, ...] | None
    benefits: tuple[int, ...] | None


ANYTHING = Rule(None, None, None, None)


@dataclass(frozen=True, slots=True)
class Tie:
    """An agreement that counts today. members: at least two active departments, by position, before any roll-up."""

    id: str
    kind: str
    members: tuple[int, ...]
    strength: Fraction
    scoped: bool
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class Ranking:
    """Ties by rank: stronger first, then by id. The same at every level.

    steps: the strengths that occur, strongest first; step: (ties,) which of them each has.
    """

    ties: tuple[Tie, ...]
    steps: tuple[Fraction, ...]
    step: Ints

    @classmethod
    def of(cls, ties: Iterable[Tie]) -> "Ranking":
        """Puts ties in order."""
        by_ratio: dict[tuple[int, int], list[Tie]] = {}  # fractions hash and compare slowly
        for tie in sorted(ties, key=lambda tie: tie.id):
            by_ratio.setdefault((tie.strength.numerator, tie.strength.denominator), []).append(tie)
        groups = sorted(by_ratio.values(), key=lambda group: group[0].strength, reverse=True)
        return cls(
            tuple(tie for group in groups for tie in group),
            tuple(group[0].strength for group in groups),
            np.repeat(np.arange(len(groups)), [len(group) for group in groups]),
        )

    @cached_property
    def members(self) -> Ragged:
        """(ties,) the departments that each joins."""
        return ragged([tie.members for tie in self.ties])

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """All things that any of them is about, once."""
        return tuple(dict.fromkeys(rule for tie in self.ties for rule in tie.rules))

    @cached_property
    def rules_of(self) -> Ragged:
        """(ties,) what each is about, as positions in `rules`."""
        at = {rule: number for number, rule in enumerate(self.rules)}
        return ragged([[at[rule] for rule in tie.rules] for tie in self.ties])

    @cached_property
    def strengths(self) -> Floats:
        """(ties,) strength."""
        return as_floats(self.steps)[self.step]

    @cached_property
    def left(self) -> Floats:
        """(ties,) what each leaves uncovered of a meeting that it is about."""
        return as_floats(1 - strength for strength in self.steps)[self.step]

    @cached_property
    def billionths(self) -> Floats:
        """(ties,) strength in whole billionths."""
        return np.array([rounded(strength) for strength in self.steps], dtype=np.float64)[self.step]


def strength(kind: str, members: int, policy: Policy, *, scoped: bool) -> Fraction:
    """How well a tie of so many departments coordinates: in [0, S(kind)], thinning out with its size. METHOD 1.3."""
    full = policy.strength[kind]
    if scoped:
        return full * min(Fraction(1), Fraction(max(policy.group_cap - 1, 0), members - 1))
    return min(full, policy.unscoped_cap, Fraction(1, members - 1))


def ties(organisation: Organisation) -> tuple[Tie, ...]:
    """All ties that count today, derived and declared, by id."""
    make = partial(_tie, cache(partial(strength, policy=organisation.policy)))
    found = [*_co_managed(organisation, make), *_joint(organisation, make), *_declared(organisation, make)]
    return tuple(sorted(found, key=lambda tie: tie.id))


def _co_managed(organisation: Organisation, make: Callable[..., Tie]) -> Iterable[Tie]:
    accounts = organisation.accounts
    for at in (accounts.owners.lengths > 1).nonzero()[0].tolist():
        audiences, markets = tuple(accounts.audiences[at].tolist()), tuple(accounts.markets[at].tolist())
        rule = Rule(audiences, markets, (int(accounts.platform[at]),), ())
        members = tuple(accounts.owners[at].tolist())
        yield make(f"account:{accounts.ids[at]}", "co_managed", members, rule)


def _joint(organisation: Organisation, make: Callable[..., Tie]) -> Iterable[Tie]:
    objectives = organisation.objectives
    for at in (objectives.owners.lengths > 1).nonzero()[0].tolist():
        platforms = tuple(sorted(set(organisation.accounts.platform[organisation.channels[at]].tolist())))
        members = tuple(objectives.owners[at].tolist())
        rule = about(at, organisation, platforms)
        yield make(f"objective:{objectives.ids[at]}", "joint_objective", members, rule)


def _declared(organisation: Organisation, make: Callable[..., Tie]) -> Iterable[Tie]:
    at_platform = {name: at for at, name in enumerate(organisation.platforms)}
    at_benefit = {name: at for at, name in enumerate(organisation.benefits)}
    for tie in organisation.ties:
        if tie.current and len(tie.members) > 1:
            if not tie.names_objectives:
                platforms = None if tie.platforms is None else tuple(at_platform[name] for name in tie.platforms)
                benefits = None if tie.benefits is None else tuple(at_benefit[name] for name in tie.benefits)
                rule = Rule(tie.audiences, tie.markets, platforms, benefits)
                yield make(tie.id, tie.kind, tie.members, rule)
            elif tie.objectives:
                rules = (about(at, organisation, None) for at in tie.objectives)
                yield make(tie.id, tie.kind, tie.members, *rules)


def about(objective: int, organisation: Organisation, platforms: tuple[int, ...] | None) -> Rule:
    """What an objective is about, on some platforms (None: any)."""
    known = organisation.objectives
    audiences, markets = tuple(known.audiences[objective].tolist()), tuple(known.markets[objective].tolist())
    return Rule(audiences, markets, platforms, (int(known.benefit[objective]),))


def _tie(strong: Callable[..., Fraction], key: str, kind: str, members: tuple[int, ...], *rules: Rule) -> Tie:
    scoped = rules != (ANYTHING,)
    return Tie(key, kind, members, strong(kind, len(members), scoped=scoped), scoped, rules)
