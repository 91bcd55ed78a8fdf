"""Empty all tables after a test with transactions of its own, in a twentieth of the time that TRUNCATE takes.

TRUNCATE makes new files for each of the 130 tables and their indexes, empty or not. Here only what holds rows is
emptied: small tables by DELETE, large ones by TRUNCATE, so that no dead rows slow later tests. Triggers stay silent:
history does not record it, and tables that point at each other need no order. What migrations alone write (content
types, permissions) stays, so nobody has to be told to write it again; what they bring for people to change (benefits,
platforms) is put back from copies that the template holds in a schema of its own.
"""

from importlib import import_module
from typing import Any

import psycopg
from django.apps import apps
from django.core.management import call_command
from django.core.management.commands import flush
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations

SEEDS = (
    ("departments", "0002_benefits", "Benefit"),
    ("departments", "0003_templates", "ObjectiveTemplate"),
    ("channels", "0002_platforms", "Platform"),
    ("reports", "0002_policy", "Policy"),
)
STAYS = {"django_content_type", "auth_permission"}
SMALL = 1_000_000
"""Bytes up to which rows are deleted one by one."""
COPY = """
CREATE SCHEMA brought;
DO $$
DECLARE
  name text;
  holds_rows bool;
BEGIN
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> ALL (ARRAY[{stays}]) LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM public.%I)', name) INTO holds_rows;
    IF holds_rows THEN
      EXECUTE format('CREATE TABLE brought.%I AS TABLE public.%I', name, name);
    END IF;
  END LOOP;
END $$
"""
EMPTY = """
DO $$
DECLARE
  name text;
BEGIN
  SET LOCAL session_replication_role = replica;
  FOREACH name IN ARRAY ARRAY[{names}] LOOP
    IF pg_relation_size(name::regclass) > {small} THEN
      EXECUTE 'TRUNCATE ' || name || ' CASCADE';
    ELSIF pg_relation_size(name::regclass) > 0 THEN
      EXECUTE 'DELETE FROM ' || name;
    END IF;
  END LOOP;
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'brought' LOOP
    EXECUTE format('INSERT INTO public.%I SELECT * FROM brought.%I', name, name);
  END LOOP;
  SET LOCAL session_replication_role = DEFAULT;
END $$
"""


def copy_what_migrations_brought(**place: str) -> None:
    """In the template, for all databases that are made of it."""
    stays = ", ".join(f"'{table}'" for table in sorted(STAYS | {"django_migrations"}))
    with psycopg.connect(**place) as door:
        door.execute(COPY.format(stays=stays).encode())


def sql_flush(self: DatabaseOperations, style: Any, tables: list[str], **options: Any) -> list[str]:
    """What Django's `flush` sends to the database."""
    names = ", ".join(f"'{self.quote_name(table)}'" for table in sorted(set(tables) - STAYS))
    return [EMPTY.format(names=names, small=SMALL)]


def install() -> None:
    DatabaseOperations.sql_flush = sql_flush  # type: ignore[method-assign, assignment]
    flush.emit_post_migrate_signal = lambda *_, **__: None  # type: ignore[attr-defined]  # imported there


def is_installed() -> bool:
    return DatabaseOperations.sql_flush is sql_flush


def empty() -> None:
    """Leave the database as migrations do."""
    call_command("flush", verbosity=0, interactive=False)
    put_back()


def put_back() -> None:
    """Write what migrations bring again, where `flush` is Django's own."""
    if not is_installed():
        for app, migration, noun in SEEDS:
            if not apps.get_model(app, noun).objects.exists():
                import_module(f"{apps.get_app_config(app).name}.migrations.{migration}").add(apps, None)
    connection.close()
