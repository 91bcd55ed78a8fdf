"""The map, the what-if and the difference of two reports: read by axe, walked by keyboard, sent as links, printed."""

import re
from collections.abc import Callable
from io import StringIO
from xml.etree import ElementTree

import pytest
from django.core.management import call_command
from playwright.sync_api import BrowserContext, Page, expect

from departments.models import Department, Tie
from orgmap.reports.models import Level, Snapshot
from orgmap.reports.whatif.steps import of_proposal, query
from orgmap.users.models import User
from tests import build
from tests.browser.conftest import SHOTS, WIDER_THAN_WINDOW, WIDTHS

pytestmark = pytest.mark.django_db(transaction=True)

SignedIn = Callable[..., BrowserContext]
Inspect = Callable[..., None]


OUTSIDE = """pictures => pictures.flatMap((picture) => {
  const frame = picture.getBoundingClientRect();
  return [...picture.querySelectorAll("text")].filter((text) => {
    const box = text.getBoundingClientRect();
    return box.left < frame.left || box.right > frame.right || box.top < frame.top || box.bottom > frame.bottom;
  }).map((text) => text.textContent);
})"""
"""Names and figures of pictures that are cut at their edge."""
ROWS = ".met li a:visible"
"""The Matrix on a phone: rows, which need no arrow keys."""
SMALLEST = """pictures => pictures.flatMap((picture) =>
  [...picture.querySelectorAll("text:not(.note, .head)")].map((text) => parseFloat(getComputedStyle(text).fontSize)
    * picture.getBoundingClientRect().width / picture.viewBox.baseVal.width))"""
"""How large the letters of pictures are."""


def person(role: str) -> User:
    return User.objects.get(email=f"{role}@demo.example")


