"""What every test shares. The servers of the session are started in tests/servers.py."""

import os
from collections.abc import Iterator
from importlib import import_module

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker, blocking_manager_key

from tests import emptying, template

SEEDS = (
    ("departments", "0002_benefits", "Benefit"),
    ("departments", "0003_templates", "ObjectiveTemplate"),
    ("channels", "0002_platforms", "Platform"),
    ("reports", "0002_policy", "Policy"),
)


def pytest_configure() -> None:
    """Passwords of tests protect nothing: one that is slow to guess is slow to set, hundreds of times."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


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
    """End the sessions that threads of the live server still hold, so that the database can be removed."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid()"
        )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """Put back what migrations bring: a test with transactions of its own leaves every table empty."""
    yield
    marker = item.get_closest_marker("django_db")
    own = {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    if nextitem and (own or (marker and marker.kwargs.get("transaction"))):
        with item.config.stash[blocking_manager_key].unblock():
            for app, migration, noun in SEEDS:
                if not apps.get_model(app, noun).objects.exists():
                    import_module(f"{apps.get_app_config(app).name}.migrations.{migration}").add(apps, None)
            connection.close()
