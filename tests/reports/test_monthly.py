"""The monthly letter: once a month to whoever wants it, whatever the worker did."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.urls import reverse

from orgmap.reports.models import LetterReader, Snapshot
from orgmap.reports.services import letter
from orgmap.users import services
from orgmap.users.models import Notice, User
from orgmap.users.posting import post
from orgmap.users.telling import tell
from tests import build
from tests.reports.company import company
from tests.reports.test_pages import roll_up, signed_in, words

pytestmark = pytest.mark.django_db


def run(day: date) -> int:
    """The hourly look on a day."""
    now = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    letter.write_letters(now=now, today=day)
    return post(now=now)


def dated(snapshot: Snapshot, day: date) -> Snapshot:
    """A report as it would be had it been made on that day."""
    at = datetime(day.year, day.month, day.day, 6, tzinfo=UTC)
    Snapshot.objects.filter(pk=snapshot.pk).update(as_of=day, published_at=at, collected_at=at, checked_at=at)
    snapshot.refresh_from_db()
    return snapshot


@pytest.fixture
def reader() -> User:
    """An executive who has wanted the letter since summer. Between two reports Care and Brand have agreed."""
    made = company()
    dated(roll_up(), date(2026, 8, 30))
    build.tie(made.care, made.brand, title="Complaints go to Care")
    dated(roll_up(), date(2026, 9, 30))
    person = build.user("executive", email="eva@acme.example", name="Eva")
    letter.subscribe(user=person, on=date(2026, 7, 4))
    return person


def test_the_letter_comes_once_a_month_however_often_the_clock_strikes(reader):
    first = date(2026, 10, 1)
    days = [first + timedelta(days=day) for day in range(62)]
    assert [day for day in days for _ in range(2) if run(day)] == [
        date(2026, 10, 1),
        date(2026, 11, 1),
        date(2026, 12, 1),
    ]


def test_a_worker_that_was_down_sends_this_months_letter_and_no_pile(reader):
    assert [(day, run(day)) for day in (date(2026, 10, 1), date(2027, 1, 19), date(2027, 1, 20))] == [
        (date(2026, 10, 1), 1),
        (date(2027, 1, 19), 1),
        (date(2027, 1, 20), 0),
    ]


def test_who_has_letters_gathered_reads_the_headline_and_the_changes_in_the_gathered_one(reader):
    services.change_own(user=reader, letters="daily")
    now = datetime(2026, 10, 1, 9, tzinfo=UTC)
    letter.write_letters(now=now, today=now.date())
    tell(
        people=[reader],
        kind="else",
        subject="Something else",
        template="users/letter.txt",
        context={},
        link="/",
        now=now,
    )

    post(now=now + timedelta(days=1))

    (sent,) = mail.outbox
    assert sent.subject == "2 notices of Orgmap"
    for line in Notice.objects.get(kind=letter.KIND).text.splitlines():
        assert line in sent.body
    assert "now aligned (“Complaints go to Care” was agreed)" in sent.body


def test_it_says_the_headline_the_change_and_because_of_what_with_links(reader, settings):
    settings.SITE_ADDRESS = "https://map.acme.example"
    run(date(2026, 10, 1))

    (sent,) = mail.outbox
    first, second = Snapshot.objects.order_by("pk")
    text = sent.body.replace("\u00a0", " ")
    assert (sent.to, sent.subject.replace("\u00a0", " ")) == (
        ["eva@acme.example"],
        "Silos and overlaps: 50 % agreed, +50 points",
    )
    assert "50 % of the meetings are covered by an agreement. That is +50 points since 30 August 2026." in text
    assert (
        "1. Brand and Customer care: left hand, right hand, now aligned (“Complaints go to Care” was agreed).\n"
        f"   https://map.acme.example/reports/{second.pk}/pairs/brand/care/?level=all\n"
    ) in text
    assert f"https://map.acme.example/reports/{first.pk}/against/{second.pk}/?level=all" in text


def test_whoever_asks_today_gets_the_first_letter_next_month(reader):
    person = build.user("staff", email="sam@acme.example")
    letter.subscribe(user=person, on=date(2026, 10, 1))
    run(date(2026, 10, 1))
    run(date(2026, 11, 1))
    assert sorted(sent.to[0] for sent in mail.outbox) == ["eva@acme.example", "eva@acme.example", "sam@acme.example"]


def test_nobody_is_written_to_who_did_not_ask_has_stopped_or_may_not_sign_in(reader):
    build.user("executive")
    letter.unsubscribe(user=reader)
    gone = build.user("executive", is_active=False)
    letter.subscribe(user=gone, on=date(2026, 7, 4))
    run(date(2026, 10, 1))
    assert not Notice.objects.exists()


def test_before_the_first_report_nothing_is_sent_and_later_it_is():
    letter.subscribe(user=build.user("lead"), on=date(2026, 7, 4))
    assert run(date(2026, 10, 1)) == 0
    company()
    roll_up()
    assert run(date(2026, 10, 2)) == 1
    assert "There is no earlier report to compare with yet." in mail.outbox[0].body


def test_a_person_turns_it_on_and_off_on_a_page_that_shows_the_letter():
    company()
    roll_up()
    client = signed_in("head")
    page = reverse("reports:monthly")

    assert "0 % of the meetings are covered by an agreement." in words(client.get(page))
    client.post(page, {"wanted": "yes"})
    assert "You get it." in words(client.get(page))
    client.post(page, {"wanted": "no"})
    assert not LetterReader.objects.exists()
