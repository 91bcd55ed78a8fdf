"""Everything at once on one machine: servers, web, worker, beat."""

import contextlib
import fcntl
import http.client
import io
import os
import secrets
import socket
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection

from departments.models import Department
from orgmap.demo.organisation.departments import DEPARTMENTS
from orgmap.demo.services import is_loaded
from orgmap.embedded import EmbeddedError, data_directory, has_own_broker, is_default, servers
from orgmap.supervise import Child, Ended, Signals, Supervisor
from orgmap.users.models import User

DEMO_LOGINS = ("lead@demo.example", "head@demo.example", "executive@demo.example", "staff@demo.example")
PATIENCE_WITH_OTHERS = 60  # seconds that a database of someone else may take to answer
PATIENCE_WITH_WEB = 60


class Command(BaseCommand):
    """Starts the servers that no variable names, migrates, loads the demo organisation into an empty database, and
    keeps web server, worker and beat running until Ctrl-C or SIGTERM. Leaves no process.
    """

    help = "Run Orgmap: database, broker, web server, worker and beat, until Ctrl-C."
    requires_system_checks: list[str] = []  # the database is not up yet

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default=os.environ.get("HOST") or "127.0.0.1", help="Where to listen.")
        parser.add_argument("--port", default=os.environ.get("PORT") or "8000", help="The port to listen on.")

    def handle(self, *, host: str, port: str, **options: Any) -> None:
        data = data_directory()
        signals = Signals()
        signals.listen()
        try:
            with listening(host, port) as door, only_one(data, address(door)):
                self.run(data, door, signals)
        except EmbeddedError as refusal:
            raise CommandError(str(refusal)) from None
        except Ended:
            self.say("Stopped.")

    def run(self, data: Path, door: socket.socket, signals: Signals) -> None:
        own: list[servers.Postgres | servers.Valkey] = []
        own += [servers.Postgres(data)] if is_default() else []
        own += [servers.Valkey(data)] if has_own_broker() else []
        supervisor = Supervisor(data, own, signals, self.say)
        self.served = False
        with servers.using(data):
            try:
                supervisor.start_servers()
                self.prepare(data)
                self.say("Starting web server, beat and worker.")
                self.web_must_answer_by = time.monotonic() + PATIENCE_WITH_WEB
                supervisor.run(
                    children(data, door),
                    os.environ
                    | {"ORGMAP_DATA": str(data), "PYTHONUNBUFFERED": "1"}
                    | {"ORGANISATION_NAME": self.organisation},
                    settings.BASE_DIR,
                    lambda: self.tell_when_served(door, data),
                )
            finally:
                signals.ending = signals.quietly = True
                self.say("Stopping.")
                supervisor.stop()
        raise Ended

    def say(self, line: str) -> None:
        """One line to whoever watches; that nobody does any more stops nothing."""
        with contextlib.suppress(OSError):
            self.stdout.write(line)
            self.stdout.flush()

    def prepare(self, data: Path) -> None:
        """Bring the database to the current version, and give an empty one something to look at."""
        wait_for_database()
        behind = migrations_behind()
        if behind:
            self.say(f"Bringing the database to the current version ({behind} migrations).")
            call_command("migrate", interactive=False, verbosity=0)
        if not Department.objects.exists() and not User.objects.exists():
            self.say("The database is empty: loading the demo organisation.")
            password = os.environ["DEMO_PASSWORD"] = os.environ.get("DEMO_PASSWORD") or secrets.token_urlsafe(9)
            told = io.StringIO()
            call_command("load_demo", stdout=told)
            self.say(told.getvalue().partition("\n")[0])
            remember(data, password)
        self.demo = demo_lines(data)
        self.organisation = organisation_name()
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()
        Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)

    def tell_when_served(self, door: socket.socket, data: Path) -> None:
        """Once the pages are there, say where, and with which logins; when they don't come, say why."""
        if self.served:
            return
        if answers(door):
            self.served = True
            self.say(f"\nOrgmap is at {address(door)} (Ctrl-C stops it).")
            for line in self.demo:
                self.say(line)
        elif time.monotonic() > self.web_must_answer_by:
            self.web_must_answer_by = float("inf")
            self.say(f"The web server does not answer yet. What it says is in {data / 'log' / 'web.log'}.")


