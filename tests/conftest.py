"""What every test shares. The servers of the session are started in tests/servers.py."""

import os
import sys
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker, blocking_manager_key

from tests import emptying, examples, spreading, template

examples.load()


def pytest_configure() -> None:
    """Passwords of tests protect nothing: one that is slow to guess is slow to set, hundreds of times.

    Nor has each of thousands of clients to look through all static files before its first request.
    """
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.WHITENOISE_AUTOREFRESH = True


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> spreading.OneHouse:
    return spreading.OneHouse(config, log)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, pytestconfig: pytest.Config
) -> None:
    """Let each worker copy the migrated template instead of running every migration, and empty it quickly."""
    database = settings.DATABASES["default"]
    if database["HOST"].startswith(os.environ["ORGMAP_DATA"]):
        folder = pytestconfig.cache.mkdir("database")
        database["TEST"]["TEMPLATE"] = template.ensure(folder, database["HOST"], database["USER"])
        emptying.install()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """End the sessions that threads of the live server still hold, so that the database can be removed.

    While a browser is there, this thread has a connection of another context: the first one would only grow stale.
    """
    connection.close()
    yield
    connection.close()
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid()"
        )


@pytest.fixture
def demo(transactional_db: None) -> None:
    """The demo organisation, without a report."""
    become_demo(template.DEMO)


@pytest.fixture
def report(transactional_db: None) -> Any:
    """The report of the demo organisation, which is there."""
    become_demo(template.DEMO_WITH_REPORT)
    return apps.get_model("reports", "Snapshot").objects.get()


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """Numbers begin again with each test's database: what a process keeps by the number of a report is of another."""
    for module, function in (("orgmap.reports.map.facts", "unpacked"), ("orgmap.reports.services.spread", "needed")):
        if module in sys.modules:
            getattr(sys.modules[module], function).cache_clear()


def become_demo(name: str) -> None:
    """By a copy where the database is ours; in one of somebody else everything is loaded each time."""
    database = connection.settings_dict
    connection.close()
    if database["HOST"].startswith(os.environ["ORGMAP_DATA"]):
        template.become(name, database)
        return
    for command in ("load_demo", "rollup")[: 1 + (name == template.DEMO_WITH_REPORT)]:
        call_command(command, verbosity=0, stdout=StringIO())


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """Put back what migrations bring: a test with transactions of its own leaves every table empty."""
    yield
    marker = item.get_closest_marker("django_db")
    own = {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    if nextitem and (own or (marker and marker.kwargs.get("transaction"))):
        with item.config.stash[blocking_manager_key].unblock():
            emptying.put_back()
