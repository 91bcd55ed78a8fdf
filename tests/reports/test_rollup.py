"""From a change to a published snapshot."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from channels.models import AuditRun, Finding
from departments.models import Department
from orgmap.history import pulse
from orgmap.reports import stored
from orgmap.reports.collect import collect
from orgmap.reports.engine import analyse
from orgmap.reports.models import Level, MapSheet, Pair, Policy, RollupRequest, Snapshot
from orgmap.reports.services import prune, requests, rollup
from orgmap.reports.sources import SOURCES
from tests import build
from tests.reports.company import company
from tests.reports.processes import until
from tests.reports.published import published

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = date(2026, 11, 23)


def roll_up(today: date = TODAY) -> Snapshot | None:
    request = requests.request_rollup(reason="a test", now=timezone.now())
    return rollup.run_rollup(request_id=request.pk, now=timezone.now(), today=today)


def test_a_rollup_publishes_the_figures_of_every_level():
    company()

    snapshot = roll_up()

    levels = (
        Level.objects.filter(snapshot=snapshot).order_by("pk").values_list("level", "units", "alignment", "contested")
    )
    assert list(levels) == [(1, 1, None, 0), (None, 4, 0.0, 2)]
    pair = Pair.objects.get()
    assert (pair.a, pair.b, pair.shared, pair.gap, pair.quadrant) == ("brand", "care", 2.0, 2.0, "left_right_hand")
    finest = Level.objects.get(snapshot=snapshot, level=None)
    assert [(spot.touchpoint, spot.units, spot.uncovered, spot.blind) for spot in finest.spots.spots([0, 1])] == [
        ("audience|customers|uk|", [1, 2], 1.0, True),
        ("channel|customers|uk|forum", [1, 2], 1.0, True),
    ]
    assert finest.unit_ids == ["acme", "brand", "care", "people"]
    request = RollupRequest.objects.get()
    assert (request.state, request.snapshot, request.error) == ("done", snapshot, "")


def test_what_is_stored_equals_what_the_engine_says_of_the_exported_facts():
    made = company()
    build.tie(made.care, made.brand, audiences=["customers"])
    snapshot = roll_up()
    exported = collect(TODAY).organisation

    for level in Level.objects.filter(snapshot=snapshot):
        assert stored.result(level) == analyse(exported, level=level.level)
    assert stored.facts(snapshot) == exported


def test_the_report_of_the_demo_organisation_equals_what_the_engine_says_of_it(demo):
    snapshot = roll_up()
    exported = collect(TODAY).organisation

    levels = Level.objects.filter(snapshot=snapshot).order_by("pk")
    assert [level.level for level in levels] == [1, 2, 3, None]
    for level in levels:
        assert stored.result(level) == analyse(exported, level=level.level)


def test_two_processes_publish_what_one_publishes(demo, settings):
    first = roll_up()
    expected = published(first), MapSheet.objects.count()
    Snapshot.objects.all().delete()
    settings.ROLLUP_BESIDE_ABOVE = 0

    second = roll_up()

    assert (published(second), MapSheet.objects.count()) == expected


def test_the_audit_of_many_accounts_comes_after_the_report_and_is_asked_for_until_it_is_there(settings):
    company()
    expected = findings_after(roll_up())
    settings.AUDIT_APART_ABOVE = 0
    Finding.objects.all().delete()
    AuditRun.objects.all().delete()
    Snapshot.objects.all().delete()

    snapshot = roll_up()

    assert findings_after(snapshot) == []
    assert requests.reason_for_rollup(today=TODAY) == "the audit asks for it"
    assert roll_up() == snapshot
    assert (findings_after(snapshot), AuditRun.objects.count()) == ([], 0)
    assert rollup.hand_down_left(today=TODAY)
    assert findings_after(snapshot) == expected
    assert requests.reason_for_rollup(today=TODAY) == ""
    assert rollup.hand_down_left(today=TODAY) is None


def test_the_command_says_that_an_audit_is_left_until_it_is_there(settings):
    company()
    settings.AUDIT_APART_ABOVE = 0
    left = "The audit of so many accounts is left to a worker; its findings follow when one runs."

    first, second = said_by_rollup(), said_by_rollup()
    rollup.hand_down_left(today=timezone.localdate())

    latest = Snapshot.objects.get()
    assert first[0].startswith(f"Report {latest.pk} was published after ")
    assert first[1:] == [left]
    holds = f"Nothing has changed since report {latest.pk}; it still holds."
    assert second == [holds, left]
    assert said_by_rollup() == [holds]


def said_by_rollup() -> list[str]:
    answer = StringIO()
    call_command("rollup", stdout=answer)
    return answer.getvalue().splitlines()


def findings_after(snapshot: Snapshot | None) -> list[tuple[object, ...]]:
    assert snapshot
    return sorted(Finding.objects.values_list("rule", "account", "department", "objective", "place", "detail"), key=str)


def test_the_facts_of_two_departments_give_the_same_pair_as_all_facts():
    made = company()
    build.objective("Together", departments=[made.care, made.brand], audiences=[build.audience()])
    snapshot = roll_up()

    part = stored.facts(snapshot, ["care", "brand"])

    whole = stored.result(Level.objects.get(snapshot=snapshot, level=None))
    assert analyse(part)["pairs"] == whole["pairs"]
    assert [row["handle"] for row in part["accounts"]] == ["acme_care", "acme"]


def test_unchanged_facts_make_no_new_snapshot_and_are_said_to_hold_still():
    made = company()
    first = roll_up()
    Department.objects.filter(pk=made.care.pk).update(purpose="To be there when something breaks.")
    assert pulse.changes_since(first.look, SOURCES) == 1

    second = roll_up()

    assert second == first
    assert Snapshot.objects.count() == 1
    first.refresh_from_db()
    assert first.checked_at > first.collected_at
    assert pulse.changes_since(first.look, SOURCES) == 0


def test_a_new_day_makes_a_new_snapshot():
    company()
    first = roll_up()
    assert requests.reason_for_rollup(today=TODAY) == ""
    assert requests.reason_for_rollup(today=TODAY + timedelta(days=1)) == "a new day"

    second = roll_up(TODAY + timedelta(days=1))

    assert second != first


def test_the_trend_says_what_agreements_did_and_what_the_map_did():
    made = company()
    first = roll_up()
    build.tie(made.care, made.brand)
    second = roll_up()
    build.account("acme_news", departments=[made.brand], audiences=[build.audience("candidates")])
    third = roll_up()

    assert Level.objects.get(snapshot=first, level=None).trend is None
    assert Level.objects.get(snapshot=second, level=None).trend == {
        "since": first.pk,
        "since_on": "2026-11-23",
        "since_at": first.published_at.isoformat(),
        "before": 0.0,
        "after": 0.5,
        "change": 0.5,
        "agreements": 0.5,
        "map_changed": 0.0,
    }
    last = Level.objects.get(snapshot=third, level=None)
    assert last.alignment == pytest.approx(1 / 3)
    assert last.trend["agreements"] == 0.5
    assert last.trend["map_changed"] == pytest.approx(-1 / 6)


def test_only_one_request_waits():
    first = requests.request_rollup(reason="one", now=timezone.now())
    again = requests.request_rollup(reason="two", now=timezone.now())

    assert again == first
    with pytest.raises(IntegrityError), transaction.atomic():
        RollupRequest.objects.create(reason="three")


def test_a_request_that_is_done_is_not_done_again():
    company()
    snapshot = roll_up()
    request = RollupRequest.objects.get()

    assert rollup.run_rollup(request_id=request.pk, now=timezone.now(), today=TODAY) is None
    assert list(Snapshot.objects.all()) == [snapshot]


def test_the_look_for_changes_asks_once_for_what_is_new():
    made = company()
    now = timezone.now()
    first = requests.look_for_changes(now=now, today=TODAY)
    assert RollupRequest.objects.get(pk=first).reason == "the first report"
    assert requests.look_for_changes(now=now, today=TODAY) == first
    rollup.run_rollup(request_id=first, now=now, today=TODAY)
    assert requests.look_for_changes(now=now, today=TODAY) is None

    build.account("new", departments=[made.care])

    second = requests.look_for_changes(now=now, today=TODAY)
    assert RollupRequest.objects.get(pk=second).reason == "the map changed"


def test_a_change_to_people_asks_for_nothing():
    company()
    roll_up()

    build.user("lead")

    assert requests.look_for_changes(now=timezone.now(), today=TODAY) is None


def test_a_failing_rollup_keeps_its_error_and_rests_after_three_tries():
    company()
    snapshot = roll_up()
    Policy.objects.update_or_create(pk=1, defaults={"overrides": {"dormant_days": "soon"}})
    request = requests.request_rollup(reason="a test", now=timezone.now())
    for _ in range(3):
        with pytest.raises(Exception, match=r"policy\.dormant_days"):
            rollup.run_rollup(request_id=request.pk, now=timezone.now(), today=TODAY)

    request.refresh_from_db()
    assert (request.state, request.tries) == ("failed", 3)
    assert request.error.startswith("MalformedOrganisation: policy.dormant_days")
    assert Snapshot.objects.latest_published() == snapshot
    assert requests.look_for_changes(now=timezone.now(), today=TODAY) is None
    assert requests.look_for_changes(now=timezone.now() + timedelta(minutes=11), today=TODAY) is not None


def test_a_request_whose_worker_is_gone_is_taken_up_again():
    company()
    request = requests.request_rollup(reason="a test", now=timezone.now())
    requests.claim(request_id=request.pk, now=timezone.now())

    assert requests.look_for_changes(now=timezone.now(), today=TODAY) == request.pk
    request.refresh_from_db()
    assert request.state == "waiting"
    assert rollup.run_rollup(request_id=request.pk, now=timezone.now(), today=TODAY) is not None


def test_a_request_whose_worker_is_at_it_is_left_alone(other_connection):
    company()
    request = requests.request_rollup(reason="a test", now=timezone.now())
    other_connection.execute("SELECT pg_advisory_lock(%s, 0)", [requests.LOCK])
    requests.claim(request_id=request.pk, now=timezone.now())

    assert requests.look_for_changes(now=timezone.now(), today=TODAY) is None
    assert rollup.run_rollup(request_id=request.pk, now=timezone.now(), today=TODAY) is None
    other_connection.close()
    until(lambda: requests.look_for_changes(now=timezone.now(), today=TODAY) == request.pk)


def test_changes_are_counted_exactly_while_transactions_overlap(other_connection):
    made = company()
    other_connection.execute("UPDATE channels_account SET says = 'help' WHERE id = %s", [made.care_account.pk])
    snapshot = roll_up()
    assert pulse.changes_since(snapshot.look, SOURCES) == 0

    other_connection.commit()

    assert pulse.changes_since(snapshot.look, SOURCES) == 1
    assert pulse.has_changed(snapshot.look, SOURCES)
    made.brand_account.says = "news"
    made.brand_account.save()
    with transaction.atomic():
        made.goal.statement = "Halve the calls by June"
        made.goal.save()
        made.care.purpose = "To be there."
        made.care.save()
    assert pulse.changes_since(snapshot.look, SOURCES) == 3
    assert pulse.changes_since(roll_up().look, SOURCES) == 0


def test_only_the_newest_and_the_last_of_each_day_are_kept():
    company()
    for day in (1, 2):
        for hour in (8, 9, 10):
            at = timezone.now().replace(day=day, hour=hour)
            Snapshot.objects.create(
                as_of=at.date(), collected_at=at, checked_at=at, published_at=at, seen="1:1:", input_hash=f"{at}",
                policy={}, catalogue_version="", name="To the board" if (day, hour) == (1, 8) else "",
            )  # fmt: skip
    roll_up()

    prune.prune(keep=2)

    kept = Snapshot.objects.order_by("published_at").values_list("name", "published_at__day", "published_at__hour")
    assert list(kept)[:-1] == [("To the board", 1, 8), ("", 1, 10), ("", 2, 10)]


def test_the_command_rolls_up_here_and_now(capsys):
    company()

    call_command("rollup", "--json")
    call_command("rollup")

    first, second = capsys.readouterr().out.splitlines()
    assert '"is_new": true' in first
    assert second == f"Nothing has changed since report {Snapshot.objects.get().pk}; it still holds."


def test_publishing_leaves_no_lock_behind():
    company()
    roll_up()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = database"
            " WHERE locktype = 'advisory' AND datname = current_database()"
        )
        assert cursor.fetchone() == (0,)
