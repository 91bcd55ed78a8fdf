"""The tree of departments, a department's profile, and its neighbours."""

import csv
import io
import random
import re
from datetime import date
from html import unescape

import pytest
from django.http import StreamingHttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from channels.models import AccountDepartment
from departments.models import Department
from departments.models.department import DefaultAudience, DefaultMarket
from orgmap.reports import departments_tree
from orgmap.reports.collect import collect
from orgmap.reports.ego import wrapped
from orgmap.reports.engine import neighbours as engine_neighbours
from orgmap.reports.engine import prepare
from orgmap.reports.models import Policy
from orgmap.reports.neighbours import nearest, neighbours
from orgmap.reports.views import departments as pages
from tests import build

pytestmark = pytest.mark.django_db
LIST = reverse("reports:department_list")
TODAY = date(2026, 11, 23)


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(build.user())
    return client


def names(client: Client, query: str = "") -> list[str]:
    """The departments that the tree shows, in its order."""
    body = client.get(f"{LIST}?{query}").content.decode().split('id="department_tree"')[1]
    return [unescape(name) for name in re.findall(r'<a href="/departments/[^"]+/">([^<]+)</a>', body)]


def counts(client: Client) -> list[list[str]]:
    """The figures beside each department."""
    body = client.get(LIST).content.decode()
    rows = re.findall(r'<span class="small counts">(.*?)</span></span></span>', body)
    return [re.findall(r'<span class="count">([\d of]*\d)', row) for row in rows]


def test_department_list_draws_the_tree_with_counts(staff: Client) -> None:
    top = build.department("Communication")
    press = build.department("Press", parent=top)
    build.department("Closed", status="closed", closed_on=TODAY)
    build.account(departments=[top])
    build.account(departments=[press, top])
    build.objective(departments=[press])
    build.tie(press, build.department("Sales"))
    assert names(staff) == ["Communication", "Press", "Sales"]
    assert counts(staff) == [["1 of 2", "0", "0"], ["1", "1", "1"], ["0", "0", "1"]]


