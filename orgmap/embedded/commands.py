"""The embedded database for the length of one command of manage.py."""

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from types import FrameType

from orgmap.embedded.addresses import EmbeddedError, is_default

WITHOUT_DATABASE = {
    "analyse",
    "check",
    "collectstatic",
    "compilemessages",
    "diffsettings",
    "findstatic",
    "help",
    "makemessages",
    "makemigrations",
    "recognise",
    "sendtestemail",
    "startapp",
    "startproject",
    "test",
    "testserver",
    "up",
    "version",
}
WITHOUT_MIGRATING = {"dbshell", "flush", "inspectdb", "migrate", "showmigrations", "sqlflush", "sqlmigrate"}


@contextlib.contextmanager
def for_command(argv: Sequence[str]) -> Iterator[None]:
    """Have the database running while a command needs it.

    Where DATABASE_URL is unset, the command needs the database and no other process runs it, it is started, brought to
    the current migrations, and stopped again by the last process that uses it. Others touch nothing.
    """
    command = argv[1] if len(argv) > 1 else "help"
    if command != "up":
        os.environ.setdefault("DATABASE_POOL_OFF", "1")  # a command is one thread: a pool would only slow its refusals
    if not is_default() or command in WITHOUT_DATABASE or {"-h", "--help", "--version"} & set(argv):
        yield
        return
    from orgmap.embedded import servers  # what starts processes is loaded by those who start them

    try:
        with servers.postgres_in_use() as started:
            if started:
                _end_in_order_on_sigterm()
                if command not in WITHOUT_MIGRATING:
                    _migrate_if_behind()
            if command == "dbshell":
                servers.put_psql_on_path()
            yield
    except EmbeddedError as refusal:
        print(refusal, file=sys.stderr)
        raise SystemExit(1) from None


def _end_in_order_on_sigterm() -> None:
    """Let SIGTERM unwind the command, so that the server it started is stopped too."""

    def leave(number: int, frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    if threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        signal.signal(signal.SIGTERM, leave)


def _migrate_if_behind() -> None:
    """Bring a new or older database to the current migrations, with one line to stderr."""
    import django  # importing embedded must not load Django's apps: settings do it

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    behind = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if behind:
        print(f"Bringing the database to the current version ({behind} migrations).", file=sys.stderr)
        call_command("migrate", verbosity=0, interactive=False)
    connection.close()
