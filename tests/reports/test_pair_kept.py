"""All pairs that a report keeps of a level: rows and packed ones are read as one list."""

from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse

from orgmap.reports.models import Level, Pair, SiblingSheet, Snapshot, Unit
from orgmap.reports.pair_kept import Kept, kept
from orgmap.reports.pair_live import pair_of
from orgmap.reports.siblings import Siblings
from orgmap.users.models import User
from tests.api.programs import program
from tests.reports.test_pages import signed_in

pytestmark = pytest.mark.django_db(transaction=True)


def told(pairs) -> list:
    return [(pair.rank, pair.row, pair.places, pair.gap, pair.coverage) for pair in pairs]


@pytest.fixture
def finest(large: Snapshot) -> Level:
    return Level.objects.get(snapshot=large, level=None)


def test_the_widest_gaps_are_rows_and_the_others_are_packed_with_what_the_engine_says_of_them(finest):
    found = list(kept(finest))
    assert [pair.rank for pair in found] == list(range(1, len(found) + 1))
    assert Pair.objects.filter(level=finest).count() == 12 < len(found)
    for pair in found[12:]:
        live = pair_of(finest, pair.a, pair.b)
        assert pair.row | {"count": live.row["count"]} == live.row
        assert (pair.gap, pair.coverage, pair.overlap, pair.quadrant, pair.places) == (
            live.gap, live.coverage, live.overlap, live.quadrant, None,
        )  # fmt: skip
    assert {bool(pair.row["ties"]) for pair in found[12:]} == {True, False}
    assert found[12:] == sorted(found[12:], key=lambda pair: (-pair.gap, -pair.shared, pair.a, pair.b))
    assert [{**pair.row, "rank": pair.rank} for pair in found] == list(kept(finest).rows())


def test_any_part_of_the_list_is_that_part_of_all_of_it(finest, django_assert_num_queries):
    found = told(kept(finest))
    for start, stop in ((0, 5), (0, 12), (10, 15), (12, 14), (14, 20), (0, 1000), (1000, 1010)):
        assert told(kept(finest)[start:stop]) == found[start:stop]
    assert (len(kept(finest)), kept(finest)[13].row, kept(finest).first().row) == (
        len(found),
        found[13][1],
        found[0][1],
    )
    with django_assert_num_queries(1):
        kept(finest)[:12]


def test_every_question_is_asked_of_rows_and_of_packed_pairs_alike(finest):
    everything = list(kept(finest))
    some = [everything[3].a, everything[-1].a, everything[-1].b, "nobody"]

    def left(found: Kept) -> list:
        assert len(found) == len(list(found))
        return told(found)

    assert left(kept(finest).of(some)) == told(one for one in everything if {one.a, one.b} & {*some})
    assert left(kept(finest).between(some)) == told(one for one in everything if {one.a, one.b} <= {*some})
    assert left(kept(finest).meeting()) == told(one for one in everything if one.shared > 0)
    for kind in ("left_right_hand", "aligned", "bridged", "independent"):
        assert left(kept(finest).of_kind(kind)) == told(one for one in everything if one.quadrant == kind)
    assert left(kept(finest).of(some).of_kind("bridged").meeting()) == told(
        one for one in everything if {one.a, one.b} & {*some} and one.quadrant == "bridged" and one.shared > 0
    )
    assert left(kept(finest).of_kind("")) == told(everything)


@pytest.mark.parametrize("where", ["", "inside", "across"])
def test_pages_by_where_pairs_meet_hold_packed_ones_too(finest, where):
    division_of = dict(Unit.objects.filter(level=finest).values_list("unit", "division"))
    last = list(kept(finest))[-1]
    address = reverse("reports:pair_list", args=[finest.snapshot_id])
    page = signed_in().get(f"{address}?level=all&where={where}&division={division_of[last.a]}")
    shown = page.context["page"].paginator
    wanted = []
    for pair in kept(finest):
        divisions = division_of[pair.a], division_of[pair.b]
        fits = not where or (divisions[0] == divisions[1]) == (where == "inside")
        if fits and pair.shared > 0 and division_of[last.a] in divisions:
            wanted.append((pair.a, pair.b))
    assert [(pair.a, pair.b) for number in shown.page_range for pair in shown.page(number)] == wanted
    assert len(wanted) == shown.count


def test_programs_read_the_packed_pairs_page_by_page(finest):
    reader = program(User.objects.get(email="staff@demo.example"), "read")
    found = list(kept(finest))
    answer = reader.get("/api/v1/reports/latest/pairs?level=all&limit=4&offset=10").json()
    assert answer["count"] == len(found)
    assert [row["rank"] for row in answer["items"]] == [11, 12, 13, 14]
    row = answer["items"][3]
    assert (row["a"], row["jaccard"], row["ties"], row["places"]) == (
        found[13].a, found[13].row["jaccard"], found[13].row["ties"], None,
    )  # fmt: skip


@pytest.mark.usefixtures("large")
def test_reports_of_before_are_packed_and_unpacked_without_a_difference():
    migration = import_module("orgmap.reports.migrations.0014_pack_siblings")
    before, sheets = told(kept(Level.objects.get(level=None))), SiblingSheet.objects.count()

    migration.unpack(apps, None)
    SiblingSheet.objects.all().delete()
    assert [pair.row for pair in Pair.objects.filter(level__level=None).order_by("rank")] == [
        row for _, row, *_ in before
    ]

    migration.pack(apps, None)
    assert told(kept(Level.objects.get(level=None))) == before
    assert (SiblingSheet.objects.count(), Pair.objects.filter(sheet=None).count()) == (sheets, 0)


def test_a_level_without_packed_pairs_is_read_by_its_rows_alone(report):
    level = Level.objects.get(snapshot=report, level=None)
    assert not SiblingSheet.objects.filter(level=level).exists()
    assert told(kept(level)) == told(Pair.objects.filter(level=level).order_by("rank"))


def test_packed_pairs_come_back_as_they_were_also_none():
    assert list(Siblings.from_bytes(Siblings.of_rows([], 1).to_bytes()).rows()) == []
