"""Accounts that end by a plan: steps, letters that go exactly once, the end itself, and the handles that are kept."""

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate
from pytest_django import DjangoAssertNumQueries

from channels import services
from channels.models import Account, Closing, ClosingStep, HandleCheck, Holder
from departments.models import Department
from orgmap.history.services import because, undo_action
from orgmap.users.models import Notice, User
from orgmap.users.posting import post
from tests import build

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)
END = date(2026, 5, 3)
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def hr() -> Department:
    return build.department("Human resources")


@pytest.fixture
def head(hr: Department) -> User:
    return build.user(head_of=hr, name="Maud")


@pytest.fixture
def lead() -> User:
    return build.user("lead", name="Ada")


@pytest.fixture
def account(hr: Department) -> Account:
    return build.account("acme-jobs", departments=[hr])


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def said(answer: Any) -> list[str]:
    return [re.sub(r" <a .*", "", unescape(str(message))) for message in answer.context["messages"]]


def plan(account: Account, by: User, on: date = END, today: date = TODAY, **fields: Any) -> Closing:
    words = {"reason": "nobody reads it", "turn_to": "acme.example/jobs"} | fields
    return services.plan_closing(by=by, account=account, on=on, today=today, now=NOW, **words)


def told(kind: str = "closing-") -> list[tuple[str, str]]:
    rows = Notice.objects.filter(kind__startswith=kind).order_by("pk")
    return list(rows.values_list("user__name", "kind"))


def days(closing: Closing) -> dict[str, date]:
    return dict(closing.steps.order_by("due_on", "pk").values_list("code", "due_on"))


def test_a_plan_lays_out_what_is_due_when(account: Account, head: User, lead: User) -> None:
    closing = plan(account, head)
    assert days(closing) == {
        "successor": TODAY,
        "month": date(2026, 4, 3),
        "fortnight": date(2026, 4, 19),
        "days": date(2026, 5, 1),
        "handle": END,
        "keys": END,
    }
    named = closing.steps.get(code="successor")
    assert (named.done_on, named.done_by) == (TODAY, head)
    assert told() == [("Ada", "closing-planned")]


def test_a_notice_whose_day_has_passed_is_not_asked_for_and_comes_back_with_a_later_day(
    account: Account, head: User
) -> None:
    closing = plan(account, head, on=TODAY + timedelta(10))
    assert set(days(closing)) == {"successor", "days", "handle", "keys"}
    services.tick_step(by=head, closing=closing, code="handle", on=TODAY)
    plan(account, head, on=END)
    assert set(days(closing)) == {"successor", "month", "fortnight", "days", "handle", "keys"}
    assert closing.steps.get(code="handle").done_on == TODAY
    assert (Closing.objects.count(), days(closing)["keys"]) == (1, END)


def test_a_plan_in_the_past_or_with_itself_as_successor_is_refused(account: Account, head: User) -> None:
    with pytest.raises(services.CannotClose, match="1 March 2026 has passed"):
        plan(account, head, on=date(2026, 3, 1))
    with pytest.raises(services.CannotRetire, match="cannot follow itself"):
        plan(account, head, successor=account)


def test_letters_go_once_on_each_day_however_often_and_late_the_worker_runs(
    account: Account, head: User, lead: User
) -> None:
    plan(account, head)
    Notice.objects.all().delete()
    went = {}
    for day in range(70):
        today = TODAY + timedelta(day)
        before = len(told())
        for _ in range(3):
            services.remind_of_closings(now=NOW + timedelta(day), today=today)
        if len(told()) > before:
            went[today] = told()[before:]
    assert went == {
        date(2026, 4, 3): [("Maud", "closing-month")],
        date(2026, 4, 19): [("Maud", "closing-fortnight")],
        date(2026, 5, 1): [("Maud", "closing-days")],
        END: [("Maud", "closing-due"), ("Ada", "closing-due")],
    }


def test_after_a_week_without_a_worker_only_the_letter_that_is_due_goes(account: Account, head: User) -> None:
    closing = plan(account, head)
    for today in (date(2026, 4, 2), date(2026, 4, 20), date(2026, 4, 27)):
        services.remind_of_closings(now=NOW, today=today)
    assert told() == [("Maud", "closing-fortnight")]
    services.tick_step(by=head, closing=closing, code="days", on=date(2026, 4, 30))
    services.remind_of_closings(now=NOW, today=date(2026, 5, 1))
    assert told() == [("Maud", "closing-fortnight")]


