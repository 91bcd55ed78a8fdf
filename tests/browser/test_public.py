"""The pages for anyone outside, and the page for those who write programs."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from channels.models import Account
from tests import build

pytestmark = pytest.mark.django_db(transaction=True)


def test_somebody_outside_finds_where_to_turn(
    demo: None, inspect: Callable[..., None], signed_in: Callable[..., BrowserContext]
) -> None:
    shown = Account.objects.public().exclude(says="").order_by("pk").first()
    assert shown
    for path, name in (
        ("/directory/", "public-directory"),
        ("/directory/?q=railway", "public-directory-found"),
        ("/directory/?q=nothing+like+this", "public-directory-empty"),
    ):
        inspect(path, name)
    page = signed_in().new_page()
    page.goto("/directory/")
    page.get_by_role("searchbox").fill(shown.says)
    page.keyboard.press("Enter")
    expect(page.locator("#directory_lines")).to_contain_text(shown.handle)
    expect(page.get_by_role("searchbox")).to_be_focused()


def test_the_interface_explains_itself_to_those_who_write_programs(
    signed_in: Callable[..., BrowserContext], complaints: list[str]
) -> None:
    page = signed_in(build.user("staff")).new_page()
    page.goto("/api/v1/docs")
    expect(page.locator("#swagger-ui")).to_contain_text("/api/v1/accounts")
    expect(page.locator("#swagger-ui")).to_contain_text("/api/v1/verify")
    assert complaints == []
