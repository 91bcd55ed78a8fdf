"""The lead's Monday: a duplicate cleaned up, an owner set on many accounts, a finding that may stand."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import BrowserContext, Page, expect

from channels.models import Account, Finding, FindingCount, Holder
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
    inspect("/", "home-lead", world.lead)
    inspect(f"/accounts/{world.again.pk}/", "account-found", world.lead)
    inspect("/audit/", "audit", world.lead)
    inspect("/audit/?rule=no-owner", "audit-rule-list", world.lead)
    inspect("/audit/?all=1", "audit-all", world.lead)
    inspect("/audit/?state=gone", "audit-unread", world.lead)
    inspect("/audit/", "audit-head", world.carol)
    inspect("/audit/silent/?look=1", "audit-rule", world.lead)
    pk = Finding.objects.get(rule="look-alike").pk
    inspect(f"/audit/findings/{pk}/?rule=look-alike", "finding", world.lead)
    inspect(f"/audit/findings/{pk}/assign/", "finding-assign", world.lead)
    merge = f"/accounts/{world.again.pk}/merge/?kept={world.careers.pk}"
    inspect(merge, "account-merge", world.lead)
    inspect(f"{merge}&finding={pk}&list=rule%3Dlook-alike", "account-compare", world.lead)


def test_the_lead_s_monday(
    world: World, signed_in: SignedIn, axe: Axe, keep: Callable[..., None], complaints: list[str]
) -> None:
    page = signed_in(world.lead, viewport={"width": 1440, "height": 900}).new_page()
    page.goto("/")
    page.get_by_role("link", name="1 Looks like another account").click()
    page.wait_for_url("**/audit/?rule=look-alike")  # its script is there when it has loaded
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="acme.careers", exact=True)).to_be_focused()
    page.keyboard.press("e")
    expect(page.get_by_role("heading", name="One account, or two?")).to_be_visible()
    expect(page.get_by_role("button", name="Both are wanted")).to_be_visible()
    page.get_by_role("link", name="They are one: merge").click()
    expect(page.get_by_role("heading", name="Two records, one account")).to_be_visible()
    page.get_by_role("radiogroup", name="Says what").get_by_label("jobs").check()
    page.get_by_role("button", name="Say it again with what is chosen now").click()
    expect(page.get_by_text("4 words of acme.careers stand at acme-careers")).to_be_visible()
    page.get_by_role("button", name="Make it one account").click()
    expect(page.get_by_text("acme.careers on LinkedIn is part of acme-careers now.")).to_be_visible()
    world.careers.refresh_from_db()
    assert (world.careers.says, world.careers.holders.count()) == ("jobs", 1)

    page.goto("/audit/?rule=no-owner")
    page.get_by_role("checkbox", name="Choose all of this page").check()
    page.get_by_label("What to do").select_option("Set the owner")
    page.get_by_role("button", name="Go on with the chosen").click()
    page.get_by_role("combobox", name="Owner").fill("Customer care")
    page.get_by_label("The present owner leaves").check()
    page.get_by_role("button", name="See what will change").click()
    page.get_by_role("button", name="Change 14 accounts").click()
    expect(page.get_by_text("14 accounts were changed")).to_be_visible()

    page.goto("/audit/?rule=silent")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("w")
    page.get_by_label("Why may it stand?").fill("kept for the archive")
    axe(page)
    keep(page, "audit-waive-1440-light")
    page.get_by_role("button", name="Waive it").click()
    told = page.get_by_role("row", name="acmehelp1")
    expect(told).to_contain_text("It may stand until")
    rules = page.get_by_role("navigation", name="Rules")
    expect(rules.get_by_role("link", name="No post for long")).to_contain_text("8")
    expect(page.get_by_role("link", name="acmehelp2", exact=True)).to_be_focused()
    axe(page)
    keep(page, "audit-waived-1440-light")
    page.keyboard.press("a")
    expect(page.get_by_label("The head of its department")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="acmehelp2", exact=True)).to_be_focused()
    assert Finding.objects.filter(state="waived").count() == 1
    told.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone: One entry is as before.")).to_be_visible()
    expect(page.get_by_role("heading", name="No post for long 9")).to_be_visible()
    assert Finding.objects.filter(state="waived").count() == 0
    assert complaints == []


def test_without_a_script_every_step_is_a_page(world: World, signed_in: SignedIn) -> None:
    page = signed_in(world.lead, java_script_enabled=False, viewport={"width": 390, "height": 800}).new_page()
    page.goto("/audit/")
    page.get_by_role("link", name="No contact").click()
    page.get_by_role("link", name="acmehelp2", exact=True).click()
    page.get_by_role("link", name="Assign").click()
    page.get_by_label("Somebody else").check()
    page.get_by_label("Which person").fill("carol@acme.example")
    page.get_by_role("button", name="Assign").click()
    expect(page.get_by_text("Carol Care has it now")).to_be_visible()
    expect(page.get_by_role("link", name="acmehelp3", exact=True).first).to_be_visible()
    page.get_by_role("link", name="Name a contact").click()
    page.get_by_role("textbox", name="Contact").fill("care@acme.example")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved. The audit looks again within seconds.")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_head_names_a_holder_of_all_accounts_that_a_rule_found_by_keyboard(
    world: World, signed_in: SignedIn, axe: Axe, keep: Callable[..., None], scripts: bool
) -> None:
    for number in range(9):
        build.finding(
            "few-holders",
            account=Account.objects.get(handle=f"acmehelp{number}"),
            detail={"holders": 0, "least": 2},
            concerns=[world.care.pk],
        )
    page = signed_in(world.carol, java_script_enabled=scripts, viewport={"width": 390, "height": 900}).new_page()
    page.goto("/audit/?rule=few-holders")
    for number in (2, 3, 4):
        page.get_by_role("checkbox", name=f"Choose acmehelp{number}").press("Space")
    page.get_by_label("What to do").select_option("Name a holder")
    if scripts:
        axe(page)
        keep(page, "audit-holders-390-light")
    page.get_by_role("button", name="Go on with the chosen").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Name a holder of 3 accounts")
    for who, then in (("carol@acme.example", "Carol Care (first to ask)"), ("Ben Ode", "Ben Ode")):
        expect(page.get_by_role("button", name="See what will change")).to_be_visible()  # which Enter is to press
        page.get_by_label("Who holds the keys").fill(who)
        page.get_by_label("Who holds the keys").press("Enter")
        expect(page.get_by_role("table")).to_contain_text(then)
        page.get_by_role("button", name="Change 3 accounts").press("Enter")
        expect(page.get_by_text("3 accounts were changed")).to_be_visible()
        another = page.get_by_role("button", name="Name another holder of the same accounts")
        if who != "Ben Ode":
            another.press("Enter")
    assert list(Holder.objects.filter(account__handle="acmehelp3").order_by("pk").values_list("name", "user")) == [
        ("Carol Care", world.carol.pk),
        ("Ben Ode", None),
    ]
    page.get_by_role("button", name="Take it back").press("Enter")
    expect(page.get_by_text("It was taken back by Carol Care")).to_be_visible()
    assert Holder.objects.filter(name="Ben Ode").count() == 0
