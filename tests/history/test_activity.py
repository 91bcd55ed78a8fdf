"""The activity of a record in words."""

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from channels.models import Account, Holder, Metric
from channels.services import change_account
from departments.models import Membership
from departments.services import change_department
from orgmap.history.activity import activity_of
from orgmap.history.services import because
from tests import build

pytestmark = pytest.mark.django_db


def told(record: object, *, private: bool = False) -> list[list[str]]:
    return [list(map(str, entry.changes)) for entry in activity_of(record, 50, private=private)[0]]  # type: ignore[arg-type]


def test_activity_tells_who_changed_what_and_why() -> None:
    lea = build.user("lead", name="Lea")
    account = build.account("acme", says="old", tags=["a", "b"])
    change_account(
        by=lea,
        account=account,
        version=None,
        says="new",
        status="dormant",
        tags=["b", "c"],
        is_public=False,
        audiences=[build.audience("graduates")],
        departments=[build.department("Sales")],
        reason="stocktaking",
    )
    entry = activity_of(account, 50)[0][0]
    assert (entry.who, entry.reason) == ("Lea", "stocktaking")
    assert sorted(map(str, entry.changes)) == [
        "Audience: + Graduates",
        "Department: + Sales",
        "Shown to anyone: yes → no",
        "Status: Active → Dormant",
        "Tags: + c − a",
        "What it says: old → new",
    ]


def test_activity_keeps_contacts_and_holders_private() -> None:
    account = build.account("acme")
    with because(by=None, reason="contact"):
        Account.objects.filter(pk=account.pk).update(contact="secret@acme.example", custody="vault 7")
    with because(by=None, reason="holder"):
        Holder.objects.create(account=account, name="Ann", email="ann@acme.example")
    assert told(account) == [["Put on the map"]]
    assert told(account, private=True) == [
        ["Holder: + Ann, ann@acme.example, Our staff"],
        ["Contact: nothing → secret@acme.example", "Where the keys are: nothing → vault 7"],
        ["Put on the map"],
    ]


def test_activity_leaves_sampled_figures_out() -> None:
    account = build.account("acme")
    Metric.objects.create(account=account, on="2026-01-01", value=5)
    assert told(account, private=True) == [["Put on the map"]]


def test_activity_tells_what_was_removed_even_when_it_is_gone() -> None:
    audience = build.audience("fans")
    account = build.account("acme", audiences=[audience])
    with because(by=None, reason="clean up"):
        account.audiences.clear()
        audience.delete()
    assert told(account)[0] == ["Audience: − Fans"]


def test_activity_of_a_department_holds_people_and_defaults() -> None:
    team, ann = build.department("Sales"), build.user(name="Ann")
    with because(by=None):
        Membership.objects.create(user=ann, department=team, role="head")
    change_department(
        by=ann, department=team, version=None, default_audiences=[build.audience("fans")], purpose="Sell."
    )
    assert told(team) == [
        ["Purpose: nothing → Sell.", "Audience: + Fans"],
        ["Membership: + Ann, Head"],
        ["Put on the map"],
    ]


def test_activity_comes_in_pages() -> None:
    account = build.account("acme")
    for number in range(5):
        with because(by=None, reason=str(number)):
            Account.objects.filter(pk=account.pk).update(says=f"text {number}")
    first, more = activity_of(account, 2)
    assert ([entry.reason for entry in first], more) == (["4", "3"], True)
    last, more = activity_of(account, 2, start=4)
    assert ([entry.reason for entry in last], more) == (["0", ""], False)


@pytest.mark.parametrize("changes", [3, 30])
def test_activity_needs_as_many_queries_for_3_entries_as_for_30(
    changes: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    account = build.account("acme")
    people = [build.user(name=f"P{number}") for number in range(3)]
    for number in range(changes):
        with because(by=people[number % 3]):
            Account.objects.filter(pk=account.pk).update(says=f"text {number}")
            account.audiences.set([build.audience(f"a{number}")])
    with django_assert_num_queries(9):
        entries = activity_of(account, 50)[0]
    assert len(entries) == changes + 1


def test_activity_page_says_from_where(client: pytest.FixtureRequest) -> None:
    account = build.account("acme")
    client.force_login(build.user("lead"))  # type: ignore[attr-defined]
    body = client.get(reverse("channels:account_activity", args=[account.pk])).content.decode()  # type: ignore[attr-defined]
    assert "Put on the map" in body
