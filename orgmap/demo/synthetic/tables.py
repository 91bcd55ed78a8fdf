"""From a drawn organisation to the rows of the database, table by table."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from channels.models import (
    Account,
    AccountAudience,
    AccountDepartment,
    AccountMarket,
    AccountObjective,
    Holder,
    Metric,
)
from channels.platforms import address_of, handle_key
from departments.models import Department, Membership, Objective, ObjectiveDepartment, Tie, TieSide, WorkingGroup
from departments.models.department import DefaultAudience
from departments.models.objective import ObjectiveAudience, ObjectiveMarket
from departments.models.tie import TieObjective
from orgmap.demo.synthetic.copying import copy, reserve
from orgmap.demo.synthetic.drawing import KINDS, Drawn
from orgmap.users.models import Role, User

MAIL = "synthetic.example"

WRITTEN = (
    Department, DefaultAudience, User, Membership, Objective, ObjectiveDepartment, ObjectiveAudience, ObjectiveMarket,
    Account, AccountDepartment, AccountAudience, AccountMarket, AccountObjective, Holder, Metric,
    Tie, TieSide, TieObjective, WorkingGroup,
)  # fmt: skip
"""Whose rows the planner must count anew."""


@dataclass(frozen=True)
class Catalogue:
    """Primary keys by code."""

    audiences: Mapping[str, int]
    markets: Mapping[str, int]
    benefits: Mapping[str, int]
    platforms: Mapping[str, int]


@dataclass(frozen=True)
class Writer:
    """Writes a drawn organisation as of a day; ``tell`` hears how far it is."""

    drawn: Drawn
    catalogue: Catalogue
    today: date
    tell: Callable[[str], None]

    def ago(self, days: int | None) -> date | None:
        return None if days is None else self.today - timedelta(days)

    def departments(self, root: int) -> int:
        """All but the root, which stands already; returns the primary key of the first."""
        nodes = self.drawn.departments
        first = reserve(Department, len(nodes) - 1) - 1 if len(nodes) > 1 else root

        def key(number: int) -> int:
            return first + number if number else root

        copy(
            Department,
            "id name slug acronym aliases parent process purpose website status closed_on no_account_reason",
            (
                (
                    key(node.number), node.name, f"{node.slug}-{node.number}", "", [], key(node.parent), node.process,
                    f"{node.name} does its part of the work.", "", "closed" if node.closed else "active",
                    self.ago(200) if node.closed else None, "",
                )
                for node in nodes[1:]
                if node.parent is not None
            ),
        )  # fmt: skip
        copy(
            DefaultAudience,
            "department audience",
            (
                (key(node.number), self.catalogue.audiences[node.default_audience])
                for node in nodes
                if node.default_audience
            ),
        )
        self.tell(f"{len(nodes):,} departments")
        return first

    def heads(self, first: int, demo_head: User) -> None:
        """A head for two departments of three; the first division's is the demo head."""
        headed = [node for node in self.drawn.departments[1:] if node.has_head and not node.closed]
        others = headed[1:]
        user = reserve(User, len(others))
        copy(
            User,
            "id email name role is_active is_superuser password",
            (
                (user + at, f"head{node.number}@{MAIL}", f"Head of {node.name}", Role.HEAD.value, True, False, "!")
                for at, node in enumerate(others)
            ),
        )
        keys = [demo_head.pk, *range(user, user + len(others))]
        copy(
            Membership,
            "user department role",
            ((key, first + node.number, "head") for key, node in zip(keys, headed, strict=False)),
        )
        self.tell(f"{len(headed):,} heads")

    def objectives(self, department: Callable[[int], int]) -> int:
        rows = self.drawn.objectives
        first = reserve(Objective, len(rows))
        copy(
            Objective,
            "id statement benefit measure unit baseline target current starts_on ends_on status notes",
            (
                (
                    first + at, f"Objective {at + 1} of {self.drawn.departments[row.owners[0]].name}",
                    self.catalogue.benefits[row.benefit], "reached", "people", Decimal(0), Decimal(1000),
                    Decimal(at * 37 % 1000), self.ago(row.since),
                    None if row.until is None else self.ago(-row.until), row.status, "",
                )
                for at, row in enumerate(rows)
            ),
        )  # fmt: skip
        copy(
            ObjectiveDepartment,
            "objective department position",
            (
                (first + at, department(owner), position)
                for at, row in enumerate(rows)
                for position, owner in enumerate(row.owners)
            ),
        )
        audiences, markets = self.catalogue.audiences, self.catalogue.markets
        copy(
            ObjectiveAudience,
            "objective audience",
            ((first + at, audiences[code]) for at, row in enumerate(rows) for code in row.audiences),
        )
        copy(
            ObjectiveMarket,
            "objective market",
            ((first + at, markets[code]) for at, row in enumerate(rows) for code in row.markets),
        )
        self.tell(f"{len(rows):,} objectives")
        return first

    def accounts(self, department: Callable[[int], int], objective: int) -> None:
        rows = self.drawn.accounts
        first = reserve(Account, len(rows))
        copy(
            Account,
            (
                "id platform handle handle_key kind address name says why_care rhythm reply_promise language contact "
                "agency custody tags notes status is_public is_verified opened_on last_post_on last_attested_on "
                "retired_on retired_reason"
            ),
            (
                (
                    first + at, self.catalogue.platforms[row.platform], row.handle,
                    handle_key(row.platform, row.handle, kind), kind,
                    address_of(row.platform, row.handle, kind) or "", row.name,
                    "news and answers" if row.objectives else "", "", "weekly" if row.objectives else "", "", "English",
                    f"mail@{MAIL}" if row.has_contact else "", "", "", [], "", row.status, True, False,
                    self.ago(row.opened), self.ago(row.post), self.ago(row.attested),
                    self.ago(row.post or 1) if row.status == "retired" else None, "",
                )
                for at, row in enumerate(rows)
                for kind in (KINDS.get(row.platform, "profile"),)
            ),
        )  # fmt: skip
        self.tell(f"{len(rows):,} accounts")
        self.account_links(first, department, objective)
        copy(
            Holder,
            "account name email employer is_primary",
            (
                (first + at, f"Holder {at * 7 % 5000}", f"holder{at * 7 % 5000}@{MAIL}", "staff", key == 0)
                for at, row in enumerate(rows)
                for key in range(row.keys)
            ),
        )
        month = self.today.replace(day=1)
        copy(
            Metric,
            "account name on value",
            (
                (first + at, "followers", month, row.followers)
                for at, row in enumerate(rows)
                if row.followers is not None
            ),
        )
        self.tell("holders and figures of the accounts")

    def account_links(self, first: int, department: Callable[[int], int], objective: int) -> None:
        rows = self.drawn.accounts
        audiences, markets = self.catalogue.audiences, self.catalogue.markets
        copy(
            AccountDepartment,
            "account department position",
            (
                (first + at, department(owner), position)
                for at, row in enumerate(rows)
                for position, owner in enumerate(row.owners)
            ),
        )
        copy(
            AccountAudience,
            "account audience",
            ((first + at, audiences[code]) for at, row in enumerate(rows) for code in row.audiences),
        )
        copy(
            AccountMarket,
            "account market",
            ((first + at, markets[code]) for at, row in enumerate(rows) for code in row.markets),
        )
        copy(
            AccountObjective,
            "account objective",
            ((first + at, objective + number) for at, row in enumerate(rows) for number in row.objectives),
        )
        self.tell("departments, audiences, markets and objectives of the accounts")

    def agreements(self, department: Callable[[int], int], objective: int) -> None:
        rows = self.drawn.agreements
        first = reserve(Tie, len(rows))
        copy(
            Tie,
            "id kind title terms contact audiences platforms starts_on ends_on status ended_reason",
            (
                (
                    first + at, row.kind, f"Agreement {at + 1}", "Who answers whom was settled.", "", row.audiences,
                    row.platforms, self.ago(row.since), self.ago(-row.until), row.status, "",
                )
                for at, row in enumerate(rows)
            ),
        )  # fmt: skip
        copy(TieSide, "tie department position answer reason", self.sides(first, department))
        copy(
            TieObjective,
            "tie objective",
            ((first + at, objective + number) for at, row in enumerate(rows) for number in row.objectives),
        )
        copy(
            WorkingGroup,
            "tie objective lead",
            (
                (
                    first + at,
                    objective + row.objectives[0] if row.objectives else None,
                    department(row.sides[0]),
                )
                for at, row in enumerate(rows)
                if row.kind == "working_group"
            ),
        )
        self.tell(f"{len(rows):,} agreements")

    def sides(self, first: int, department: Callable[[int], int]) -> Iterator[tuple[int, int, int, str, str]]:
        """The sides of the agreements: of a proposed one the first has accepted, of a declined one the last has not."""
        for at, row in enumerate(self.drawn.agreements):
            for position, side in enumerate(row.sides):
                answer = "accepted"
                if position and row.status == "proposed":
                    answer = "waiting"
                elif position and row.status == "declined":
                    answer = "declined"
                yield first + at, department(side), position, answer, ""
