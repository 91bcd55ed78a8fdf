"""Loading the demo organisation into an empty database, all of it or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from channels.models import Account, Holder, ImportBatch
from departments.models import Audience, Department, Market, Objective, Tie
from orgmap.core.errors import DomainError
from orgmap.demo import lifecycle, people, places, purposes
from orgmap.demo.asking import ask_owners
from orgmap.demo.organisation.accounts import ACCOUNTS
from orgmap.demo.organisation.catalogue import AUDIENCES, MARKETS
from orgmap.demo.organisation.closings import CLOSINGS
from orgmap.demo.organisation.departments import DEPARTMENTS
from orgmap.demo.organisation.objectives import OBJECTIVES
from orgmap.demo.organisation.requests import REQUESTS
from orgmap.demo.organisation.ties import INTENDED, TIES
from orgmap.history.services import because
from orgmap.reports.models import IntendedOverlap
from orgmap.users.models import User

REASON = "demo organisation"


class NotEmpty(DomainError):
    """The database holds an organisation already."""


@dataclass(frozen=True)
class Counts:
    """How much of each noun the map holds."""

    departments: int
    accounts: int
    objectives: int
    ties: int

    def __str__(self) -> str:
        return (
            f"{self.departments:,} departments, {self.accounts:,} accounts, {self.objectives:,} objectives "
            f"and {self.ties:,} agreements"
        )


def is_loaded() -> bool:
    """Whether the demo organisation stands here: its root by slug, and its lead by address."""
    return Department.objects.filter(slug=DEPARTMENTS[0].slug).exists() and User.objects.filter(
        email__in=people.LOGINS
    ).count() == len(people.LOGINS)


def is_empty() -> bool:
    """Whether the database holds nothing but the catalogue and users."""
    return not any(model.objects.exists() for model in (Department, Account, Objective, Tie, ImportBatch))


def counts() -> Counts:
    return Counts(
        departments=Department.objects.count(),
        accounts=Account.objects.count(),
        objectives=Objective.objects.count(),
        ties=Tie.objects.count(),
    )


def refuse_unless_empty() -> None:
    if not is_empty():
        raise NotEmpty(
            f"The database holds {counts()} already. A demo organisation is loaded into an empty database only: "
            "name another one in DATABASE_URL, or another folder in ORGMAP_DATA."
        )


@transaction.atomic
def load_demo(*, today: date, password: str) -> Counts:
    """Write Skerry & Fell as of a day: dates count from it, everything else is always the same."""
    refuse_unless_empty()
    with because(by=None, reason=REASON):
        audiences = purposes.add_categories(Audience, AUDIENCES)
        markets = purposes.add_categories(Market, MARKETS)
        departments = purposes.add_departments(DEPARTMENTS, audiences, markets, today)
        users = people.add_people(DEPARTMENTS, departments, password)
        heads = {row.slug: users[row.head] for row in DEPARTMENTS if row.head}
        objectives = purposes.add_objectives(OBJECTIVES, departments, audiences, markets, heads, today)
        purposes.add_ties(TIES, departments, objectives, heads, today)
        staff = {row.slug: row for row in DEPARTMENTS}
        accounts = places.add_accounts(ACCOUNTS, staff, departments, audiences, markets, objectives, users, today)
        lifecycle.add_closings(CLOSINGS, accounts, users, today)
        lifecycle.add_requests(REQUESTS, departments, audiences, markets, objectives, users, today)
        add_intended(departments, users, today)
        add_oversights(today)
    ask_owners(users[people.LOGINS["lead@demo.example"][0]], today)
    return counts()


def add_oversights(today: date) -> None:
    """Where an agency's contract has ended, its people still hold the keys alone; who left is still named."""
    ended = Account.objects.running().exclude(agency="").filter(contract_ends_on__lt=today)
    Holder.objects.filter(account__in=ended).update(employer=Holder.Employer.AGENCY)
    User.objects.filter(name__in=people.LEFT).update(is_active=False)


def add_intended(departments: Mapping[str, Department], users: Mapping[str, User], today: date) -> None:
    """The overlaps that somebody wants."""
    lead = users[people.LOGINS["lead@demo.example"][0]]
    IntendedOverlap.objects.bulk_create(
        IntendedOverlap(
            a=departments[min(row.a, row.b)],
            b=departments[max(row.a, row.b)],
            reason=row.reason,
            review_on=today + timedelta(row.until),
            by=lead,
        )
        for row in INTENDED
    )
