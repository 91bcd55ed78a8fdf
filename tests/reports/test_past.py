"""Reports over time: the list, names, and what is different between two."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from channels.models import Account
from departments import services
from orgmap.history.services import because
from orgmap.reports import reading
from orgmap.reports.difference import difference
from orgmap.reports.models import Level, MapSheet, Snapshot, Trial
from orgmap.reports.services import freeze, prune, requests, rollup, trials
from orgmap.users.models import User
from tests import build
from tests.reports.company import company

pytestmark = pytest.mark.django_db


def roll_up() -> Snapshot:
    now = timezone.now()
    wish = requests.request_rollup(reason="a test", now=now)
    made = rollup.run_rollup(request_id=wish.pk, now=now, today=timezone.localdate())
    assert made is not None
    return made


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def finest(snapshot: Snapshot) -> Level:
    return Level.objects.get(snapshot=snapshot, level=None)


def test_an_agreement_moves_a_pair_and_is_named_as_the_reason():
    made = company()
    first = roll_up()
    tie = build.tie(made.care, made.brand, title="Complaints go to Care")
    second = roll_up()

    (change,) = difference(finest(first), finest(second)).changes

    assert (change.a, change.b, change.kind) == ("brand", "care", "moved")
    assert (change.before, change.after) == ("left_right_hand", "aligned")
    assert (change.ties_new, change.ties_gone) == ((str(tie.pk),), ())
    assert change.is_better


def test_an_account_that_leaves_takes_the_pair_with_it():
    made = company()
    first = roll_up()
    Account.objects.filter(pk=made.brand_account.pk).update(status="retired", retired_on=timezone.localdate())
    second = roll_up()

    (change,) = difference(finest(first), finest(second)).changes

    assert (change.kind, change.before, change.after) == ("vanished", "left_right_hand", "")
    assert f"account:{made.brand_account.pk}" in change.records_gone


def test_a_pair_that_stays_of_its_kind_says_that_more_is_open_and_because_of_what():
    made = company()
    first = roll_up()
    pupils = build.audience("pupils")
    new = [
        build.account(f"acme_{one.slug}_2", departments=[one], platform=made.care_account.platform, audiences=[pupils])
        for one in (made.care, made.brand)
    ]
    second = roll_up()

    found = difference(finest(first), finest(second))

    (change,) = found.shifted
    assert (change.a, change.b, change.kind, found.shifts) == ("brand", "care", "shifted", 1)
    assert change.gap_after > change.gap_before
    assert change.records_new == tuple(sorted(f"account:{one.pk}" for one in new))
    page = (
        signed_in(build.user("lead"))
        .get(reverse("reports:report_difference", args=[first.pk, second.pk]))
        .content.decode()
    )
    assert "Of the same kind, but more or less agreed" in page


def test_the_difference_reads_the_same_whichever_report_is_named_first():
    made = company()
    first = roll_up()
    build.tie(made.care, made.brand, title="Complaints go to Care")
    second = roll_up()
    client = signed_in(build.user("executive"))

    pages = [
        client.get(reverse("reports:report_difference", args=pair))
        for pair in ((first.pk, second.pk), (second.pk, first.pk))
    ]

    assert [page.context["first"] for page in pages] == [first, first]
    assert [page.context["rows"][0]["ties_new"] for page in pages] == [["Complaints go to Care"]] * 2


def test_a_named_report_is_kept_when_others_of_its_day_go_with_all_that_hangs_on_them():
    made = company()
    first = roll_up()
    freeze.name_report(snapshot=first, name="  Q3   board ")
    for number in range(3):
        Account.objects.filter(pk=made.brand_account.pk).update(handle=f"acme{number}", handle_key=f"acme{number}")
        roll_up()

    assert prune.prune(keep=1) == 2
    assert set(Snapshot.objects.values_list("name", flat=True)) == {"Q3 board", ""}
    kept = set(Snapshot.objects.values_list("pk", flat=True))
    assert set(MapSheet.objects.values_list("snapshot", flat=True)) == kept


def test_only_the_lead_names_a_report_and_no_name_is_given_twice():
    company()
    first = roll_up()
    build.account(departments=[build.department()], audiences=[build.audience()])
    second = roll_up()
    lead = signed_in(build.user("lead"))
    addresses = [reverse("reports:report_name", args=[one.pk]) for one in (first, second)]

    assert signed_in(build.user("executive")).post(addresses[0], {"name": "Board"}).status_code == 403
    assert lead.post(addresses[0], {"name": "Board"}).status_code == 302
    refused = lead.post(addresses[1], {"name": "board"})

    assert refused.status_code == 422
    assert "Another report is called “board” already" in refused.content.decode()
    assert Snapshot.objects.get(name="Board") == first


def test_a_change_between_two_reports_leads_to_the_action_that_caused_it_and_to_its_two_parts():
    made = company()
    lead = build.user("lead")
    first = roll_up()
    with because(by=lead) as action:
        tie = services.propose_tie(
            by=lead, kind="hand_off", title="Complaints go to Care", departments=[made.care, made.brand],
            ends_on=timezone.localdate() + timedelta(days=90), now=timezone.now(), audiences=["customers"],
        )  # fmt: skip
        for side in tie.sides.all():
            services.answer_tie(by=lead, tie=tie, department=side.department, accept=True, now=timezone.now())
    Account.objects.filter(pk=made.brand_account.pk).update(notes="nothing that a figure is made of")
    second = roll_up()
    somebody = build.user("lead")
    with because(by=somebody):
        build.account("acme_too", departments=[made.people], audiences=[build.audience()], markets=[build.market()])
    third = roll_up()
    client = signed_in(build.user("staff"))

    page = client.get(reverse("reports:report_difference", args=[first.pk, second.pk]))
    (row,) = page.context["rows"]
    (reason,) = row["because"]
    assert (reason["cause"].context, reason["cause"].who, reason["records"]) == (
        action, str(lead), "“Complaints go to Care”"
    )  # fmt: skip
    assert reverse("reports:action_detail", args=[action]) in page.content.decode()
    assert (page.context["trend"]["agreements"], page.context["trend"]["map_changed"]) == (1, 0)

    whole = client.get(reverse("reports:report_difference", args=[first.pk, third.pk])).context
    parts = whole["trend"]
    assert parts["agreements"] + parts["map_changed"] == pytest.approx(whole["change"])
    assert (whole["appeared"], whole["moved"], parts["map_changed"] < 0) == (2, 1, True)
    later = client.get(reverse("reports:report_difference", args=[second.pk, third.pk])).context
    assert (later["trend"]["agreements"], later["trend"]["change"]) == (0, pytest.approx(later["change"]))
    assert [one["cause"].who for one in later["rows"][0]["because"]] == [str(somebody)]


def test_any_two_reports_are_chosen_from_the_list():
    company()
    first = roll_up()
    build.account("acme_too", departments=[build.department()], audiences=[build.audience()])
    second = roll_up()
    client = signed_in(build.user("staff"))
    chosen = client.get(reverse("reports:report_compare"), {"first": second.pk, "second": first.pk})
    assert chosen.url == reverse("reports:report_difference", args=[second.pk, first.pk])
    assert client.get(reverse("reports:report_compare"), {"first": first.pk, "second": first.pk}).url == reverse(
        "reports:report_list"
    )


def test_of_a_large_organisation_a_worker_says_why_alignment_moved(monkeypatch):
    made = company()
    first = roll_up()
    build.tie(made.care, made.brand)
    second = roll_up()
    level = finest(second)
    Level.objects.filter(pk=level.pk).update(trend=None)
    monkeypatch.setattr(trials, "LIVE_UP_TO", 2)
    address = reverse("reports:report_difference", args=[first.pk, second.pk]) + "?level=all"
    client = signed_in(build.user("staff"))
    assert client.get(address).context["trial"].state == "waiting"
    trials.run_trial(trial_id=Trial.objects.get().pk, now=timezone.now())
    assert client.get(address).context["trend"]["agreements"] == level.alignment
    prune.prune(keep=1)
    assert (Snapshot.objects.count(), Trial.objects.count()) == (1, 0)


def test_past_reports_say_what_they_were_made_of_and_the_second_where_two_share_a_minute():
    made = company()
    first = roll_up()
    build.account("acme_new", departments=[made.care])
    second = roll_up()
    minute = timezone.now().replace(second=0, microsecond=0)
    Snapshot.objects.filter(pk=first.pk).update(published_at=minute.replace(second=3))
    Snapshot.objects.filter(pk=second.pk).update(published_at=minute.replace(second=41))

    rows = reading.past_reports()

    assert [(row["pk"], row["to_the_second"], row["says"]) for row in rows] == [
        (second.pk, True, "4 accounts (+1), 4 departments"),
        (first.pk, True, "3 accounts, 4 departments"),
    ]
