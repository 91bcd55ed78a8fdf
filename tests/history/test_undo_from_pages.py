"""Undo beside the entries of a record: what it takes back, whom it is offered, and over what "Undone" stands."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from pghistory.models import Context
from pytest_django import DjangoAssertNumQueries

from channels.models import Account, Holder
from channels.services import change_account
from orgmap.history.actions import Wanted, actions
from orgmap.history.services import OnlyWhole, undo_action
from orgmap.users.models import User
from tests import build
from tests.history.dump import dump
from tests.history.test_undo import doing

pytestmark = pytest.mark.django_db


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(person: User, account: Account) -> str:
    return str(signed_in(person).get(reverse("channels:account_detail", args=[account.pk])).content.decode())


def words(body: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", body)))


def test_a_merge_is_taken_back_whole_from_the_page_of_the_account_that_was_kept() -> None:
    lead, hr = build.user("lead", name="Lea"), build.department("Human resources")
    kept = build.account("acme", departments=[hr], says="vacancies")
    other = build.account("acme1", departments=[build.department("Press")], tags=["jobs"])
    other.objectives.add(build.objective("Hire", departments=[hr]))
    Holder.objects.create(account=other, name="Mia", is_primary=True)
    before = dump()
    client = signed_in(lead)
    told = {"kept": kept.pk, "versions": f"{other.version} {kept.version}"}
    merged = client.post(reverse("channels:account_merge", args=[other.pk]), told)
    assert merged.status_code == 302
    action = Context.objects.filter(metadata__whole=True).get().pk
    for account in (kept, other):
        body = page(lead, account)
        assert f'href="{reverse("reports:action_detail", args=[action])}?record=account:{account.pk}"' in body
        assert reverse("reports:action_undo", args=[action]) not in body
    of_one = client.post(reverse("reports:action_undo", args=[action]), {"record": f"account:{kept.pk}"}, follow=True)
    assert "is one thing with what was done to other records" in words(of_one.content.decode())
    whole = client.get(reverse("reports:action_detail", args=[action]), {"record": f"account:{kept.pk}"})
    assert "Undo all of it" in whole.content.decode()
    assert "only</button>" not in whole.content.decode()
    client.post(reverse("reports:action_undo", args=[action]))
    assert dump() == before
    for account in (kept, other):
        assert "Undone by Lea" in words(page(lead, account))


def test_undone_stands_only_over_what_was_taken_back() -> None:
    lead = build.user("lead", name="Lea")
    one, two = build.account("one", says="old"), build.account("two", says="old")
    with doing(by=lead) as change:
        Account.objects.update(says="new")
    with doing(by=lead):
        undo_action(by=lead, context=change.context, of=one)
    assert "Undone by Lea" in words(page(lead, one))
    assert "ndone by Lea" not in words(page(lead, two))
    assert [done.partly for done in actions(lead, Wanted(), 5)[0] if done.context == change.context] == [True]
    with doing(by=lead):
        undo_action(by=lead, context=change.context, of=two)
    assert "Undone by Lea" in words(page(lead, two))


def test_an_undo_that_left_something_is_partly_one() -> None:
    lead, staff = build.user("lead", name="Lea"), build.user("staff", name="Sam")
    account = build.account("one", says="old", rhythm="daily")
    with doing(by=lead) as change:
        Account.objects.update(says="new", rhythm="weekly")
    with doing(by=staff):
        Account.objects.update(says="newer")
    with doing(by=lead):
        undo_action(by=lead, context=change.context, rest=True)
    assert "Partly undone by Lea" in words(page(lead, account))
    assert [done.partly for done in actions(lead, Wanted(), 5)[0] if done.context == change.context] == [True]


def test_what_was_done_to_one_record_of_many_can_be_taken_back_for_it_alone() -> None:
    lead, sales = build.user("lead"), build.department("Sales")
    head = build.user(head_of=sales)
    one, two = build.account("one", says="old", departments=[sales]), build.account("two", says="old")
    with doing(by=lead) as change:
        Account.objects.update(says="new")
    address = reverse("reports:action_detail", args=[change.context])
    assert f'href="{address}?record=account:{one.pk}"' in page(head, one)
    body = signed_in(head).get(f"{address}?record=account:{one.pk}").content.decode()
    assert "Undo it for one only" in words(body)
    assert "Undo all of it" not in body
    undo = reverse("reports:action_undo", args=[change.context])
    answer = signed_in(head).post(undo, {"record": f"account:{one.pk}"}, follow=True)
    assert "This is about one only: what was done to other records stands." in words(answer.content.decode())
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.says, two.says) == ("old", "new")
    body = signed_in(head).get(f"{address}?record=account:{two.pk}").content.decode()
    assert "only</button>" not in body


def test_a_head_is_offered_no_undo_of_what_put_the_map_there() -> None:
    sales = build.department("Sales")
    head = build.user(head_of=sales)
    client = signed_in(head)
    with doing(by=None) as loaded:
        own = [build.account(f"own{each}", departments=[sales]) for each in range(6)]
        build.account("foreign")
    assert "Undo<" not in client.get(reverse("reports:activity_list")).content.decode()
    address = reverse("channels:account_detail", args=[own[0].pk])
    body = client.get(address).content.decode()
    assert (reverse("reports:action_undo", args=[loaded.context]) in body, "See all, undo" in body) == (False, False)
    with doing(by=head):
        change_account(by=head, account=own[0], version=None, says="mine")
    assert client.get(address).content.decode().count(">Undo<") == 1


@pytest.mark.parametrize("number", [3, 30])
def test_a_record_s_page_asks_as_much_for_3_entries_as_for_30(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    sales = build.department("Sales")
    head = build.user(head_of=sales)
    account = build.account("one", departments=[sales])
    for each in range(number):
        with doing(by=head):
            Account.objects.update(says=f"Text {each}")
    client = signed_in(head)
    with django_assert_num_queries(21):
        body = client.get(reverse("channels:account_activity", args=[account.pk])).content.decode()
    assert body.count(">Undo<") >= min(number, 30) - 1


def test_own_later_changes_go_back_in_one_go() -> None:
    lead, sales = build.user("lead", name="Lea"), build.department("Sales")
    head = build.user(name="Hal", head_of=sales)
    before = dump()
    with doing(by=head) as registered:
        account = build.account("oops", departments=[sales])
    with doing(by=head):
        Account.objects.update(last_attested_on="2026-11-26", says="confirmed")
        account.audiences.add(build.audience("fans"))
    undo = reverse("reports:action_undo", args=[registered.context])
    client = signed_in(head)
    body = client.post(undo).content.decode()
    assert "Take my later changes back as well" in body
    assert "Undo the rest" not in body
    client.post(undo, {"later": "1"})
    assert not Account.objects.exists()
    assert dump()["departments.department"] == before["departments.department"]
    with doing(by=lead) as second:
        other = build.account("other", departments=[sales])
    with doing(by=head):
        Account.objects.filter(pk=other.pk).update(says="by somebody else")
    body = signed_in(lead).post(reverse("reports:action_undo", args=[second.context])).content.decode()
    assert "Take my later changes" not in body


def test_what_somebody_else_changed_in_between_stays() -> None:
    lead, other = build.user("lead", name="Lea"), build.user("lead", name="Ola")
    account = build.account("one", says="old", rhythm="daily")
    with doing(by=lead) as first:
        Account.objects.update(says="new")
    with doing(by=other):
        Account.objects.update(rhythm="weekly")
    with doing(by=lead):
        Account.objects.update(says="newer", rhythm="hourly")
    body = signed_in(lead).post(reverse("reports:action_undo", args=[first.context]), {"later": "1"}).content.decode()
    account.refresh_from_db()
    assert (account.says, account.rhythm) == ("newer", "hourly")
    assert "what it says was changed since" in words(body)


def test_a_merge_is_not_taken_back_for_one_record() -> None:
    lead = build.user("lead")
    one, _ = build.account("one", says="old"), build.account("two", says="old")
    with doing(by=lead) as change:
        Account.objects.update(says="new")
    Context.objects.filter(pk=change.context).update(metadata={"user": lead.pk, "whole": True})
    with pytest.raises(OnlyWhole, match="What was done to one is one thing"):
        undo_action(by=lead, context=change.context, of=one)
