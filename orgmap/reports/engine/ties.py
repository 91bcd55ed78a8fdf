"""Ties: which agreements count today, how strong each is, and what it is about. METHOD 1.3."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from .organisation import DeclaredTie, Objective, Organisation
from .policy import Policy
from .touchpoints import Touchpoint


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing a tie is about: leaves, platforms and benefits. None is any, an empty tuple is none."""

    audiences: tuple[str, ...] | None
    markets: tuple[str, ...] | None
    platforms: tuple[str, ...] | None
    benefits: tuple[str, ...] | None

    def covers(self, touchpoint: Touchpoint) -> bool:
        """Platforms matter to channels only, benefits to purposes only."""
        return (
            (self.audiences is None or touchpoint.audience in self.audiences)
            and (self.markets is None or touchpoint.market in self.markets)
            and (touchpoint.kind != "channel" or self.platforms is None or touchpoint.detail in self.platforms)
            and (touchpoint.kind != "purpose" or self.benefits is None or touchpoint.detail in self.benefits)
        )


ANYTHING = Rule(None, None, None, None)


@dataclass(frozen=True, slots=True)
class Tie:
    """An agreement that counts today: at least two active departments, before any roll-up."""

    id: str
    kind: str
    members: tuple[str, ...]
    strength: Fraction
    scoped: bool
    rules: tuple[Rule, ...]

    def covers(self, touchpoint: Touchpoint) -> bool:
        """Whether the tie is about this meeting place."""
        return any(rule.covers(touchpoint) for rule in self.rules)


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
    for account in organisation.visible:
        if len(account.owners) > 1:
            rule = Rule(account.audiences, account.markets, (account.platform,), ())
            yield _tie(f"account:{account.id}", "co_managed", account.owners, organisation.policy, rule)


def _joint(organisation: Organisation) -> Iterable[Tie]:
    for objective in organisation.live:
        if len(objective.owners) > 1:
            platforms = tuple(sorted({account.platform for account in organisation.channels[objective.id]}))
            rule = Rule(objective.audiences, objective.markets, platforms, (objective.benefit,))
            yield _tie(f"objective:{objective.id}", "joint_objective", objective.owners, organisation.policy, rule)


def _declared(organisation: Organisation) -> Iterable[Tie]:
    for tie in organisation.ties:
        if tie.current and len(tie.members) > 1:
            if not tie.names_objectives:
                rule = Rule(tie.audiences, tie.markets, tie.platforms, tie.benefits)
                yield _tie(tie.id, tie.kind, tie.members, organisation.policy, rule)
            elif live := live_objectives(tie, organisation):
                rules = (Rule(item.audiences, item.markets, None, (item.benefit,)) for item in live)
                yield _tie(tie.id, tie.kind, tie.members, organisation.policy, *rules)


def live_objectives(tie: DeclaredTie, organisation: Organisation) -> list[Objective]:
    """The objectives of a declared tie that count today."""
    return [organisation.objectives[key] for key in tie.objectives if organisation.objectives[key].live]


def _tie(key: str, kind: str, members: tuple[str, ...], policy: Policy, *rules: Rule) -> Tie:
    scoped = rules != (ANYTHING,)
    return Tie(key, kind, members, strength(kind, len(members), policy, scoped=scoped), scoped, rules)
