"""What the rules look at: records of one moment as plain tuples, small and quick to make a hundred thousand times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from channels.platforms import PlatformSpec

Detail = dict[str, Any]
"""The facts that a finding's sentence needs, as JSON holds them."""
SUBJECTS = ("account", "department", "objective", "tie", "benefit", "place")


class Holders(NamedTuple):
    """How many people hold an account's keys, how many of them are our staff, and how many may no longer log in."""

    named: int = 0
    staff: int = 0
    gone: int = 0


class Other(NamedTuple):
    """Another account that one could be mistaken for, or that takes over from it."""

    id: int
    name: str
    is_same: bool = False
    """The same handle, not only a similar one."""
    letters: int = 0
    """Letters of the shorter handle; 99 where the two differ in signs only."""


class Takers(NamedTuple):
    """How many accounts take over from one, and the first of them. A very large map names none."""

    total: int = 0
    first: Sequence[Other] = ()


class Account(NamedTuple):
    """An account. has_audience, has_market: named, or by default of its first department."""

    id: int
    platform: str = "x"
    platform_name: str = "X"
    is_past: bool = False
    handle: str = ""
    kind: str = "profile"
    address: str = ""
    status: str = "active"
    contact: str = ""
    agency: str = ""
    contract_ends_on: date | None = None
    last_post_on: date | None = None
    last_attested_on: date | None = None
    retired_on: date | None = None
    broken_on: date | None = None
    """When somebody else changed what its owner had confirmed; nobody did since it was confirmed."""
    broken_what: str = ""
    has_audience: bool = False
    has_market: bool = False
    departments: tuple[int, ...] = ()
    objectives: tuple[int, ...] = ()
    holders: Holders = Holders()
    others: Sequence[Other] = ()
    """Earlier accounts of the same platform with the same or a similar handle."""
    takers: Takers | None = None
    """Who keeps every place and purpose that it serves; None: it can't go."""

    @property
    def is_running(self) -> bool:
        """Visible in the sense of the method."""
        return self.status in {"active", "dormant"}

    @property
    def is_reachable(self) -> bool:
        """Running where people still meet it. On a platform that is gone nothing is left to fill in: it is to go."""
        return self.status in {"active", "dormant"} and not self.is_past


class Department(NamedTuple):
    """A department. left: heads or deputies who may no longer log in; has_accounts: running ones, here or below."""

    id: int
    name: str = ""
    is_active: bool = True
    closed_on: date | None = None
    no_account_reason: str = ""
    left: tuple[str, ...] = ()
    has_accounts: bool = False


class Objective(NamedTuple):
    """An objective. owners: those of its departments that are active; accounts: running ones that serve it."""

    id: int
    statement: str = ""
    benefit: int = 0
    status: str = "active"
    starts_on: date | None = None
    ends_on: date | None = None
    departments: tuple[int, ...] = ()
    owners: int = 1
    accounts: int = 0

    def is_live(self, today: date) -> bool:
        """METHOD 1.1: active, within its dates, and pursued by somebody."""
        return (
            self.status == "active"
            and (self.starts_on is None or self.starts_on <= today)
            and (self.ends_on is None or self.ends_on >= today)
            and self.owners > 0
        )

    def has_ended(self, today: date) -> bool:
        """It was live once, and will not be again by itself."""
        return self.status in {"achieved", "dropped"} or (
            self.status == "active" and ((self.ends_on is not None and self.ends_on < today) or self.owners == 0)
        )


class Tie(NamedTuple):
    """An agreement. sides: its active departments; objectives: those it names, a group's own one included."""

    id: int
    kind: str = "hand_off"
    status: str = "active"
    starts_on: date | None = None
    ends_on: date = date.max
    departments: tuple[int, ...] = ()
    sides: int = 2
    objectives: tuple[int, ...] = ()
    has_filters: bool = False


class Benefit(NamedTuple):
    """A benefit. declared: live objectives for it; staffed: those that a running account serves."""

    id: int
    name: str = ""
    declared: int = 0
    staffed: int = 0


class Place(NamedTuple):
    """An audience in a market on a platform, with its names, and the running accounts that stand there."""

    touchpoint: str
    name: str = ""
    accounts: int = 0
    departments: tuple[int, ...] = ()


@dataclass(frozen=True)
class Given:
    """What is the same for all subjects: the day, the lead's settings, and the records that others point to."""

    today: date
    values: Mapping[str, Mapping[str, int]]
    departments: Mapping[int, Department] = field(default_factory=dict)
    objectives: Mapping[int, Objective] = field(default_factory=dict)
    markets: int = 0
    """So many markets there are to tell apart."""
    more: Sequence[PlatformSpec] = ()
    """Platforms that the lead added."""

    @cached_property
    def live(self) -> frozenset[int]:
        """The objectives that are live."""
        return frozenset(pk for pk, each in self.objectives.items() if each.is_live(self.today))

    @cached_property
    def ended(self) -> frozenset[int]:
        """The objectives that have ended."""
        return frozenset(pk for pk, each in self.objectives.items() if each.has_ended(self.today))
