"""Every page of the demo organisation at both widths, light and dark, read by axe; and a journey for each person."""

import re
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import BrowserContext, expect

from channels.models import Account, Export
from departments.models import Department, Objective, Tie
from orgmap.history.models import UndoJob
from orgmap.reports.models import Pair, Snapshot
from orgmap.users.models import User

pytestmark = pytest.mark.django_db(transaction=True)

SignedIn = Callable[..., BrowserContext]
Inspect = Callable[..., None]


def person(role: str) -> User:
    return User.objects.get(email=f"{role}@demo.example")


def test_every_page_of_the_map_is_right_for_the_lead(report: Snapshot, inspect: Inspect) -> None:
    pair = Pair.objects.filter(level__snapshot=report).order_by("level__level", "rank")[0]
    for path, name in (
        ("/", "home-lead"),
        ("/map/", "map"),
        ("/map/?level=all", "map-departments"),
        ("/map/?show=table", "map-table"),
        ("/map/?lens=flow", "map-flow"),
        ("/map/?lens=flow&show=table", "map-flow-table"),
        ("/map/?lens=matrix", "map-matrix"),
        ("/map/?lens=matrix&by=audience", "map-audiences"),
        ("/map/?platform=facebook", "map-facebook"),
        ("/map/accounts/?department_box=marketing&platform_box=facebook", "map-accounts"),
        ("/map/intended/", "intended"),
        (f"/map/intended/new/?a={pair.a}&b={pair.b}", "intended-new"),
        ("/methodology/", "methodology"),
    ):
        inspect(path, name, person("lead"))


def test_every_page_of_the_registry_is_right_for_the_lead(report: Snapshot, inspect: Inspect) -> None:
    account = Account.objects.get(handle="skerryfellboats")
    department = Department.objects.get(name="Customer care")
    objective = Objective.objects.filter(check_ins__isnull=False).order_by("pk")[0]
    undo = UndoJob.objects.create(by=person("lead"), context=uuid4(), state="running", step="Reading", share=0.4)
    file = Export.objects.create(by=person("lead"), total=9_000, written=2_500, state="running")
    for path, name in (
        ("/departments/", "departments"),
        (f"/departments/{department.slug}/", "department"),
        ("/accounts/", "accounts"),
        ("/accounts/?q=nothing+like+this+anywhere", "accounts-empty"),
        (f"/accounts/{account.pk}/", "account"),
        (f"/accounts/{account.pk}/edit/", "account-edit"),
        (f"/accounts/{account.pk}/activity/", "account-activity"),
        ("/objectives/", "objectives"),
        (f"/objectives/{objective.pk}/", "objective"),
        ("/agreements/", "agreements"),
        (f"/agreements/{Tie.objects.order_by('pk')[0].pk}/", "agreement"),
        ("/groups/", "groups"),
        ("/imports/", "imports"),
        (f"/activity/undo/{undo.pk}/", "undo"),
        (f"/accounts/export/{file.pk}/", "export"),
    ):
        inspect(path, name, person("lead"))


def test_every_page_of_the_report_is_right_for_the_lead(report: Snapshot, inspect: Inspect) -> None:
    pair = Pair.objects.filter(level__snapshot=report).order_by("level__level", "rank")[0]
    for path, name in (
        (f"/reports/{report.pk}/against/{report.pk}/", "difference"),
        ("/reports/", "report"),
        (f"/reports/{report.pk}/places/", "places"),
        (f"/reports/{report.pk}/pairs/{pair.a}/{pair.b}/", "pair"),
        (f"/reports/{report.pk}/units/{pair.a}/", "unit"),
        (f"/reports/{report.pk}/steps/give_objective/", "step"),
    ):
        inspect(path, name, person("lead"))


def test_home_is_right_for_everyone_else(report: Snapshot, inspect: Inspect) -> None:
    for role in ("head", "executive", "staff"):
        inspect("/", f"home-{role}", person(role))
    inspect("/verify/?url=https%3A%2F%2Ft.me%2Fskerryfellboats", "verify")
    inspect("/verify/?url=%40skerryfell.help", "verify-handle")


