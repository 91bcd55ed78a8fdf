"""A browser for tests: signed-in pages, axe, and screenshots in test-results/.

``inspect("/accounts/", "accounts", lead)`` opens a page and looks at it 1440 and 390 px wide, in light and in dark. It
fails when axe finds a violation, when the page is wider than the window, or when the browser complains. It keeps a
screenshot of each when the tests run in one process (``-n0``) or with ``--screenshot on``: pictures that nobody looks
at cost minutes.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from threading import get_ident
from typing import Any

import pytest
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect

from orgmap.users.models import User
from tests.reports.processes import until

ROOT = Path(settings.BASE_DIR)
SHOTS = ROOT / "test-results"
WIDTHS = (1440, 390)
THEMES = ("light", "dark")
LOUD = ("error", "warning")
LEFT = ("htmx:sendAbort", "htmx:afterRequest")
"""What htmx says of a request that ends because its page was left."""
QUICK_TO_START = "--no-opt --no-maglev --always-sparkplug"
"""A script lives as long as its page: what it would gain by being compiled well is lost with the next one."""
WINDOW = {"width": WIDTHS[0], "height": 900}
KEPT, EMPTY = "/kept/", '<link rel="icon" href="data:,">'
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"

# Playwright's own loop runs in this thread, so Django takes every query of a test for one from a coroutine.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
expect.set_options(timeout=30_000)  # two browsers and their servers may share one slow core


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Beside a failure stands what the browser showed at that moment."""
    report = yield
    if report.when == "call" and report.failed and "windows" in item.funcargs:
        name = re.sub(r"\W+", "-", item.name).strip("-")
        report.sections.append(("The browser", "\n".join(item.funcargs["windows"].show(name))))
    return report


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The Chromium that `make test` found, or that of the system, or Playwright's own."""
    names = ("chromium-headless-shell", "chromium", "google-chrome")
    chromium = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    own = {"executable_path": chromium} if chromium else {}
    return {**browser_type_launch_args, **own, "args": ["--no-sandbox", f"--js-flags={QUICK_TO_START}"]}


class Windows:
    """The windows of a browser, kept from test to test.

    A window that was never open before starts processes of its own and reads every script and style anew: a second of
    work. One that is kept is emptied: its tabs are closed, and what it remembers of a person is forgotten. An empty
    tab stays open in it, for the processes live as long as a tab does.
    """

    def __init__(self, browser: Browser, url: str) -> None:
        self.browser, self.url = browser, url
        self.complaints: list[str] = []
        self.idle: dict[str, list[BrowserContext]] = {}
        self.taken: list[tuple[str, BrowserContext]] = []

    def take(self, **options: Any) -> BrowserContext:
        """One that nobody uses, with these options."""
        options.setdefault("viewport", WINDOW)
        key = repr(sorted(options.items()))
        idle = self.idle.get(key)
        context = idle.pop() if idle else self.open(**options)
        self.taken.append((key, context))
        return context

    def open(self, **options: Any) -> BrowserContext:
        context = self.browser.new_context(base_url=self.url, **options)
        context.set_default_timeout(60_000)
        context.on("console", lambda said: self.complain(said.text) if said.type in LOUD else None)
        context.on("weberror", lambda failed: self.complain(str(failed.error)))
        kept = context.new_page()
        kept.route(KEPT, lambda route: route.fulfill(content_type="text/html", body=EMPTY))
        kept.goto(KEPT)
        return context

    def complain(self, said: str) -> None:
        if not said.startswith(LEFT):
            self.complaints.append(said)

    def show(self, name: str) -> Iterator[str]:
        """Where each open tab is, with a picture of it, and what the browser complained about."""
        SHOTS.mkdir(exist_ok=True)
        tabs = [tab for _, context in self.taken for tab in context.pages[1:]]
        for number, tab in enumerate(tabs, 1):
            yield tab.url
            picture = SHOTS / f"failed-{name}-{number}.png"
            with suppress(Error):
                yield from (f"  no answer yet: {part}" for part in tab.evaluate(UNANSWERED))
                tab.screenshot(path=picture, timeout=10_000)
                yield f"  {picture}"
        yield from self.complaints

    def give_back(self) -> None:
        """All that the test took, as if nobody had used them."""
        while self.taken:
            key, context = self.taken.pop()
            kept, *tabs = context.pages
            for tab in tabs:
                tab.close()
            context.clear_cookies()
            kept.evaluate("localStorage.clear()")
            self.idle.setdefault(key, []).append(context)


@pytest.fixture(scope="session")
def windows(browser: Browser, live_server: Any) -> Windows:
    return Windows(browser, live_server.url)


@pytest.fixture
def complaints(windows: Windows) -> list[str]:
    """The errors and warnings in the browser's console, and scripts that failed."""
    windows.complaints.clear()
    return windows.complaints


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
    windows: Windows, live_server: Any, complaints: list[str], requests: set[int]
) -> Iterator[Callable[..., BrowserContext]]:
    """A browser window in which somebody has signed in, or nobody."""

    def signed_in(user: User | None = None, **options: Any) -> BrowserContext:
        context = windows.take(**options)
        if user:
            client = Client()
            client.force_login(user)
            cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        return context

    yield signed_in
    windows.give_back()
    until(lambda: not requests)  # what a page asked for before it was closed, while the database is still there


@pytest.fixture(scope="session")
def axe() -> Callable[..., None]:
    """Fails with what axe finds, spelled out; of a page that differs in its colours alone, only these are asked."""
    source = AXE.read_text()

    def axe(page: Page, *, only: str = "") -> None:
        page.wait_for_load_state()
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
            page.set_viewport_size({"width": width, "height": WINDOW["height"]})
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
            assert page.evaluate(WIDER_THAN_FIELD) == [], f"{page.url} at {page.viewport_size}"
        assert [said for said in complaints if status == 200 or f"status of {status}" not in said] == []
        complaints.clear()

    return inspect


UNANSWERED = "[...document.querySelectorAll('.htmx-request')].map((part) => part.outerHTML.slice(0, 160))"

WIDER_THAN_WINDOW = """
document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll("body *")]
  .filter((part) => part.getBoundingClientRect().right > innerWidth + 1)
  .map((part) => part.outerHTML.slice(0, 120))
"""
WIDER_THAN_FIELD = """
[...document.querySelectorAll(".field :is(input:not([type=checkbox], [type=radio]), select, textarea)")]
  .map((control) => [control, control.getBoundingClientRect(), control.closest(".field").getBoundingClientRect()])
  .filter(([, control, field]) => control.right > field.right + 1)
  .map(([control]) => control.outerHTML.slice(0, 120))
"""
"""Controls that reach over the edge of their field, and into the one beside it. Lists of boxes stand in columns."""
