"""Everything that was done, an action a line; its page, and undo from there."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pghistory.models import Context
from pytest_django import DjangoAssertNumQueries

from channels.models import Account, AccountAudience, Holder
from departments.models import Department
from orgmap.history.actions import Wanted, action, actions
from orgmap.history.done import Done
from orgmap.users.models import User
from tests import build
from tests.history.test_undo import doing

pytestmark = pytest.mark.django_db


def told(done: Done) -> list[tuple[str, list[str]]]:
    return [(touched.name, [str(change) for change in touched.changes]) for touched in done.touched]


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_a_bulk_edit_is_one_action_with_a_count_and_its_first_changes() -> None:
    lea = build.user("lead", name="Lea")
    for number in range(8):
        build.account(f"a{number}", says="old")
    fans = build.audience("fans")
    with doing(by=lea, reason="Audience set on 8 accounts"):
        Account.objects.update(says="new")
        AccountAudience.objects.bulk_create(
            AccountAudience(account=each, audience=fans) for each in Account.objects.all()
        )
    (done, *_), _ = actions(lea, Wanted(), 1)
    assert (done.who, done.reason, done.summary, done.more) == ("Lea", "Audience set on 8 accounts", "8 accounts", 3)
    assert told(done)[0] == ("a0", ["What it says: old → new", "Audience: + Fans"])
    rest = action(lea, done.context, 5, 5)
    assert rest is not None
    assert ([each.name for each in rest.touched], rest.more) == (["a5", "a6", "a7"], 0)


def test_actions_come_by_person_kind_record_and_day() -> None:
    lea, ann = build.user("lead", name="Lea"), build.user("lead", name="Ann")
    with doing(by=lea, reason="first"):
        one = build.account("one")
    with doing(by=ann, reason="second"):
        team = build.department("Sales")
        Account.objects.update(says="hi")
    with doing(by=ann, reason="third"):
        Department.objects.update(purpose="Sell.")

    def reasons(wanted: Wanted) -> list[str]:
        return [done.reason for done in actions(lea, wanted, 10)[0] if done.reason]

    now = timezone.now()
    assert reasons(Wanted()) == ["third", "second", "first"]
    assert reasons(Wanted(people=[lea.pk])) == ["first"]
    assert reasons(Wanted(kinds=[Account])) == ["second", "first"]
    assert reasons(Wanted(record=team)) == ["third", "second"]
    assert reasons(Wanted(record=one)) == ["second", "first"]
    assert reasons(Wanted(since=now + timedelta(days=1))) == []
    assert reasons(Wanted(until=now - timedelta(days=1))) == []


def test_actions_come_in_pages_by_what_came_last() -> None:
    lea = build.user("lead")
    for number in range(5):
        with doing(by=lea, reason=str(number)):
            build.department()
    first, after = actions(lea, Wanted(), 2)
    second, after = actions(lea, Wanted(), 2, after=after)
    assert [done.reason for done in (*first, *second)] == ["4", "3", "2", "1"]
    assert actions(lea, Wanted(), 2, after=f"{after}nonsense")[0]


def test_holders_and_contacts_are_not_told_to_those_who_may_not_read_them() -> None:
    lead, staff = build.user("lead"), build.user("staff")
    account = build.account("acme")
    with doing(by=lead, reason="holder"):
        Holder.objects.create(account=account, name="Secret Ann")
    with doing(by=lead, reason="contact"):
        Account.objects.update(contact="secret@acme.example", custody="vault 7", says="hi")
    with doing(by=lead, reason="person"):
        build.user("head", name="Secret Ben")
    pages = [signed_in(each).get(reverse("reports:activity_list")).content.decode() for each in (lead, staff)]
    assert [page.count("ecret") > 0 for page in pages] == [True, False]
    assert [done.reason for done in actions(staff, Wanted(), 5)[0] if done.reason] == ["contact"]
    own = signed_in(staff).get(reverse("reports:action_detail", args=[actions(lead, Wanted(), 1)[0][0].context]))
    assert own.status_code == 404


@pytest.mark.parametrize("number", [3, 30])
def test_activity_list_needs_as_many_queries_for_3_actions_as_for_30(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    head = build.user(head_of=build.department("Sales"), name="Ann")
    team = Department.objects.get()
    for each in range(number):
        with doing(by=head):
            build.account(f"a{each}", departments=[team], audiences=[build.audience(f"f{each}")])
            Department.objects.update(purpose=f"Text {each}")
    client = signed_in(head)
    with django_assert_num_queries(27):
        body = client.get(reverse("reports:activity_list")).content.decode()
    assert body.count(">Undo<") == number


def test_undo_from_the_activity_and_back() -> None:
    lead = build.user("lead", name="Lea")
    account = build.account("acme", says="old")
    with doing(by=lead, reason="new words") as change:
        Account.objects.update(says="new")
    client = signed_in(lead)
    undo = reverse("reports:action_undo", args=[change.context])
    answer = client.post(undo, {"next": "/activity/"}, follow=True)
    Context.objects.filter(metadata__has_key="undoes").update(created_at=timezone.now())
    account.refresh_from_db()
    assert account.says == "old"
    assert "Undone: One entry is as before." in answer.content.decode()
    assert "Undone by Lea" in answer.content.decode()
    latest = actions(lead, Wanted(), 1)[0][0]
    assert (latest.reason, latest.undoes) == ("Undo of new words", str(change.context))
    client.post(reverse("reports:action_undo", args=[latest.context]))
    account.refresh_from_db()
    assert account.says == "new"
    answer = client.post(undo, {"next": "//evil.example/"})
    assert answer["Location"] == reverse("reports:action_detail", args=[change.context])


def test_undo_that_something_newer_stands_in_the_way_of_lists_it_and_offers_the_rest() -> None:
    lead = build.user("lead", name="Lea")
    account = build.account("acme", says="old", rhythm="daily")
    with doing(by=lead) as change:
        Account.objects.update(says="new", rhythm="weekly")
    with doing(by=lead):
        Account.objects.update(says="newer")
    client = signed_in(lead)
    undo = reverse("reports:action_undo", args=[change.context])
    answer = client.post(undo)
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "Account acme: what it says was changed since (Lea, " in body
    assert "Undo the rest, keep these" in body
    client.post(undo, {"rest": "1"})
    account.refresh_from_db()
    assert (account.says, account.rhythm) == ("newer", "daily")


def test_undo_of_one_record_of_a_bulk_action_from_its_page() -> None:
    lead = build.user("lead")
    one, two = build.account("one", says="old"), build.account("two", says="old")
    with doing(by=lead) as change:
        Account.objects.update(says="new")
    page: Any = signed_in(lead).get(reverse("channels:account_detail", args=[one.pk])).content.decode()
    assert f"{reverse('reports:action_detail', args=[change.context])}?record=account:{one.pk}" in page
    undo = reverse("reports:action_undo", args=[change.context])
    signed_in(lead).post(undo, {"record": f"account:{one.pk}"})
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.says, two.says) == ("old", "new")


def test_whoever_may_not_change_a_record_neither_sees_undo_nor_gets_it() -> None:
    lead, staff = build.user("lead"), build.user("staff")
    build.account("acme")
    with doing(by=lead) as change:
        Account.objects.update(says="new")
    client = signed_in(staff)
    assert "Undo<" not in client.get(reverse("reports:activity_list")).content.decode()
    assert client.post(reverse("reports:action_undo", args=[change.context])).status_code == 403


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("by=Nobody", "Nobody here is called “Nobody”."),
        ("since=someday", "“someday” is not a day."),
        ("since=yesterday", "acme"),
        ("until=2026-02-31", "“2026-02-31” is not a day."),
        ("kind=account&after=x~y", "acme"),
    ],
)
def test_activity_list_answers_odd_questions_with_a_sentence(query: str, says: str) -> None:
    lead = build.user("lead")
    with doing(by=lead):
        build.account("acme")
    assert says in signed_in(lead).get(f"{reverse('reports:activity_list')}?{query}").content.decode()


def test_an_objective_and_an_agreement_lead_to_what_was_changed_about_them() -> None:
    lead = build.user("lead")
    sales, care = build.department("Sales"), build.department("Care")
    objective, tie = build.objective("Sell", departments=[sales]), build.tie(sales, care, title="Complaints")
    with doing(by=lead):
        type(objective).objects.filter(pk=objective.pk).update(notes="told of the objective")
        type(tie).objects.filter(pk=tie.pk).update(terms="told of the agreement")
    client = signed_in(lead)
    for page, record, says in (
        (
            reverse("reports:objective_detail", args=[objective.pk]),
            f"objective:{objective.pk}",
            "told of the objective",
        ),
        (reverse("departments:tie_detail", args=[tie.pk]), f"tie:{tie.pk}", "told of the agreement"),
    ):
        address = f"{reverse('reports:activity_list')}?record={record}"
        assert address in client.get(page).content.decode()
        assert says in client.get(address).content.decode()
