"""Registering an account as people do it: pasting, typing, by keyboard, on a phone, without a script."""

import time
from collections.abc import Callable

import pytest
from django.core.management import call_command
from playwright.sync_api import BrowserContext, Page, expect

from channels.models import Account
from orgmap.users.models import User

pytestmark = pytest.mark.django_db(transaction=True)

SignedIn = Callable[..., BrowserContext]
Inspect = Callable[..., None]
PHONE = {"width": 390, "height": 844}
ADDRESS = "https://www.instagram.com/skerryfell_station_life/"


@pytest.fixture
def demo(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The demo organisation."""
    monkeypatch.setenv("DEMO_PASSWORD", "a pass phrase for tests")
    call_command("load_demo", verbosity=0)


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
    began, person_ = time.monotonic(), Counted(page)
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
    assert time.monotonic() - began < 60
    account = Account.objects.get(handle="skerryfell_station_life")
    assert (account.says, account.reply_promise, account.holders.count()) == ("a day at the station", "one day", 2)


def test_the_page_is_right_at_each_step(demo: None, inspect: Inspect) -> None:
    for role in ("head", "lead"):
        inspect("/accounts/new/", f"register-{role}", person(role))
        inspect(f"/accounts/new/?address={ADDRESS}", f"register-{role}-read", person(role))
    inspect("/accounts/new/?address=twiter.com/skerryfell", "register-refused", person("head"))
    inspect("/accounts/new/?address=t.me/skerryfellboats", "register-known", person("head"))
    inspect("/accounts/new/?address=x.com/a1%0Ax.com/a2%0Aacme.example", "register-several", person("head"))
