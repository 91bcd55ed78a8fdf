"""Registering an account as people do it: pasting, typing, by keyboard, on a phone, without a script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from channels.models import Account
from orgmap.users.models import User

pytestmark = pytest.mark.django_db(transaction=True)

SignedIn = Callable[..., BrowserContext]
Inspect = Callable[..., None]
PHONE = {"width": 390, "height": 844}
ADDRESS = "https://www.instagram.com/skerryfell_station_life/"


def person(role: str) -> User:
    return User.objects.get(email=f"{role}@demo.example")


class Counted:
    """Clicks and groups of keys, counted as they happen."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def click(self, what: object) -> None:
        self.count += 1
        what.click()  # type: ignore[attr-defined]

    def keys(self, *typed: str) -> None:
        """One group: what somebody types without looking up."""
        self.count += 1
        for each in typed:
            if len(each) > 1 and each in {"Tab", "Enter", "Space", "Escape"}:
                self.page.keyboard.press(each)
            else:
                self.page.keyboard.insert_text(each)


def test_a_head_registers_a_first_account_from_home_in_a_few_steps(demo: None, signed_in: SignedIn) -> None:
    page = signed_in(person("head")).new_page()
    page.goto("/")
    person_ = Counted(page)
    person_.click(page.get_by_role("link", name="Register an account"))
    expect(page.get_by_label("Address of the account")).to_be_focused()
    person_.keys(ADDRESS)
    expect(page.get_by_text("skerryfell_station_life on Instagram")).to_be_visible()
    person_.click(page.get_by_label("Says what"))
    person_.keys("a day at the station")
    person_.click(page.get_by_label("How often"))
    person_.keys("weekly", "Tab", "one day", "Tab", "Ann Lee, Bob Ray", "Tab", "station@skerryfell.example")
    person_.click(page.get_by_role("button", name="Register"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("skerryfell_station_life")
    assert person_.count <= 12, person_.count
    account = Account.objects.get(handle="skerryfell_station_life")
    assert (account.says, account.reply_promise, account.holders.count()) == ("a day at the station", "one day", 2)


def test_the_page_is_right_at_each_step(demo: None, inspect: Inspect) -> None:
    for role in ("head", "lead"):
        inspect("/accounts/new/", f"register-{role}", person(role))
        inspect(f"/accounts/new/?address={ADDRESS}", f"register-{role}-read", person(role))
    inspect("/accounts/new/?address=twiter.com/skerryfell", "register-refused", person("head"))
    inspect("/accounts/new/?address=t.me/skerryfellboats", "register-known", person("head"))
    inspect("/accounts/new/?address=x.com/a1%0Ax.com/a2%0Aacme.example", "register-several", person("head"))


def test_a_first_account_by_keyboard_only(demo: None, signed_in: SignedIn, keep: Callable[..., None]) -> None:
    page = signed_in(person("head")).new_page()
    page.goto("/accounts/new/")
    page.keyboard.insert_text(ADDRESS)
    page.keyboard.press("Enter")
    expect(page.get_by_text("skerryfell_station_life on Instagram")).to_be_visible()
    page.get_by_label("Says what").focus()
    page.keyboard.insert_text("a day at the station")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".pick[open]")).to_have_count(1)
    page.keyboard.press("Tab")
    shown = page.locator("input[name=met]").input_value()
    page.keyboard.press("Space")
    expect(page.locator(".pick[open] [data-picked]")).not_to_have_text("Customers")
    expect(page.locator("input[name=met]")).not_to_have_value(shown)
    keep(page, "register-pick-1440-light")
    page.keyboard.press("Escape")
    expect(page.locator("#id_audiences")).to_be_focused()
    page.get_by_role("button", name="Register").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("skerryfell_station_life")


def test_without_a_script_a_button_reads_the_address_and_nothing_is_lost(
    demo: None, signed_in: SignedIn, axe: Callable[[Page], None]
) -> None:
    page = signed_in(person("head"), java_script_enabled=False, viewport=PHONE).new_page()
    page.goto("/accounts/new/")
    page.get_by_label("Address of the account").fill("twiter.com/skerrystations")
    page.get_by_role("button", name="Read it").click()
    page.get_by_label("Says what").fill("a day at the station")
    page.get_by_role("button", name="https://twitter.com/skerrystations").click()
    expect(page.get_by_label("Says what")).to_have_value("a day at the station")
    page.get_by_role("button", name="Register").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("skerrystations")
    assert Account.objects.get(handle="skerrystations").says == "a day at the station"


def test_joining_asks_the_owner_and_a_hand_off_is_filled_in(demo: None, signed_in: SignedIn) -> None:
    page = signed_in(person("head")).new_page()
    page.goto(f"/accounts/new/?address={ADDRESS}")
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Propose a hand-off to Brand studio").click()
    expect(opened.value.get_by_role("heading", level=1)).to_contain_text("Propose")
    expect(opened.value.get_by_role("textbox", name="Departments")).to_have_value("Customer care\nBrand studio")
    there = page.get_by_role("listitem").filter(has_text="Brand studio").first
    there.get_by_role("button", name="Join this account instead").click()
    expect(page.get_by_text("is asked whether Customer care may run it too")).to_be_visible()
