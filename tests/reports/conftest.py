"""A second way into the database, as another process would have."""

from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection


@pytest.fixture
def other_connection(transactional_db: None) -> Iterator["psycopg.Connection"]:
    """Another session of the test database, with transactions of its own."""
    parameters = connection.get_connection_params()
    kept = {name: parameters[name] for name in ("dbname", "user", "password", "host", "port") if name in parameters}
    with psycopg.connect(**kept) as other:
        yield other
        if not other.closed:
            other.rollback()
