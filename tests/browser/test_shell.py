"""The shell as a person meets it: sign-in, bar, menus, theme, and the pages that say no."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest
from django.template.loader import render_to_string
from playwright.sync_api import BrowserContext, Page, expect

from tests import build

pytestmark = pytest.mark.django_db(transaction=True)

SignedIn = Callable[..., BrowserContext]
Inspect = Callable[..., None]
PHONE = {"width": 390, "height": 844}


def test_the_sign_in_page_is_right_for_everyone(inspect: Inspect) -> None:
    inspect("/login/", "login")


def test_the_way_back_to_a_forgotten_password_is_right_for_everyone(inspect: Inspect) -> None:
    inspect("/auth/password/reset/", "password-reset")
    inspect("/auth/password/reset/done/", "password-reset-done")
    inspect("/auth/password/reset/key/1-used-up/", "password-reset-used-up")


def test_the_pages_about_ones_own_sign_in_are_right_for_everyone(inspect: Inspect) -> None:
    lead = build.user("lead", name="Lena Ortiz")
    inspect("/auth/password/change/", "password-change", lead)
    inspect("/auth/logout/", "logout", lead)
    inspect("/auth/2fa/", "second-step", lead)


def test_a_page_that_is_not_there_speaks_like_a_person_and_leads_home(inspect: Inspect) -> None:
    inspect("/nowhere/", "not-here", build.user("head", name="Ada Brandt"), status=404)


def test_a_wrong_password_is_said_beside_what_was_typed(signed_in: SignedIn, axe: Callable[[Page], None]) -> None:
    build.user("lead", email="lead@acme.example")
    page = signed_in().new_page()
    page.goto("/login/")
    page.get_by_label("Mail address").fill("lead@acme.example")
    page.get_by_label("Password").fill("not this one")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Mail address")).to_have_value("lead@acme.example")
    axe(page)


def test_a_person_signs_in_and_out(signed_in: SignedIn) -> None:
    build.user("lead", email="lead@acme.example", name="Lena Ortiz")
    page = signed_in().new_page()
    page.goto("/login/?next=/auth/password/change/")
    page.get_by_label("Mail address").fill("lead@acme.example")
    page.get_by_label("Password").fill(build.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Change the password")
    page.get_by_text("Lena Ortiz").first.click()
    expect(page.get_by_text("Social media lead").first).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_without_a_script_the_menu_on_a_phone_still_opens(signed_in: SignedIn) -> None:
    page = signed_in(build.user("lead"), viewport=PHONE, java_script_enabled=False).new_page()
    page.goto("/auth/password/change/")
    sections = page.get_by_role("navigation", name="Sections")
    expect(sections).to_be_hidden()
    page.get_by_text("Menu").click()
    expect(sections).to_be_visible()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    expect(page.get_by_role("group", name="Light or dark")).to_be_hidden()


def test_an_open_menu_is_right_for_everyone(signed_in: SignedIn, axe: Callable[[Page], None]) -> None:
    lead = build.user("lead", name="Lena Ortiz")
    for theme in ("light", "dark"):
        wide = signed_in(lead, color_scheme=theme).new_page()
        wide.goto("/auth/password/change/")
        wide.get_by_text("Lena Ortiz").first.click()
        axe(wide)
        small = signed_in(lead, color_scheme=theme, viewport=PHONE).new_page()
        small.goto("/auth/password/change/")
        small.get_by_text("Menu").click()
        axe(small)


def test_escape_closes_the_menu_and_gives_the_focus_back(signed_in: SignedIn) -> None:
    page = signed_in(build.user("lead", name="Lena Ortiz")).new_page()
    page.goto("/auth/password/change/")
    page.get_by_text("Lena Ortiz").first.click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Sign out")).to_be_hidden()
    expect(page.locator("summary:focus")).to_have_count(1)


def test_the_chosen_theme_stays_and_the_system_can_decide_again(signed_in: SignedIn) -> None:
    page = signed_in(build.user("lead", name="Lena Ortiz"), color_scheme="light").new_page()
    ground = "getComputedStyle(document.body).backgroundColor"
    page.goto("/auth/password/change/")
    assert page.evaluate(ground) == "rgb(251, 250, 247)"
    page.get_by_text("Lena Ortiz").first.click()
    page.get_by_role("button", name="Dark", exact=True).click()
    page.reload()
    assert page.evaluate(ground) == "rgb(20, 23, 26)"
    page.get_by_text("Lena Ortiz").first.click()
    page.get_by_role("button", name="System").click()
    assert page.evaluate(ground) == "rgb(251, 250, 247)"


def test_a_slash_goes_to_the_search_box_but_not_while_typing(signed_in: SignedIn) -> None:
    page = signed_in(build.user("lead")).new_page()
    page.goto("/auth/password/change/")
    page.keyboard.press("/")
    search = page.get_by_role("combobox", name="Find accounts, departments")
    expect(search).to_be_focused()
    expect(search).to_have_value("")
    page.keyboard.type("a/b")
    expect(search).to_have_value("a/b")


def test_the_first_tab_skips_to_the_page(signed_in: SignedIn) -> None:
    page = signed_in(build.user("lead")).new_page()
    page.goto("/auth/password/change/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the page")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_the_page_of_our_own_fault_needs_neither_request_nor_database(
    django_assert_num_queries: Any, signed_in: SignedIn, axe: Callable[[Page], None]
) -> None:
    with django_assert_num_queries(0):
        html = render_to_string("500.html")
    page = signed_in().new_page()
    page.route("**/broken/", lambda route: route.fulfill(status=500, content_type="text/html", body=html))
    page.goto("/broken/")
    expect(page.get_by_role("heading", level=1)).to_have_text("That didn't work, and the fault is ours")
    expect(page.get_by_role("link", name="Go home")).to_have_attribute("href", "/")
    axe(page)


def test_a_refusal_says_why(rf: Any) -> None:
    request: HttpRequest = rf.get("/")
    html = render_to_string("403.html", {"exception": "Only the lead can retire an account."}, request)
    assert "Only the lead can retire an account." in html
