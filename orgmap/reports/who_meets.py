"""Before an account is registered: who meets these people there already, and how much is agreed. METHOD 1.2 to 1.4."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from channels.models import Account, Platform
from channels.querysets import AccountQuerySet
from departments.models import Audience, Department, Market
from orgmap.reports.footprint import ACCOUNTS, Catalogue, Record, catalogue, records
from orgmap.reports.meeting_kept import kept_level
from orgmap.reports.models import Snapshot
from orgmap.reports.neighbours import Neighbour, on_places
from orgmap.reports.reading import changes_since

LOOKED_AT = 3_000
"""So many accounts of the platform are compared place by place."""
ACCOUNTS_SHOWN = 5
DEPARTMENTS_SHOWN = 5


@dataclass(frozen=True)
class Wish:
    """The account that would be: whose, whom it speaks to, where, on which platform."""

    department: Department
    platform: str
    audiences: Sequence[int]
    markets: Sequence[int]

    @property
    def token(self) -> str:
        """Tells whether the page has shown the answer to this wish."""
        parts = (self.department.pk, self.platform, sorted(self.audiences), sorted(self.markets))
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class There:
    """An account that meets some of the same people on the same platform."""

    account: Account
    places: int
    own: bool
    """The department runs it already."""
    agreed: float | None
    """How much of what its owner shares is agreed; None within one line of the tree, where nothing needs agreeing."""


@dataclass(frozen=True)
class Meeting:
    """Who is there already."""

    token: str = ""
    places: int = 0
    """Places that the account would add on its platform; 0 when nobody said whom it is for."""
    accounts: list[There] = field(default_factory=list)
    more_accounts: int = 0
    at_least: bool = False
    """There are more accounts than were compared."""
    departments: list[Neighbour] = field(default_factory=list)
    more_departments: int = 0
    report: Snapshot | None = None
    """The report that says which departments; None: they were counted live."""
    changes: int = 0
    """Changes that it has not seen."""
    audience: Audience | None = None
    """The audience, and the market, where it is only one: all of them can be listed then."""
    market: Market | None = None
    everywhere: int = 0
    """Markets that it would count for because nobody said where it speaks."""

    @property
    def accounts_in_all(self) -> int:
        return len(self.accounts) + self.more_accounts

    @property
    def departments_in_all(self) -> int:
        return len(self.departments) + self.more_departments

    @property
    def anybody(self) -> bool:
        return bool(self.accounts or self.departments)


def who_meets(wish: Wish, as_of: date) -> Meeting:
    """Accounts and departments that meet the people whom an account is to speak to."""
    words = catalogue()
    audiences = wish.audiences or words.default_audiences.get(wish.department.pk, ())
    markets = wish.markets or words.default_markets.get(wish.department.pk, ())
    record = Record(
        0,
        ACCOUNTS,
        wish.platform,
        (wish.department.pk,),
        words.audiences.expand(audiences),
        words.markets.expand(markets) if markets else words.everywhere,
    )
    places = set(record.places(words))
    if not places:
        return Meeting(token=wish.token)
    reaching = [node for node, leaves in words.audiences.leaves.items() if leaves & record.audiences]
    level = kept_level(reaching)
    met, total = on_places(wish.department, as_of, places, DEPARTMENTS_SHOWN, words=words, kept=level)
    there, found, all_compared = accounts_there(
        wish, record, words, as_of, reaching, {one.department.pk: one for one in met}
    )
    return Meeting(
        token=wish.token,
        places=len(places) // 2,
        accounts=there[:ACCOUNTS_SHOWN],
        more_accounts=max(0, found - ACCOUNTS_SHOWN),
        at_least=not all_compared,
        departments=met[:DEPARTMENTS_SHOWN],
        more_departments=max(0, total - DEPARTMENTS_SHOWN),
        report=level.snapshot if level else None,
        changes=changes_since(level.snapshot) if level else 0,
        audience=Audience.objects.get(pk=audiences[0]) if len(audiences) == 1 else None,
        market=Market.objects.get(pk=markets[0]) if len(markets) == 1 else None,
        everywhere=0 if markets or len(words.everywhere) < 2 else len(words.everywhere),
    )


def accounts_there(
    wish: Wish, record: Record, words: Catalogue, as_of: date, reaching: Sequence[int], met: dict[int, Neighbour]
) -> tuple[list[There], int, bool]:
    """Running accounts on the platform that meet some of them, most shared places first, how many there are, and
    whether all were compared."""
    accounts: AccountQuerySet = Account.objects.running()
    on_platform = accounts.filter(platform__in=Platform.objects.filter(code=wish.platform))
    pks = list(on_platform.speaking_to(reaching).order_by("pk").values_list("pk", flat=True)[:LOOKED_AT])
    shared = {}
    for one in records(ACCOUNTS, words, pks=pks, as_of=as_of) if pks else ():
        if both := len(one.audiences & record.audiences) * len(one.markets & record.markets):
            shared[one.pk] = both
    first = sorted(shared, key=lambda pk: (-shared[pk], pk))[:ACCOUNTS_SHOWN]
    rows = Account.objects.filter(pk__in=first).select_related("platform").prefetch_related("sides__department")
    by_pk = rows.in_bulk()
    line = set(Department.objects.order_by().above(wish.department.pk).values_list("pk", flat=True))
    line |= set(Department.objects.order_by().below(wish.department.pk).values_list("pk", flat=True))
    found = []
    for pk in first:
        sides = sorted(by_pk[pk].sides.all(), key=lambda side: side.position)
        owner = sides[0].department_id if sides else None
        agreed: float | None = None
        if owner is not None and owner not in line:
            agreed = met[owner].coverage if owner in met else 0.0
        own = any(side.department_id == wish.department.pk for side in sides)
        found.append(There(by_pk[pk], shared[pk], own, agreed))
    return found, len(shared), len(pks) < LOOKED_AT
