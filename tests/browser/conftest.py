"""A browser for tests: signed-in pages, axe, and screenshots in test-results/.

``inspect("/accounts/", "accounts", lead)`` opens a page and looks at it 1440 and 390 px wide, in light and in dark. It
fails when axe finds a violation, when the page is wider than the window, or when the browser complains. It keeps a
screenshot of each when the tests run in one process (``-n0``) or with ``--screenshot on``: pictures that nobody looks
at cost minutes.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import get_ident
from typing import Any

import pytest
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from orgmap.users.models import User
from tests.reports.processes import until

ROOT = Path(settings.BASE_DIR)
SHOTS = ROOT / "test-results"
WIDTHS = (1440, 390)
THEMES = ("light", "dark")
LOUD = ("error", "warning")
LEFT = ("htmx:sendAbort", "htmx:afterRequest")
"""What htmx says of a request that ends because its page was left."""
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"

# Playwright's own loop runs in this thread, so Django takes every query of a test for one from a coroutine.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
expect.set_options(timeout=30_000)  # two browsers and their servers may share one slow core


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The Chromium that `make test` found, or that of the system, or Playwright's own."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    own = {"executable_path": chromium} if chromium else {}
    return {**browser_type_launch_args, **own, "args": ["--no-sandbox"]}


@pytest.fixture
def complaints() -> list[str]:
    """The errors and warnings in the browser's console, and scripts that failed."""
    return []


@pytest.fixture(scope="session")
def requests() -> Iterator[set[int]]:
    """The threads of the live server that answer a request at this moment."""
    at_work: set[int] = set()

    def begun(**_: Any) -> None:
        at_work.add(get_ident())

    def done(**_: Any) -> None:
        at_work.discard(get_ident())

    request_started.connect(begun)
    request_finished.connect(done)
    yield at_work
    request_started.disconnect(begun)
    request_finished.disconnect(done)


@pytest.fixture
def signed_in(
    browser: Browser, live_server: Any, complaints: list[str], requests: set[int]
) -> Iterator[Callable[..., BrowserContext]]:
    """A browser window in which somebody has signed in, or nobody."""
    opened: list[BrowserContext] = []

    def signed_in(user: User | None = None, **options: Any) -> BrowserContext:
        context = browser.new_context(base_url=live_server.url, **options)
        opened.append(context)
        context.set_default_timeout(60_000)
        context.on(
            "console",
            lambda said: complaints.append(said.text) if said.type in LOUD and not said.text.startswith(LEFT) else None,
        )
        context.on("weberror", lambda failed: complaints.append(str(failed.error)))
        if user:
            client = Client()
            client.force_login(user)
            cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        return context

    yield signed_in
    for context in opened:
        context.close()
    until(lambda: not requests)  # what a page asked for before it was closed, while the database is still there


@pytest.fixture(scope="session")
def axe() -> Callable[..., None]:
    """Fails with what axe finds, spelled out; of a page that differs in its colours alone, only these are asked."""
    source = AXE.read_text()

    def axe(page: Page, *, only: str = "") -> None:
        if not page.evaluate("'axe' in window"):
            page.evaluate(source)
        asked = {"resultTypes": ["violations"]} | ({"runOnly": [only]} if only else {})
        found = page.evaluate("asked => axe.run(document, asked)", asked)["violations"]
        spelled_out = [
            f"{violation['id']}: {violation['help']}\n    {node['html'][:200]}\n    {node['failureSummary']}"
            for violation in found
            for node in violation["nodes"]
        ]
        assert not spelled_out, f"{page.url}\n" + "\n".join(spelled_out)

    return axe


@pytest.fixture(scope="session")
def keep(pytestconfig: pytest.Config) -> Callable[..., None]:
    """Keeps what a page looks like as test-results/NAME.png, if somebody is to look at it."""
    wanted = "PYTEST_XDIST_WORKER" not in os.environ or pytestconfig.getoption("--screenshot") == "on"
    SHOTS.mkdir(exist_ok=True)

    def keep(page: Page, name: str, **options: Any) -> None:
        if wanted:
            page.screenshot(path=SHOTS / f"{name}.png", **options)

    return keep


@pytest.fixture
def shots(
    signed_in: Callable[..., BrowserContext], keep: Callable[..., None]
) -> Callable[..., Iterator[tuple[Page, str]]]:
    """Opens a page once for each person and shows it at both widths in both themes."""
    windows: dict[int | None, Page] = {}

    def shots(path: str, name: str, user: User | None = None) -> Iterator[tuple[Page, str]]:
        person = user.pk if user else None
        if person not in windows:
            windows[person] = signed_in(user).new_page()
        page = windows[person]
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            for theme in THEMES:
                page.emulate_media(color_scheme=theme, reduced_motion="reduce")
                if (width, theme) == (WIDTHS[0], THEMES[0]):
                    page.goto(path)
                    page.wait_for_function("document.fonts.status === 'loaded'")
                keep(page, f"{name}-{width}-{theme}", full_page=True)
                yield page, theme

    return shots


@pytest.fixture
def inspect(
    shots: Callable[..., Iterator[tuple[Page, str]]], axe: Callable[..., None], complaints: list[str]
) -> Callable[..., None]:
    """Screenshots, axe, no sideways scrolling, no complaint of the browser (so no breach of the security policy)."""

    def inspect(path: str, name: str, user: User | None = None, *, status: int = 200) -> None:
        for page, theme in shots(path, name, user):
            axe(page, only="" if theme == THEMES[0] else "color-contrast")
            assert page.evaluate(WIDER_THAN_WINDOW) == [], f"{page.url} is wider than {page.viewport_size}"
        assert [said for said in complaints if status == 200 or f"status of {status}" not in said] == []
        complaints.clear()

    return inspect


WIDER_THAN_WINDOW = """
document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll("body *")]
  .filter((part) => part.getBoundingClientRect().right > innerWidth + 1)
  .map((part) => part.outerHTML.slice(0, 120))
"""
