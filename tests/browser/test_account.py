"""The page of an account in a browser: words in place, two people at once, suggestions, by keyboard and on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from channels.models import Account, Suggestion
from departments.models import Department
from orgmap.users.models import User

pytestmark = pytest.mark.django_db(transaction=True)

SignedIn = Callable[..., BrowserContext]
Inspect = Callable[..., None]
SHIFT = """() => { window.shift = 0; new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shift += entry.value;
}).observe({type: "layout-shift"}); }"""


@pytest.fixture
def account(demo: None) -> Account:
    """An account of the head who may log in."""
    own = Department.objects.answered_for_by(person("head"))
    account = Account.objects.filter(sides__department__in=own, status="active").exclude(says="").order_by("pk").first()
    assert account
    return account


def person(role: str) -> User:
    return User.objects.get(email=f"{role}@demo.example")


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


def test_a_word_is_changed_in_place_by_keyboard(
    account: Account, signed_in: SignedIn, axe: Callable[[Page], None], keep: Callable[..., None]
) -> None:
    page = signed_in(person("head")).new_page()
    page.goto(f"/accounts/{account.pk}/")
    page.evaluate(SHIFT)
    before = page.locator("#figures-title").bounding_box()
    page.locator("#word_says").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Says what")).to_be_focused()
    assert page.locator("#figures-title").bounding_box() == before
    axe(page)
    keep(page, "account-word-1440-light")  # a full page would resize the window: a shift
    page.keyboard.press("Escape")
    expect(page.locator("#word_says")).to_be_focused()
    expect(page.get_by_label("Says what")).to_have_count(0)
    assert page.evaluate("window.shift") == 0
    page.keyboard.press("Enter")
    expect(page.get_by_label("Says what")).to_be_focused()
    page.keyboard.insert_text("what to do when the boat does not run")
    page.keyboard.press("Enter")
    expect(page.locator("#word_says")).to_have_text("what to do when the boat does not run")
    expect(page.locator("#word_says")).to_be_focused()
    expect(page.locator("#account_activity")).to_contain_text("what to do when the boat does not run")
    axe(page)


def test_two_people_at_one_account_lose_nothing(
    account: Account, signed_in: SignedIn, axe: Callable[[Page], None], keep: Callable[..., None]
) -> None:
    head, lead = (signed_in(person(role)).new_page() for role in ("head", "lead"))
    for page in (head, lead):
        page.goto(f"/accounts/{account.pk}/edit/")
    head.get_by_label("Says what").fill("the head's words")
    head.get_by_label("How often it posts").fill("every morning")
    head.get_by_role("button", name="Save").click()
    expect(head.locator(".sentence")).to_contain_text("the head's words")
    lead.get_by_label("Says what").fill("the lead's words")
    lead.get_by_role("textbox", name="Language").fill("Welsh")
    lead.get_by_role("button", name="Save").click()
    both = lead.get_by_role("region", name="Both texts")
    expect(both).to_contain_text("the head's words")
    expect(both).to_contain_text("the lead's words")
    axe(lead)
    keep(lead, "account-both-1440-light", full_page=True)
    both.get_by_label("On the map now").check()
    lead.get_by_role("button", name="Save").click()
    expect(lead.locator(".sentence")).to_contain_text("the head's words")
    account.refresh_from_db()
    assert (account.says, account.rhythm, account.language) == ("the head's words", "every morning", "Welsh")


def test_a_word_that_both_change_in_place_is_asked_about(account: Account, signed_in: SignedIn) -> None:
    head, lead = (signed_in(person(role)).new_page() for role in ("head", "lead"))
    for page in (head, lead):
        page.goto(f"/accounts/{account.pk}/")
        page.locator("#word_says").click()
        expect(page.get_by_label("Says what")).to_be_focused()
    for page, words in ((head, "the head's words"), (lead, "the lead's words")):
        page.get_by_label("Says what").fill(words)
        page.get_by_role("button", name="Save").click()
        if page is head:  # was first
            expect(head.locator("#word_says")).to_have_text(words)
    both = lead.get_by_role("region", name="Both texts")
    expect(both).to_contain_text("the head's words")
    both.get_by_label("Yours").check()
    lead.get_by_role("button", name="Save").click()
    expect(lead.locator("#word_says")).to_have_text("the lead's words")
    head.reload()
    expect(head.locator("#account_activity del").first).to_contain_text("the head's words")
    expect(head.locator("#account_activity ins").first).to_contain_text("the lead's words")


def test_staff_suggest_and_the_head_accepts(account: Account, signed_in: SignedIn, inspect: Inspect) -> None:
    staff = signed_in(person("staff"), java_script_enabled=False).new_page()
    staff.goto(f"/accounts/{account.pk}/")
    staff.locator("#word_says").click()
    staff.get_by_label("Says what").fill("boats and weather")
    staff.get_by_role("button", name="Suggest it").click()
    expect(staff.get_by_text("Suggested. It waits for the owner")).to_be_visible()
    inspect(f"/accounts/{account.pk}/", "account-suggested", person("head"))
    inspect("/suggestions/", "suggestions", person("head"))
    head = signed_in(person("head")).new_page()
    head.goto("/suggestions/")
    head.get_by_role("button", name="Accept").click()
    expect(head.get_by_text("Accepted. It stands on the map")).to_be_visible()
    assert Suggestion.objects.get().state == "accepted"
    account.refresh_from_db()
    assert account.says == "boats and weather"


def test_the_pages_about_one_account_are_right(account: Account, inspect: Inspect) -> None:
    for path, name in (
        ("words/audiences/", "account-word-page"),
        ("holders/new/", "account-holder"),
        ("retire/", "account-retire"),
        ("delete/", "account-delete"),
        ("suggest/says/", "account-suggest"),
    ):
        inspect(f"/accounts/{account.pk}/{path}", name, person("lead"))
