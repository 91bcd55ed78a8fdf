"""The page of an account in a browser: words in place, two people at once, suggestions, by keyboard and on a phone."""

from collections.abc import Callable

import pytest
from django.core.management import call_command
from playwright.sync_api import BrowserContext, Page, expect

from channels.models import Account, Suggestion
from departments.models import Department
from orgmap.users.models import User

pytestmark = pytest.mark.django_db(transaction=True)

SignedIn = Callable[..., BrowserContext]
Inspect = Callable[..., None]
SHOTS = "test-results"
SHIFT = """() => { window.shift = 0; new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shift += entry.value;
}).observe({type: "layout-shift"}); }"""


@pytest.fixture
def demo(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Account:
    """The demo organisation, and an account of the head who may log in."""
    monkeypatch.setenv("DEMO_PASSWORD", "a pass phrase for tests")
    call_command("load_demo", verbosity=0)
    own = Department.objects.answered_for_by(person("head"))
    account = Account.objects.filter(sides__department__in=own, status="active").exclude(says="").order_by("pk").first()
    assert account
    return account


def person(role: str) -> User:
    return User.objects.get(email=f"{role}@demo.example")


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


def test_a_word_is_changed_in_place_by_keyboard(
    demo: Account, signed_in: SignedIn, axe: Callable[[Page], None]
) -> None:
    page = signed_in(person("head")).new_page()
    page.goto(f"/accounts/{demo.pk}/")
    page.evaluate(SHIFT)
    before = page.locator("#figures-title").bounding_box()
    page.locator("#word_says").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Says what")).to_be_focused()
    assert page.locator("#figures-title").bounding_box() == before
    axe(page)
    page.screenshot(path=f"{SHOTS}/account-word-1440-light.png")  # a full page would resize the window: a shift
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
    demo: Account, signed_in: SignedIn, axe: Callable[[Page], None]
) -> None:
    head, lead = (signed_in(person(role)).new_page() for role in ("head", "lead"))
    for page in (head, lead):
        page.goto(f"/accounts/{demo.pk}/edit/")
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
    lead.screenshot(path=f"{SHOTS}/account-both-1440-light.png", full_page=True)
    both.get_by_label("On the map now").check()
    lead.get_by_role("button", name="Save").click()
    expect(lead.locator(".sentence")).to_contain_text("the head's words")
    demo.refresh_from_db()
    assert (demo.says, demo.rhythm, demo.language) == ("the head's words", "every morning", "Welsh")


def test_a_word_that_both_change_in_place_is_asked_about(demo: Account, signed_in: SignedIn) -> None:
    head, lead = (signed_in(person(role)).new_page() for role in ("head", "lead"))
    for page in (head, lead):
        page.goto(f"/accounts/{demo.pk}/")
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


def test_staff_suggest_and_the_head_accepts(demo: Account, signed_in: SignedIn, inspect: Inspect) -> None:
    staff = signed_in(person("staff"), java_script_enabled=False).new_page()
    staff.goto(f"/accounts/{demo.pk}/")
    staff.locator("#word_says").click()
    staff.get_by_label("Says what").fill("boats and weather")
    staff.get_by_role("button", name="Suggest it").click()
    expect(staff.get_by_text("Suggested. It waits for the owner")).to_be_visible()
    inspect(f"/accounts/{demo.pk}/", "account-suggested", person("head"))
    inspect("/suggestions/", "suggestions", person("head"))
    head = signed_in(person("head")).new_page()
    head.goto("/suggestions/")
    head.get_by_role("button", name="Accept").click()
    expect(head.get_by_text("Accepted. It stands on the map")).to_be_visible()
    assert Suggestion.objects.get().state == "accepted"
    demo.refresh_from_db()
    assert demo.says == "boats and weather"


def test_the_pages_about_one_account_are_right(demo: Account, inspect: Inspect) -> None:
    for path, name in (
        ("", "account-page"),
        ("words/audiences/", "account-word-page"),
        ("holders/new/", "account-holder"),
        ("retire/", "account-retire"),
        ("delete/", "account-delete"),
        ("suggest/says/", "account-suggest"),
    ):
        inspect(f"/accounts/{demo.pk}/{path}", name, person("lead"))
