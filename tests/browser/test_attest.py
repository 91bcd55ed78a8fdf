"""A head confirms ten accounts; the lead asks everybody and sees how far they are. Notices and letters."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate, now
from playwright.sync_api import BrowserContext, Page, expect

from channels import services
from channels.models import Account, Campaign, Holder
from channels.services.reminders import remind
from departments.models import Department
from orgmap.history.services import because
from orgmap.users.models import User
from tests import build

pytestmark = pytest.mark.django_db(transaction=True)

SignedIn = Callable[..., BrowserContext]
Inspect = Callable[..., None]
TEN = ("help", "answers", "lost-property", "timetable", "night-line", "press", "jobs", "harbour", "steam", "gardens")


@pytest.fixture
def care() -> Department:
    """Customer care with ten accounts in several states, asked about by a campaign."""
    made = build.department("Customer care")
    build.user(head_of=made, email="hilda@acme.example", name="Hilda Voss")
    lead = build.user("lead", email="lena@acme.example", name="Lena Ortiz")
    calls = build.objective(
        "Answer 40% of the questions in public, so that fewer people have to call", departments=[made]
    )
    build.objective("Let people know of a delay before they leave home", departments=[made])
    for number, handle in enumerate(TEN):
        account = build.account(f"acme-{handle}", departments=[made], objectives=[calls], says="answers to questions")
        Holder.objects.create(account=account, name="Hal Winter", is_primary=True)
        Holder.objects.create(account=account, name="Ida Sommer")
        if number > 5:
            services.attest_account(
                by=User.objects.get(name="Hilda Voss"),
                account=account,
                on=localdate() - timedelta(days=30 * number),
                now=now(),
            )
    with because(by=lead):
        Holder.objects.filter(account__handle="acme-gardens", name="Ida Sommer").update(name="Ida Frost")
    build.account("acme-stray", departments=[build.department("Nobody's")])
    services.begin_campaign(
        by=lead, name="Autumn look", scope="all", accounts=list(Account.objects.values_list("pk", flat=True)),
        due_on=localdate() + timedelta(days=12), today=localdate(), now=now(), note="Look at the holders most of all.",
    )  # fmt: skip
    return made


def done() -> int:
    return Account.objects.filter(handle__startswith="acme-", last_attested_on=localdate()).count()


def test_a_head_confirms_ten_accounts_in_fourteen_interactions_with_two_corrections(
    care: Department, signed_in: SignedIn
) -> None:
    page = signed_in(User.objects.get(name="Hilda Voss")).new_page()
    page.goto("/attest/")
    interactions = 0
    for row in page.locator(".ask").all():
        row.get_by_label("All three are right").check()
        interactions += 1
    first = page.locator(".ask", has_text="acme-answers")
    first.get_by_label("Still needed, and what for?").select_option("Let people know of a delay before they leave home")
    first.get_by_label("Ida Sommer").uncheck()
    page.get_by_role("button", name="Save the answers").click()
    interactions += 3
    expect(page.get_by_text("You confirmed 10 accounts.")).to_be_visible()
    assert (interactions, done()) == (13, 10)
    assert Holder.objects.filter(account__handle="acme-answers", left_on=None).count() == 1


def test_a_head_confirms_ten_accounts_by_keyboard_alone(care: Department, signed_in: SignedIn) -> None:
    page = signed_in(User.objects.get(name="Hilda Voss")).new_page()
    page.goto("/attest/")
    for key in ["y"] * 10 + ["Enter"]:
        page.keyboard.press(key)
    expect(page.get_by_text("You confirmed 10 accounts.")).to_be_visible()
    assert done() == 10


def test_a_head_confirms_without_a_script_after_signing_in_by_the_link_of_the_letter(
    care: Department, signed_in: SignedIn
) -> None:
    remind(now=now(), today=localdate())
    hilda = User.objects.get(name="Hilda Voss")
    page: Page = signed_in(None, java_script_enabled=False).new_page()
    page.goto(hilda.notices.get().link)
    page.get_by_label("Mail address").fill(hilda.email)
    page.get_by_label("Password").fill(build.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator(".ask")).to_have_count(10)
    for row in page.locator(".ask").all():
        row.get_by_label("All three are right").check()
    page.get_by_role("button", name="Save the answers").click()
    expect(page.get_by_text("You confirmed 10 accounts.")).to_be_visible()
    assert done() == 10


@pytest.mark.parametrize("scripts", [True, False])
def test_the_lead_names_heads_by_keyboard_before_a_campaign_begins(
    care: Department, signed_in: SignedIn, axe: Any, keep: Any, scripts: bool
) -> None:
    for name in ("Harbour and ferries", "Old timetable office"):
        build.account(f"acme {name}", departments=[build.department(name)])
    build.user("staff", email="ida@acme.example", name="Ida Frost")
    page: Page = signed_in(User.objects.get(name="Lena Ortiz"), java_script_enabled=scripts).new_page()
    page.goto("/attest/campaigns/new/")
    page.get_by_label("Name", exact=True).fill("Winter look")
    page.get_by_label("To be answered by").fill((localdate() + timedelta(days=30)).isoformat())
    page.get_by_role("button", name="See how many").press("Enter")
    expect(page.get_by_role("button", name="Name these heads")).to_be_visible()  # which Enter is to press
    page.get_by_label("Head of Harbour and ferries").focus()
    page.keyboard.type("ida@acme.example")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("Somebody unknown")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Named as head: Ida Frost of Harbour and ferries.")).to_be_visible()
    expect(page.get_by_text("Nobody who may sign in is called 'Somebody unknown'.")).to_be_visible()
    for width in (1440, 390) if scripts else ():
        page.set_viewport_size({"width": width, "height": 900})
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            axe(page)
            keep(page, f"campaign-heads-{width}-{theme}", full_page=True)
    typed = [
        page.get_by_label("Head of Nobody's").input_value(),
        page.get_by_label("Head of Old timetable office").input_value(),
    ]
    assert sorted(typed) == ["", "Somebody unknown"]
    for name in ("Nobody's", "Old timetable office"):
        page.get_by_label(f"Head of {name}").fill("ida@acme.example")
    page.get_by_role("button", name="Name these heads").press("Enter")
    expect(page.get_by_text("Somebody can be asked for each of them.")).to_be_visible()
    page.get_by_role("button", name="Begin").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Winter look")
    assert Department.objects.filter(memberships__role="head", memberships__user__name="Ida Frost").count() == 3


def test_the_pages_are_right_at_both_widths_in_both_themes(care: Department, inspect: Inspect, settings: Any) -> None:
    hilda, lead = User.objects.get(name="Hilda Voss"), User.objects.get(name="Lena Ortiz")
    remind(now=now(), today=localdate())
    remind(now=now(), today=localdate() + timedelta(days=19))
    campaign = Campaign.objects.get()
    account = Account.objects.get(handle="acme-gardens")
    inspect("/attest/", "attest", hilda)
    inspect(f"/accounts/{account.pk}/", "attest-broken", hilda)
    inspect("/notices/", "notices", hilda)
    inspect("/me/", "me", hilda)
    inspect("/", "attest-home", hilda)
    first = Account.objects.get(handle="acme-answers")
    services.attest_account(by=hilda, account=first, on=localdate(), now=now())
    services.attest(
        by=hilda,
        said=[services.Said(Account.objects.get(handle="acme-press"), needed=False)],
        on=localdate(),
        now=now(),
    )
    inspect("/attest/campaigns/", "campaigns", lead)
    inspect("/attest/campaigns/new/", "campaign-new", lead)
    day = (localdate() + timedelta(days=30)).isoformat()
    inspect(f"/attest/campaigns/new/?name=Winter&scope=all&due_on={day}", "campaign-seen", lead)
    Account.objects.get(handle="acme-steam").delete()
    inspect(f"/attest/campaigns/{campaign.pk}/", "campaign", lead)
    inspect("/attest/", "attest-lead", lead)
    settings.EMBEDDED = True
    inspect("/dev/mail/", "dev-mail", lead)
