"""The lead's Monday: a duplicate cleaned up, an owner set on many accounts, a finding that may stand."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import BrowserContext, Page

from channels.models import Finding, FindingCount, Holder
from tests import build

pytestmark = pytest.mark.django_db(transaction=True)

SignedIn = Callable[..., BrowserContext]
Inspect = Callable[..., None]
Axe = Callable[[Page], None]


class World:
    """A registry with a few dozen accounts in which much is to be put right."""

    def __init__(self) -> None:
        self.today = localdate()
        self.lead = build.user("lead", name="Lena Lead", email="lena@acme.example")
        self.care, self.hr = build.department("Customer care"), build.department("Human resources")
        self.carol = build.user(head_of=self.care, name="Carol Care", email="carol@acme.example")
        linkedin, instagram = build.platform("linkedin", "LinkedIn"), build.platform("instagram", "Instagram")
        goal = build.objective("Fill forty posts by June", departments=[self.hr])
        self.careers = build.account(
            "acme-careers", platform=linkedin, departments=[self.hr], says="vacancies and life at work",
            address="https://www.linkedin.com/company/acme-careers", contact="jobs@acme.example", rhythm="weekly",
            audiences=[build.audience("graduates")], objectives=[goal], last_post_on=self.today, tags=["jobs"],
        )  # fmt: skip
        self.again = build.account(
            "acme.careers", platform=linkedin, departments=[self.care], says="jobs", name="Acme careers",
            address="https://www.linkedin.com/company/acme.careers", language="English", tags=["uk"],
            audiences=[build.audience("prospects")], last_post_on=self.today - timedelta(days=40),
        )  # fmt: skip
        Holder.objects.create(account=self.again, name="Ann Archer", is_primary=True)
        build.finding(
            "look-alike",
            account=self.again,
            detail={"others": [{"id": self.careers.pk, "name": "acme-careers"}], "count": 1},
        )
        for number in range(14):
            build.finding(
                "no-owner",
                account=build.account(f"acme_shop_{number:02}", platform=instagram),
                since=self.today - timedelta(days=number),
            )
        for number in range(9):
            account = build.account(f"acmehelp{number}", departments=[self.care, self.hr][: 1 + number % 2])
            build.finding("no-contact", account=account)
            build.finding(
                "silent", account=account, detail={"last_post_on": "2025-03-01", "limit": 180, "status": "active"}
            )
            build.finding("never-attested", account=account)
        build.finding(
            "objective-without-account",
            objective=build.objective("Fewer calls about bills", departments=[self.care]),
            concerns=[self.care.pk],
        )
        build.finding("department-without-account", department=build.department("Legal"))
        Finding.objects.filter(account__handle="acmehelp0").update(
            state="assigned", assignee=self.carol, due_on=self.today - timedelta(days=3)
        )
        Finding.objects.filter(account__handle="acmehelp1").update(
            state="assigned", assignee=self.carol, due_on=self.today + timedelta(days=9)
        )
        for back in range(30):
            for rule, start, change in (
                ("no-owner", 30, -16),
                ("no-contact", 4, 5),
                ("silent", 9, 0),
                ("never-attested", 40, -31),
            ):
                FindingCount.objects.create(
                    rule=rule,
                    day=self.today - timedelta(days=29 - back),
                    open=start + change * back // 29,
                    opened=back % 3,
                    closed=back % 4,
                )


@pytest.fixture
def world(transactional_db: None) -> World:
    return World()


def test_every_page_of_the_audit_is_right(world: World, inspect: Inspect) -> None:
    inspect("/audit/", "audit", world.lead)
    inspect("/audit/?rule=no-owner", "audit-rule-list", world.lead)
    inspect("/audit/?all=1", "audit-all", world.lead)
    inspect("/audit/", "audit-head", world.carol)
    pk = Finding.objects.get(rule="look-alike").pk
    inspect(f"/audit/findings/{pk}/?rule=look-alike", "finding", world.lead)
    inspect(f"/audit/findings/{pk}/assign/", "finding-assign", world.lead)
    inspect(f"/accounts/{world.again.pk}/merge/?kept={world.careers.pk}", "account-merge", world.lead)
