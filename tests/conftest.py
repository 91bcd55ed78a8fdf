"""What every test shares. The servers of the session are started in tests/servers.py."""

import os

import pytest
from django.conf import settings

from tests import template


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, pytestconfig: pytest.Config
) -> None:
    """Let each worker copy the migrated template instead of running every migration."""
    database = settings.DATABASES["default"]
    if database["HOST"].startswith(os.environ["ORGMAP_DATA"]):
        folder = pytestconfig.cache.mkdir("database")
        database["TEST"]["TEMPLATE"] = template.ensure(folder, database["HOST"], database["USER"])