def test_an_executive_reaches_the_evidence_of_the_headline_in_two_clicks(report: Snapshot, signed_in: SignedIn) -> None:
    page = signed_in(person("executive")).new_page()
    page.goto("/")
    page.locator("main").get_by_role("link").first.click()
    expect(page).not_to_have_url(re.compile(r"^http://[^/]+/$"))
    page.locator("main").get_by_role("link").first.click()
    expect(page).to_have_url(re.compile(rf"/reports/{report.pk}/|/departments/"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_a_head_fills_a_missing_word_of_an_account(report: Snapshot, signed_in: SignedIn) -> None:
    head = person("head")
    own = Department.objects.answered_for_by(head)
    account = Account.objects.filter(sides__department__in=own, says="", status="active").order_by("pk").first()
    account = account or Account.objects.filter(sides__department__in=own, status="active").order_by("pk")[0]
    page = signed_in(head).new_page()
    page.goto(f"/accounts/{account.pk}/")
    page.get_by_role("link", name="Change").first.click()
    page.get_by_label("Says what").fill("what to do when the boat does not run")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text("what to do when the boat does not run")


def test_the_lead_reads_a_list_in_takes_it_back_and_applies_it_again(
    report: Snapshot, signed_in: SignedIn, inspect: Inspect, tmp_path: Path
) -> None:
    file = tmp_path / "list.csv"
    file.write_text("Department,Account Platform,Account Link\nCustomer care,Twitter,https://twitter.com/skerrycare2\n")
    page = signed_in(person("lead")).new_page()
    page.goto("/imports/")
    page.get_by_label("File").set_input_files(file)
    page.get_by_role("button", name="Look at it").click()
    page.get_by_role("button", name="Apply").click()
    page.get_by_role("link", name="Take it back").click()
    expect(page.locator("main")).to_contain_text("1 account that the list added is deleted.")
    assert Account.objects.filter(handle="skerrycare2").count() == 1
    page.get_by_role("button", name="Take back 1 account").click()
    expect(page.locator("main")).to_contain_text("What taking it back did")
    assert Account.objects.filter(handle="skerrycare2").count() == 0
    inspect(page.url, "import-taken-back", person("lead"))
    page.get_by_role("button", name="Apply it again").press("Enter")
    expect(page.locator("main")).to_contain_text("read again and compared with the map as it is now")
    inspect(page.url, "import-again", person("lead"))
    page.get_by_role("button", name="Apply").press("Enter")
    expect(page.locator("main")).to_contain_text("Take it back")
    assert Account.objects.filter(handle="skerrycare2").count() == 1


def test_a_stranger_asks_whether_an_account_is_ours(report: Snapshot, signed_in: SignedIn) -> None:
    page = signed_in().new_page()
    page.goto("/verify/")
    page.get_by_role("textbox").fill("t.me/skerryfellboats")
    page.get_by_role("textbox").press("Enter")
    expect(page.locator("main")).to_contain_text("Travel help desk")


def test_a_member_of_staff_finds_who_runs_an_account_by_keyboard(report: Snapshot, signed_in: SignedIn) -> None:
    page = signed_in(person("staff")).new_page()
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("skerryfelboats")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Travel help desk")


SHIFTS = """
window.shifts = [];
new PerformanceObserver(seen => seen.getEntries().forEach(each => each.hadRecentInput || window.shifts.push(
    `${each.value.toFixed(4)} ${each.sources.map(
        one => one.node?.id || one.node?.getAttribute?.('class') || one.node?.nodeName)}`)
)).observe({type: "layout-shift", buffered: true});
"""
"""Every shift that browsers count. That the foot follows a list that became shorter is right."""


def test_nothing_jumps_when_a_part_of_a_page_is_exchanged(report: Snapshot, signed_in: SignedIn) -> None:
    page = signed_in(person("lead"), viewport={"width": 1440, "height": 900}).new_page()
    page.add_init_script(SHIFTS)
    shifts: dict[str, list[str]] = {}

    def begin(path: str) -> None:
        page.goto(path)
        page.wait_for_load_state("networkidle")
        page.evaluate("window.shifts.length = 0")

    def look(where: str) -> None:
        page.wait_for_load_state("networkidle")
        shifts[where] = [each for each in page.evaluate("window.shifts") if not each.endswith(" foot")]

    begin("/accounts/")
    page.get_by_role("columnheader", name="Account").get_by_role("link").click()
    page.wait_for_url("**sort=**")
    look("the directory, sorted")
    begin("/departments/")
    page.get_by_label("Name, acronym or former name").fill("care")
    page.get_by_role("button", name="Find", exact=True).click()
    page.wait_for_url("**q=care**")
    look("the tree, searched")
    begin("/objectives/")
    page.locator("form[data-follows] select").first.select_option(index=1)
    page.wait_for_url("**/objectives/?*")
    look("objectives, narrowed")
    begin("/agreements/new/")
    page.get_by_label("Add one by name").type("care", delay=20)
    look("a department offered while it is typed")
    assert shifts == {where: [] for where in shifts}


@pytest.mark.parametrize("width", [1440, 390])
def test_nothing_jumps_while_a_page_is_opened_first(report: Snapshot, signed_in: SignedIn, width: int) -> None:
    account = f"/accounts/{Account.objects.get(handle='skerryfellboats').pk}/"
    department = f"/departments/{Department.objects.get(name='Customer care').slug}/"
    pages = {
        "lead": ["/", "/accounts/", account, "/departments/", department, "/audit/", "/map/"],
        "head": ["/", "/objectives/"],
        "executive": ["/", "/reports/"],
    }
    shifts: dict[str, list[str]] = {}
    for who, paths in pages.items():
        window = signed_in(person(who), viewport={"width": width, "height": 900})
        for path in paths:
            page = window.new_page()
            window.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
            page.add_init_script(SHIFTS)
            page.goto(path, wait_until="networkidle")
            page.wait_for_function("document.fonts.status === 'loaded'")
            shifts[f"{path} of the {who}"] = page.evaluate("window.shifts")
            page.close()
    assert shifts == {where: [] for where in shifts}
