"""Parts of a report: pairs by kind, benefits, and the page of a division."""

import pytest
from django.urls import reverse

from orgmap.reports.models import Level
from tests import build
from tests.reports.company import company
from tests.reports.test_pages import roll_up, signed_in, words

pytestmark = pytest.mark.django_db


def two_divisions():
    """Brand and Campaigns below Marketing meet each other and Care, which stands apart."""
    customers, uk = build.audience("customers"), build.market("uk")
    root = build.department("Acme", slug="acme")
    marketing = build.department("Marketing", slug="marketing", parent=root)
    brand = build.department("Brand", slug="brand", parent=marketing)
    campaigns = build.department("Campaigns", slug="campaigns", parent=marketing)
    care = build.department("Customer care", slug="care", parent=root)
    goal = build.objective("Halve the calls", departments=[care], audiences=[customers], markets=[uk])
    forum = build.platform("forum", "Forum")
    for department in (brand, campaigns, care):
        build.account(departments=[department], platform=forum, audiences=[customers], markets=[uk], objectives=[goal])
    build.tie(brand, campaigns, audiences=["customers"])
    return roll_up()


def test_silos_are_counted_where_something_meets_inside_a_division():
    snapshot = two_divisions()
    page = signed_in().get(reverse("reports:report"))

    assert page.context["level"].level == 2
    assert (page.context["silos"]["within"], page.context["silos"]["across"]) == (1.0, 0.0)
    assert "We cover 100% inside divisions and 0% across." in words(page).replace(" .", ".").replace("  ", " ")
    assert page.context["silos"]["at"] == "all"
    assert Level.objects.get(snapshot=snapshot, level=None).figures["silos"]["within"] == 1.0


@pytest.mark.parametrize(
    ("query", "pairs"),
    [
        ("where=inside", [("Brand", "Campaigns")]),
        ("where=across", [("Brand", "Customer care"), ("Campaigns", "Customer care")]),
        ("where=across&division=marketing", [("Brand", "Customer care"), ("Campaigns", "Customer care")]),
        ("where=inside&division=care", []),
        ("kind=left_right_hand", [("Brand", "Customer care"), ("Campaigns", "Customer care")]),
        ("kind=aligned", [("Brand", "Campaigns")]),
    ],
)
def test_pairs_by_kind_and_by_where_they_meet(query, pairs):
    snapshot = two_divisions()
    page = signed_in().get(f"{reverse('reports:pair_list', args=[snapshot.pk])}?level=all&{query}")
    assert [(gap.a.name, gap.b.name) for gap in page.context["gaps"]] == pairs


@pytest.mark.parametrize("query", ["kind=odd", "where=nowhere", "level=9"])
def test_an_unknown_kind_of_pairs_is_no_page(query):
    snapshot = two_divisions()
    assert signed_in().get(f"{reverse('reports:pair_list', args=[snapshot.pk])}?{query}").status_code == 404


def test_a_division_has_a_report_of_its_own():
    snapshot = two_divisions()
    page = signed_in().get(reverse("reports:division_detail", args=[snapshot.pk, "marketing"]))

    assert "Inside Marketing, 100% of the meetings are covered by an agreement" in words(page)
    assert "with other divisions, 0%" in words(page)
    assert [(gap.a.name, gap.b.name) for gap in page.context["across"]] == [
        ("Brand", "Customer care"),
        ("Campaigns", "Customer care"),
    ]
    assert page.context["inside"] == []
    assert [name for _, name in page.context["units"]] == ["Marketing", "Brand", "Campaigns"]


def test_a_division_that_meets_nobody_says_so():
    company()
    snapshot = roll_up()
    page = signed_in().get(reverse("reports:division_detail", args=[snapshot.pk, "people"]))
    assert "Nothing to coordinate yet. People meets nobody else" in words(page)


def test_a_department_that_is_no_division_has_no_such_report():
    snapshot = two_divisions()
    assert signed_in().get(reverse("reports:division_detail", args=[snapshot.pk, "brand"])).status_code == 404


def test_a_departments_page_leads_to_the_report_of_a_division_or_of_a_unit():
    snapshot = two_divisions()
    client = signed_in("staff")
    marketing, brand = (client.get(f"/departments/{slug}/").context["in_report"] for slug in ("marketing", "brand"))
    assert marketing == f"/reports/{snapshot.pk}/divisions/marketing/"
    assert brand == f"/reports/{snapshot.pk}/units/brand/?level=all"
    assert client.get(marketing).status_code == 200
    assert client.get(brand).status_code == 200


def test_benefits_say_who_works_for_them():
    snapshot = two_divisions()
    page = signed_in().get(f"{reverse('reports:benefit_list', args=[snapshot.pk])}?level=all")
    (pursued,) = [row for row in page.context["rows"] if row["staffed"].shown]
    assert (pursued["staffed"].shown, pursued["state"][0]) == ([("care", "Customer care")], "Hangs on one")
    assert "We staff 1 of the 15 things" in words(page)


def test_places_of_a_topic_leave_out_purposes_of_other_benefits():
    snapshot = two_divisions()
    address = reverse("reports:place_list", args=[snapshot.pk])
    page = signed_in().get(f"{address}?level=all&audience=customers&topic=B05")
    assert {row["row"].touchpoint.split("|")[0] for row in page.context["rows"]} <= {"audience", "channel"}
    assert "Only places that have to do with" in words(page)