def test_another_day_has_letters_of_its_own_and_a_plan_that_is_off_has_none(account: Account, head: User) -> None:
    closing = plan(account, head)
    services.remind_of_closings(now=NOW, today=date(2026, 4, 3))
    later = plan(account, head, on=date(2026, 6, 3), today=date(2026, 4, 4))
    services.remind_of_closings(now=NOW, today=date(2026, 5, 4))
    assert (later, told()) == (closing, [("Maud", "closing-month"), ("Maud", "closing-month")])
    services.cancel_closing(by=head, closing=closing, reason="it is read", today=date(2026, 5, 5), now=NOW)
    services.remind_of_closings(now=NOW, today=date(2026, 6, 1))
    assert len(told("closing-days")) == 0


def test_a_gathered_letter_of_a_plan_that_is_off_does_not_go(account: Account, head: User) -> None:
    User.objects.filter(pk=head.pk).update(letters="daily")
    closing = plan(account, head)
    services.remind_of_closings(now=NOW, today=date(2026, 4, 3))
    services.cancel_closing(by=head, closing=closing, reason="it is read", today=date(2026, 4, 3), now=NOW)
    assert post(now=NOW + timedelta(days=3)) == 0


def test_who_holds_the_keys_is_told_and_without_anybody_the_lead(account: Account, lead: User) -> None:
    holder = build.user(name="Jo")
    alone = build.account("stray")
    Holder.objects.create(account=account, name="Jo", user=holder)
    for each in (account, alone):
        plan(each, lead)
    Notice.objects.all().delete()
    services.remind_of_closings(now=NOW, today=date(2026, 4, 3))
    assert told() == [("Jo", "closing-month"), ("Ada", "closing-month")]


def test_it_closes_when_all_is_done_and_the_day_has_come(account: Account, head: User, lead: User) -> None:
    follower = build.account("acme-life")
    closing = plan(account, head, successor=follower, turn_to="")
    Holder.objects.create(account=account, name="Jo")
    with pytest.raises(services.CannotClose, match="closes on 3 May 2026, as its readers were told"):
        services.finish_closing(by=head, closing=closing, today=date(2026, 5, 2), now=NOW)
    with pytest.raises(services.CannotClose, match="“Readers were told a month before”, "):
        services.finish_closing(by=head, closing=closing, today=END, now=NOW)
    for code in ("month", "fortnight", "days", "handle", "keys"):
        services.tick_step(by=head, closing=closing, code=code, on=END, note="seen")
    with because(by=head) as action:
        services.finish_closing(by=head, closing=closing, today=END, now=NOW)
    account.refresh_from_db()
    closing.refresh_from_db()
    assert (account.status, account.retired_on, account.retired_reason, account.successor) == (
        "retired",
        END,
        "nobody reads it",
        follower,
    )
    assert (closing.state, closing.ended_on, account.holders.get().left_on) == ("closed", END, END)
    undo_action(by=head, context=action)
    account.refresh_from_db()
    closing.refresh_from_db()
    assert (account.status, closing.state, account.holders.get().left_on) == ("active", "planned", None)


def test_calling_it_off_brings_a_closed_account_back(account: Account, head: User) -> None:
    closing = plan(account, head, on=TODAY)
    for step in closing.steps.filter(done_on=None):
        services.tick_step(by=head, closing=closing, code=step.code, on=TODAY)
    services.finish_closing(by=head, closing=closing, today=TODAY, now=NOW)
    services.cancel_closing(by=head, closing=closing, reason="readers asked", today=END, now=NOW)
    account.refresh_from_db()
    closing.refresh_from_db()
    assert (account.status, closing.state, closing.ended_on) == ("active", "cancelled", END)
    with pytest.raises(services.CannotClose, match="called off already"):
        services.cancel_closing(by=head, closing=closing, reason="again", today=END, now=NOW)


