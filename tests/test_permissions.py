"""The table of docs/permissions.md, asked page by page and person by person."""

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pghistory
import pytest
from django.conf import settings
from django.db import transaction
from django.db.models import Model
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from channels.models import (
    Account,
    AccountRequest,
    BulkChange,
    Campaign,
    Closing,
    Decision,
    Export,
    Finding,
    Holder,
    ImportBatch,
    SavedView,
    Suggestion,
)
from channels.services import begin_campaign
from departments.models import Department, Objective, ObjectiveInvitation, Tie, WorkingGroup
from orgmap.api.models import Token, digest_of
from orgmap.history.models import UndoJob
from orgmap.history.services import because
from orgmap.reports.doors import level, levels
from orgmap.reports.models import IntendedOverlap, Snapshot
from orgmap.reports.services.freeze import name_report
from orgmap.reports.services.report_file import finish, request_file
from orgmap.reports.services.requests import request_rollup
from orgmap.reports.services.rollup import run_rollup
from orgmap.reports.services.share import share_report
from orgmap.users.models import Notice, User
from tests import build, emptying

PEOPLE = ("lead", "head, own", "head, foreign", "executive", "staff", "outside")
ROLES = ("lead", "head", "executive", "staff", "outside")
OURS = {"reports", "departments", "channels", "users"}
WITH_SNAPSHOT = {
    f"reports:{name}"
    for name in (
        "report_detail",
        "report_name",
        "report_difference",
        "place_list",
        "pair_detail",
        "unit_detail",
        "step_list",
        "known_list",
        "sprawl_list",
        "pair_list",
        "benefit_list",
        "division_detail",
        "report_pdf",
        "shared_list",
        "shared_report",
        "shared_withdraw",
        "report_pdf_download",
    )
}
ENDING = {
    "channels:campaign_end",
    "channels:import_discard",
    "channels:account_holder_release",
    "reports:intended_withdraw",
}
"""The record is gone afterwards: it is there again for everyone."""


def tables() -> list[list[list[str]]]:
    """The cells of both tables: our pages by name, and the routes of libraries, the API and health."""
    text = (Path(settings.BASE_DIR) / "docs" / "permissions.md").read_text()
    return [
        [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in block.splitlines()]
        for block in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE)
    ]


def table() -> list[tuple[str, str, dict[str, int]]]:
    """Page, method, and the answer for each person."""
    rows = tables()[0]
    assert tuple(rows[0][2:]) == PEOPLE
    return [(row[0], row[1], dict(zip(PEOPLE, map(int, row[2:]), strict=True))) for row in rows[2:]]


def routes_of_libraries() -> list[tuple[str, str, str, dict[str, int]]]:
    """Route, the address that is asked, method, and the answer for each role."""
    rows = tables()[1]
    assert tuple(rows[0][3:]) == ROLES
    return [(row[0], row[1], row[2], dict(zip(ROLES, map(int, row[3:]), strict=True))) for row in rows[2:]]


def routes(resolver: URLResolver, namespace: str = "", above: str = "") -> set[str]:
    """The routes of all pages that are not ours."""
    found: set[str] = set()
    for entry in resolver.url_patterns:
        route = f"{above}{entry.pattern}"
        if isinstance(entry, URLResolver):
            found |= routes(entry, entry.namespace or namespace, route)
        elif namespace not in OURS:
            found.add(route)
    return found


def pages(resolver: URLResolver, namespace: str = "") -> set[str]:
    """The names of all pages of ours."""
    found: set[str] = set()
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            found |= pages(entry, entry.namespace or namespace)
        elif isinstance(entry, URLPattern) and namespace in OURS:
            found.add(f"{namespace}:{entry.name}")
    return found


