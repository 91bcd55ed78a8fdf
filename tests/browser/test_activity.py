"""The activity as a person reads it: calm at both widths, and a way back from a mistake."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, expect

from channels.models import Account, AccountAudience
from channels.services import change_account
from departments.models import Objective
from orgmap.history.actions import Wanted, actions
from orgmap.history.services import because
from tests import build

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def lead() -> Any:
    """A lead, after a day of work on the map."""
    lead, head = build.user("lead", name="Lena Ortiz"), build.user("lead", name="Ada Brandt")
    sales, care = build.department("Sales"), build.department("Customer care")
    for number in range(12):
        build.account(f"acme-{number}", departments=[sales], says="news")
    build.objective("Answer in public within an hour", departments=[care])
    with because(by=head, reason="Stocktaking of spring"):
        AccountAudience.objects.bulk_create(
            AccountAudience(account=each, audience=build.audience("fans")) for each in Account.objects.all()
        )
        Account.objects.update(rhythm="weekly")
    change_account(
        by=lead,
        account=Account.objects.get(handle="acme-3"),
        version=None,
        says="offers for people who travel by ferry, and what the weather does to them",
        tags=["ferry", "summer"],
        departments=[care],
        last_post_on=date(2026, 2, 3),
        reason="",
    )
    with because(by=lead, reason="no longer needed"):
        Account.objects.get(handle="acme-5").delete()
        Objective.objects.update(status="dropped")
    return lead


def test_the_activity_is_right_for_everyone(lead: Any, inspect: Callable[..., None]) -> None:
    inspect("/activity/", "activity", lead)
    inspect("/activity/?kind=objective&by=nobody", "activity-empty", lead)
    for done in actions(lead, Wanted(), 5)[0]:
        if done.reason.startswith("Stock"):
            inspect(f"/activity/{done.context}/", "action", lead)
    inspect(f"/accounts/{Account.objects.get(handle='acme-3').pk}/", "account-with-undo", lead)


def test_a_mistake_is_taken_back_from_the_activity(lead: Any, signed_in: Callable[..., BrowserContext]) -> None:
    page = signed_in(lead).new_page()
    page.goto("/activity/")
    line = page.get_by_role("listitem").filter(has_text="no longer needed")
    line.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status").first).to_contain_text("Undone: ")
    assert Account.objects.filter(handle="acme-5").exists()
    page.goto("/activity/")  # what was said is gone, so that it is not taken for what comes next
    page.get_by_role("button", name="Undo").first.click()
    expect(page.get_by_role("status").first).to_contain_text("Undone: ")
    assert not Account.objects.filter(handle="acme-5").exists()
