"""The organisation as the method sees it: plain layout in, frozen records out, one error for what cannot be read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from . import catalogue as catalogues
from . import policy as policies
from . import reading
from .catalogue import Catalogue, Tree
from .errors import MalformedOrganisation
from .policy import Policy

DEPARTMENT_STATUSES = ("active", "closed")
ACCOUNT_STATUSES = ("planned", "active", "dormant", "retired")
OBJECTIVE_STATUSES = (
    "draft", "planned", "proposed", "active", "paused", "achieved", "reached", "missed", "done", "completed", "ended",
    "closed", "dropped", "cancelled", "abandoned", "retired", "inactive", "archived", "expired",
)  # fmt: skip
TIE_STATUSES = (
    "draft", "planned", "proposed", "active", "paused", "accepted", "declined", "refused", "rejected", "withdrawn",
    "ended", "closed", "dropped", "cancelled", "retired", "inactive", "archived", "expired",
)  # fmt: skip
TIE_KINDS = ("working_group", "hand_off", "liaison")


@dataclass(frozen=True, slots=True)
class Department:
    """A node of the organisation's tree. A closed one owns nothing."""

    id: str
    parent: str | None
    active: bool
    process: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """One handle on one platform. `owners` are its distinct active departments, the first one its owner."""

    id: str
    platform: str
    handle: str
    status: str
    owners: tuple[str, ...]
    audiences: tuple[str, ...]
    markets: tuple[str, ...]
    objectives: tuple[str, ...]
    last_post: date | None
    contact: str
    placed_by: str
    listening_on: date | None = None
    audience_gets: str = ""

    @property
    def placed(self) -> bool:
        """Has a known audience and a known market."""
        return bool(self.audiences and self.markets)


@dataclass(frozen=True, slots=True)
class Objective:
    """What its owners pursue, for a benefit, with audiences. `live` is decided once, for the organisation's day."""

    id: str
    benefit: str
    owners: tuple[str, ...]
    audiences: tuple[str, ...]
    markets: tuple[str, ...]
    live: bool
    placed_by: str

    @property
    def placed(self) -> bool:
        """Has a known audience and a known market."""
        return bool(self.audiences and self.markets)


@dataclass(frozen=True, slots=True)
class DeclaredTie:
    """An agreement that departments made. Filters are leaves; None stands for any."""

    id: str
    kind: str
    members: tuple[str, ...]
    current: bool
    names_objectives: bool
    objectives: tuple[str, ...]
    audiences: tuple[str, ...] | None
    markets: tuple[str, ...] | None
    platforms: tuple[str, ...] | None
    benefits: tuple[str, ...] | None


@dataclass(frozen=True)
class Organisation:
    """All facts on one day, each list sorted by id. Audiences and markets of records are leaves."""

    as_of: date
    policy: Policy
    catalogue: Catalogue
    departments: dict[str, Department]
    accounts: tuple[Account, ...]
    objectives: dict[str, Objective]
    ties: tuple[DeclaredTie, ...]
    unknown_in: tuple[str, ...]  # a record once for every unknown id in its lists

    @cached_property
    def visible(self) -> tuple[Account, ...]:
        """Accounts that people can meet: active or dormant, never planned or retired."""
        return tuple(account for account in self.accounts if account.status in ("active", "dormant"))

    @cached_property
    def live(self) -> tuple[Objective, ...]:
        """Objectives that count today."""
        return tuple(objective for objective in self.objectives.values() if objective.live)

    @cached_property
    def live_objectives(self) -> dict[str, tuple[Objective, ...]]:
        """The live objectives of every visible account, by its id."""
        known = self.objectives
        return {a.id: tuple(known[o] for o in a.objectives if known[o].live) for a in self.visible}

    @cached_property
    def channels(self) -> dict[str, tuple[Account, ...]]:
        """The visible accounts of every live objective, by its id."""
        found: dict[str, list[Account]] = {objective.id: [] for objective in self.live}
        for account in self.visible:
            for objective in self.live_objectives[account.id]:
                found[objective.id].append(account)
        return {key: tuple(accounts) for key, accounts in found.items()}

    def dormant(self, account: Account) -> bool:
        """Marked so, or silent for more than the policy's days; no known post is no proof. METHOD 1.7."""
        if account.status == "dormant":
            return True
        return account.last_post is not None and (self.as_of - account.last_post).days > self.policy.dormant_days


def read_organisation(plain: object) -> Organisation:
    """Reads the plain layout of METHOD section 2.

    Raises MalformedOrganisation with the path of the first bad value. Input order does not matter afterwards.
    """
    if isinstance(plain, Organisation):
        return plain
    with reading.uncollected():
        return _read(plain)


def _read(plain: object) -> Organisation:
    if not isinstance(plain, Mapping):
        raise MalformedOrganisation("organisation", f"{type(plain).__name__} is not an object.")
    as_of = reading.day(plain, "as_of", "")
    if as_of is None:
        raise MalformedOrganisation("as_of", "is missing.")
    reader = _Reader(as_of, catalogues.catalogue(plain.get("catalogue")), plain)
    return Organisation(
        as_of=as_of,
        policy=policies.policy(plain.get("policy")),
        catalogue=reader.catalogue,
        departments=reader.departments,
        accounts=tuple(reader.account(*row) for row in reader.account_rows),
        objectives={row[1]: reader.objective(*row) for row in reader.objective_rows},
        ties=tuple(reader.tie(*row) for row in reader.tie_rows),
        unknown_in=tuple(sorted(reader.unknown_in)),
    )


