"""What people are told: once, in the app at once, and by mail as each of them chose."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from orgmap.users import mailbox, posting, services
from orgmap.users.forgetting import forget_notices
from orgmap.users.models import Notice, User
from orgmap.users.posting import post
from orgmap.users.telling import tell
from tests import build

pytestmark = pytest.mark.django_db
THURSDAY = datetime(2026, 11, 26, 9, tzinfo=UTC)


def told(*people: User, now: datetime = THURSDAY, **fields: Any) -> int:
    context = {"user": "x", "by": "Ada", "days": 3}
    fields = {"kind": "test", "subject": "Something new", "link": "/accounts/", **fields}
    return tell(people=people, template="users/invitation.txt", context=context, now=now, **fields)


def letters() -> list[tuple[str, str]]:
    return [(letter.to[0], letter.subject) for letter in mail.outbox]


@pytest.fixture
def ann() -> User:
    return build.user(name="Ann", email="ann@acme.example")


def test_a_notice_stands_at_once_and_its_letter_goes_once(ann: User, settings: Any) -> None:
    settings.SITE_ADDRESS = "https://map.acme.example"
    assert (told(ann, build.user(is_active=False)), post(now=THURSDAY), post(now=THURSDAY)) == (1, 1, 0)
    assert letters() == [("ann@acme.example", "Something new")]
    assert mail.outbox[0].body.startswith("Hello Ann,\n\nAda has put you on Orgmap, the map")
    assert "\n\nhttps://map.acme.example/accounts/\n\nOrgmap\n" in mail.outbox[0].body


def test_workers_hear_once_of_many_who_are_told_in_one_transaction(
    ann: User, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks() as waiting:
        for _ in range(3):
            told(ann, build.user())
    assert waiting == [posting.post_soon]


def test_under_one_word_nobody_is_told_twice(ann: User) -> None:
    bo = build.user()
    assert (told(ann, once="a"), told(ann, bo, once="a"), told(ann, once="b")) == (1, 1, 1)
    assert sorted(Notice.objects.values_list("user", "once")) == [(ann.pk, "a"), (ann.pk, "b"), (bo.pk, "a")]


@pytest.mark.parametrize(
    ("choice", "gone"),
    [
        ("each", {(26, 9): 1, (26, 12): 1}),
        ("daily", {(27, 7): 1}),
        ("weekly", {(30, 7): 1}),
        ("never", {}),
    ],
)
def test_letters_come_as_somebody_chose_each_once_however_often_the_clock_strikes(
    ann: User, choice: str, gone: dict[tuple[int, int], int]
) -> None:
    ann = services.change_own(user=ann, letters=choice)
    seen = {}
    for day in range(26, 31):
        for hour in range(24):
            now = THURSDAY.replace(day=day, hour=hour)
            if (day, hour) in {(26, 9), (26, 12)}:
                told(ann, now=now)
            if count := post(now=now) + post(now=now):
                seen[day, hour] = count
    assert seen == gone
    assert Notice.objects.count() == 2


def test_gathered_letters_name_everything_and_lead_there(ann: User, settings: Any) -> None:
    settings.SITE_ADDRESS = "https://map.acme.example"
    ann = services.change_own(user=ann, letters="daily")
    told(ann, subject="One")
    told(ann, subject="Two", link="/map/")
    assert post(now=THURSDAY.replace(day=28)) == 1
    assert letters() == [("ann@acme.example", "2 notices of Orgmap")]
    assert "\nOne\nhttps://map.acme.example/accounts/\n\nTwo\nhttps://map.acme.example/map/\n" in mail.outbox[0].body


def test_who_wants_no_letters_any_more_gets_none_of_those_that_wait(ann: User) -> None:
    told(ann)
    services.change_own(user=ann, letters="never")
    services.change_own(user=ann, letters="each")
    assert (post(now=THURSDAY), letters()) == (0, [])


@pytest.fixture
def kind() -> Iterator[str]:
    yield "checked"
    posting.checks.pop("checked", None)


def test_no_letter_goes_about_what_is_settled_or_not_for_this_person_any_more(ann: User, kind: str) -> None:
    posting.still(kind, lambda user, keys: keys - {1, 2})
    for about in ([1], [1, 2], [2, 3], []):
        told(ann, kind=kind, about=about, subject=f"about {about}")
    assert (post(now=THURSDAY), post(now=THURSDAY)) == (2, 0)
    assert [subject for _, subject in letters()] == ["about [2, 3]", "about []"]


def test_who_may_not_sign_in_any_more_gets_no_letter(ann: User) -> None:
    told(ann)
    User.objects.update(is_active=False)
    assert (post(now=THURSDAY), letters()) == (0, [])


class Broken(EmailBackend):
    """A mail server that takes nothing."""

    def send_messages(self, messages: Any) -> int:
        raise ConnectionRefusedError("nobody listens")


class Picky(EmailBackend):
    """A mail server that does not know Ann."""

    def send_messages(self, messages: Any) -> int:
        if messages[0].to == ["ann@acme.example"]:
            raise SMTPRecipientsRefused({"ann@acme.example": (550, b"unknown")})
        return super().send_messages(messages)


def test_what_could_not_be_sent_is_tried_again_and_later_each_time(ann: User, settings: Any) -> None:
    usual, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "tests.users.test_telling.Broken"
    told(ann)
    tried = []
    for minute in range(60):
        post(now=THURSDAY.replace(minute=minute))
        tried.append(Notice.objects.get().tries)
    assert [tried.index(number) for number in range(1, 6)] == [0, 2, 6, 14, 30]
    settings.EMAIL_BACKEND = usual
    assert (post(now=THURSDAY.replace(hour=11)), letters()) == (1, [("ann@acme.example", "Something new")])


def test_an_address_that_is_refused_does_not_hold_up_the_others_and_is_given_up_at_last(
    ann: User, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "tests.users.test_telling.Picky"
    told(ann, build.user(email="bo@acme.example"))
    for day in range(26, 31):
        for hour in range(24):
            post(now=THURSDAY.replace(day=day, hour=hour))
    assert letters() == [("bo@acme.example", "Something new")]
    assert sorted(Notice.objects.values_list("tries", "by_mail")) == [(0, True), (12, False)]


@pytest.mark.parametrize("count", [3, 30])
def test_notice_list_asks_as_much_for_3_notices_as_for_30(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    ann = build.user("lead")
    client.force_login(ann)
    for number in range(count):
        told(ann, subject=f"Number {number}")
    with django_assert_num_queries(4):  # session, person with the count of the bell, count, rows
        page = client.get("/notices/").content.decode()
    assert f'<span class="bell-count">{count}</span>' in page


def test_notice_open_leads_on_and_counts_as_read_and_the_rest_is_read_at_once(client: Client, ann: User) -> None:
    client.force_login(ann)
    for number in range(3):
        told(ann, subject=f"Number {number}")
    first = Notice.objects.order_by("pk")[0]
    assert client.get(f"/notices/{first.pk}/").headers["Location"] == "/accounts/"
    assert Notice.objects.unread().count() == 2
    client.post("/notices/read/")
    assert Notice.objects.unread().count() == 0
    assert "bell-count" not in client.get("/notices/").content.decode()


def test_me_says_how_letters_come(client: Client, ann: User) -> None:
    client.force_login(ann)
    client.post("/me/", {"name": "Ann", "letters": "weekly"})
    assert User.objects.get().letters == "weekly"


def test_letters_of_an_embedded_run_are_kept_for_the_lead_and_nowhere_else(
    client: Client, ann: User, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ORGMAP_DATA", str(tmp_path))
    settings.EMAIL_BACKEND = "orgmap.users.mailbox.Backend"
    told(ann, subject="Grüße & <b>more</b>")
    assert post(now=THURSDAY) == 1
    client.force_login(build.user("lead"))
    assert client.get("/dev/mail/").status_code == 404
    settings.EMBEDDED = True
    [letter] = mailbox.letters()
    page = client.get("/dev/mail/").content.decode()
    assert (letter.to, "Grüße &amp; &lt;b&gt;more&lt;/b&gt;" in page) == ("ann@acme.example", True)
    assert "Hello Ann," in client.get(f"/dev/mail/{letter.name}/").content.decode()
    assert client.get("/dev/mail/..1234567890123456789-1/").status_code == 404
    client.force_login(ann)
    assert client.get(f"/dev/mail/{letter.name}/").status_code == 403


def test_what_was_read_long_ago_goes_but_is_not_told_again(ann: User, settings: Any) -> None:
    told(ann, once="a")
    told(ann)
    told(ann)
    long_ago = THURSDAY - timedelta(days=366)
    Notice.objects.filter(pk__in=Notice.objects.order_by("pk")[:2].values("pk")).update(read_at=long_ago)
    settings.NOTICES_KEPT_DAYS = 0
    assert forget_notices(now=THURSDAY) == 0
    settings.NOTICES_KEPT_DAYS = 365
    assert (forget_notices(now=THURSDAY), forget_notices(now=THURSDAY)) == (1, 0)
    assert [(each.once, bool(each.text)) for each in Notice.objects.order_by("pk")] == [("a", False), ("", True)]
    assert told(ann, once="a") == 0
