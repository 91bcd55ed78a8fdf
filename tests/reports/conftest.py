"""A second way into the database, as another process would have, and a large report."""

from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection

from orgmap.reports.map import grid, units
from orgmap.reports.models import Snapshot
from orgmap.reports.models import snapshot as models_snapshot
from orgmap.reports.services import figures as services_figures
from orgmap.reports.services import sheets as services_sheets
from orgmap.reports.views import map_look
from tests.reports.test_pages import roll_up


@pytest.fixture
def other_connection(transactional_db: None) -> Iterator["psycopg.Connection"]:
    """Another session of the test database, with transactions of its own."""
    parameters = connection.get_connection_params()
    kept = {name: parameters[name] for name in ("dbname", "user", "password", "host", "port") if name in parameters}
    with psycopg.connect(**kept) as other:
        yield other
        if not other.closed:
            other.rollback()


@pytest.fixture
def large(demo: None, monkeypatch: pytest.MonkeyPatch) -> Snapshot:
    """The demo organisation as if a picture held eight units only, and a report few pairs with their places."""
    for module in (map_look, units, grid, models_snapshot, services_sheets, services_figures):
        monkeypatch.setattr(module, "MOST", 8)
    for module in (units, services_figures):
        monkeypatch.setattr(module, "TOP", 12)
    return roll_up()
