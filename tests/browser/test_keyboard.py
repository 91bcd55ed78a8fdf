"""By keyboard alone: every stop of the focus on each main page has a name and a ring that is seen."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from tests import build

pytestmark = pytest.mark.django_db(transaction=True)

MOST = 160
STOP = """
() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const by = (at.getAttribute("aria-labelledby") || "").split(/\\s+/).filter(Boolean)
    .map((id) => document.getElementById(id)?.textContent ?? "").join(" ");
  const labels = [...(at.labels ?? [])].map((label) => label.textContent).join(" ");
  const inside = [...at.querySelectorAll("svg title, img[alt]")].map((each) => each.alt ?? each.textContent).join(" ");
  const told = [by, at.getAttribute("aria-label"), labels, at.textContent, inside, at.title];
  const name = told.find((text) => text?.trim());
  const style = getComputedStyle(at);
  const box = at.getBoundingClientRect();
  return {
    what: at.outerHTML.slice(0, 160),
    named: Boolean(name),
    ringed: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    seen: box.width > 0 && box.height > 0 && style.visibility !== "hidden",
    mark: [...document.querySelectorAll("*")].indexOf(at),
  };
}
"""


def stops(page: Page) -> list[dict[str, Any]]:
    """Where Tab leads, from the top of the page to its end."""
    found: list[dict[str, Any]] = []
    page.locator(".skip").focus()  # a page may begin further down, in its first field
    for _ in range(MOST):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None or (found and stop["mark"] == found[0]["mark"]):
            break
        found.append(stop)
    return found


@pytest.fixture
def lead() -> Any:
    care, sales = build.department("Customer care", acronym="CC"), build.department("Sales")
    account = build.account("acme", departments=[care], audiences=[build.audience()], says="answers")
    build.account("acme-news", departments=[sales])
    build.objective("Answer in public", departments=[care])
    build.tie(care, sales, title="Complaints go to care")
    lead = build.user("lead", name="Lena Ortiz")
    lead.paths = [  # type: ignore[attr-defined]  # for this test
        "/",
        "/map/",
        "/departments/",
        f"/departments/{care.slug}/",
        "/accounts/",
        f"/accounts/{account.pk}/",
        f"/accounts/{account.pk}/edit/",
        "/accounts/new/",
        "/objectives/",
        "/objectives/new/",
        "/agreements/",
        "/agreements/new/",
        "/groups/",
        "/imports/",
        "/reports/",
        "/activity/",
        "/find/?q=acme",
        "/people/",
        "/me/",
        "/verify/",
    ]
    return lead


def test_every_stop_of_the_focus_has_a_name_and_a_ring(lead: Any, signed_in: Callable[..., BrowserContext]) -> None:
    page = signed_in(lead, reduced_motion="reduce").new_page()
    wrong = []
    for path in lead.paths:
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        found = stops(page)
        assert len(found) > 5, f"{path} has only {len(found)} stops"
        wrong += [
            f"{path}: {', '.join(lack for lack in ('named', 'ringed', 'seen') if not stop[lack])} not: {stop['what']}"
            for stop in found
            if not (stop["named"] and stop["ringed"] and stop["seen"])
        ]
    assert wrong == []
