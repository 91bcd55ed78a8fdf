"""Somebody deletes an account while the audit writes about it."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from threading import Thread
from typing import Any

import pytest
from django.db import connection, transaction

from channels.models import Account, Finding, FindingTally
from channels.services.audit import audit_all
from tests import build

TODAY = date(2026, 11, 26)
NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)


def audit() -> None:
    audit_all(now=NOW, today=TODAY)


def delete(account: Account) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM channels_account WHERE id = %s", [account.pk])


def meanwhile(first: Callable[[], Any], second: Callable[[], Any]) -> None:
    """The second begins when the first has written but not saved, and waits for it."""

    def work() -> None:
        try:
            second()
        finally:
            connection.close()

    other = Thread(target=work)
    with transaction.atomic():
        first()
        other.start()
        waiting = (
            "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid)))"
        )
        with connection.cursor() as cursor:
            is_waiting = False
            while other.is_alive() and not is_waiting:
                cursor.execute(waiting)
                is_waiting = cursor.fetchone()[0]
    other.join()


@pytest.mark.django_db(transaction=True)
def test_an_account_that_is_deleted_takes_along_what_the_audit_just_found() -> None:
    going, staying = build.account("going"), build.account("staying")
    meanwhile(audit, lambda: delete(going))
    assert set(Finding.objects.exclude(account=None).values_list("account", flat=True)) == {staying.pk}
    assert FindingTally.objects.whole().total() == Finding.objects.count()


@pytest.mark.django_db(transaction=True)
def test_nothing_is_found_about_an_account_that_somebody_just_deletes() -> None:
    going, staying = build.account("going"), build.account("staying")
    meanwhile(lambda: delete(going), audit)
    assert set(Finding.objects.exclude(account=None).values_list("account", flat=True)) == {staying.pk}