class World:
    """Two departments, each with a record of every kind."""

    def __init__(self) -> None:
        self.own, self.foreign = build.department(), build.department()
        self.records: dict[tuple[type[Model], bool], Model] = {}
        self.head = build.user(head_of=self.own)
        other_head = build.user(head_of=self.foreign)
        self.actions: dict[bool, UUID] = {}
        partner = self.partner = build.department()
        for mine, department, person in ((True, self.own, self.head), (False, self.foreign, other_head)):
            audience = build.audience()
            objective = build.objective(departments=[department, partner], audiences=[audience])
            self.records |= {
                (Department, mine): department,
                (Objective, mine): objective,
                (Account, mine): build.account(
                    departments=[department, partner], audiences=[audience], objectives=[objective]
                ),
                (ObjectiveInvitation, mine): ObjectiveInvitation.objects.create(
                    objective=build.objective(departments=[partner]), department=department
                ),
                (Tie, mine): build.tie(department, partner, status="proposed"),
                (WorkingGroup, mine): build.tie(department, partner, kind="working_group"),
                (User, mine): build.user(),
                (Decision, mine): Decision.objects.create(by=person, what="waive"),
                (SavedView, mine): SavedView.objects.create(owner=person, name="mine"),
                (AccountRequest, mine): build.account_request(department),
                (BulkChange, mine): BulkChange.objects.create(by=person, what="tag"),
                (Export, mine): Export.objects.create(by=person, content=b"a file", state="done"),
                (UndoJob, mine): UndoJob.objects.create(by=person, context=uuid4()),
                (ImportBatch, mine): ImportBatch.objects.create(kind="accounts", filename="list.csv", by=person),
                (IntendedOverlap, mine): IntendedOverlap.objects.create(
                    a=department, b=build.department(), reason="on purpose", review_on=timezone.localdate()
                ),
            }
            self.records[Notice, mine] = Notice.objects.create(
                user=person, kind="test", subject="x", link="/", made_at=timezone.now()
            )
            account = self.records[Account, mine]
            self.records[Campaign, mine] = begin_campaign(
                by=None, name="Summer", scope="all", accounts=[account.pk], due_on=timezone.localdate(),
                today=timezone.localdate(), now=timezone.now(),
            )  # fmt: skip
            self.records |= {
                (Finding, mine): build.finding("no-contact", account=account),
                (Holder, mine): Holder.objects.create(account=account, name="Ann"),
                (Closing, mine): build.closing(account),  # type: ignore[arg-type]
                (Suggestion, mine): Suggestion.objects.create(account=account, field="says", typed=["x"], said="x"),
            }
        for mine in (True, False):
            with because(by=None), pghistory.context() as context:
                Account.objects.filter(pk=self.records[Account, mine].pk).update(says="something else")
            self.actions[mine] = context.id
        with because(by=None):  # what follows in the same transaction belongs to the last action
            build.audience("the rest")
        self.sessions = {who: self.sign_in(who) for who in PEOPLE}

    def sign_in(self, who: str) -> str:
        """The session of somebody, or none of whoever is outside."""
        if who == "outside":
            return ""
        client = Client()
        client.force_login(self.head if who.startswith("head") else build.user(who))
        return client.cookies[settings.SESSION_COOKIE_NAME].value

    def client(self, who: str) -> Client:
        """The browser of somebody, who is signed in."""
        client = Client()
        client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[who]
        return client

    def address(self, page: str, *, mine: bool) -> str:
        """The address of a page, about a record of the own or the foreign department."""
        noun = page.partition(":")[2].partition("_")[0]
        kinds: dict[str, type[Model]] = {
            "account": Account,
            "objective": Objective,
            "invitation": ObjectiveInvitation,
            "tie": Tie,
            "group": WorkingGroup,
            "import": ImportBatch,
            "person": User,
            "intended": IntendedOverlap,
            "suggestion": Suggestion,
            "bulk": BulkChange,
            "decision": Decision,
            "finding": Finding,
            "export": Export,
            "undo": UndoJob,
            "request": AccountRequest,
            "view": SavedView,
            "notice": Notice,
            "campaign": Campaign,
        }
        if page == "reports:intended_new":
            department = self.own if mine else self.foreign
            return f"{reverse(page)}?a={department.slug}&b={self.partner.slug}"
        if page == "channels:account_merge":
            twin = build.account(departments=[self.own if mine else self.foreign])
            return f"{reverse(page, args=[self.records[Account, mine].pk])}?kept={twin.pk}"
        if page == "channels:audit_rule":
            return reverse(page, args=["silent"])
        further = {
            "channels:account_word": ["says"],
            "channels:request_decide": ["declined"],
            "channels:account_suggest": ["says"],
            "channels:department_suggest": ["purpose"],
            "channels:account_holder": [self.records[Holder, mine].pk],
            "channels:attest_link": ["a-link-that-is-old"],
            "channels:account_holder_release": [self.records[Holder, mine].pk],
        }.get(page, [])
        with contextlib.suppress(NoReverseMatch):
            return reverse(page)
        if noun == "letter":
            return reverse(page, args=["request-approved"])
        if page == "channels:attest_link":
            return reverse(page, args=further)
        if noun == "action":
            return reverse(page, args=[self.actions[mine]])
        if page == "users:mail_detail":
            return reverse(page, args=["1234567890123456789-1"])
        if noun == "department":
            return reverse(page, args=[self.records[Department, mine].slug, *further])  # type: ignore[attr-defined]
        if noun in kinds:
            return reverse(page, args=[self.records[kinds[noun], mine].pk, *further])
        snapshot = self.snapshot()
        pair = sorted([self.own.slug, self.foreign.slug])
        if page in ("reports:shared_report", "reports:shared_withdraw"):
            name_report(snapshot=snapshot, name="Q3 board")
            link = share_report(snapshot=snapshot, by=self.head, now=timezone.now())
            return reverse(page, args=[link.key if page.endswith("report") else link.pk])
        if page == "reports:report_pdf_download":
            file = request_file(snapshot=snapshot, level=level(levels(snapshot), {}), by=self.head, now=timezone.now())
            finish(file=file, content=b"%PDF", now=timezone.now())
        arguments: dict[str, list[Any]] = {
            "reports:pair_detail": [snapshot.pk, *pair],
            "reports:report_difference": [snapshot.pk, snapshot.pk],
            "reports:report_export": [snapshot.pk, "xlsx"],
            "reports:unit_detail": [snapshot.pk, self.own.slug],
            "reports:division_detail": [snapshot.pk, self.own.slug],
            "reports:step_list": [snapshot.pk, "give_objective"],
            "reports:known_list": [snapshot.pk, "accounts_with_contact"],
            "reports:sprawl_list": [snapshot.pk, "dormant"],
        }
        return reverse(page, args=arguments.get(page, [snapshot.pk]))

    def snapshot(self) -> Snapshot:
        """The figures of this world."""
        known = Snapshot.objects.first()
        if known is None:
            now = timezone.now()
            known = run_rollup(request_id=request_rollup(reason="a test", now=now).pk, now=now, today=now.date())
        assert known is not None
        return known


