"""Finding and comfort: the search box by keyboard, shortcuts, focus after a swap, a warning before words are lost."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests import build

pytestmark = pytest.mark.django_db(transaction=True)

SignedIn = Callable[..., BrowserContext]


@pytest.fixture
def lead() -> Any:
    care = build.department("Customer care", acronym="CC")
    sales = build.department("Sales")
    for number in range(60):
        build.account(f"care{number:02}", departments=[care if number % 2 else sales], says="answers")
    build.objective("Answer care questions in public", departments=[care])
    build.tie(care, sales, title="Complaints go to care")
    return build.user("lead", name="Lena Ortiz")


def test_what_is_found_is_right_for_everyone(lead: Any, inspect: Callable[..., None]) -> None:
    inspect("/find/?q=care", "find", lead)
    inspect("/find/?q=custmer", "find-close", lead)
    inspect("/find/?q=nothing+like+it", "find-nothing", lead)
    inspect("/find/?q=https%3A%2F%2Ffaceb00k.com%2Facme", "find-look-alike", lead)


def test_the_search_box_is_used_by_keyboard_alone(
    lead: Any, signed_in: SignedIn, axe: Callable[[Page], None], keep: Callable[..., None]
) -> None:
    page = signed_in(lead).new_page()
    page.goto("/objectives/")
    page.keyboard.press("/")
    box = page.get_by_role("combobox", name="Find accounts")
    expect(box).to_be_focused()
    page.keyboard.type("custmer")
    option = page.get_by_role("option", name="Customer care (CC)")
    expect(option).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    axe(page)
    keep(page, "find-live")
    page.keyboard.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(option).to_be_hidden()
    expect(box).to_be_focused()
    expect(box).to_have_value("custmer")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Customer care")


def test_without_a_script_enter_leads_to_the_page_of_results(lead: Any, signed_in: SignedIn) -> None:
    page = signed_in(lead, java_script_enabled=False).new_page()
    page.goto("/objectives/")
    page.get_by_role("searchbox", name="Find accounts").fill("complaints")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Complaints go to care").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Complaints go to care")


def test_shortcuts_go_to_places_but_not_from_fields_and_can_be_switched_off(
    lead: Any, signed_in: SignedIn, axe: Callable[[Page], None], keep: Callable[..., None]
) -> None:
    page = signed_in(lead).new_page()
    page.goto("/objectives/")
    for keys, path in (("gd", "/departments/"), ("gy", "/activity/"), ("n", "/accounts/new/"), ("gh", "/")):
        for key in keys:
            page.keyboard.press(key)
        expect(page).to_have_url(re.compile(rf"^http://[^/]+{path}$"))
        page.wait_for_load_state()
        page.locator("body").click(position={"x": 2, "y": 2})
        page.evaluate("document.activeElement.blur()")
    page.goto("/objectives/")
    page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(sheet).to_be_visible()
    axe(page)
    keep(page, "keys")
    for _ in range(15):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('dialog')")
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    page.keyboard.press("/")
    page.keyboard.type("gd?")
    expect(sheet).to_be_hidden()
    expect(page.get_by_role("combobox", name="Find accounts")).to_have_value("gd?")
    page.get_by_text("Lena Ortiz").first.click()
    page.get_by_role("button", name="Keyboard shortcuts").click()
    page.get_by_label("Shortcuts are on").uncheck()
    page.get_by_role("button", name="Close").click()
    page.reload()
    page.keyboard.press("?")
    expect(sheet).to_be_hidden()


def test_after_a_swap_the_focus_stays_and_the_way_back_is_right(lead: Any, signed_in: SignedIn) -> None:
    page = signed_in(lead).new_page()
    page.goto("/accounts/")
    row = page.locator("main table tbody tr").first
    first = row.inner_text()
    following = page.locator("main").get_by_role("link", name="Next")
    following.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**page=2**")
    expect(row).not_to_have_text(first, use_inner_text=True)
    expect(page.locator("#account_table:focus, #account_table :focus")).to_have_count(1)
    page.go_back()
    expect(row).to_have_text(first, use_inner_text=True)
    expect(page.locator("main nav[aria-label=Pages]")).to_contain_text("1 to")


def test_a_changed_form_asks_before_it_is_left_and_an_unchanged_one_does_not(lead: Any, signed_in: SignedIn) -> None:
    page = signed_in(lead).new_page()
    asked: list[str] = []

    def stay(dialog: Any) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.goto("/objectives/new/")
    page.on("dialog", stay)
    field = page.locator("main form input[type=text]").first
    field.focus()
    page.keyboard.type("x")
    page.keyboard.press("Backspace")
    page.get_by_role("link", name="Departments", exact=True).first.click()
    page.wait_for_url("**/departments/")
    assert asked == []
    page.goto("/objectives/new/")
    field = page.locator("main form input[type=text]").first
    field.focus()
    page.keyboard.type("Words that somebody thought about")
    with page.expect_event("dialog"):
        page.get_by_role("link", name="Departments", exact=True).first.click()
    expect(field).to_have_value("Words that somebody thought about")
    assert asked == ["beforeunload"]
