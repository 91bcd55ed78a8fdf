"""Those who are quicker than the page: keys and words before its scripts, two clicks for one, words amid an answer."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Request, Route, expect

from departments.models import Department, Objective
from orgmap.users.models import User
from tests import build

pytestmark = pytest.mark.django_db(transaction=True)

SignedIn = Callable[..., BrowserContext]


@pytest.fixture
def lead() -> Any:
    build.department("Customer care", acronym="CC")
    build.department("Sales")
    return build.user("lead", name="Lena Ortiz")


@contextmanager
def before_the_scripts(page: Page, path: str) -> Iterator[None]:
    """What is done while the scripts of a page are still on their way."""
    held: list[Route] = []
    page.route("**/*.js", lambda route: route.continue_() if "early" in route.request.url else held.append(route))
    page.goto(path, wait_until="commit")
    page.locator("#announcer").wait_for(state="attached")
    yield
    assert held
    page.unroute("**/*.js")  # lets them come
    page.wait_for_load_state()


def test_what_is_pressed_before_the_scripts_come_counts(lead: User, signed_in: SignedIn) -> None:
    page = signed_in(lead).new_page()
    with before_the_scripts(page, "/objectives/"):
        page.keyboard.press("/")
        page.keyboard.press("n")  # were the focus not in the box by then, it would lead to a new account
    expect(page.get_by_role("combobox", name="Find accounts")).to_be_focused()
    with before_the_scripts(page, "/objectives/"):
        page.keyboard.press("g")
        page.keyboard.press("d")
    expect(page.get_by_role("heading", level=1)).to_have_text("Departments")


def test_what_is_typed_before_the_scripts_come_is_looked_for_and_not_lost(lead: User, signed_in: SignedIn) -> None:
    page = signed_in(lead).new_page()
    with before_the_scripts(page, "/find/"):
        page.locator("#find-q").press_sequentially("custmer")
        page.keyboard.press("ArrowLeft")
    expect(page.locator("#find_results")).to_contain_text("Customer care")
    page.keyboard.type("e")
    expect(page.locator("#find-q")).to_have_value("custmeer")
    with before_the_scripts(page, "/objectives/new/"):
        page.locator("main form input[type=text]").first.press_sequentially("Words that somebody thought about")
    page.on("dialog", lambda dialog: dialog.dismiss())
    with page.expect_event("dialog"):
        page.get_by_role("link", name="Departments", exact=True).first.click()


def test_a_form_is_sent_once_however_often_its_button_is_pressed(lead: User, signed_in: SignedIn) -> None:
    page = signed_in(lead).new_page()
    page.goto("/objectives/new/")
    page.get_by_label("What social media is for here").select_option(index=1)
    page.get_by_label("The objective, in one sentence").fill("Answer within the hour")
    page.get_by_label("Departments", exact=True).fill("Sales")
    page.get_by_role("button", name="Set it").focus()
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    page.route("**/objectives/new/", lambda route: None)
    with page.expect_request("**/objectives/new/"):
        page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.unroute("**/objectives/new/")  # lets it go
    expect(page.get_by_role("heading", level=1)).to_have_text("Answer within the hour")
    assert (len(sent), Objective.objects.count()) == (1, 1)


def test_what_is_typed_while_an_answer_comes_stays_and_counts(demo: None, signed_in: SignedIn) -> None:
    page = signed_in(User.objects.get(email="lead@demo.example")).new_page()
    page.goto("/accounts/new/?address=https://www.instagram.com/skerryfell_station_life/")
    page.evaluate("document.getElementById('account_new_words').dataset.before = 'yes'")
    page.route("**/accounts/new/", lambda route: None)
    page.get_by_label("Who", exact=True).fill(Department.objects.get(name="Customer care").name)
    page.keyboard.press("Tab")  # asks what this department would say
    expect(page.get_by_label("Says what")).to_be_focused()
    page.keyboard.type("a day at the stattion")
    for _ in range(4):
        page.keyboard.press("ArrowLeft")
    page.unroute("**/accounts/new/")
    expect(page.locator("#account_new_words[data-before]")).to_have_count(0)
    expect(page.get_by_label("Says what")).to_be_focused()
    page.keyboard.press("Backspace")
    expect(page.get_by_label("Says what")).to_have_value("a day at the station")


def test_of_two_keys_in_a_row_the_later_one_counts(lead: User, signed_in: SignedIn) -> None:
    build.finding("no-contact", account=build.account("acme"))
    page = signed_in(lead).new_page()
    page.goto("/audit/?rule=no-contact")
    page.route("**/waive/**", lambda route: None)
    for key in "jwa":
        page.keyboard.press(key)
    expect(page.get_by_label("The head of its department")).to_be_focused()
    with page.expect_response("**/waive/**") as waive:
        page.unroute("**/waive/**")
    waive.value.finished()
    expect(page.get_by_label("The head of its department")).to_be_focused()
    expect(page.get_by_label("Why may it stand?")).to_have_count(0)