def focused(page: Page) -> str:
    """What the focused mark says."""
    return str(page.evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent"))


def test_what_if_and_difference_are_right_at_both_widths_and_themes(report: Snapshot, inspect: Inspect) -> None:
    level = next(each for each in Level.objects.filter(snapshot=report).order_by("pk") if each.figures["proposals"])
    steps = query([of_proposal(group) for group in level.figures["proposals"]])
    worst = level.pair_rows.filter(quadrant="left_right_hand").order_by("rank").first()
    assert worst
    first, second = (Department.objects.get(slug=slug) for slug in (worst.a, worst.b))
    build.tie(first, second, title="Who answers whom")
    call_command("rollup", verbosity=0, stdout=StringIO())
    latest = Snapshot.objects.latest("pk")
    for path, name in (
        ("/what-if/", "what-if-empty"),
        (f"/what-if/{steps}", "what-if"),
        ("/what-if/?open=close&department=marketing", "what-if-close"),
        (f"/what-if/propose/{steps}", "what-if-propose"),
        (f"/reports/{report.pk}/against/{latest.pk}/", "difference"),
        (f"/reports/{latest.pk}/sprawl/surplus/", "sprawl-surplus"),
    ):
        inspect(path, name, person("lead"))


def test_the_lenses_are_walked_by_keyboard_and_open_their_evidence(
    report: Snapshot, signed_in: SignedIn, axe: Callable[..., None], keep: Callable[..., None]
) -> None:
    SHOTS.mkdir(exist_ok=True)
    for width in WIDTHS:
        page = signed_in(person("executive"), viewport={"width": width, "height": 900}).new_page()
        for lens, mark in (
            ("network", ".picture:visible .line"),
            ("flow", ".picture:visible .band"),
            ("matrix", ".matrix td a" if width > 390 else ROWS),
        ):
            page.emulate_media(color_scheme="light", reduced_motion="reduce")
            page.goto(f"/map/?lens={lens}")
            page.locator(mark).first.focus()
            before = focused(page)
            for key in ("ArrowRight", "ArrowDown", "ArrowLeft"):
                page.keyboard.press(key)
            assert (focused(page) != before) is (mark != ROWS)
            page.locator(mark).first.focus()
            page.keyboard.press("Enter")
            expect(page.locator("#map_panel h2")).to_be_focused()
            axe(page)
            assert page.evaluate(WIDER_THAN_WINDOW) == []
            pictures = page.locator(".picture:visible")
            assert pictures.evaluate_all(OUTSIDE) == []
            assert min(pictures.evaluate_all(SMALLEST), default=12) > 11
            page.emulate_media(color_scheme="dark", reduced_motion="reduce")
            axe(page, only="color-contrast")
            keep(page, f"map-panel-{lens}-{width}-dark")
            page.keyboard.press("Escape")
            expect(page.locator("#map_panel")).to_be_hidden()
            assert focused(page) == before


def test_on_a_phone_network_and_flow_fit_the_screen_with_letters_as_large(
    report: Snapshot, signed_in: SignedIn, axe: Callable[..., None]
) -> None:
    SHOTS.mkdir(exist_ok=True)
    page = signed_in(person("executive"), viewport={"width": 390, "height": 844}).new_page()
    for at, mark in (
        ("/map/", ".line.uncovered"),
        ("/map/?level=all", ".line.uncovered"),
        ("/map/?lens=flow", ".band"),
        ("/map/?lens=flow&level=all", ".band"),
    ):
        page.goto(at)
        picture = page.locator(".picture:visible")
        expect(picture).to_have_count(1)
        box = picture.bounding_box()
        assert box is not None
        assert (box["x"] >= 0, box["x"] + box["width"] <= 390) == (True, True)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        wide = "text => Math.max(...[...text].map(one => one.getBoundingClientRect().right))"
        assert picture.locator("text").evaluate_all(wide) <= 390
        aside = "text => Math.min(...[...text].map(one => one.getBoundingClientRect().left))"
        assert picture.locator("text").evaluate_all(aside) >= 0
        small = "text => Math.min(...[...text].map(one => parseFloat(getComputedStyle(one).fontSize)))"
        drawn = picture.evaluate("picture => picture.getBoundingClientRect().width / picture.viewBox.baseVal.width")
        assert picture.locator("text").evaluate_all(small) * drawn >= 12
        assert picture.locator("text").first.evaluate("text => text.getBoundingClientRect().height") >= 14
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            axe(page, only="" if theme == "light" else "color-contrast")
            name = f"map-phone{'-flow' if 'flow' in at else ''}{'-all' if 'all' in at else ''}"
            page.screenshot(path=SHOTS / f"{name}-{theme}.png", full_page=True)
        page.locator(f".picture:visible {mark}").last.focus()
        page.keyboard.press("Enter")
        expect(page.locator("#map_panel h2")).to_be_focused()
        page.keyboard.press("Escape")


def test_every_lens_is_taken_along_as_a_picture_in_the_colours_of_paper(report: Snapshot, signed_in: SignedIn) -> None:
    page = signed_in(person("executive"), color_scheme="dark").new_page()
    for lens, most in (("network", 1320), ("flow", 1320), ("matrix", 960)):
        page.goto(f"/map/?lens={lens}")
        page.get_by_text("Take along").click()
        with page.expect_download() as picture:
            page.get_by_role("button", name="Picture as PNG").click()
        with page.expect_download() as drawing:
            page.get_by_role("link", name="Picture as SVG").click()
        assert [file.value.suggested_filename for file in (picture, drawing)] == [
            f"orgmap-{lens}.png",
            f"orgmap-{lens}.svg",
        ]
        content = picture.value.path().read_bytes()
        assert (content[:4], int.from_bytes(content[16:20], "big")) == (b"\x89PNG", 2 * most)
        assert ElementTree.parse(drawing.value.path()).getroot().get("width") == str(most)


def test_back_and_forward_work_and_a_copied_link_shows_the_same_picture(
    report: Snapshot, signed_in: SignedIn, keep: Callable[..., None]
) -> None:
    page = signed_in(person("staff")).new_page()
    page.goto("/map/")
    picture = "() => document.querySelector('.picture').outerHTML"
    network = page.evaluate(picture)
    page.get_by_role("link", name="Flow").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Who says it where, to whom, and why")
    page.locator(".map-filter summary").click()
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        expect(page.get_by_role("button", name="Show")).to_be_in_viewport(ratio=1)
        keep(page, f"map-filter-{width}")
    page.get_by_label("Platform").select_option("facebook")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".chips")).to_contain_text("Facebook")
    narrowed, address = page.evaluate(picture), page.url
    assert "platform=facebook" in address
    page.go_back()
    expect(page.locator(".chips")).to_have_count(0)
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Who meets the same people")
    page.wait_for_load_state()  # the picture comes after the heading
    assert page.evaluate(picture) == network
    page.go_forward()
    expect(page.get_by_role("heading", level=1)).to_have_text("Who says it where, to whom, and why")
    page.go_forward()
    expect(page.locator(".chips")).to_contain_text("Facebook")
    other = signed_in(person("executive")).new_page()
    other.goto(address)
    assert other.evaluate(picture) == narrowed