@contextlib.contextmanager
def listening(host: str, port: str) -> Iterator[socket.socket]:
    """Take the port before anything starts, and keep it: the web server inherits it, and may be restarted."""
    if not (port.isascii() and port.isdigit() and 0 <= int(port) < 65536):
        raise CommandError(
            f"The port {port!r} is not a number from 0 to 65535. Choose one with PORT=8001 or --port 8001."
        )
    try:
        family, _, _, _, address = socket.getaddrinfo(host, int(port), type=socket.SOCK_STREAM)[0]
    except OSError:
        raise CommandError(f"The host {host!r} is not known here. HOST is usually 127.0.0.1 or 0.0.0.0.") from None
    with socket.socket(family, socket.SOCK_STREAM) as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind(address)
        except PermissionError:
            raise CommandError(f"Port {port} needs an administrator. Choose one above 1023, as in PORT=8001.") from None
        except OSError as error:
            raise CommandError(
                f"Port {port} on {host} is taken ({error.strerror}). "
                "Stop what runs there, or choose another, as in PORT=8001."
            ) from None
        yield door


@contextlib.contextmanager
def only_one(data: Path, address: str) -> Iterator[None]:
    """One `up` per data directory. The kernel gives the lock back however we end."""
    servers.make_data_directory(data)
    try:
        lock = (data / "up.lock").open("a+")
    except OSError as error:
        raise CommandError(
            f"The data directory {data} cannot be written to: {error.strerror}. Set ORGMAP_DATA."
        ) from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise CommandError(
                f"Orgmap already runs with the data in {data} ({lock.read().strip()}). "
                "Stop it first, or set ORGMAP_DATA to another folder."
            ) from None
        lock.truncate(0)
        lock.write(f"process {os.getpid()}, {address}")
        lock.flush()
        yield


def children(data: Path, door: socket.socket) -> list[Child]:
    """The processes that docker-compose.yml runs as containers."""
    log = data / "log"
    celery = [sys.executable, "-m", "celery", "--app", "orgmap"]
    web = [sys.executable, "-m", "gunicorn", "--config", "python:orgmap.gunicorn", "--bind", f"fd://{door.fileno()}"]
    return [
        Child("web server", [*web, "orgmap.wsgi"], log / "web.log", 12, pass_fds=(door.fileno(),)),
        Child("beat", [*celery, "beat", "--pidfile=", f"--schedule={schedule(data)}"], log / "beat.log", 5),
        Child(
            "worker",
            [
                *celery,
                "worker",
                "--without-gossip",
                "--without-mingle",
                f"--concurrency={os.environ.get('WORKERS', '2')}",
            ],
            log / "worker.log",
            10,
        ),
    ]


def schedule(data: Path) -> Path:
    """Where beat notes what it sent last."""
    (data / "beat").mkdir(mode=0o700, exist_ok=True)
    return data / "beat" / "schedule"


def wait_for_database() -> None:
    """Wait for a database that may be starting as we are."""
    deadline = time.monotonic() + PATIENCE_WITH_OTHERS
    while True:
        try:
            connection.ensure_connection()
        except OperationalError as error:
            if time.monotonic() > deadline:
                raise CommandError(f"The database does not answer: {error} Check DATABASE_URL.") from None
            time.sleep(0.5)
        else:
            return


def migrations_behind() -> int:
    """How many migrations the database lacks."""
    from django.db.migrations.executor import MigrationExecutor  # loads every migration: only needed here

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def remember(data: Path, password: str) -> None:
    """Keep the demo's password beside the data, for its owner's eyes, so that every start can print it."""
    path = data / "demo_password"
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(password)


def demo_lines(data: Path) -> list[str]:
    """The logins of the demo organisation, where it was loaded, with the password while it is still theirs."""
    lead = User.objects.filter(email=DEMO_LOGINS[0]).first()
    if lead is None:
        return []
    known = [os.environ.get("DEMO_PASSWORD", "")]
    with contextlib.suppress(OSError):
        known.append((data / "demo_password").read_text())
    password = next((one for one in known if one and lead.check_password(one)), None)
    with_it = f"with the password {password}" if password else "with the passwords you gave them"
    return [f"Demo logins, {with_it}:", *(f"    {email}" for email in DEMO_LOGINS)]


def organisation_name() -> str:
    """What the pages call the organisation: as ORGANISATION_NAME says, and the demo by its own name."""
    return settings.ORGANISATION_NAME or (DEPARTMENTS[0].name if is_loaded() else "")


def answers(door: socket.socket) -> bool:
    """Whether pages are served at our port."""
    host, port = door.getsockname()[:2]
    ask = http.client.HTTPConnection({"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host), port, timeout=2)  # noqa: S104
    try:
        ask.request("GET", "/healthz")
        return ask.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        ask.close()


def address(door: socket.socket) -> str:
    """Where a browser finds us."""
    host, port = door.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"
