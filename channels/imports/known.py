"""What a plan must know of the map, fetched in a few queries."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Protocol

from channels.models import Account, AccountAudience, AccountDepartment, AccountMarket, Metric, Platform
from channels.platforms import FURTHER, PLATFORMS, PlatformSpec
from departments.labels import DepartmentIndex, KnownDepartment, key
from departments.models import Audience, Benefit, Department, Market, Objective, Tie

AccountKey = tuple[str, str]
FIELDS_OF_ACCOUNTS = (
    "name",
    "says",
    "why_care",
    "rhythm",
    "reply_promise",
    "language",
    "contact",
    "agency",
    "contract_ends_on",
    "custody",
    "tags",
    "notes",
    "status",
    "retired_on",
    "is_verified",
    "opened_on",
    "last_post_on",
    "last_attested_on",
    "address",
)
BUILT_IN = {spec.id for spec in (*PLATFORMS, *FURTHER)}


@dataclass(slots=True)
class KnownAccount:
    """An account of the map with what a list can change of it."""

    pk: int
    fields: dict[str, Any]
    sides: tuple[int, ...] = ()
    audiences: set[int] = field(default_factory=set)
    markets: set[int] = field(default_factory=set)


class World(Protocol):
    """What is on the map, as a plan asks for it. Tests may answer from memory."""

    today: date
    allowed: frozenset[int] | None
    """The departments whose rows may be written; None means all."""

    @property
    def index(self) -> DepartmentIndex: ...
    @property
    def platforms(self) -> tuple[PlatformSpec, ...]: ...
    def accounts(self, keys: Collection[AccountKey]) -> dict[AccountKey, KnownAccount]: ...
    def metrics(self, accounts: Collection[int]) -> dict[tuple[int, str, date], tuple[int, int]]: ...
    def codes(self, what: str) -> dict[str, tuple[int, str]]: ...
    def objectives(self) -> list[Any]: ...
    def ties(self) -> list[Any]: ...


@dataclass
class Map:
    """The map in the database."""

    today: date
    allowed: frozenset[int] | None = None

    @cached_property
    def index(self) -> DepartmentIndex:
        """All departments by all their names."""
        rows = Department.objects.order_by("pk").values_list(
            "pk",
            "name",
            "slug",
            "acronym",
            "aliases",
            "parent_id",
            "purpose",
            "process",
            "website",
            "status",
            "successor_id",
        )
        return DepartmentIndex.of(
            KnownDepartment(
                pk,
                name,
                slug,
                acronym,
                tuple(aliases),
                parent,
                purpose,
                process,
                website,
                status == "closed",
                successor,
            )
            for pk, name, slug, acronym, aliases, parent, purpose, process, website, status, successor in rows
        )

    @cached_property
    def platforms(self) -> tuple[PlatformSpec, ...]:
        """The catalogue's further platforms, then those that the lead has added with hosts or labels."""
        return (*FURTHER, *(own_platform(row) for row in Platform.objects.exclude(code__in=BUILT_IN).order_by("pk")))

    def accounts(self, keys: Collection[AccountKey]) -> dict[AccountKey, KnownAccount]:
        """Those of the accounts that are on the map."""
        wanted = set(keys)
        rows = Account.objects.filter(handle_key__in=sorted({handle for _, handle in wanted})).values_list(
            "pk", "platform__code", "handle_key", *FIELDS_OF_ACCOUNTS
        )
        found = {
            (row[1], row[2]): KnownAccount(row[0], dict(zip(FIELDS_OF_ACCOUNTS, row[3:], strict=True)))
            for row in rows.iterator(chunk_size=5000)
            if (row[1], row[2]) in wanted
        }
        by_pk = {account.pk: account for account in found.values()}
        self._add_sides(by_pk)
        return found

    def _add_sides(self, accounts: dict[int, KnownAccount]) -> None:
        pks = list(accounts)
        if not pks:
            return
        sides = AccountDepartment.objects.filter(account__in=pks).order_by("account_id", "position", "pk")
        for account, department in sides.values_list("account_id", "department_id").iterator(chunk_size=5000):
            accounts[account].sides += (department,)
        for account, audience in AccountAudience.objects.filter(account__in=pks).values_list(
            "account_id", "audience_id"
        ):
            accounts[account].audiences.add(audience)
        for account, market in AccountMarket.objects.filter(account__in=pks).values_list("account_id", "market_id"):
            accounts[account].markets.add(market)

    def metrics(self, accounts: Collection[int]) -> dict[tuple[int, str, date], tuple[int, int]]:
        """Record and value of each figure of these accounts, by account, name and day."""
        rows = Metric.objects.filter(account__in=list(accounts)).values_list("account_id", "name", "on", "pk", "value")
        return {(row[0], row[1], row[2]): (row[3], row[4]) for row in rows.iterator(chunk_size=5000)}

    def codes(self, what: str) -> dict[str, tuple[int, str]]:
        """Records of the catalogue by code and by name: their number and code."""
        if what == "platforms":
            return by_code_and_name(Platform.objects.values_list("pk", "code", "name"))
        models: dict[str, type[Audience | Market | Benefit]] = {
            "audiences": Audience,
            "markets": Market,
            "benefits": Benefit,
        }
        model = models[what]
        return by_code_and_name((row.pk, row.code, row.name) for row in model._default_manager.all())

    def objectives(self) -> list[Any]:
        """All objectives with their sides."""
        return list(
            Objective.objects.select_related("benefit").prefetch_related("sides", "audiences", "markets").order_by("pk")
        )

    def ties(self) -> list[Any]:
        """All agreements with their sides and objectives."""
        return list(Tie.objects.prefetch_related("sides", "objectives").order_by("pk"))


def by_code_and_name(rows: Iterable[tuple[int, str, str]]) -> dict[str, tuple[int, str]]:
    """Number and code by normalised code and name; a code goes before a name."""
    found: dict[str, tuple[int, str]] = {}
    listed = list(rows)
    for pk, code, _ in listed:
        found[key(code)] = (pk, code)
    for pk, code, name in listed:
        found.setdefault(key(name), (pk, code))
    return found


def own_platform(platform: Platform) -> PlatformSpec:
    """A platform that the lead added: the first part of the path at its hosts is the handle."""
    hosts = tuple(host.strip().lower().removeprefix("www.") for host in platform.hosts)
    return PlatformSpec(
        id=platform.code,
        name=platform.name,
        home=f"https://{hosts[0]}/" if hosts else "",
        hosts=hosts,
        labels=tuple(platform.labels),
        past=platform.is_past,
        case="keep" if platform.case_sensitive else "fold",
        addresses={"profile": f"https://{hosts[0]}/{{handle}}"} if hosts else {},
    )
