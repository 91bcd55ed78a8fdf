"""Two workers look at the same moment who is to be asked, and which letters are due."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from threading import Barrier, Thread

import pytest
from django.core import mail
from django.db import connection, transaction

from channels.models import AttestationReminder
from channels.services.reminders import remind
from orgmap.users.models import Notice
from orgmap.users.posting import post
from tests import build

WORKERS = 3
TODAY = date(2027, 5, 31)
NOW = datetime(2027, 5, 31, 9, tzinfo=UTC)


def at_once(what: Callable[[], int]) -> list[int]:
    """What each worker got who did the same at the same moment."""
    got: list[int] = []
    gate = Barrier(WORKERS)

    def work() -> None:
        gate.wait()
        try:
            got.append(what())
        finally:
            connection.close()

    threads = [Thread(target=work) for _ in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(got)


@pytest.mark.django_db(transaction=True)
def test_workers_at_once_tell_once_and_send_one_letter() -> None:
    care = build.department("Care")
    build.user(head_of=care, email="head@acme.example")
    with transaction.atomic():  # as a list brings them: with the day of confirmation, in one go
        for handle in ("acme", "acme-help"):
            build.account(handle, departments=[care], last_attested_on=date(2027, 1, 1))
    assert at_once(lambda: remind(now=NOW, today=TODAY)) == [0, 0, 1]
    assert (Notice.objects.count(), AttestationReminder.objects.count()) == (1, 2)
    assert at_once(lambda: post(now=NOW)) == [0, 0, 1]
    assert [(letter.to, letter.subject) for letter in mail.outbox] == [
        (["head@acme.example"], "Confirm 2 accounts by 30 June")
    ]
