"""What the map draws from, against the figures of the report."""

from datetime import timedelta
from itertools import combinations

import pytest
from django.http import Http404
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from departments.models import Department
from orgmap.reports import doors
from orgmap.reports.map import choice as choices
from orgmap.reports.map import facts, flow, pairs, units
from orgmap.reports.map.choice import Choice
from orgmap.reports.map.flows import behind, flowing
from orgmap.reports.map.grid import Slice
from orgmap.reports.models import IntendedOverlap, Level, Snapshot
from orgmap.reports.names import names
from orgmap.reports.services.requests import request_rollup
from orgmap.reports.services.rollup import run_rollup
from orgmap.users.models import User
from tests import build
from tests.reports.company import company

pytestmark = pytest.mark.django_db


def roll_up() -> Snapshot:
    now = timezone.now()
    made = run_rollup(request_id=request_rollup(reason="a test", now=now).pk, now=now, today=timezone.localdate())
    assert made is not None
    return made


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_a_grid_without_a_filter_gives_the_pairs_of_the_report_at_every_level(report):
    for level in Level.objects.filter(snapshot=report):
        shown = units.shown(level, None)
        found = facts.grid(level, "")
        if found is None:
            continue
        known = names(departments={unit.unit for unit in shown}, catalogue=False)
        found = facts.sliced(found, Slice(), shown, units.related(shown), known, report.policy)
        stored = [row for row in pairs.stored(level, {unit.unit for unit in shown}, known) if row.count]
        assert [(row.a, row.b, row.count) for row in found] == [(row.a, row.b, row.count) for row in stored]
        assert [row.gap for row in found] == pytest.approx([row.gap for row in stored], abs=1e-9)
        assert [row.left_right for row in found] == [row.left_right for row in stored]


def test_a_platform_leaves_only_what_is_shared_there(report):
    level = Level.objects.get(snapshot=report, level=2)
    shown = units.shown(level, None)
    known = names(departments={unit.unit for unit in shown}, catalogue=False)
    kept = facts.grid(level, "")
    assert kept is not None

    all_rows = facts.sliced(kept, Slice(), shown, units.related(shown), known, report.policy)
    some = facts.sliced(kept, Slice(platform="facebook"), shown, units.related(shown), known, report.policy)

    whole = {(row.a, row.b): row.count for row in all_rows}
    assert some
    assert all(0 < row.count < whole[row.a, row.b] for row in some)


def test_every_running_account_flows_once_and_a_box_leads_to_its_accounts(report):
    level = Level.objects.get(snapshot=report, level=2)
    choice = Choice(lens="flow")
    found = flowing(report, choice, choices.filters(choice), units.placed(level, None))
    assert found is not None

    rows = found.rows()
    assert sum(row[4] for row in rows) == pytest.approx(found.count)
    assert found.count == level.figures["sprawl"]["total"]["accounts"]
    assert sorted(behind(found, {})) == sorted(found.behind({}))
    on_facebook = behind(found, {"platform": "facebook"})
    assert len(on_facebook) == pytest.approx(sum(row[4] for row in rows if row[1] == "facebook"))


def test_the_filter_of_the_flow_is_that_of_the_directory(report):
    level = Level.objects.get(snapshot=report, level=2)
    lead = User.objects.get(email="lead@demo.example")
    for filter_ in ({"platform": "facebook"}, {"audience": "customers"}, {"status": "dormant"}):
        choice = Choice(lens="flow", **filter_)
        found = flowing(report, choice, choices.filters(choice), units.placed(level, None))
        assert found is not None
        query = filter_ if "status" in filter_ else {**filter_, "status": ["active", "dormant"]}
        listed = signed_in(lead).get(reverse("channels:account_list"), query).context["listing"].pager.paginator.count
        assert found.count == listed


def test_an_address_that_means_nothing_is_no_page():
    company()
    roll_up()
    lead = signed_in(build.user("lead"))
    for query in ({"lens": "globe"}, {"platform": "nowhere"}, {"status": "asleep"}, {"of": "nobody"}, {"level": "99"}):
        assert lead.get(reverse("reports:map"), query).status_code == 404


def test_the_picture_is_a_file_of_its_own_without_a_variable_or_a_script():
    company()
    roll_up()
    for lens in ("network", "flow"):
        answer = signed_in(build.user()).get(reverse("reports:map"), {"lens": lens, "as": "svg"})
        text = answer.content.decode()
        assert answer["Content-Type"] == "image/svg+xml"
        assert answer["Content-Disposition"] == f'attachment; filename="orgmap-{lens}.svg"'
        assert [word for word in ("var(", "hx-get", "<script") if word in text] == []


def test_a_pair_opens_beside_the_map_with_what_to_do_about_it():
    made = company()
    snapshot = roll_up()
    address = reverse("reports:pair_detail", args=[snapshot.pk, "brand", "care"])
    headers = {"HX-Request": "true", "HX-Target": "map_panel"}

    answer = signed_in(build.user(head_of=made.care)).get(address, headers=headers)

    text = answer.content.decode()
    assert text.startswith('<aside id="map_panel"')
    assert "Propose a hand-off" in text
    assert "Mark as intended" in text


