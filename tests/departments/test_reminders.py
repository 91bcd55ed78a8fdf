"""Letters before agreements end: each step once, whatever the worker did."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail

from departments.models import Membership, Tie, TieReminder
from departments.services.reminders import remind
from orgmap.users.models import Notice, User
from orgmap.users.posting import post
from tests import build

pytestmark = pytest.mark.django_db
END = date(2026, 6, 30)


def run(days_before: int) -> int:
    """The hourly look, so many days before the end."""
    today = END - timedelta(days=days_before)
    now = datetime(today.year, today.month, today.day, 9, tzinfo=UTC)
    remind(now=now, today=today)
    return post(now=now)


def told() -> list[tuple[str, str]]:
    return sorted((letter.to[0], letter.subject) for letter in mail.outbox)


@pytest.fixture
def tie() -> Tie:
    """Care and Sales, each with a head; Sales with a deputy too."""
    care, sales = build.department("Care"), build.department("Sales")
    build.user(head_of=care, email="carol@acme.example", name="Carol")
    build.user(head_of=sales, email="sam@acme.example")
    deputy = build.user("head", email="dee@acme.example")
    Membership.objects.create(user=deputy, department=sales, role="deputy")
    return build.tie(care, sales, title="Complaints go to Care", ends_on=END)


def test_each_step_is_sent_once_to_heads_and_deputies_however_often_the_clock_strikes(tie: Tie) -> None:
    sent = {}
    for day in range(40, -4, -1):
        count = run(day) + run(day)
        if count:
            sent[day] = count
    assert sent == {30: 3, 14: 3, 2: 3}
    assert told()[:3] == [
        ("carol@acme.example", "“Complaints go to Care” ends in 14 days"),
        ("carol@acme.example", "“Complaints go to Care” ends in 2 days"),
        ("carol@acme.example", "“Complaints go to Care” ends in 30 days"),
    ]


def test_a_worker_that_was_down_sends_the_step_that_is_due_and_no_pile(tie: Tie) -> None:
    assert [(day, run(day)) for day in (31, 10, 9, 1, 0)] == [(31, 0), (10, 3), (9, 0), (1, 3), (0, 0)]
    assert set(TieReminder.objects.values_list("days", flat=True)) == {14, 2}


def test_a_letter_says_what_ends_when_and_leads_there(tie: Tie, settings: pytest.FixtureRequest) -> None:
    settings.SITE_ADDRESS = "https://map.acme.example"  # type: ignore[attr-defined]  # pytest-django's own fixture
    run(14)
    body = next(letter.body for letter in mail.outbox if letter.to == ["carol@acme.example"])
    assert "Hello Carol," in body
    assert "“Complaints go to Care”, between Care and Sales\nends in 14 days, on 30 June 2026\n" in body
    assert f"https://map.acme.example/agreements/{tie.pk}/\n" in body


def test_several_agreements_come_in_one_letter(tie: Tie) -> None:
    sides = list(tie.departments.all())
    build.tie(*sides, title="Praise goes to Sales", ends_on=END)
    run(14)
    assert told() == [
        ("carol@acme.example", "2 of your agreements end soon"),
        ("dee@acme.example", "2 of your agreements end soon"),
        ("sam@acme.example", "2 of your agreements end soon"),
    ]


@pytest.mark.parametrize("status", ["proposed", "declined", "ended"])
def test_nobody_is_told_of_what_does_not_hold(tie: Tie, status: str) -> None:
    Tie.objects.update(status=status)
    assert run(14) == 0


def test_what_was_agreed_after_a_step_had_passed_is_not_told_again(tie: Tie) -> None:
    tie.sides.update(answered_at=datetime(2026, 6, 20, tzinfo=UTC))
    assert [run(day) for day in (14, 9, 2)] == [0, 0, 3]


def test_a_later_end_begins_anew(tie: Tie) -> None:
    run(14)
    Tie.objects.update(ends_on=END + timedelta(days=100))
    assert [run(day) for day in (2, -70, -86, -98)] == [0, 3, 3, 3]


def test_who_may_not_log_in_any_more_is_told_nothing(tie: Tie) -> None:
    User.objects.filter(email="sam@acme.example").update(is_active=False)
    run(14)
    assert [to for to, _ in told()] == ["carol@acme.example", "dee@acme.example"]


def test_a_side_without_a_head_is_spoken_for_by_the_next_above_and_at_last_by_the_lead() -> None:
    top, orphan = build.department("Top"), build.department("Orphan")
    below = build.department("Below", parent=top)
    build.user(head_of=top, email="tom@acme.example")
    build.user("lead", email="lead@acme.example")
    build.tie(below, orphan, ends_on=END)
    run(14)
    assert [to for to, _ in told()] == ["lead@acme.example", "tom@acme.example"]


def test_a_letter_that_waited_does_not_go_when_the_agreement_was_ended_meanwhile(tie: Tie) -> None:
    today = END - timedelta(days=14)
    remind(now=datetime(2026, 6, 16, 9, tzinfo=UTC), today=today)
    Tie.objects.update(status="ended")
    assert (run(14), Notice.objects.count(), mail.outbox) == (0, 3, [])
