"""Several people register the same account at the same moment."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from channels import services
from channels.models import Account
from tests import build

PEOPLE = 4


@pytest.mark.django_db(transaction=True)
def test_register_account_at_once_puts_it_on_the_map_once_and_tells_the_others() -> None:
    department, lead = build.department(), build.user("lead")
    build.platform("x")
    told: list[str] = []
    gate = Barrier(PEOPLE)

    def register() -> None:
        gate.wait()
        try:
            services.register_account(by=lead, platform="x", handle="acme", handle_key="acme", departments=[department])
            told.append("registered")
        except services.AlreadyOnTheMap as refusal:
            told.append("on the map" if "on the map" in str(refusal) else str(refusal))
        finally:
            connection.close()

    threads = [Thread(target=register) for _ in range(PEOPLE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["on the map"] * (PEOPLE - 1) + ["registered"]
    assert Account.objects.count() == 1