def test_the_page_ticks_steps_with_who_and_when(account: Account, head: User) -> None:
    on = localdate() + timedelta(60)
    as_(head).post(
        reverse("channels:account_close", args=[account.pk]),
        {"on": on.isoformat(), "reason": "nobody reads it", "successor": "", "turn_to": ""},
    )
    page = reverse("channels:account_closing", args=[account.pk])
    step = reverse("channels:account_closing_step", args=[account.pk])
    assert "0 of 6 done" in text(as_(head).get(page))
    answer = as_(head).post(step, {"step": "keys", "note": "in the vault"}, follow=True)
    assert said(answer) == ["“The keys were handed back, and apps and agencies have none” is done."]
    assert f"Done on {localdate():%-d %B %Y} by Maud: in the vault" in text(answer)
    again = as_(head).post(step, {"step": "keys"}, follow=True)
    assert said(again)[0].endswith("was ticked already, by Maud.")
    as_(head).post(step, {"step": "keys", "undo": "1"})
    assert ClosingStep.objects.get(code="keys").done_on is None
    assert f"Closes on {on:%-d %B %Y}: nobody reads it" in text(
        as_(build.user()).get(reverse("channels:account_detail", args=[account.pk]))
    )
    refused = as_(head).post(reverse("channels:account_closing_cancel", args=[account.pk]), follow=True)
    assert said(refused) == ["Say in at most 500 characters why it stays, so that its readers can be told."]


def test_a_closing_that_is_due_waits_on_home(account: Account, head: User, lead: User) -> None:
    build.closing(account, on=localdate())
    for person, count in ((head, 1), (lead, 1), (build.user(head_of=build.department()), 0)):
        assert as_(person).get(reverse("reports:home")).context["life"].ending == count


def test_the_handle_of_a_closed_account_is_looked_at_every_90_days(account: Account, head: User, lead: User) -> None:
    Account.objects.filter(pk=account.pk).update(status="retired", retired_on=TODAY)

    def due(day: int, by: User = head) -> list[str]:
        rows = Account.objects.seen_to_by(by).handles_due(TODAY + timedelta(day))
        return [each.handle for each in rows]

    assert [due(89), due(90), due(90, lead), due(90, build.user(head_of=build.department()))] == [
        [],
        ["acme-jobs"],
        ["acme-jobs"],
        [],
    ]
    look = {"account": account, "today": TODAY + timedelta(100), "now": NOW}
    services.look_at_handle(by=head, on=TODAY + timedelta(91), seen="ours", **look)
    assert [due(180), due(181)] == [[], ["acme-jobs"]]
    services.look_at_handle(by=head, on=TODAY + timedelta(95), seen="taken", note="a betting shop", **look)
    assert told("handle") == [("Ada", "handle-lost")]
    assert "somebody else has it" in Notice.objects.get(kind="handle-lost").subject
    services.look_at_handle(by=head, on=TODAY + timedelta(96), seen="gone", **look)
    assert due(1000) == []
    with pytest.raises(services.CannotClose, match="is still to come"):
        services.look_at_handle(by=head, on=TODAY + timedelta(101), seen="ours", **look)


def test_the_list_of_handles_leads_to_a_form_that_says_what_was_seen(account: Account, head: User) -> None:
    Account.objects.filter(pk=account.pk).update(status="retired", retired_on=localdate() - timedelta(200))
    assert "acme-jobs" in text(as_(head).get(reverse("channels:handle_list")))
    address = reverse("channels:account_handle", args=[account.pk])
    refused = as_(head).post(address, {"on": "", "seen": "", "note": "hm"})
    assert refused.status_code == 422
    answer = as_(head).post(address, {"on": localdate().isoformat(), "seen": "ours"}, follow=True)
    assert said(answer)[0].startswith("acme-jobs: still ours, and quiet. Somebody looks again on ")
    assert HandleCheck.objects.get().by == head
    assert "No handle is due" in text(answer)


@pytest.mark.parametrize("count", [3, 30])
def test_lists_of_closings_and_handles_ask_the_same_queries_however_many_there_are(
    hr: Department, lead: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(count):
        build.closing(build.account(f"a{n}", departments=[hr]))
        build.account(f"r{n}", departments=[hr], status="retired", retired_on=date(2020, 1, 1))
    client = as_(lead)
    with django_assert_num_queries(8):
        assert len(client.get(reverse("channels:closing_list")).context["rows"]) == count
    with django_assert_num_queries(6):
        assert len(client.get(reverse("channels:handle_list")).context["page"].object_list) == count