class _Reader:
    """Reads records one by one, drops unknown ids from their lists and counts them."""

    def __init__(self, as_of: date, catalogue: Catalogue, plain: Mapping[str, Any]) -> None:
        self.as_of = as_of
        self.catalogue = catalogue
        self.departments = _departments(plain.get("departments"))
        self.account_rows = reading.identified(plain.get("accounts"), "accounts")
        self.objective_rows = reading.identified(plain.get("objectives"), "objectives")
        self.tie_rows = reading.identified(plain.get("ties"), "ties")
        self.objective_ids = {key for _, key, _ in self.objective_rows}
        self.unknown_in: list[str] = []
        self.record = ""
        self._leaves: dict[tuple[bool, tuple[str, ...]], tuple[str, ...]] = {}

    def account(self, path: str, key: str, row: Mapping[str, Any]) -> Account:
        self.record = f"account:{key}"
        return Account(
            id=key,
            platform=reading.required_text(row, "platform", path),
            handle=reading.text(row, "handle", path),
            status=reading.choice(row, "status", path, ACCOUNT_STATUSES, "active"),
            owners=self._owners(row, path),
            audiences=self._expanded(self.catalogue.audiences, reading.ids(row, "audiences", path)),
            markets=self._markets(row, path),
            objectives=self._objectives(row, path),
            last_post=reading.day(row, "last_post", path),
            contact=reading.text(row, "contact", path).strip(),
            placed_by=reading.text(row, "placed_by", path),
            listening_on=reading.day(row, "listening_on", path),
            audience_gets=reading.text(row, "audience_gets", path).strip(),
        )

    def objective(self, path: str, key: str, row: Mapping[str, Any]) -> Objective:
        self.record = f"objective:{key}"
        owners = self._owners(row, path)
        active = reading.choice(row, "status", path, OBJECTIVE_STATUSES, "active") == "active"
        return Objective(
            id=key,
            benefit=reading.required_text(row, "benefit", path),
            owners=owners,
            audiences=self._expanded(self.catalogue.audiences, reading.ids(row, "audiences", path)),
            markets=self._markets(row, path),
            live=self._current(row, path) and active and bool(owners),
            placed_by=reading.text(row, "placed_by", path),
        )

    def tie(self, path: str, key: str, row: Mapping[str, Any]) -> DeclaredTie:
        self.record = f"tie:{key}"
        audiences = reading.optional_ids(row, "audiences", path)
        markets = reading.optional_ids(row, "markets", path)
        return DeclaredTie(
            id=key,
            kind=reading.choice(row, "kind", path, TIE_KINDS, None),
            members=self._owners(row, path),
            current=self._current(row, path)
            and reading.choice(row, "status", path, TIE_STATUSES, "active") == "active",
            names_objectives=bool(reading.ids(row, "objectives", path)),
            objectives=self._objectives(row, path),
            audiences=None if audiences is None else self._expanded(self.catalogue.audiences, audiences),
            markets=None if markets is None else self._expanded(self.catalogue.markets, markets),
            platforms=reading.optional_ids(row, "platforms", path),
            benefits=reading.optional_ids(row, "benefits", path),
        )

    def _count(self, unknown: int) -> None:
        if unknown:
            self.unknown_in.extend([self.record] * unknown)

    def _current(self, row: Mapping[str, Any], path: str) -> bool:
        """Today is within the dates, both end days included."""
        starts, ends = reading.day(row, "starts", path), reading.day(row, "ends", path)
        return (starts is None or starts <= self.as_of) and (ends is None or self.as_of <= ends)

    def _owners(self, row: Mapping[str, Any], path: str) -> tuple[str, ...]:
        named = reading.ids(row, "departments", path)
        known = [key for key in named if key in self.departments]
        self._count(len(named) - len(known))
        return tuple(dict.fromkeys(key for key in known if self.departments[key].active))

    def _objectives(self, row: Mapping[str, Any], path: str) -> tuple[str, ...]:
        named = reading.ids(row, "objectives", path)
        known = [key for key in named if key in self.objective_ids]
        self._count(len(named) - len(known))
        return tuple(sorted(set(known))) if len(known) > 1 else tuple(known)

    def _markets(self, row: Mapping[str, Any], path: str) -> tuple[str, ...]:
        """Where a record is seen: no market named is all of them, only unknown ones named is none."""
        named = reading.ids(row, "markets", path)
        return self._expanded(self.catalogue.markets, named) if named else self.catalogue.markets.leaves

    def _expanded(self, tree: Tree, named: tuple[str, ...]) -> tuple[str, ...]:
        if not named:
            return ()
        self._count(sum(key not in tree.parents for key in named))
        memo = (tree is self.catalogue.audiences, named)
        if memo not in self._leaves:
            self._leaves[memo] = tree.expand(named)
        return self._leaves[memo]


def _departments(value: object) -> dict[str, Department]:
    found = reading.identified(value, "departments")
    parents = catalogues.known_parents({key: (here, reading.text(row, "parent", here)) for here, key, row in found})
    return {
        key: Department(
            id=key,
            parent=parents[key],
            active=reading.choice(row, "status", here, DEPARTMENT_STATUSES, "active") == "active",
            process=reading.text(row, "process", here),
        )
        for here, key, row in found
    }
