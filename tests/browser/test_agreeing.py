"""Departments come to an agreement: pages and states at both widths, a journey of two heads, and one without script."""

from collections.abc import Callable
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from departments import services
from departments.models import Objective, ObjectiveInvitation, Tie, WorkingGroup
from orgmap.reports.models import Level
from tests import build
from tests.reports.company import Company, company

pytestmark = pytest.mark.django_db(transaction=True)

SignedIn = Callable[..., BrowserContext]
Inspect = Callable[..., None]
Axe = Callable[[Page], None]
NEXT_YEAR = timezone.localdate().replace(month=1, day=15) + timedelta(days=366)


class World:
    """Care and Brand meet the same customers; each has a head, and the first figures are there."""

    def __init__(self) -> None:
        self.at: Company = company()
        for department, process in ((self.at.care, "customer_service"), (self.at.brand, "brand")):
            department.process = process
            department.save()
        self.carol = build.user(head_of=self.at.care, name="Carol Care", email="carol@acme.example")
        self.ben = build.user(head_of=self.at.brand, name="Ben Brand", email="ben@acme.example")
        self.lead = build.user("lead", name="Lena Lead", email="lena@acme.example")
        self.roll_up()

    def roll_up(self) -> float | None:
        call_command("rollup", verbosity=0, stdout=StringIO())
        return Level.objects.order_by("pk").last().alignment  # type: ignore[union-attr]  # a roll-up leaves levels


@pytest.fixture
def world(transactional_db: None) -> World:
    return World()


def test_every_page_and_state_is_right(world: World, inspect: Inspect) -> None:
    at, goal = world.at, world.at.goal
    Objective.objects.filter(pk=goal.pk).update(
        measure="calls a week", unit="calls", baseline=400, target=200, current=290
    )
    for on, value in ((date(2026, 1, 5), 400), (date(2026, 3, 9), 352), (date(2026, 6, 1), 290)):
        goal.check_ins.create(on=on, value=value, note="counted on a Monday", by=world.carol)
    theirs = build.objective("Fewer people have to call", departments=[at.brand], audiences=[build.audience()])
    asked = ObjectiveInvitation.objects.create(
        objective=goal, department=at.brand, instead_of=theirs, invited_by=world.carol, message="Let us do it once."
    )
    tie = build.tie(
        at.care,
        at.brand,
        title="Complaints go to Care",
        terms="Whoever complains under a post of Brand is answered by Care within the hour.",
        audiences=["customers"],
        ends_on=NEXT_YEAR,
    )
    services.suggest_change(
        by=world.carol, tie=tie, version=None, now=timezone.now(), note="Only in the UK, for now.", markets=["uk"]
    )
    group = build.tie(at.care, at.brand, at.people, kind="working_group", title="One voice", objectives=[goal])
    WorkingGroup.objects.create(tie=group, objective=goal, lead=at.care, sponsor=at.root)
    for path, name, user in (
        ("/objectives/new/", "objective-new", world.carol),
        (f"/objectives/{goal.pk}/", "objective-joint", world.carol),
        (f"/objectives/{goal.pk}/edit/", "objective-edit", world.carol),
        (f"/objectives/{goal.pk}/accounts/", "objective-accounts", world.carol),
        (f"/objectives/{goal.pk}/invite/?objective={theirs.pk}", "objective-invite", world.carol),
        (f"/objectives/{goal.pk}/end/", "objective-end", world.carol),
        (f"/objectives/{goal.pk}/delete/", "objective-delete", world.carol),
        (f"/objectives/invitations/{asked.pk}/", "invitation", world.ben),
        ("/agreements/new/?with=brand&audience=customers", "agreement-new", world.carol),
        (f"/agreements/{tie.pk}/", "agreement-asked", world.ben),
        (f"/agreements/{tie.pk}/change/", "agreement-change", world.ben),
        (f"/agreements/{tie.pk}/coverage/", "agreement-cover", world.ben),
        ("/agreements/waiting/", "waiting", world.ben),
        ("/agreements/waiting/", "waiting-none", world.carol),
        (f"/groups/new/?member=care&member=brand&member=people&objective={goal.pk}", "group-new", world.lead),
        (f"/agreements/{group.pk}/", "group", world.lead),
    ):
        inspect(path, name, user)


