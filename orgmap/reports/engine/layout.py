"""The plain layout read: dicts in, an `Organisation` of columns out, one error for what cannot be read."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np

from orgmap.core.uncollected import uncollected

from . import catalogue as catalogues
from . import policy as policies
from . import reading
from .arrays import Flags, ragged
from .catalogue import Tree
from .errors import MalformedOrganisation
from .organisation import Accounts, DeclaredTie, Department, Objectives, Organisation

DEPARTMENT_STATUSES = ("active", "closed")
ACCOUNT_STATUSES = ("planned", "active", "dormant", "retired")
VISIBLE = ("active", "dormant")
OBJECTIVE_STATUSES = (
    "draft", "planned", "proposed", "active", "paused", "achieved", "reached", "missed", "done", "completed", "ended",
    "closed", "dropped", "cancelled", "abandoned", "retired", "inactive", "archived", "expired",
)  # fmt: skip
TIE_STATUSES = (
    "draft", "planned", "proposed", "active", "paused", "accepted", "declined", "refused", "rejected", "withdrawn",
    "ended", "closed", "dropped", "cancelled", "retired", "inactive", "archived", "expired",
)  # fmt: skip
TIE_KINDS = ("working_group", "hand_off", "liaison")
Row = Mapping[str, Any]


def read_organisation(plain: object) -> Organisation:
    """Reads the plain layout of METHOD section 2.

    Raises MalformedOrganisation with the path of the first bad value. Input order does not matter afterwards.
    """
    if isinstance(plain, Organisation):
        return plain
    if not isinstance(plain, Mapping):
        raise MalformedOrganisation("organisation", f"{type(plain).__name__} is not an object.")
    with uncollected():
        reader = Reader(plain)
        account_rows = reading.identified(plain.get("accounts"), "accounts")
        objective_rows = reading.identified(plain.get("objectives"), "objectives")
        tie_rows = reading.identified(plain.get("ties"), "ties")
        reader.objective_ids = {key for _, key, _ in objective_rows}
        seen = [reader.account(*row) for row in account_rows]
        wanted = [reader.objective(*row) for row in objective_rows]
        accounts = [row for row in seen if row["status"] in VISIBLE]
        objectives = [row for row in wanted if row["live"]]
        live = {row["id"]: at for at, row in enumerate(objectives)}
        ties = tuple(reader.tie(*row, live) for row in tie_rows)
        platforms = named({row["platform"] for row in accounts}, *(tie.platforms for tie in ties))
        benefits = named({row["benefit"] for row in objectives}, *(tie.benefits for tie in ties))
        columns = account_columns(accounts, platforms, live), objective_columns(objectives, benefits)
        return reader.organisation(platforms, benefits, *columns, ties)


def named(used: Iterable[str], *filters: Iterable[str] | None) -> tuple[str, ...]:
    """Platforms or benefits that records use or agreements name, sorted."""
    return tuple(sorted({*used, *(name for names in filters if names is not None for name in names)}))


def account_columns(rows: Sequence[Row], platforms: Sequence[str], live: Mapping[str, int]) -> Accounts:
    """Records of accounts as columns."""
    at_platform = {platform: at for at, platform in enumerate(platforms)}
    return Accounts(
        ids=tuple(row["id"] for row in rows),
        handles=tuple(row["handle"] for row in rows),
        platform=np.array([at_platform[row["platform"]] for row in rows], dtype=np.int64),
        objectives=ragged([sorted(live[key] for key in set(row["objectives"]) if key in live) for row in rows]),
        last_post=np.array([row["last_post"].toordinal() if row["last_post"] else 0 for row in rows], dtype=np.int64),
        marked_dormant=_flags(row["status"] == "dormant" for row in rows),
        contact=_flags(row["contact"] for row in rows),
        listening=_flags(row["listening_on"] for row in rows),
        gets=_flags(row["audience_gets"] for row in rows),
        **_places(rows),
    )


def objective_columns(rows: Sequence[Row], benefits: Sequence[str]) -> Objectives:
    """Records of objectives as columns."""
    at_benefit = {benefit: at for at, benefit in enumerate(benefits)}
    return Objectives(
        ids=tuple(row["id"] for row in rows),
        benefit=np.array([at_benefit[row["benefit"]] for row in rows], dtype=np.int64),
        **_places(rows),
    )


def _places(rows: Sequence[Row]) -> dict[str, Any]:
    return {
        **{field: ragged([row[field] for row in rows]) for field in ("owners", "audiences", "markets")},
        "by_default": _flags(row["placed_by"] for row in rows),
    }


def _flags(values: Iterable[object]) -> Flags:
    return np.array([bool(value) for value in values], dtype=bool)


class Reader:
    """Reads records one by one, drops unknown ids from their lists and counts them.

    Accounts and objectives may come from elsewhere as columns. `objective_ids` (all of them) is set before records that
    name objectives are read.
    """

    def __init__(self, plain: Row) -> None:
        as_of = reading.day(plain, "as_of", "")
        if as_of is None:
            raise MalformedOrganisation("as_of", "is missing.")
        self.as_of: date = as_of
        self.catalogue = catalogues.catalogue(plain.get("catalogue"))
        self.departments = _departments(plain.get("departments"))
        self.policy = policies.policy(plain.get("policy"))
        active = sorted(key for key, department in self.departments.items() if department.active)
        self.active = {key: at for at, key in enumerate(active)}
        self.objective_ids: set[str] = set()
        self.unknown_in: list[str] = []
        self.record = ""
        self._leaves: dict[tuple[bool, tuple[str, ...]], tuple[int, ...]] = {}
        self._everywhere = tuple(range(len(self.catalogue.markets.leaves)))

    def organisation(
        self,
        platforms: tuple[str, ...],
        benefits: tuple[str, ...],
        accounts: Accounts,
        objectives: Objectives,
        ties: tuple[DeclaredTie, ...],
    ) -> Organisation:
        """All of it together."""
        return Organisation(
            as_of=self.as_of,
            policy=self.policy,
            catalogue=self.catalogue,
            departments=self.departments,
            platforms=platforms,
            benefits=benefits,
            accounts=accounts,
            objectives=objectives,
            ties=ties,
            unknown_in=tuple(sorted(self.unknown_in)),
        )

    def account(self, path: str, key: str, row: Row) -> Row:
        self.record = f"account:{key}"
        return {
            "id": key,
            "platform": reading.required_text(row, "platform", path),
            "handle": reading.text(row, "handle", path),
            "status": reading.choice(row, "status", path, ACCOUNT_STATUSES, "active"),
            "owners": self._owners(row, path),
            "audiences": self._expanded(self.catalogue.audiences, reading.ids(row, "audiences", path)),
            "markets": self._markets(row, path),
            "objectives": self._objectives(row, path),
            "last_post": reading.day(row, "last_post", path),
            "contact": reading.text(row, "contact", path).strip(),
            "placed_by": reading.text(row, "placed_by", path),
            "listening_on": reading.day(row, "listening_on", path),
            "audience_gets": reading.text(row, "audience_gets", path).strip(),
        }

    def objective(self, path: str, key: str, row: Row) -> Row:
        self.record = f"objective:{key}"
        owners = self._owners(row, path)
        active = reading.choice(row, "status", path, OBJECTIVE_STATUSES, "active") == "active"
        return {
            "id": key,
            "benefit": reading.required_text(row, "benefit", path),
            "owners": owners,
            "audiences": self._expanded(self.catalogue.audiences, reading.ids(row, "audiences", path)),
            "markets": self._markets(row, path),
            "live": self._current(row, path) and active and bool(owners),
            "placed_by": reading.text(row, "placed_by", path),
        }

    def tie(self, path: str, key: str, row: Row, live: Mapping[str, int]) -> DeclaredTie:
        """live: the positions of the objectives that count."""
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
            objectives=tuple(sorted(live[o] for o in set(self._objectives(row, path)) if o in live)),
            audiences=None if audiences is None else self._expanded(self.catalogue.audiences, audiences),
            markets=None if markets is None else self._expanded(self.catalogue.markets, markets),
            platforms=reading.optional_ids(row, "platforms", path),
            benefits=reading.optional_ids(row, "benefits", path),
        )

    def _count(self, unknown: int) -> None:
        if unknown:
            self.unknown_in.extend([self.record] * unknown)

    def _current(self, row: Row, path: str) -> bool:
        """Today is within the dates, both end days included."""
        starts, ends = reading.day(row, "starts", path), reading.day(row, "ends", path)
        return (starts is None or starts <= self.as_of) and (ends is None or self.as_of <= ends)

    def _owners(self, row: Row, path: str) -> tuple[int, ...]:
        named = reading.ids(row, "departments", path)
        known = [key for key in named if key in self.departments]
        self._count(len(named) - len(known))
        return tuple(self.active[key] for key in dict.fromkeys(known) if key in self.active)

    def _objectives(self, row: Row, path: str) -> list[str]:
        named = reading.ids(row, "objectives", path)
        known = [key for key in named if key in self.objective_ids]
        self._count(len(named) - len(known))
        return known

    def _markets(self, row: Row, path: str) -> tuple[int, ...]:
        """Where a record is seen: no market named is all of them, only unknown ones named is none."""
        named = reading.ids(row, "markets", path)
        return self._expanded(self.catalogue.markets, named) if named else self._everywhere

    def _expanded(self, tree: Tree, named: tuple[str, ...]) -> tuple[int, ...]:
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
