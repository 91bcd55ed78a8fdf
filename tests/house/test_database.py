"""The database that every test gets."""

import pytest
from django.db import connection


@pytest.mark.django_db
def test_the_database_is_ours_and_forgets_at_once() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('fsync'), lower('É'), similarity('Éclair', 'éclair')")
        assert cursor.fetchone() == ("off", "é", 1.0)