@pytest.mark.parametrize("rows", [3, 30])
def test_department_list_needs_as_many_queries_for_3_as_for_30(
    staff: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    parent = None
    for number in range(rows):
        parent = build.department(parent=parent if number % 3 else None)
        build.account(departments=[parent])
    with django_assert_num_queries(9):
        assert len(names(staff)) == rows


def test_department_list_of_a_large_organisation_opens_branch_by_branch(
    staff: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(departments_tree, "WHOLE", 3)
    top = build.department("Top", slug="top")
    middle = build.department("Middle", slug="middle", parent=top)
    edge = build.department("Edge", slug="edge", parent=middle)
    build.department("Deep", slug="deep", parent=edge)
    assert names(staff) == ["Top", "Middle", "Edge"]
    assert '<a class="small" href="?branch=edge"' in staff.get(LIST).content.decode()
    assert names(staff, "branch=edge") == ["Edge", "Deep"]
    assert staff.get(f"{LIST}?branch=nowhere").status_code == 404


@pytest.mark.parametrize("typed", ["human", "HR", "hr", "Húman", "personnel"])
def test_department_list_finds_by_name_acronym_and_alias(staff: Client, typed: str) -> None:
    build.department("Human resources", acronym="HR", aliases=["Personnel office"])
    build.department("Sales")
    assert names(staff, f"q={typed}") == ["Human resources"]


def test_department_list_teaches_when_it_is_empty(staff: Client) -> None:
    assert "No departments yet" in staff.get(LIST).content.decode()
    build.department("Sales")
    assert "No department is called so" in staff.get(f"{LIST}?q=atlantis").content.decode()


def test_department_detail_says_what_it_shares_with_whom(staff: Client) -> None:
    customers, uk = build.audience("customers"), build.market("uk")
    sales, care, brand = (build.department(name, slug=name.lower()) for name in ("Sales", "Care", "Brand"))
    for department in (sales, care, brand):
        build.account(departments=[department], audiences=[customers], markets=[uk])
    build.tie(sales, care, kind="liaison", platforms=[])
    body = staff.get(reverse("reports:department_detail", args=["sales"])).content.decode()
    told = re.findall(r"<p>(You share .*?)</p>", body)
    assert [" ".join(unescape(re.sub(r"<[^>]+>", "", line)).split()) for line in told] == [
        "You share 2 places with Brand, 0 % agreed",
        "You share 2 places with Care, 25 % agreed",
    ]


def test_department_detail_shows_people_objectives_and_agreements(staff: Client) -> None:
    team = build.department("Sales", slug="sales", purpose="Sells.")
    build.user(head_of=team, name="Ann Lee")
    build.account("acme", departments=[team], contact="secret@acme.example")
    build.objective("More orders", departments=[team])
    build.tie(team, build.department("Care"), title="Complaints go to Care")
    body = staff.get(reverse("reports:department_detail", args=["sales"])).content.decode()
    shown = ("Sells.", "Ann Lee", ">acme</a>", "More orders", "Complaints go to Care")
    assert [text for text in shown if text not in body] == []
    assert "secret@acme.example" not in body
    assert staff.get(reverse("reports:department_activity", args=["sales"])).status_code == 200
    assert staff.get(reverse("reports:department_detail", args=["nowhere"])).status_code == 404


def test_department_detail_shows_the_first_of_long_lists_and_where_the_others_are(staff: Client) -> None:
    team = build.department("Sales", slug="sales")
    for number in range(21):
        build.department(f"Below {number}", parent=team)
        build.objective(f"Goal {number}", departments=[team])
        build.tie(team, build.department(f"Other {number}"), title=f"Agreement {number}")
        build.account(departments=[team])
    body = staff.get(reverse("reports:department_detail", args=["sales"])).content.decode()
    links = re.findall(r'<a href="([^"]+)">(All 21[^<]*)</a>', body)
    assert links == [
        ("/departments/?branch=sales", "All 21 in the tree"),
        ("/accounts/?department=sales", "All 21 accounts"),
        ("/objectives/?department=sales", "All 21"),
        ("/agreements/?department=sales", "All 21"),
    ]
    assert [len(set(re.findall(rf">{word} \d+</a>", body))) for word in ("Below", "Goal", "Agreement")] == [20, 20, 20]


def test_department_detail_says_what_is_not_known_and_where_to_say_it(client: Client) -> None:
    team = build.department("Sales", slug="sales", purpose="Sells.")
    build.account(departments=[build.department("Shop", parent=team)], audiences=[build.audience()])
    head = build.user(head_of=team)
    address = reverse("reports:department_detail", args=["sales"])
    client.force_login(head)
    body = client.get(address).content.decode()
    assert "2 of 7 things about the department are known." in body
    assert re.findall(r'<a class="missing" href="([^"]+)">([^<]+)</a>', body) == [
        ("/departments/sales/edit/#id_process", "What kind of work it does"),
        ("/departments/sales/edit/#id_deputy", "Who deputises"),
        ("/departments/sales/edit/#id_default_audiences", "To whom it usually speaks"),
        ("/departments/sales/edit/#id_no_account_reason", "An account, or why it runs none"),
        ("/objectives/new/", "An objective"),
        (
            "/accounts/?department=sales&amp;missing=objective&amp;status=active&amp;status=dormant",
            "1 account serves no objective that runs",
        ),
        (
            "/accounts/?department=sales&amp;missing=confirmation&amp;status=active&amp;status=dormant",
            "1 account was not confirmed within half a year",
        ),
    ]
    client.force_login(build.user())
    body = client.get(address).content.decode()
    assert ("Who deputises" in body, '<a class="missing"' in body) == (True, False)


def test_department_detail_draws_the_widest_gap_in_the_middle(staff: Client) -> None:
    audience = build.audience()
    sales = build.department("Sales", slug="sales")
    build.account(departments=[sales], audiences=[audience])
    for number, name in enumerate(("One", "Two", "Three"), start=1):
        other = build.department(name)
        build.account(departments=[other], audiences=[audience])
        build.tie(
            sales, other, **({"platforms": []} if number > 1 else {}), kind="liaison" if number == 2 else "hand_off"
        )
    body = staff.get(reverse("reports:department_detail", args=["sales"])).content.decode()
    picture = body.partition('id="department_map"')[2].partition("</svg>")[0]
    drawn = re.findall(r"<tspan[^>]*>([^<]+)</tspan>", picture)
    ranked = re.findall(r"places?</strong> with <a [^>]*>([^<]+)</a>", body)
    assert (drawn, picture.count('class="open"'), picture.count('class="agreed"')) == (
        [ranked[1], ranked[0], ranked[2]],
        3,
        3,
    )


def test_a_long_name_below_a_mark_takes_two_lines() -> None:
    assert [
        wrapped(name) for name in ("Sales", "Holidays and group travel", "Hochschulkommunikation und Presse in Ulm")
    ] == [
        ["Sales"],
        ["Holidays and", "group travel"],
        ["Hochschulkommunikation", "und Presse in Ulm"],
    ]


def test_department_detail_of_a_large_organisation_asks_for_neighbours_apart(
    staff: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "LARGE", 1)
    audience = build.audience()
    for name in ("Sales", "Care"):
        build.account(departments=[build.department(name, slug=name.lower())], audiences=[audience])
    page = reverse("reports:department_detail", args=["sales"])
    body = staff.get(page).content.decode()
    assert "You share" not in body
    assert '<a href="?neighbours=shown">' in body
    assert "You share" in staff.get(f"{page}?neighbours=shown").content.decode()
    headers = {"HX-Request": "true", "HX-Target": "department_neighbours"}
    fragment = staff.get(f"{page}?neighbours=shown", headers=headers).content.decode()
    assert fragment.lstrip().startswith('<div id="department_neighbours">')
    assert "You share" in fragment


def test_a_department_that_holds_all_others_has_no_neighbours(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    top, audience = build.department("Top"), build.audience()
    for department in (top, build.department("Press", parent=top)):
        build.account(departments=[department], audiences=[audience])
    with django_assert_num_queries(1):
        assert nearest(top, TODAY, 12) == ([], 0)


@pytest.mark.parametrize("rows", [3, 30])
def test_department_detail_needs_as_many_queries_for_3_rows_as_for_30(
    staff: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    team = build.department("Sales", slug="sales")
    for number in range(rows):
        other = build.department(f"Other {number}")
        goal = build.objective(departments=[team, other], audiences=[build.audience()])
        build.account(departments=[team, other], audiences=[build.audience()], objectives=[goal])
        build.tie(team, other, objectives=[goal])
    with django_assert_num_queries(40):
        staff.get(reverse("reports:department_detail", args=["sales"]))


@pytest.mark.parametrize("seed", range(12))
def test_neighbours_are_those_of_the_method(seed: int) -> None:
    organisation(random.Random(seed))
    prepared = prepare(collect(TODAY).organisation)
    for department in Department.objects.filter(status="active"):
        rows = [row for row in engine_neighbours(prepared, department.slug) if row["shared"]]
        expected = {
            (row["a"] if row["b"] == department.slug else row["b"]): (
                len(row["touchpoints"]),
                round(row["shared"], 9),
                round(row["covered"], 9),
            )
            for row in rows
        }
        found = neighbours(department, TODAY)
        assert {
            one.department.slug: (one.places, round(one.shared, 9), round(one.covered, 9)) for one in found
        } == expected
        assert [one.gap for one in found] == sorted((one.gap for one in found), reverse=True)
        assert nearest(department, TODAY, 2) == (found[:2], len(found))


def organisation(chance: random.Random) -> None:
    """A small organisation with all that the method knows: trees, defaults, closed departments, ties of every kind."""
    departments: list[Department] = []
    for number in range(8):
        closed = chance.random() < 0.15
        departments.append(
            build.department(
                slug=f"unit-{number}",
                parent=chance.choice([None, *departments]) if departments else None,
                **({"status": "closed", "closed_on": TODAY} if closed else {}),
            )
        )
    audiences = [build.audience("all")]
    for number in range(4):
        audiences.append(
            build.audience(f"a{number}", parent=chance.choice(audiences), weight=chance.choice([1, 2, "0.5"]))
        )
    markets = [build.market(f"m{number}", weight=chance.choice([1, 3])) for number in range(chance.choice([0, 3]))]
    for department in departments:
        if chance.random() < 0.3:
            DefaultAudience.objects.create(department=department, audience=chance.choice(audiences))
        if markets and chance.random() < 0.3:
            DefaultMarket.objects.create(department=department, market=chance.choice(markets))
    objectives = [
        build.objective(
            departments=chance.sample(departments, chance.choice([1, 1, 2, 3])),
            benefit=chance.choice(["B01", "B02"]),
            audiences=chance.sample(audiences, chance.choice([0, 1])),
            markets=chance.sample(markets, min(len(markets), chance.choice([0, 1]))),
            status=chance.choice(["active", "active", "achieved"]),
            ends_on=chance.choice([None, date(2026, 1, 1), date(2027, 1, 1)]),
        )
        for _ in range(6)
    ]
    for _ in range(10):
        build.account(
            platform=build.platform(chance.choice(["x", "flickr"])),
            departments=chance.sample(departments, chance.choice([0, 1, 1, 2, 3])),
            audiences=chance.sample(audiences, chance.choice([0, 1, 2])),
            markets=chance.sample(markets, min(len(markets), chance.choice([0, 1]))),
            objectives=chance.sample(objectives, chance.choice([0, 1])),
            **chance.choice([{}, {}, {"status": "dormant"}, {"status": "planned"}]),
        )
    for _ in range(6):
        about = chance.sample(objectives, chance.choice([0, 0, 1, 2]))
        filters = {
            "audiences": chance.choice([None, [], ["all"], ["a1", "unknown"]]),
            "markets": chance.choice([None, ["m0"]]),
            "platforms": chance.choice([None, [], ["x"]]),
            "benefits": chance.choice([None, ["B01"]]),
        }
        build.tie(
            *chance.sample(departments, chance.choice([2, 2, 3, 8])),
            kind=chance.choice(["hand_off", "liaison", "working_group"]),
            objectives=about,
            status=chance.choice(["active", "active", "proposed"]),
            **({} if about or chance.random() < 0.3 else filters),
        )
    if chance.random() < 0.5:
        overrides = {"group_cap": 3, "kinds": {"purpose": 2}, "strength": {"liaison": "1/4"}}
        Policy.objects.update_or_create(pk=1, defaults={"overrides": overrides})
    assert AccountDepartment.objects.exists()


def exported(client: Client, query: str = "") -> list[list[str]]:
    answer = client.get(f"/departments/export/?{query}")
    assert isinstance(answer, StreamingHttpResponse)
    return list(csv.reader(io.StringIO(answer.getvalue().decode()[1:])))


def test_department_export_holds_what_the_tree_shows_with_all_that_is_folded(client: Client) -> None:
    client.force_login(build.user())
    top = build.department("Company", acronym="=CO")
    sales = build.department("Sales", parent=top)
    north = build.department("Sales, north", parent=sales)
    build.department("Care", parent=top)
    build.user(name="Nora", head_of=north)
    build.account("acme", departments=[north])
    build.objective(departments=[north])
    assert exported(client) == [
        ["Department", "Acronym", "Part of", "Head", "Accounts", "With all below", "Objectives", "Agreements"],
        ["Company", "'=CO", "", "", "0", "1", "0", "0"],
        ["Care", "", "Company", "", "0", "0", "0", "0"],
        ["Sales", "", "Company", "", "0", "1", "0", "0"],
        ["Sales, north", "", "Sales", "Nora", "1", "1", "1", "0"],
    ]
    assert [row[0] for row in exported(client, f"branch={sales.slug}")] == ["Department", "Sales", "Sales, north"]
    assert [row[0] for row in exported(client, "q=north")] == ["Department", "Sales, north"]
    page = client.get("/departments/?q=north").content.decode()
    assert "/departments/export/?format=csv&amp;q=north" in page


def test_department_export_of_closed_ones_says_since_when_and_who_follows(client: Client) -> None:
    client.force_login(build.user())
    new = build.department("New")
    build.department("Old", status="closed", closed_on=date(2026, 3, 1), successor=new)
    assert exported(client, "closed=1") == [
        ["Department", "Acronym", "Closed on", "Followed by"],
        ["Old", "", "2026-03-01", "New"],
    ]