@contextlib.contextmanager
def lasting(blocker: DjangoDbBlocker) -> Iterator[World]:
    """A world for all tests of a class: what one of them writes is taken back before the next."""
    with blocker.unblock(), transaction.atomic():
        yield World()
        transaction.set_rollback(True)


@pytest.fixture(scope="class")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with lasting(django_db_blocker) as world:
        yield world


@pytest.fixture(scope="class")
def reported(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """A world with figures: a roll-up has transactions of its own, so the world is written and deleted again."""
    with django_db_blocker.unblock():
        try:
            world = World()
            world.snapshot()
            yield world
        finally:
            emptying.empty()


def cases(*, of_reports: bool) -> list[Any]:
    """The rows of the table: those that need a report, or the others."""
    return [pytest.param(*row, id=f"{row[0]} {row[1]}") for row in table() if (row[0] in WITH_SNAPSHOT) == of_reports]


@pytest.mark.django_db
class TestPages:
    @pytest.mark.parametrize(("name", "method", "answers"), cases(of_reports=False))
    def test_every_person_gets_what_the_table_says(
        self, world: World, name: str, method: str, answers: dict[str, int]
    ) -> None:
        got: dict[str, int] = {}
        for who in PEOPLE:
            with transaction.atomic():
                got[who] = answer_to(world, name, method, who)
                transaction.set_rollback(name in ENDING)
        assert got == answers


@pytest.mark.django_db
class TestReports:
    @pytest.mark.parametrize(("name", "method", "answers"), cases(of_reports=True))
    def test_every_person_gets_of_a_report_what_the_table_says(
        self, reported: World, name: str, method: str, answers: dict[str, int]
    ) -> None:
        assert {who: answer_to(reported, name, method, who) for who in PEOPLE} == answers


def answer_to(world: World, name: str, method: str, who: str) -> int:
    """What somebody gets who asks a page."""
    address = world.address(name, mine=who != "head, foreign")
    client = world.client(who)
    answer: Any = client.post(address) if method == "POST" else client.get(address)
    for close in getattr(answer, "_resource_closers", ()):  # of a file; answer.close() would end the connection too
        close()
    return int(answer.status_code)


def test_the_table_names_every_page() -> None:
    assert pages(get_resolver()) - {page for page, _, _ in table()} == set()


@pytest.mark.django_db
def test_every_role_gets_of_the_libraries_what_the_table_says() -> None:
    """One test for all of them: they share a world, and none of them changes it."""
    account = build.account("acme", departments=[build.department()])
    people = {role: build.user(role) for role in ROLES[:-1]}
    for person in people.values():
        Token.objects.create(user=person, name="a program", digest=digest_of(person.email), scope="write")
    expected, got = {}, {}
    for _, address, method, answers in routes_of_libraries():
        for role in ROLES:
            client, headers = Client(), {}
            by_token = address.startswith("/api/v1/") and not address.endswith(("docs", "json"))
            if role in people and by_token:
                headers = {"Authorization": f"Bearer {people[role].email}"}
            elif role in people:
                client.force_login(people[role])
            answer = client.generic(method, address.format(account=account.pk), headers=headers)
            expected[address, method, role], got[address, method, role] = answers[role], answer.status_code
    assert got == expected


def test_the_table_names_every_route_of_libraries() -> None:
    patterns = [route for route, *_ in routes_of_libraries()]
    unnamed = {
        route
        for route in routes(get_resolver())
        if not any(re.fullmatch(re.escape(pattern).replace(r"\*", ".*"), route) for pattern in patterns)
    }
    assert unnamed == set()
