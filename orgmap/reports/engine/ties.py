"""Ties: which agreements count today, how strong each is, and what it is about. METHOD 1.3."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from .organisation import Organisation
from .policy import Policy


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


def strength(kind: str, members: int, policy: Policy, *, scoped: bool) -> Fraction:
    """How well a tie of so many departments coordinates: in [0, S(kind)], thinning out with its size. METHOD 1.3."""
    full = policy.strength[kind]
    if scoped:
        return full * min(Fraction(1), Fraction(max(policy.group_cap - 1, 0), members - 1))
    return min(full, policy.unscoped_cap, Fraction(1, members - 1))


def ties(organisation: Organisation) -> tuple[Tie, ...]:
    """All ties that count today, derived and declared, by id."""
    found = [*_co_managed(organisation), *_joint(organisation), *_declared(organisation)]
    return tuple(sorted(found, key=lambda tie: tie.id))


def _co_managed(organisation: Organisation) -> Iterable[Tie]:
    accounts = organisation.accounts
    for at in (accounts.owners.lengths > 1).nonzero()[0].tolist():
        audiences, markets = tuple(accounts.audiences[at].tolist()), tuple(accounts.markets[at].tolist())
        rule = Rule(audiences, markets, (int(accounts.platform[at]),), ())
        members = tuple(accounts.owners[at].tolist())
        yield _tie(f"account:{accounts.ids[at]}", "co_managed", members, organisation.policy, rule)


def _joint(organisation: Organisation) -> Iterable[Tie]:
    objectives = organisation.objectives
    for at in (objectives.owners.lengths > 1).nonzero()[0].tolist():
        platforms = tuple(sorted(set(organisation.accounts.platform[organisation.channels[at]].tolist())))
        members = tuple(objectives.owners[at].tolist())
        rule = about(at, organisation, platforms)
        yield _tie(f"objective:{objectives.ids[at]}", "joint_objective", members, organisation.policy, rule)


def _declared(organisation: Organisation) -> Iterable[Tie]:
    at_platform = {name: at for at, name in enumerate(organisation.platforms)}
    at_benefit = {name: at for at, name in enumerate(organisation.benefits)}
    for tie in organisation.ties:
        if tie.current and len(tie.members) > 1:
            if not tie.names_objectives:
                platforms = None if tie.platforms is None else tuple(at_platform[name] for name in tie.platforms)
                benefits = None if tie.benefits is None else tuple(at_benefit[name] for name in tie.benefits)
                rule = Rule(tie.audiences, tie.markets, platforms, benefits)
                yield _tie(tie.id, tie.kind, tie.members, organisation.policy, rule)
            elif tie.objectives:
                rules = (about(at, organisation, None) for at in tie.objectives)
                yield _tie(tie.id, tie.kind, tie.members, organisation.policy, *rules)


def about(objective: int, organisation: Organisation, platforms: tuple[int, ...] | None) -> Rule:
    """What an objective is about, on some platforms (None: any)."""
    known = organisation.objectives
    audiences, markets = tuple(known.audiences[objective].tolist()), tuple(known.markets[objective].tolist())
    return Rule(audiences, markets, platforms, (int(known.benefit[objective]),))


def _tie(key: str, kind: str, members: tuple[int, ...], policy: Policy, *rules: Rule) -> Tie:
    scoped = rules != (ANYTHING,)
    return Tie(key, kind, members, strength(kind, len(members), policy, scoped=scoped), scoped, rules)
