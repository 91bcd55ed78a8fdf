"""A look at what changed finds what a look at everything finds, whatever was changed."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from channels.auditing import changed
from channels.models import Account, AccountDepartment, Finding, Holder
from channels.services.audit import audit_changed
from departments.models import Department, Objective, Tie, WorkingGroup
from orgmap.history.models import Change
from orgmap.reports.collect import collect
from orgmap.reports.services.figures import Source
from orgmap.reports.services.handing import hand_down
from orgmap.users.models import User
from tests import build
from tests.examples import examples

TODAY = date(2026, 11, 26)
NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
HANDLES = ("acmecare", "acme_care", "acmecares", "acmecar", "acme.uk", "acme_us", "acmé", "other")
DAYS = (0, 1, 89, 90, 91, 179, 180, 181, 400)


def day(ago: int) -> date:
    return TODAY - timedelta(days=ago)


class Map:
    """A small organisation, and edits to it by number."""

    def __init__(self) -> None:
        root = build.department("Acme")
        self.departments = [root, *(build.department(name, parent=root) for name in ("Sales", "Care", "Press"))]
        self.people = [build.user(head_of=department) for department in self.departments[1:3]]
        self.audiences = [build.audience("fans")]
        self.markets = [build.market("uk"), build.market("us")]
        self.objectives = [
            build.objective(departments=[self.departments[at]], benefit=f"B0{at + 1}") for at in range(3)
        ]
        self.platforms = [build.platform("x"), build.platform("facebook")]
        self.ties = [
            build.tie(*self.departments[1:3], kind="working_group", ends_on=day(-30), objectives=self.objectives[:1]),
            build.tie(*self.departments[2:4], ends_on=day(-1)),
        ]
        WorkingGroup.objects.create(tie=self.ties[0], objective=self.objectives[1])
        for handle in HANDLES[:4]:
            build.account(handle, departments=self.departments[1:2], objectives=self.objectives[:1])

    def account(self, at: int) -> Account | None:
        accounts = list(Account.objects.order_by("pk"))
        return accounts[at % len(accounts)] if accounts else None

    def edit(self, what: str, at: int, to: int) -> None:
        account = self.account(at)
        department = self.departments[at % len(self.departments)]
        objective = self.objectives[at % len(self.objectives)]
        if what == "add":
            handle = HANDLES[to % len(HANDLES)]
            place = self.platforms[at % 2]
            if not Account.objects.filter(platform=place, handle=handle).exists():
                build.account(handle, platform=place, departments=[department])
        elif what == "department":
            closed = to % 2 == 0
            Department.objects.filter(pk=department.pk).update(
                status="closed" if closed else "active", closed_on=day(1) if closed else None
            )
        elif what == "move" and department.parent_id:
            parent = self.departments[0] if to % 2 else None
            Department.objects.filter(pk=department.pk).update(parent=parent)
        elif what == "usual":
            department.default_audiences.set(self.audiences[: to % 2])
        elif what == "objective":
            Objective.objects.filter(pk=objective.pk).update(
                status=("active", "draft", "achieved", "dropped")[to % 4], ends_on=day(DAYS[to % 3] - 1)
            )
        elif what == "owner":
            objective.departments.set([department])
        elif what == "tie":
            Tie.objects.filter(pk=self.ties[at % 2].pk).update(
                ends_on=day(to % 3 - 1), kind=("working_group", "hand_off")[to % 2]
            )
        elif what == "about":
            self.ties[at % 2].objectives.set(self.objectives[: to % 3])
        elif what == "person":
            User.objects.filter(pk=self.people[at % 2].pk).update(is_active=to % 2 == 0)
        elif account is not None:
            self.edit_account(account, what, at, to)

    def edit_account(self, account: Account, what: str, at: int, to: int) -> None:
        if what == "delete":
            account.delete()
        elif what == "rename":
            handle = HANDLES[to % len(HANDLES)]
            same = Account.objects.filter(platform=account.platform, handle_key=f"{handle}{account.pk % 2}")
            if not same.exists():
                Account.objects.filter(pk=account.pk).update(handle=handle, handle_key=f"{handle}{account.pk % 2}")
        elif what == "status":
            status = ("active", "dormant", "retired", "planned")[to % 4]
            Account.objects.filter(pk=account.pk).update(
                status=status, retired_on=day(DAYS[at % 9]) if status == "retired" else None
            )
        elif what == "days":
            Account.objects.filter(pk=account.pk).update(
                last_post_on=day(DAYS[to % 9]), last_attested_on=day(DAYS[at % 9])
            )
        elif what == "sides":
            AccountDepartment.objects.filter(account=account).delete()
            for position, side in enumerate(self.departments[1 : 1 + to % 3]):
                AccountDepartment.objects.create(account=account, department=side, position=position)
        elif what == "serves":
            account.objectives.set(self.objectives[: to % 4])
        elif what == "places":
            account.audiences.set(self.audiences[: to % 2])
            account.markets.set(self.markets[: at % 3])
        elif what == "holder":
            Holder.objects.create(
                account=account, name="Bo", user=self.people[to % 2], employer=("staff", "agency")[at % 2]
            )
        elif what == "text":
            Account.objects.filter(pk=account.pk).update(
                contact=("", "care@acme.example")[to % 2],
                agency=("", "Loud")[at % 2],
                contract_ends_on=day(DAYS[to % 9] - 60),
                address=("", "https://x.com/acmecare", "http://twitter.com/acme_care")[to % 3],
            )


WHAT = (
    "add", "department", "move", "usual", "objective", "owner", "tie", "about", "person", "delete", "rename", "status",
    "days", "sides", "serves", "places", "holder", "text",
)  # fmt: skip


def stored() -> set[tuple[Any, ...]]:
    return {
        (
            each.rule, each.account_id, each.department_id, each.objective_id, each.tie_id, each.benefit_id,
            str(each.detail), tuple(each.concerns),
        )
        for each in Finding.objects.live().exclude(rule__in=["crowded", "removable"])
    }  # fmt: skip


class TestProperties(TestCase):
    @settings(max_examples=examples(15))
    @given(
        st.lists(
            st.lists(st.tuples(st.sampled_from(WHAT), st.integers(0, 11), st.integers(0, 23)), min_size=1, max_size=3),
            min_size=1,
            max_size=5,
        )
    )
    @pytest.mark.django_db
    def test_audit_of_what_changed_equals_audit_of_all(self, rounds: list[list[tuple[str, int, int]]]) -> None:
        known = Map()
        hand_down(Source.of(collect(TODAY)).now, now=NOW, today=TODAY)
        for edits in rounds:
            Change.objects.all().delete()  # a test is one transaction: nothing that it wrote would ever count as seen
            for edit in edits:
                known.edit(*edit)
            with patch.object(changed, "STATEMENT", timedelta(milliseconds=20)):
                asked = audit_changed(now=NOW, today=TODAY)
            assert asked is None or not asked.is_full
            few = stored()
            hand_down(Source.of(collect(TODAY)).now, now=NOW, today=TODAY)
            assert few == stored()
