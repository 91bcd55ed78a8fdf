"""What every test shares. The servers of the session are started in tests/servers.py."""

import os
from importlib import import_module

import pytest
from django.apps import apps
from django.conf import settings

from tests import template

SEEDS = (
    ("departments", "0003_benefits", "Benefit"),
    ("channels", "0004_platforms", "Platform"),
    ("reports", "0003_policy", "Policy"),
)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, pytestconfig: pytest.Config
) -> None:
    """Let each worker copy the migrated template instead of running every migration."""
    database = settings.DATABASES["default"]
    if database["HOST"].startswith(os.environ["ORGMAP_DATA"]):
        folder = pytestconfig.cache.mkdir("database")
        database["TEST"]["TEMPLATE"] = template.ensure(folder, database["HOST"], database["USER"])


@pytest.fixture(autouse=True)
def catalogue(request: pytest.FixtureRequest) -> None:
    """Give a test with transactions of its own what migrations bring: the test before it emptied every table."""
    marker = request.node.get_closest_marker("django_db")
    own = {"transactional_db", "live_server"} & set(request.fixturenames)
    if own or (marker and marker.kwargs.get("transaction")):
        request.getfixturevalue("_django_db_helper")
        for app, migration, noun in SEEDS:
            if not apps.get_model(app, noun).objects.exists():
                path = apps.get_app_config(app).name
                import_module(f"{path}.migrations.{migration}").add(apps, None)