def test_two_steps_back_in_a_row_lead_two_pages_back_also_when_the_scripts_come_late(
    report: Snapshot, signed_in: SignedIn
) -> None:
    page = signed_in(person("staff")).new_page()
    page.goto("/map/")
    for lens, heading in (("Flow", "Who says it where, to whom, and why"), ("Matrix", "Who meets the same people")):
        page.get_by_role("link", name=lens).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    page.route("**/htmx*.js", lambda route: None)
    page.evaluate("history.back()")
    expect(page.get_by_role("heading", level=1)).to_have_text("Who says it where, to whom, and why")
    page.evaluate("history.back()")
    page.wait_for_url("**/map/", wait_until="commit")
    page.unroute("**/htmx*.js")
    expect(page.get_by_role("heading", level=1)).to_have_text("Who meets the same people")


def test_from_the_map_an_agreement_is_tried_and_then_proposed(report: Snapshot, signed_in: SignedIn) -> None:
    page = signed_in(person("lead")).new_page()
    page.goto("/map/")
    page.locator(".picture .line.uncovered").first.focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="What if they agree?").click()
    expect(page.get_by_role("heading", name="What it would change")).to_be_visible()
    page.get_by_role("link", name="Propose these").click()
    page.get_by_label("Title").fill("Who answers families")
    page.get_by_role("button", name="Propose it").click()
    expect(page.get_by_text("1 agreement is proposed.")).to_be_visible()
    assert Tie.objects.get(title="Who answers families").status == "proposed"


def tab_to(page: Page, wanted: str) -> None:
    """Go on with the Tab key until the focus is on such a mark. All of the page is there: else Tab ends too early."""
    page.wait_for_load_state()
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", wanted):
            return
    raise AssertionError(f"The Tab key never comes to {wanted} on {page.url}.")


def test_by_keyboard_alone_one_goes_from_report_to_evidence_and_from_two_reports_to_what_is_different(
    report: Snapshot, signed_in: SignedIn
) -> None:
    worst = Level.objects.get(snapshot=report, level=2).pair_rows.filter(quadrant="left_right_hand").order_by("rank")[0]
    first, second = (Department.objects.get(slug=slug) for slug in (worst.a, worst.b))
    build.tie(first, second, title="Who answers whom")
    call_command("rollup", verbosity=0, stdout=StringIO())
    page = signed_in(person("executive")).new_page()

    page.goto("/reports/")
    tab_to(page, ".gap-names a")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/reports/\d+/pairs/[-\w]+/[-\w]+/"))
    tab_to(page, "main a[href^='/accounts/']")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/accounts/\d+/$"))

    page.goto("/reports/past/")
    tab_to(page, "#compare-first")
    tab_to(page, "main form button")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("What is different")
    tab_to(page, ".compared a")
    tab_to(page, ".lines a")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{first.name} and {second.name}")


def test_the_map_is_printed_on_one_page_without_its_tools(report: Snapshot, signed_in: SignedIn) -> None:
    SHOTS.mkdir(exist_ok=True)
    page = signed_in(person("executive")).new_page()
    for lens, mark in (("network", ".picture:visible"), ("flow", ".picture:visible"), ("matrix", ".matrix")):
        page.goto(f"/map/?lens={lens}")
        page.emulate_media(media="print")
        expect(page.locator(".map-bar")).to_be_hidden()
        expect(page.locator(mark)).to_be_visible()
        page.set_viewport_size({"width": 1032, "height": 703})  # what A4 across leaves between its margins
        assert page.evaluate("document.documentElement.scrollWidth") <= 1032
        assert page.locator(mark).evaluate("(mark) => mark.getBoundingClientRect().right") <= 1032
        page.set_viewport_size({"width": 1280, "height": 720})
        paper = page.pdf(format="A4", landscape=True, path=SHOTS / f"map-{lens}.pdf")
        assert paper.count(b"/Type /Page\n") + paper.count(b"/Type /Page ") == 1