def test_a_head_marks_an_overlap_as_intended_once_and_takes_it_back():
    made = company()
    head = build.user(head_of=made.care)
    client = signed_in(head)
    address = f"{reverse('reports:intended_new')}?a=care&b=brand"
    day = timezone.localdate() + timedelta(days=90)

    first = client.post(address, {"reason": "Both answer until the move is done", "review_on": day.isoformat()})
    again = client.post(address, {"reason": "Still", "review_on": day.isoformat()})

    mark = IntendedOverlap.objects.get()
    assert (first.status_code, again.status_code) == (302, 422)
    assert (mark.a.slug, mark.b.slug, mark.by) == ("brand", "care", head)
    assert "is marked as intended until" in again.content.decode()
    assert client.post(reverse("reports:intended_withdraw", args=[mark.pk])).status_code == 302
    assert IntendedOverlap.objects.count() == 0


def test_an_intention_without_a_day_within_a_year_is_refused_with_the_day_named():
    made = company()
    client = signed_in(build.user(head_of=made.care))
    late = timezone.localdate().replace(day=1) + timedelta(days=900)

    answer = client.post(
        f"{reverse('reports:intended_new')}?a=care&b=brand", {"reason": "On purpose", "review_on": late.isoformat()}
    )

    assert answer.status_code == 422
    assert f"{late:%-d %B %Y} is not within a year from tomorrow" in answer.content.decode()
    assert Department.objects.count() == 4


def test_an_intended_overlap_stands_in_the_report_with_its_reason_and_without_an_action():
    made = company()
    roll_up()
    IntendedOverlap.objects.create(
        a=made.brand, b=made.care, reason="One town, two voices", review_on=timezone.localdate() + timedelta(days=30)
    )

    answer = signed_in(build.user("lead")).get(reverse("reports:report"))

    (gap,) = answer.context["gaps"]
    assert (gap.intended, gap.action) == ("One town, two voices", "")
    assert "One town, two voices" in answer.content.decode()


def test_a_flow_of_many_units_is_the_same_whether_the_small_ones_are_merged_before_or_after(report):
    level = Level.objects.get(snapshot=report, level=None)
    shown = units.placed(level, None)
    choice = Choice(lens="flow")
    found = flowing(report, choice, choices.filters(choice), shown)
    order = [unit.unit for unit in shown]
    whole = flow.flow(found.rows(), {}, order, {})
    early = flow.flow(found.rows(flow.MOST), {}, order, {}, found.unit_count)
    assert early.merged == whole.merged
    assert [(box.key, box.words[0][0], box.y) for box in early.boxes] == [
        (box.key, box.words[0][0], pytest.approx(box.y, abs=0.2)) for box in whole.boxes
    ]
    assert [(band.source.key, band.target.key, band.value) for band in early.bands] == [
        (band.source.key, band.target.key, pytest.approx(band.value)) for band in whole.bands
    ]
    assert early.merged["department"] > 0


def test_of_more_units_than_a_picture_holds_those_with_the_widest_gaps_are_drawn(large):
    client = signed_in(User.objects.get(email="staff@demo.example"))
    level = Level.objects.get(snapshot=large, level=None)
    context = client.get("/map/?level=all").context
    worst = level.pair_rows.order_by("rank").first()
    drawn = {dot.unit.slug for dot in context["picture"].dots}
    assert (len(drawn) <= 8, {worst.a, worst.b} <= drawn) == (True, True)
    assert context["summary"]["apart"] == level.figures["quadrants"]["left_right_hand"]
    assert f"Of {level.units} departments those with the widest gaps" in client.get("/map/?level=all").content.decode()


def test_where_only_some_units_are_drawn_every_two_of_them_that_meet_have_their_square(large):
    client = signed_in(User.objects.get(email="staff@demo.example"))
    level = Level.objects.get(snapshot=large, level=None)
    squares = client.get("/map/?lens=matrix&level=all").context["matrix"]
    drawn = [place.slug for place in squares.columns]
    met = {(cell.a, cell.b): cell.count for _, cells in squares.rows for cell in cells if cell.kind == "pair"}
    live = {}
    for a, b in combinations(sorted(drawn), 2):
        try:
            live[a, b] = doors.pair(level, a, b).places["count"]
        except Http404:
            continue
    assert met == {pair: count for pair, count in live.items() if count}
    assert len(met) > 12
    worst = level.pair_rows.order_by("rank").first()
    assert {worst.a, worst.b} <= set(drawn)


def test_a_filter_on_a_level_of_many_units_leaves_what_is_true_of_those_that_are_drawn(large):
    client = signed_in(User.objects.get(email="staff@demo.example"))
    level = Level.objects.get(snapshot=large, level=None)
    whole = {(row.a, row.b): row.count for row in client.get("/map/?lens=matrix&level=all").context["pairs"]}
    part = client.get("/map/?lens=matrix&level=all&status=active").context["pairs"]
    assert part
    assert all(row.count <= whole[row.a, row.b] for row in part)
    assert facts.grid(level, "").units == sorted({unit for pair in whole for unit in pair})


def test_the_table_twin_stands_on_pages_of_forty_rows(report):
    client = signed_in(User.objects.get(email="staff@demo.example"))
    page = client.get("/map/?lens=flow&show=table")
    assert len(page.context["page"].object_list) == 40
    second = client.get("/map/?lens=flow&show=table&page=2").context["page"].object_list
    assert [band.path for band in second] == [band.path for band in page.context["picture"].bands[40:80]]