def test_two_heads_agree_and_the_next_report_counts_it(
    world: World, signed_in: SignedIn, axe: Axe, complaints: list[str]
) -> None:
    carol, ben = signed_in(world.carol).new_page(), signed_in(world.ben).new_page()
    carol.goto("/objectives/")
    carol.get_by_role("link", name="Set an objective").click()
    carol.get_by_role("link", name="Questions are answered in public").click()
    expect(carol.get_by_label("The objective, in one sentence")).to_have_value(
        "Questions are answered in public, so that fewer people need to call"
    )
    carol.get_by_role("button", name="Set it").click()
    expect(carol.get_by_role("heading", level=1)).to_contain_text("Questions are answered in public")
    axe(carol)

    carol.goto("/agreements/new/?with=brand")
    carol.get_by_label("Title").fill("Complaints go to Care")
    carol.get_by_text("Certain people, places or purposes").click()
    carol.get_by_label("Customers").check()
    expect(carol.locator("#tie_preview")).to_contain_text("It would cover 2 places")
    expect(carol.locator("#tie_preview")).to_contain_text("100.0")
    axe(carol)
    carol.get_by_role("button", name="Propose it").click()
    expect(carol.get_by_text("It binds when every side has accepted")).to_be_visible()
    axe(carol)

    ben.goto("/agreements/waiting/")
    ben.get_by_role("link", name="Complaints go to Care").click()
    expect(ben.locator("#tie_cover")).to_contain_text("It would cover 2 places")
    ben.get_by_role("link", name="Suggest a change").first.click()
    ben.get_by_label("What is agreed").fill("Care answers within the hour; Brand says thank you.")
    ben.get_by_label("Why").fill("So that nobody waits.")
    axe(ben)
    ben.get_by_role("button", name="Suggest it").click()
    expect(ben.get_by_text("Suggested. The other side is asked.")).to_be_visible()
    axe(ben)

    carol.goto("/agreements/waiting/")
    carol.get_by_role("link", name="Complaints go to Care").click()
    expect(carol.get_by_text("“So that nobody waits.”")).to_be_visible()
    carol.get_by_text("What it changed").click()
    expect(carol.get_by_role("row", name="What is agreed")).to_contain_text("Brand says thank you")
    axe(carol)
    carol.get_by_role("button", name="Accept").focus()
    carol.keyboard.press("Enter")
    expect(carol.locator(".tag.covered").first).to_have_text("Active")

    assert world.roll_up() == pytest.approx(1)
    carol.reload()
    expect(carol.locator("#tie_cover")).to_contain_text("It covers 2 places")
    expect(carol.locator("#tie_index")).to_contain_text("0.0")
    axe(carol)
    assert complaints == []


def test_a_group_too_large_is_warned_about_and_not_forbidden(world: World, signed_in: SignedIn, axe: Axe) -> None:
    for number in range(6):
        build.department(f"Station {number}", parent=world.at.root)
    page = signed_in(world.lead, viewport={"width": 390, "height": 900}).new_page()
    page.goto("/groups/new/")
    page.get_by_label("Members").fill("Customer care\nBrand\n" + "\n".join(f"Station {number}" for number in range(6)))
    page.get_by_label("Title").fill("Everybody")
    page.get_by_role("button", name="Propose it").click()
    expect(page.get_by_role("alert")).to_contain_text("8 members are many")
    axe(page)
    page.get_by_role("button", name="Propose it as it is").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Everybody")
    assert Tie.objects.get().sides.count() == 8


def test_agreeing_works_without_script(world: World, signed_in: SignedIn) -> None:
    carol = signed_in(world.carol, java_script_enabled=False).new_page()
    carol.goto("/agreements/new/?with=brand")
    carol.get_by_role("button", name="Show the objectives of these departments").click()
    carol.get_by_label("Halve the calls").check()
    carol.get_by_label("Title").fill("One voice")
    carol.get_by_role("button", name="Propose it").click()
    expect(carol.get_by_role("heading", level=1)).to_have_text("One voice")
    carol.get_by_role("link", name="Show what it covers").click()
    expect(carol.locator("#tie_cover")).to_contain_text("It would cover")
    ben = signed_in(world.ben, java_script_enabled=False).new_page()
    ben.goto("/agreements/waiting/")
    ben.get_by_role("link", name="One voice").click()
    ben.get_by_role("button", name="Decline").click()
    expect(ben.get_by_text("Say why you decline")).to_be_visible()
    ben.get_by_label("A word to the others").fill("We have one.")
    ben.get_by_role("button", name="Decline").click()
    expect(ben.locator(".tag").first).to_have_text("Declined")


def test_a_department_is_offered_while_it_is_typed_and_becomes_a_line(world: World, signed_in: SignedIn) -> None:
    page = signed_in(world.carol).new_page()
    page.goto("/agreements/new/")
    lines, adding = page.get_by_label("Departments", exact=True), page.get_by_label("Add one by name")
    before = lines.input_value()
    adding.press_sequentially(world.at.brand.name[:3])
    expect(page.locator("#id_departments-names option").first).to_have_attribute("value", world.at.brand.name)
    adding.fill(world.at.brand.name)
    if adding.input_value():
        adding.press("Enter")
    assert lines.input_value() == f"{before}\n{world.at.brand.name}".strip()
    expect(adding).to_have_value("")
    page.goto("/groups/new/")
    page.locator("#id_lead").press_sequentially(world.at.brand.name[:3])
    expect(page.locator("#id_lead-names option").first).to_have_attribute("value", world.at.brand.name)
