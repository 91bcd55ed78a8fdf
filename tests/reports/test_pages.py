"""The report, its evidence, the map and home, as each person sees them."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from channels.models import Account, FindingCount, Suggestion
from departments import services
from departments.models import Department
from orgmap.reports import doors
from orgmap.reports.changed import changed_since
from orgmap.reports.models import RollupRequest, Snapshot
from orgmap.reports.printed import printed
from orgmap.reports.services import requests, rollup
from tests import build
from tests.reports.company import Company, company

pytestmark = pytest.mark.django_db


def roll_up() -> Snapshot:
    wish = requests.request_rollup(reason="a test", now=timezone.now())
    snapshot = rollup.run_rollup(request_id=wish.pk, now=timezone.now(), today=timezone.localdate())
    assert snapshot is not None
    return snapshot


def signed_in(role: str = "executive", **fields) -> Client:
    client = Client()
    client.force_login(build.user(role, **fields))
    return client


def words(answer) -> str:
    """The text of a page, without marks."""
    main = answer.content.decode().partition("<main")[2]
    return " ".join(re.sub(r"<[^>]*>", " ", main.replace("\u202f", "")).split())


@pytest.fixture
def made() -> Company:
    return company()


def test_report_before_the_first_one_says_what_will_be_here(made):
    answer = signed_in().get(reverse("reports:report"))

    assert answer.status_code == 200
    assert "The first report is on its way" in words(answer)


def test_report_leads_with_alignment_and_names_the_accounts_of_the_widest_gap(made):
    build.tie(made.care, made.brand, audiences=["customers"], platforms=[])
    snapshot = roll_up()

    answer = signed_in().get(reverse("reports:report"))

    text = words(answer)
    assert "Where several of our departments meet the same people, 50% of the meetings are covered" in text
    assert "They meet at 2 places . At 1 of them nobody there has agreed" in text
    assert answer.context["snapshot"] == snapshot


def test_report_leads_to_the_overlaps_that_are_intended_also_when_none_is(made):
    roll_up()

    page = signed_in("lead").get(reverse("reports:report")).content.decode()

    assert f'href="{reverse("reports:intended_list")}"' in page


def test_a_closed_department_is_not_taught_how_to_begin(made):
    desk = build.department("Night desk", status="closed", closed_on=date(2026, 11, 1))

    said = words(signed_in("lead").get(reverse("reports:department_detail", args=[desk.slug])))

    assert said.count("None any more.") == 3
    assert "No account yet" not in said


def test_report_shows_the_pair_that_has_agreed_nothing_with_its_accounts_and_the_way_out(made):
    roll_up()

    (gap,) = signed_in().get(reverse("reports:report")).context["gaps"]

    assert (gap.a.name, gap.b.name, gap.count, gap.coverage) == ("Brand", "Customer care", 2, 0.0)
    assert list(gap.a.accounts) == [(str(made.brand_account.pk), "acme on Forum")]
    assert list(gap.b.accounts) == [(str(made.care_account.pk), "acme_care on Forum")]
    assert gap.action == "Consider one owner: this is the same territory."


def test_report_without_meetings_says_that_there_is_nothing_to_coordinate_and_what_is_unknown(made):
    Account.objects.get(pk=made.brand_account.pk).audiences.clear()
    roll_up()

    text = words(signed_in().get(reverse("reports:report")))

    assert "Nothing to coordinate yet." in text
    assert "67% of the accounts say whom they are for" in text


def test_report_counts_the_changes_that_it_has_not_seen(made):
    roll_up()
    for word in ("calls", "chats"):
        Account.objects.filter(pk=made.care_account.pk).update(says=word)

    answer = signed_in().get(reverse("reports:report"))

    # Inside one transaction of a test everything is one change.
    assert answer.context["changes"] == 1
    assert "1 change since" in words(answer)


def test_report_at_another_level_compares_other_units(made):
    roll_up()

    answer = signed_in().get(reverse("reports:report"), {"level": "1"})

    assert "Nothing to coordinate yet." in words(answer)
    assert signed_in().get(reverse("reports:report"), {"level": "9"}).status_code == 404


def test_a_past_report_stays_readable_and_says_that_it_is_past(made):
    first = roll_up()
    build.tie(made.care, made.brand)
    second = roll_up()

    answer = signed_in().get(reverse("reports:report_detail", args=[first.pk]))
    now = signed_in().get(reverse("reports:report"))

    assert "0% of the meetings are covered" in words(answer)
    assert "A past report" in words(answer)
    assert now.context["snapshot"] == second
    assert "+50 points since the report of" in words(now)
    assert "+50 by agreements, ±0 because the map changed" in words(now)


def test_a_report_without_change_says_so_in_one_word_on_the_page_and_on_paper(made):
    roll_up()
    build.account("another", departments=[made.care])
    second = roll_up()

    assert "Unchanged since the report of" in words(signed_in().get(reverse("reports:report")))
    level = doors.level(levels := doors.levels(second), {})
    trend = printed(second, level, levels)["alignment"]["trend"]
    said = "".join(part if isinstance(part, str) else part["text"] for part in trend)
    assert re.fullmatch(r"Unchanged since the report of \d+ \w+ \d+ \(0\u202f%\)\.", said)


def test_only_the_lead_may_have_the_report_computed_now(made):
    address = reverse("reports:report_compute")

    assert signed_in("executive").post(address).status_code == 403
    assert RollupRequest.objects.count() == 0
    assert signed_in("lead").get(address).status_code == 405


def test_pair_shows_places_records_and_agreements(made):
    tie = build.tie(made.care, made.brand, title="Complaints go to Care", platforms=[])
    snapshot = roll_up()

    answer = signed_in().get(reverse("reports:pair_detail", args=[snapshot.pk, "care", "brand"]))

    text = words(answer)
    assert "They meet the same people at 2 places ; 50% of that is agreed." in text
    assert [(key, name) for key, name, _ in answer.context["ties"]] == [(str(tie.pk), "Complaints go to Care")]
    assert [(place["name"], place["coverage"], place["tie"]) for place in answer.context["places"]] == [
        ("Customers in UK on Forum", 0.0, ""),
        ("Customers in UK", 1.0, "Complaints go to Care"),
    ]
    assert reverse("channels:account_detail", args=[made.care_account.pk]) in answer.content.decode()
    assert signed_in().get(reverse("reports:pair_detail", args=[snapshot.pk, "care", "people"])).status_code == 404


def test_places_can_be_narrowed_to_the_blind_ones(made):
    build.tie(made.care, made.brand, platforms=[])
    snapshot = roll_up()
    address = reverse("reports:place_list", args=[snapshot.pk])

    everything = signed_in().get(address).context["rows"]
    blind = signed_in().get(address, {"blind": "1"}).context["rows"]
    by_channel = signed_in().get(address, {"kind": "channel", "audience": "customers", "market": "uk"}).context["rows"]
    elsewhere = signed_in().get(address, {"audience": "candidates"}).context["rows"]

    assert [row["name"] for row in everything] == ["Customers in UK on Forum", "Customers in UK"]
    assert [row["name"] for row in blind] == ["Customers in UK on Forum"]
    assert [row["name"] for row in by_channel] == ["Customers in UK on Forum"]
    assert elsewhere == []


def test_places_do_not_take_a_filter_for_a_pattern(made):
    snapshot = roll_up()
    address = reverse("reports:place_list", args=[snapshot.pk])

    assert signed_in().get(address, {"audience": ".*"}).context["rows"] == []
    assert signed_in().get(address, {"audience": "(("}).context["rows"] == []


def test_unit_shows_its_neighbours(made):
    snapshot = roll_up()

    answer = signed_in().get(reverse("reports:unit_detail", args=[snapshot.pk, "care"]))

    assert [(row["other"].name, row["gap"].count) for row in answer.context["neighbours"]] == [("Brand", 2)]
    assert "Customer care meets others at 2 places ; 0% of these meetings are agreed." in words(answer)


def test_steps_list_the_accounts_that_they_are_about(made):
    snapshot = roll_up()

    answer = signed_in().get(reverse("reports:step_list", args=[snapshot.pk, "give_objective"]))

    assert [row["first"]["name"] for row in answer.context["rows"]] == ["acme on Forum", "acme_jobs on Forum"]
    assert signed_in().get(reverse("reports:step_list", args=[snapshot.pk, "sack"])).status_code == 404


def test_map_draws_a_square_for_each_pair_that_meets(made):
    build.account(
        departments=[made.people],
        platform=build.platform("forum"),
        audiences=[build.audience()],
        markets=[build.market()],
    )
    roll_up()

    answer = signed_in().get(reverse("reports:map"), {"lens": "matrix"})

    matrix = answer.context["matrix"]
    assert [place.name for place in matrix.columns] == ["Brand", "Customer care", "People"]
    uncovered = "2 places shared, 0\u202f% agreed"
    assert [[cell.label for cell in cells] for _, cells in matrix.rows] == [
        [],
        [f"Brand and Customer care: {uncovered}"],
        [f"Brand and People: {uncovered}", f"Customer care and People: {uncovered}"],
    ]
    assert answer.content.decode().count('<b class="s30"></b>0\u202f%') == 3


def test_map_and_its_table_show_the_same_figures(made):
    build.tie(made.care, made.brand, platforms=[])
    roll_up()

    picture = signed_in().get(reverse("reports:map"), {"lens": "matrix"})
    table = signed_in().get(reverse("reports:map"), {"lens": "matrix", "show": "table"})

    assert table.context["pairs"] == picture.context["pairs"]
    assert "Brand and Customer care 2 100% 50% agreed Aligned" in words(table)


def test_map_inside_a_department_shows_only_what_hangs_below_it(made):
    north = build.department("North", parent=made.care, slug="north")
    south = build.department("South", parent=made.care, slug="south")
    for side in (north, south):
        build.account(departments=[side], audiences=[build.audience()], markets=[build.market()])
    roll_up()

    answer = signed_in().get(reverse("reports:map"), {"of": "care", "lens": "matrix"})

    assert [place.slug for place in answer.context["matrix"].columns] == ["north", "south"]
    assert [name for name, _ in answer.context["crumbs"]] == ["The whole", "Acme", "Customer care"]
    assert signed_in().get(reverse("reports:map"), {"of": "nowhere"}).status_code == 404


def test_home_of_an_executive_is_the_sentence_and_the_widest_gaps(made):
    roll_up()

    text = words(signed_in("executive").get(reverse("reports:home")))

    assert "Where several of our departments meet the same people, 0% of the meetings are covered" in text
    assert "Brand and Customer care 2 shared places 0% of it agreed" in text


def test_home_of_the_lead_has_the_rules_with_most_to_do_and_what_changed(made):
    today = localdate()
    for account in (orphan := build.account("orphan"), build.account("other", departments=[made.care])):
        build.finding("no-contact", account=account)
    build.finding("no-owner", account=orphan)
    for back, open_ in ((2, 5), (1, 4), (0, 2)):
        FindingCount.objects.create(
            rule="no-contact", day=today - timedelta(days=back), open=open_, opened=1, closed=2 + back
        )

    answer = signed_in("lead").get(reverse("reports:home"))

    standing = answer.context["standing"]
    assert [(line.title, line.count) for line in standing.rules] == [("No owner", 1), ("No contact", 2)]
    assert standing.rules[1].trend.in_words == "In the last 30 days: from 5 to 2"
    assert signed_in("lead").get(standing.rules[1].url).context["shown"] == 2
    assert "2 findings opened and 5 closed" in words(answer)
    assert [(one.says, one.by) for one in answer.context["changed"]] == [
        ("5 accounts were added", "the system"),
        ("4 departments were added", "the system"),
        ("1 objective was added", "the system"),
    ]


def test_home_of_the_lead_leads_to_what_waits_and_what_was_suggested_also_when_nothing_does(made):
    page = signed_in("lead").get(reverse("reports:home")).content.decode()

    assert "Agreements waiting for you" in page
    assert "Kept handles" in page
    assert f'href="{reverse("departments:waiting")}"' in page
    assert f'href="{reverse("channels:suggestion_list")}"' in page


def test_home_of_the_lead_says_when_the_audit_has_not_looked_yet(made):
    assert "The audit looks for the first time within the next minute." in words(
        signed_in("lead").get(reverse("reports:home"))
    )


def test_home_of_a_head_leads_to_their_findings(made):
    build.finding("no-contact", account=build.account("mine", departments=[made.care]))
    build.finding("no-contact", account=build.account("foreign"))
    client = Client()
    client.force_login(build.user(head_of=made.care))

    answer = client.get(reverse("reports:home"))

    assert "1 finding about your departments is to be put right" in words(answer)


def test_who_holds_the_keys_is_no_filter_for_those_who_may_not_know(made):
    page = signed_in("staff").get("/accounts/?missing=holders")

    assert page.context["listing"].pks == []
    assert "Nothing is listed, since a filter could not be read" in words(page)
    assert "fewer than two hold the keys" not in page.content.decode()


def test_home_of_the_lead_says_who_changed_what_since_yesterday(made):
    ada, bo = build.user("lead", name="Ada"), build.user(name="Bo")
    services.change_department(by=ada, department=made.care, version=None, purpose="Answers.")
    services.change_department(by=bo, department=made.brand, version=None, purpose="Shines.")
    services.change_department(by=bo, department=made.brand, version=None, purpose="Shines more.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment = cursor.fetchone()[0]
    assert changed_since(moment) == []
    services.create_department(by=ada, name="Events")
    Department.objects.filter(slug="events").delete()
    services.change_department(by=bo, department=made.care, version=None, purpose="Helps.")

    assert [(one.says, one.by) for one in changed_since(moment)] == [("1 department was changed", "Ada and Bo")]


def test_home_of_the_lead_of_an_empty_map_teaches_the_first_three_steps():
    client = signed_in("lead")
    text = words(client.get(reverse("reports:home")))
    assert "The map is empty. Three steps fill it." in text
    build.department("Sales")
    build.user("head")
    assert [done for done, _ in client.get(reverse("reports:home")).context["steps"]] == [True, False, True]


def test_home_of_a_head_shows_own_accounts_and_neighbours_only(made):
    roll_up()

    answer = signed_in(head_of=made.care).get(reverse("reports:home"))

    assert [row.handle for row in answer.context["rows"]] == ["acme_care"]
    assert [(gap.a.name, gap.b.name) for gap in answer.context["neighbours"]] == [("Brand", "Customer care")]


def test_home_of_a_head_says_what_needs_them_and_missing_words_lead_to_their_field(made):
    build.tie(made.brand, made.care, title="Complaints go to Care", status="proposed")
    Suggestion.objects.create(department=made.care, field="purpose", typed=["Helps."], said="Helps.")
    client = signed_in(head_of=made.care)

    page = client.get(reverse("reports:home"))
    text = words(page)

    assert "Complaints go to Care" in text
    assert "1 account waits to be confirmed" in text
    assert '<a class="btn btn-primary" href="/accounts/new/">' in page.content.decode()
    assert "1 correction by readers waits for a yes or no" in text
    assert f'<a class="missing" href="/accounts/{made.care_account.pk}/edit/#id_says">' in page.content.decode()
    assert [form.row.account for form in client.get("/attest/").context["forms"]] == [made.care_account]


def test_home_of_staff_is_a_search_box(made):
    text = words(signed_in("staff").get(reverse("reports:home")))

    assert "Who runs what? 3 accounts." in text


def test_pages_before_any_record_are_whole_pages():
    for role in ("lead", "executive", "staff", "head"):
        client = signed_in(role)
        for name in ("home", "map", "report"):
            assert client.get(reverse(f"reports:{name}")).status_code == 200


def test_nobody_reads_a_report_without_signing_in(made):
    snapshot = roll_up()
    for address in (
        reverse("reports:home"),
        reverse("reports:map"),
        reverse("reports:report_detail", args=[snapshot.pk]),
        reverse("reports:pair_detail", args=[snapshot.pk, "brand", "care"]),
    ):
        answer = Client().get(address)
        assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/login/")


def more_meetings(made: Company, count: int) -> None:
    for _ in range(count):
        side = build.department(parent=made.root)
        build.account(departments=[side], audiences=[build.audience()], markets=[build.market()])


@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/reports/", 20),
        ("/reports/{}/places/", 10),
        ("/reports/{}/pairs/?where=across", 13),
        ("/reports/{}/benefits/", 9),
        ("/reports/{}/divisions/acme/", 17),
        ("/reports/{}/units/care/", 14),
        ("/map/", 19),
        ("/map/?lens=matrix", 18),
        ("/map/?lens=flow", 19),
        ("/map/?platform=forum", 21),
        ("/", 15),
    ],
)
def test_pages_take_as_many_queries_for_three_units_as_for_thirty(made, address, queries):
    counts = []
    for more in (1, 27):
        more_meetings(made, more)
        snapshot = roll_up()
        client = signed_in("executive")
        with CaptureQueriesContext(connection) as taken:
            assert client.get(address.format(snapshot.pk)).status_code == 200
        counts.append(len(taken))

    assert counts == [queries, queries]
