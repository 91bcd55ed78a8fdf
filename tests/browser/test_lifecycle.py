"""The life of an account in a browser: asked for, decided about, opened."""

import re
from collections.abc import Callable

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import BrowserContext, expect

from channels.models import Account, AccountRequest, Closing, Holder, Suggestion
from departments.models import Membership
from orgmap.users.models import User

pytestmark = pytest.mark.django_db(transaction=True)

SignedIn = Callable[..., BrowserContext]
Inspect = Callable[..., None]


def person(role: str) -> User:
    return User.objects.get(email=f"{role}@demo.example")


def test_an_account_is_asked_for_decided_about_and_opened(demo: None, signed_in: SignedIn) -> None:
    page = signed_in(person("staff")).new_page()
    page.goto("/accounts/requests/new/")
    page.get_by_label("Platform").select_option(label="TikTok")
    page.get_by_label("Leisure travellers").check()
    expect(page.get_by_text("meet these people already")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("Join this account instead")).first).to_be_visible()
    page.get_by_label("Handle that it would have").fill("skerryfell.lastminute")
    page.get_by_label("why people would care").fill("a seat for tonight")
    page.get_by_label("Why none of the accounts that exist will do").fill("None of them is quick enough.")
    page.get_by_label("What it would say").fill("seats that are free tonight")
    page.get_by_label("In which language").fill("English")
    page.get_by_label("How often it would post").fill("daily")
    page.get_by_label("When somebody looks after it").fill("16 to 20")
    page.get_by_label("Who holds the keys", exact=True).fill("Wilf Dunn")
    page.get_by_label("Who holds them as well").fill("Pia Rook")
    page.get_by_label("Shared mailbox").fill("offers@skerryfell.example")
    page.get_by_label("How you will know that it works").fill("seats sold after five")
    page.get_by_label("What would be enough").fill("50 a week")
    page.get_by_label("Looked at again on").fill("2099-01-01")
    page.get_by_label("We keep to the organisation's rules").check()
    page.get_by_role("button", name="Ask for it").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("skerryfell.lastminute")

    desk = signed_in(person("lead")).new_page()
    desk.goto("/")
    desk.get_by_role("link", name="2 requests").click()
    desk.get_by_role("link", name="skerryfell.lastminute").click()
    desk.get_by_role("link", name="Approve it").click()
    desk.get_by_label("Why").fill("Only until summer.")
    expect(desk.locator("#request_letter")).to_contain_text("Only until summer.")
    desk.get_by_role("button", name="Approved, and send the letter").click()
    desk.get_by_role("link", name="Put it on the map").click()
    desk.get_by_role("button", name="Put it on the map").click()
    expect(desk.get_by_role("heading", level=1)).to_contain_text("skerryfell.lastminute")
    account = Account.objects.get(handle="skerryfell.lastminute")
    assert (account.says, account.holders.count(), account.requests.get().stage) == (
        "seats that are free tonight",
        2,
        "opened",
    )


def test_enter_in_a_field_joins_nobody_and_the_form_works_without_a_script(demo: None, signed_in: SignedIn) -> None:
    phone = {"width": 390, "height": 844}
    page = signed_in(person("staff"), java_script_enabled=False, viewport=phone).new_page()
    page.goto("/accounts/requests/new/")
    page.get_by_label("Platform").select_option(label="TikTok")
    page.get_by_label("Leisure travellers").check()
    page.get_by_label("What it would say").fill("seats that are free tonight")
    page.get_by_role("button", name="Look who is there already").click()
    expect(page.get_by_role("button", name=re.compile("Join this account instead")).first).to_be_visible()
    expect(page.get_by_label("What it would say")).to_have_value("seats that are free tonight")
    expect(page.get_by_role("button", name="Ask for it")).to_be_visible()
    page.get_by_label("What it would say").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ask for a new account")
    expect(page.get_by_label("Leisure travellers")).to_be_checked()
    assert Suggestion.objects.count() == 0


