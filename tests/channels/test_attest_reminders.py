"""Asking owners to confirm their accounts: each step once, whatever the worker did. Time is passed in."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from channels import services
from channels.models import Account, AttestationReminder, Campaign, Finding, Holder
from channels.services.reminders import STEPS, remind
from departments.models import Department, Membership
from orgmap.history.services import because
from orgmap.users.models import Notice, User
from orgmap.users.posting import post
from tests import build

pytestmark = pytest.mark.django_db
DUE = date(2027, 6, 30)
CONFIRMED = DUE - timedelta(days=180)


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)


def run(days: int) -> list[str]:
    """The hourly look and the letters, so many days from the day that is due. Who got one."""
    today = DUE + timedelta(days=days)
    before = len(mail.outbox)
    remind(now=at(today), today=today)
    post(now=at(today))
    return sorted(letter.to[0].partition("@")[0] for letter in mail.outbox[before:])


def telling(first: int, last: int) -> list[int]:
    """Days on which a letter could go at the right or a wrong time: around each step, now or half a year on."""
    near = {step + half + day for step in STEPS for half in (0, 180) for day in (-1, 0, 1)}
    return [day for day in range(first, last) if day in near or day % 5 == 0]


def steps(first: int = -40, last: int = 60, times: int = 1) -> dict[int, list[str]]:
    """Who got a letter on which day, when the clock strikes so often a day."""
    sent = {}
    for day in telling(first, last) if times == 1 else range(first, last):
        if got := [person for _ in range(times) for person in run(day)]:
            sent[day] = got
    return sent


ONCE_EACH = {-30: ["head"], -14: ["head"], -2: ["head"], 7: ["deputy"], 14: ["head"], 30: ["lead"]}


@pytest.fixture
def care() -> Department:
    """Care with head and deputy, and a lead."""
    made = build.department("Care")
    build.user(head_of=made, email="head@acme.example", name="Hilda")
    Membership.objects.create(user=build.user("head", email="deputy@acme.example"), department=made, role="deputy")
    build.user("lead", email="lead@acme.example")
    return made


def two(care: Department, **fields: Any) -> list[Account]:
    return [build.account(name, departments=[care], **fields) for name in ("acme", "acme-help")]


@pytest.fixture
def accounts(care: Department) -> list[Account]:
    return two(care, last_attested_on=CONFIRMED)


@pytest.fixture
def campaign(care: Department) -> Campaign:
    """Two accounts that were confirmed yesterday, asked about all the same."""
    made = two(care, last_attested_on=DUE - timedelta(days=61))
    return begin(made, DUE - timedelta(days=60))


def begin(accounts: list[Account], today: date) -> Campaign:
    pks = [account.pk for account in accounts]
    return services.begin_campaign(
        by=None, name="Summer", scope="all", accounts=pks, due_on=DUE, today=today, now=at(today)
    )


def test_half_a_year_after_it_was_confirmed_each_step_goes_once_with_all_accounts_in_one_letter(
    accounts: list[Account],
) -> None:
    assert steps(times=2) == ONCE_EACH
    assert [letter.subject for letter in mail.outbox] == [
        "Confirm 2 accounts by 30 June",
        "Confirm 2 accounts by 30 June",
        "Confirm 2 accounts by 30 June",
        "2 accounts of Care are overdue",
        "2 accounts of yours are overdue to be confirmed",
        "2 accounts were not confirmed",
    ]


def test_a_campaign_asks_by_the_same_rhythm_and_the_usual_one_keeps_still(campaign: Campaign) -> None:
    assert steps() == ONCE_EACH
    assert mail.outbox[0].subject == "Summer: confirm 2 accounts by 30 June"
    campaign.refresh_from_db()
    assert campaign.ended_at == at(DUE + timedelta(days=31))


def test_a_gathered_letter_names_only_what_still_waits(accounts: list[Account]) -> None:
    User.objects.filter(email="head@acme.example").update(letters="daily")
    today = DUE + timedelta(days=14)
    remind(now=at(today), today=today)
    deputy = User.objects.get(email="deputy@acme.example")
    services.attest_account(by=deputy, account=accounts[1], on=today, now=at(today))
    post(now=at(today + timedelta(days=1)))
    letter = mail.outbox[-1]
    assert (letter.to, letter.subject) == (
        ["head@acme.example"], "1 account of yours is overdue to be confirmed",
    )  # fmt: skip
    assert [name for name in ("acme on", "acme-help on") if name in letter.body] == ["acme on"]


def test_where_head_and_deputy_have_not_answered_the_head_above_is_told_and_finds_what_waits(
    accounts: list[Account], care: Department, client: Client
) -> None:
    service, sales = build.department("Service"), build.department("Sales")
    Department.objects.filter(pk=care.pk).update(parent=service)
    boss = build.user("head", email="boss@acme.example", name="Bea", head_of=sales)
    Membership.objects.create(department=service, user=boss, role="head")
    assert steps() == {**ONCE_EACH, 14: ["boss"]}
    letter = mail.outbox[4]
    assert letter.subject == "2 accounts of Care are overdue"
    assert "Whoever answers for Care was asked and has not answered." in letter.body
    client.force_login(boss)
    told = Notice.objects.get(user=boss)
    Account.objects.update(last_attested_on=None)  # the page goes by the day of this test
    shown = client.get(told.link, follow=True)
    assert [form.row.account.handle for form in shown.context["forms"]] == ["acme", "acme-help"]
    assert client.get(reverse("channels:attest")).context["forms"] == []


@pytest.mark.parametrize("kind", ["usual", "campaign"])
@pytest.mark.parametrize(
    ("down", "sent"),
    [
        (range(-16, -9), {-30: 1, -9: 1, -2: 1, 7: 1, 14: 1, 30: 1}),
        (range(-31, -1), {-1: 1, 7: 1, 14: 1, 30: 1}),
        (range(5, 12), {-30: 1, -14: 1, -2: 1, 12: 1, 14: 1, 30: 1}),
        (range(-3, 20), {-30: 1, -14: 1, 20: 1, 30: 1}),
    ],
)
def test_a_worker_that_was_down_sends_only_the_latest_step_that_is_due(
    care: Department, kind: str, down: range, sent: dict[int, int]
) -> None:
    made = two(care, last_attested_on=CONFIRMED)
    if kind == "campaign":
        begin(made, DUE - timedelta(days=60))
    days = sorted({*telling(-40, 40), down.stop} - set(down))
    got = {day: len(run(day)) for day in days}
    assert {day: count for day, count in got.items() if count} == sent
    assert AttestationReminder.objects.count() == 2 * len(sent)


def test_what_is_confirmed_is_not_asked_about_any_more_and_begins_anew_after_half_a_year(
    accounts: list[Account],
) -> None:
    head = User.objects.get(email="head@acme.example")
    run(-30)
    today = DUE - timedelta(days=20)
    for account in accounts:
        services.attest_account(by=head, account=account, on=today, now=at(today))
    assert steps(last=100) == {}
    assert run(130) == ["head"]


def test_what_was_never_confirmed_has_a_month_from_the_day_on_which_it_came(care: Department) -> None:
    [account, _] = two(care)
    came = account.created_at.date()
    assert [run((came - DUE).days + day) for day in (0, 1, 16, 28, 37, 44, 60)] == [
        ["head"], [], ["head"], ["head"], ["deputy"], ["head"], ["lead"],
    ]  # fmt: skip


def test_a_broken_seal_asks_again_within_a_month(accounts: list[Account]) -> None:
    with because(by=build.user("lead", email="bo@acme.example")):
        Holder.objects.create(account=accounts[0], name="New")
    days = (datetime.now(tz=UTC).date() - DUE).days
    assert run(days) == ["head"]
    assert mail.outbox[0].subject.startswith("Confirm 1 account by ")


@pytest.mark.parametrize("campaigning", [False, True])
@pytest.mark.parametrize("why", ["waived", "retired", "planned", "no head any more", "not ours", "not needed"])
def test_nobody_gets_a_letter_about_what_is_settled_or_not_theirs(
    care: Department, why: str, campaigning: bool
) -> None:
    """Neither when it was so before the step, nor when it became so between the notice and its letter."""
    made = [build.account("acme", departments=[care], last_attested_on=CONFIRMED)]
    if campaigning:
        begin(made, DUE - timedelta(days=60))
    head = User.objects.get(email="head@acme.example")
    today = DUE - timedelta(days=30)
    remind(now=at(today), today=today)
    assert Notice.objects.filter(kind="attest").count() == 1
    settle(why, made[0], head, today)
    sent = [post(now=at(today + timedelta(days=day))) for day in range(3)]
    remind(now=at(DUE - timedelta(days=14)), today=DUE - timedelta(days=14))
    post(now=at(DUE - timedelta(days=14)))
    assert [letter.to for letter in mail.outbox if letter.to == [head.email]] == []
    assert sent[1:] == [0, 0]


def settle(why: str, account: Account, head: User, today: date) -> None:
    if why == "waived":
        Finding.objects.create(
            rule="attestation-overdue", account=account, state="waived", waived_until=date(2030, 1, 1),
            waived_reason="It ends soon.", first_seen=today, since=today,
        )  # fmt: skip
    elif why == "retired":
        Account.objects.update(status="retired", retired_on=today)
    elif why == "planned":
        Account.objects.update(status="planned")
    elif why == "no head any more":
        head.memberships.all().delete()
    else:
        said = services.Said(account, ours=why != "not ours", needed=why != "not needed")
        services.attest(by=head, said=[said], on=today, now=at(today))


def test_a_department_without_anybody_is_asked_above_and_at_last_the_lead_hears(care: Department) -> None:
    build.account("below", departments=[build.department(parent=care)], last_attested_on=CONFIRMED)
    build.account("orphan", last_attested_on=CONFIRMED)
    assert steps() == ONCE_EACH
    assert [letter.subject for letter in mail.outbox][-1] == "2 accounts were not confirmed"


def test_many_accounts_are_named_up_to_twenty(care: Department) -> None:
    for number in range(25):
        build.account(f"acme{number:02}", departments=[care], last_attested_on=CONFIRMED)
    run(-30)
    body = mail.outbox[0].body
    assert ("acme19 on X (formerly Twitter), Care\nand 5 more\n" in body, "acme20" in body) == (True, False)


def test_who_did_not_answer_a_campaign_is_left_alone_for_half_a_year(campaign: Campaign) -> None:
    services.end_campaign(campaign=campaign, by=None, now=at(DUE))
    assert steps(first=0, last=160) == {150: ["head"]}
