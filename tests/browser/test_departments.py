"""The lead makes, moves, merges and takes back; the executive goes from home to the evidence; every page looked at."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from channels.models import Account
from departments.models import Department
from orgmap.reports.models import Snapshot
from orgmap.users.models import User
from tests import build

pytestmark = pytest.mark.django_db(transaction=True)

SignedIn = Callable[..., BrowserContext]
Inspect = Callable[..., None]


def person(role: str) -> User:
    return User.objects.get(email=f"{role}@demo.example")


def parent_of(name: str) -> str | None:
    return Department.objects.values_list("parent__name", flat=True).get(name=name)


def node(page: Page, name: str) -> object:
    return page.locator(".node", has=page.get_by_role("link", name=name, exact=True)).first


def test_a_lead_makes_moves_merges_and_takes_back(
    report: Snapshot, signed_in: SignedIn, axe: Callable[[Page], None], complaints: list[str]
) -> None:
    page = signed_in(
        person("lead"), viewport={"width": 1440, "height": 2400}
    ).new_page()  # nothing scrolls while dragging
    page.goto("/departments/")
    page.get_by_role("link", name="New department").click()
    page.get_by_label("Name", exact=True).fill("Night desk")
    page.get_by_label("Head").fill("Maud Ferrier")
    page.get_by_role("button", name="Put it on the map").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Night desk")
    expect(page.locator("main")).to_contain_text("Not known yet")
    axe(page)

    page.goto("/departments/")
    node(page, "Night desk").drag_to(node(page, "Marketing"))
    expect(page.locator("#messages")).to_contain_text("Night desk is now part of Marketing")
    assert parent_of("Night desk") == "Marketing"
    node(page, "Marketing").drag_to(node(page, "Night desk"))  # below itself: the tree does not take it
    assert parent_of("Marketing") != "Night desk"

    page.goto(f"/departments/{Department.objects.get(name='Marketing').slug}/")
    page.locator("summary", has_text="More").click()
    axe(page)
    page.get_by_role("link", name="Move it in the tree").click()
    page.get_by_label("Part of").fill("Night desk")
    page.get_by_role("button", name="Move it").click()
    expect(page.get_by_role("alert")).to_contain_text("Night desk stands below Marketing")
    axe(page)

    page.goto(f"/departments/{Department.objects.get(name='Travel help desk').slug}/merge/")
    page.get_by_label("Becomes part of").fill("Night desk")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("accounts go to Night desk")
    axe(page)
    before = Account.objects.filter(sides__department__name="Travel help desk").count()
    page.get_by_role("button", name="Merge into Night desk").click()
    expect(page.locator("#messages")).to_contain_text("Travel help desk is now part of Night desk.")
    assert Account.objects.filter(sides__department__name="Night desk").count() == before
    page.get_by_role("link", name="See all of it, or undo it").click()
    page.get_by_role("button", name="Undo all of it").click()
    expect(page.locator("main")).to_contain_text("Undone")
    assert Account.objects.filter(sides__department__name="Travel help desk").count() == before
    assert Department.objects.get(name="Travel help desk").status == "active"
    assert [said for said in complaints if "422" not in said] == []


def test_a_lead_without_a_script_makes_moves_and_merges(report: Snapshot, signed_in: SignedIn) -> None:
    page = signed_in(person("lead"), java_script_enabled=False).new_page()
    page.goto("/departments/new/")
    page.get_by_label("Name", exact=True).fill("Night desk")
    page.get_by_label("Part of").fill("Marketing")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Night desk")
    page.goto("/departments/night-desk/move/")
    page.get_by_label("Part of").fill("")
    page.keyboard.press("Enter")
    expect(page.locator("#messages")).to_contain_text("Night desk is now at the top")
    assert parent_of("Night desk") is None
    page.goto("/departments/night-desk/merge/")
    page.get_by_label("Becomes part of").fill("Marketing")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Merge into Marketing").press("Enter")
    expect(page.locator("#messages")).to_contain_text("Night desk is now part of Marketing.")
    assert Department.objects.get(name="Night desk").successor.name == "Marketing"


def test_an_executive_goes_from_home_to_the_records_behind_the_widest_gap(
    report: Snapshot, signed_in: SignedIn
) -> None:
    page = signed_in(person("executive")).new_page()
    page.goto("/")
    expect(page.locator("#widest")).to_be_visible()
    page.locator(".gap").first.get_by_role("link").first.click()
    page.wait_for_url("**/reports/**")
    account = page.locator("main a[href^='/accounts/']").first
    handle = account.inner_text()
    account.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(handle.split(" ")[0])


def test_pages_of_departments_and_people_are_right_for_the_lead(report: Snapshot, inspect: Inspect) -> None:
    care, maud = Department.objects.get(name="Customer care"), person("head")
    for path, name in (
        ("/departments/?closed=1", "departments-closed"),
        ("/departments/new/", "department-new"),
        (f"/departments/{care.slug}/edit/", "department-edit"),
        (f"/departments/{care.slug}/move/", "department-move"),
        (f"/departments/{care.slug}/merge/?into=Marketing", "department-merge"),
        (f"/departments/{care.slug}/close/", "department-close"),
        (f"/departments/{care.slug}/delete/", "department-delete"),
        ("/people/", "people"),
        ("/people/invite/", "person-invite"),
        (f"/people/{maud.pk}/", "person"),
        (f"/people/{maud.pk}/edit/", "person-edit"),
        (f"/people/{maud.pk}/deactivate/", "person-deactivate"),
    ):
        inspect(path, name, person("lead"))


def test_home_of_an_empty_map_teaches_the_first_steps(transactional_db: None, inspect: Inspect) -> None:
    inspect("/", "home-empty", build.user("lead"))