def test_the_pages_of_a_request_are_right(demo: None, inspect: Inspect) -> None:
    first, second = AccountRequest.objects.order_by("pk")
    inspect("/accounts/requests/", "requests-lead", person("lead"))
    inspect("/accounts/requests/", "requests-head", person("head"))
    inspect("/accounts/requests/new/", "request-new", person("staff"))
    inspect(f"/accounts/requests/{first.pk}/", "request-lead", person("lead"))
    inspect(f"/accounts/requests/{second.pk}/", "request-head", person("head"))
    inspect(f"/accounts/requests/{second.pk}/edit/", "request-edit", person("head"))
    inspect(f"/accounts/requests/{first.pk}/decide/changes_asked/", "request-decide", person("lead"))
    AccountRequest.objects.filter(pk=first.pk).update(stage="approved")
    inspect(f"/accounts/requests/{first.pk}/open/", "request-open", person("lead"))
    inspect("/letters/", "letters", person("lead"))
    inspect("/letters/request-approved/", "letter", person("lead"))


def test_an_account_is_closed_by_its_list(demo: None, signed_in: SignedIn) -> None:
    closing = Closing.objects.get()
    page = signed_in(person("head")).new_page()
    page.goto("/")
    page.locator("li", has_text="something due").get_by_role("link").click()
    page.get_by_role("link", name="skerryfellfound").click()
    expect(page.get_by_text("2 of 6 done")).to_be_visible()
    page.get_by_label("Note: Readers were told two weeks before").fill("pinned")
    page.get_by_role("button", name=re.compile("Done ?: Readers were told two weeks before")).click()
    expect(page.get_by_text("3 of 6 done")).to_be_visible()
    page.get_by_role("link", name="Change the plan").click()
    page.get_by_label("Closes on").fill(f"{localdate():%Y-%m-%d}")
    page.get_by_role("button", name="Change the plan").click()
    for count, name in ((4, "The handle is kept"), (5, "The keys were handed back")):
        page.get_by_role("button", name=re.compile(f"Done ?: {name}")).click()
        expect(page.get_by_text(f"{count} of 5 done")).to_be_visible()
    page.get_by_role("button", name="Close it now").click()
    expect(page.get_by_text("skerryfellfound is closed.")).to_be_visible()
    closing.refresh_from_db()
    assert (closing.state, closing.account.status) == ("closed", "retired")


def test_the_pages_of_a_closing_are_right(demo: None, inspect: Inspect) -> None:
    account = Closing.objects.get().account
    inspect("/accounts/closings/", "closings", person("lead"))
    inspect(f"/accounts/{account.pk}/closing/", "closing", person("head"))
    inspect(f"/accounts/{account.pk}/close/", "close", person("head"))
    inspect("/accounts/handles/", "handles", person("lead"))
    retired = Account.objects.filter(status="retired").order_by("pk").first()
    assert retired
    inspect(f"/accounts/{retired.pk}/handle/", "handle", person("lead"))
    inspect(f"/accounts/{account.pk}/", "account-closing", person("head"))


def test_a_person_who_leaves_hands_over(demo: None, signed_in: SignedIn, inspect: Inspect) -> None:
    freya = User.objects.get(name="Freya Lund")
    held = Holder.objects.filter(user=freya, left_on=None)
    count = held.count()
    inspect(f"/people/{freya.pk}/hand-over/", "hand-over", person("lead"))
    inspect("/keys/", "keys", person("head"))
    page = signed_in(person("lead")).new_page()
    page.goto(f"/people/{freya.pk}/")
    page.get_by_role("link", name="Hand over").click()
    page.get_by_label(f"All {count} keys go to").fill("Wilf Dunn")
    page.get_by_label("All 2 departments go to").fill("pia.rook@skerryfell.example")
    page.locator("summary", has_text="to somebody else: Marketing").click()
    page.get_by_label("Marketing goes to").fill("Wilf Dunn")
    page.get_by_label("Freya Lund leaves").check()
    page.get_by_role("button", name="Hand over").click()
    expect(page.get_by_text("Freya Lund can no longer sign in.")).to_be_visible()
    assert (held.count(), Membership.objects.get(department__slug="marketing", role="deputy").user) == (
        0,
        person("staff"),
    )
    page.get_by_role("link", name="See all of it, or undo it").click()
    page.get_by_role("button", name="Undo all of it").click()
    expect(page.get_by_text("Undone").first).to_be_visible()
    freya.refresh_from_db()
    assert (freya.is_active, held.count()) == (True, count)
