"""Reports over time: the list, names, and what is different between two."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from channels.models import Account
from orgmap.reports.difference import difference
from orgmap.reports.models import Level, MapSheet, Snapshot
from orgmap.reports.services import freeze, prune, requests, rollup
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
