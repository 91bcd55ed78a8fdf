"""The lead in the directory: many accounts at once, by mouse, by keyboard and without JavaScript."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from channels.models import Account, BulkChange, Holder, SavedView
from orgmap.users.models import User
from tests import build

pytestmark = pytest.mark.django_db(transaction=True)

SignedIn = Callable[..., BrowserContext]
Inspect = Callable[..., None]


@pytest.fixture
def lead(transactional_db: None) -> User:
    """The lead of an organisation with a few accounts."""
    care, press = build.department("Customer care"), build.department("Press office", acronym="PR")
    build.audience("customers"), build.audience("journalists")
    for number in range(5):
        build.account(
            f"skerry{number}",
            name=f"Skerry {number}",
            says="when the boats run" if number % 2 else "",
            departments=[(care, press)[number % 2]] if number else [],
            audiences=[build.audience("customers")] if number == 3 else [],
        )
    return build.user("lead")


def audiences() -> list[str]:
    """Whom each account speaks to, by handle."""
    return [
        ", ".join(account.audiences.order_by("name").values_list("name", flat=True))
        for account in Account.objects.order_by("handle")
    ]


def set_audience(page: Page, choose: Callable[[], None]) -> None:
    page.goto("/accounts/")
    choose()
    expect(page.get_by_role("region", name="Chosen accounts")).to_be_visible()
    page.get_by_label("What to do").select_option("Set an audience")
    page.get_by_role("button", name="for the chosen").click()
    page.get_by_label("Audience").select_option("Journalists")
    page.get_by_role("button", name="See what will change").click()
    expect(page.locator("main")).to_contain_text("3 accounts will change")
    page.get_by_role("button", name="Change 3 accounts").click()
    expect(page.locator("main")).to_contain_text("3 accounts were changed")


@pytest.mark.parametrize("scripts", [True, False])
def test_the_lead_sets_an_audience_on_three_accounts_and_takes_it_back(
    lead: User, signed_in: SignedIn, scripts: bool
) -> None:
    page = signed_in(lead, java_script_enabled=scripts).new_page()

    def choose() -> None:
        for number in (0, 1, 3):
            page.get_by_label(f"Choose skerry{number} on X").check()

    set_audience(page, choose)
    assert audiences() == ["Journalists", "Journalists", "", "Customers, Journalists", ""]
    page.get_by_role("button", name="Take it back").click()
    expect(page.locator("main")).to_contain_text("It was taken back")
    assert audiences() == ["", "", "", "Customers", ""]


def test_the_lead_chooses_rows_by_keyboard_and_sees_how_many(lead: User, signed_in: SignedIn) -> None:
    page = signed_in(lead).new_page()
    page.goto("/accounts/")
    page.get_by_label("Choose all of this page").focus()
    page.keyboard.press("Space")
    bar = page.get_by_role("region", name="Chosen accounts")
    expect(bar).to_be_visible()
    count = "getComputedStyle(document.querySelector('.selection-count'), '::before').content"
    assert page.evaluate(count) == 'counter(chosen) " "'
    page.get_by_label("Choose skerry0 on X").focus()
    page.keyboard.press("Space")
    expect(page.get_by_label("Choose all of this page")).not_to_be_checked()
    page.get_by_role("button", name="for the chosen").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Set the owner of 4 accounts")


def test_every_state_of_a_change_of_many_is_right(
    lead: User, inspect: Inspect, signed_in: SignedIn, axe: Any, keep: Any
) -> None:
    made: dict[str, Any] = {"by": lead, "what": "audience", "total": 5, "label": "Journalists", "how": "add"}
    pks = list(Account.objects.order_by("pk").values_list("pk", flat=True))
    value = str(build.audience("journalists").pk)
    for what in ("audience", "owner", "objective", "status", "tag", "contact", "holder"):  # a market is as an audience
        change = BulkChange.objects.create(by=lead, what=what, total=5, accounts=pks)
        inspect(f"/accounts/many/{change.pk}/", f"many-{what}", lead)
    Holder.objects.create(account_id=pks[0], name="Tobias Grünwald-Hohenstein", is_primary=True)
    Holder.objects.create(account_id=pks[1], name="Ann Lee")
    ann = {"what": "holder", "value": "Ann Lee", "label": "Ann Lee", "person": {"name": "Ann Lee"}}
    for name, fields in (
        ("holder-preview", {**ann, "state": "draft", "accounts": pks}),
        ("holder-done", {**ann, "state": "done", "changed": 2, "position": 5, "left": {"retired": 1}}),
        ("preview", {"state": "draft", "value": value, "accounts": pks, "left_out": 2}),
        ("done", {"state": "done", "changed": 4, "position": 5, "reason": "new names"}),
        ("failed", {"state": "failed", "changed": 2, "position": 2, "error": "The audience is gone."}),
        ("stuck", {"state": "done", "changed": 2, "position": 5, "error": "One thing stands in the way."}),
        ("undone", {"state": "undone", "changed": 2, "finished_at": "2026-11-26T12:00:00Z", "undone_by": lead}),
        ("working", {"state": "running", "changed": 2, "position": 3}),
    ):
        change = BulkChange.objects.create(**{**made, **fields})
        inspect(f"/accounts/many/{change.pk}/", f"many-{name}", lead)
    BulkChange.objects.filter(state="running").update(state="done")
    inspect("/accounts/many/", "many-list", lead)
    SavedView.objects.create(owner=lead, name="Without owner", query="missing=owner")
    SavedView.objects.create(owner=lead, name="Press", query="department=PR", is_shared=True)
    inspect("/accounts/?missing=owner", "directory", lead)
    for width in (1440, 390):
        page = signed_in(lead, viewport={"width": width, "height": 900}).new_page()
        page.goto("/accounts/")
        page.get_by_label("Choose skerry1 on X").check()
        page.get_by_label("Choose skerry3 on X").check()
        for opened in ("chosen", "Save this view", "Export"):
            if opened != "chosen":
                page.locator("summary", has_text=opened).click()
            for theme in ("light", "dark"):
                page.emulate_media(color_scheme=theme, reduced_motion="reduce")
                keep(page, f"directory-{opened.split()[0].lower()}-{width}-{theme}")
                axe(page, only="" if theme == "light" else "color-contrast")


def test_the_form_of_the_directory_follows_the_list_and_keeps_its_order(lead: User, signed_in: SignedIn) -> None:
    page = signed_in(lead).new_page()
    page.goto("/accounts/?department=Customer+care&status=active")
    page.get_by_role("columnheader", name="Account").get_by_role("link").click()
    page.wait_for_url("**sort=**")
    page.get_by_role("link", name=re.compile("Customer care ?, remove")).click()
    expect(page.locator("#filter-department")).to_have_value("")
    expect(page.get_by_label("Active")).to_be_checked()
    expect(page.get_by_label("Objective", exact=True)).to_be_checked()
    page.get_by_role("button", name="Show", exact=True).click()
    page.wait_for_url("**status=active**")
    page.wait_for_url("**sort=-account**")
    expect(page.locator("th.account a").first).to_have_text("skerry4")
