"""What load balancers and Docker ask."""

import socket
import time
from collections.abc import Iterator
from contextlib import closing

import pytest
from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from orgmap.core import health

AT_MOST = 10 * health.PATIENCE
"""Seconds after which a load balancer has given up; a busy machine may take a few more than our own patience."""
READY = {"status": "ok", "database": "ok", "migrations": "ok", "broker": "ok"}


@pytest.fixture
def closed_port() -> Iterator[int]:
    """A port that is held, so that nobody else comes to listen there, and takes no connection."""
    with closing(socket.socket()) as door:
        door.bind(("127.0.0.1", 0))
        yield int(door.getsockname()[1])


@pytest.fixture
def silent_port() -> Iterator[int]:
    """A port that takes connections and never says a word, as a hung server does."""
    with closing(socket.create_server(("127.0.0.1", 0))) as door:
        yield int(door.getsockname()[1])


def test_health_comes_before_anything_else() -> None:
    assert settings.MIDDLEWARE[0] == "orgmap.core.health.HealthMiddleware"


def test_health_answers_for_the_process_alone(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.settings_dict, "HOST", "/nowhere")
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok", "process": "ok"})
    assert response["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_ready_when_database_migrations_and_broker_are(client: Client) -> None:
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (200, READY)


@pytest.mark.django_db
def test_ready_needs_no_known_host_no_sign_in_and_no_https(client: Client, settings) -> None:
    settings.ALLOWED_HOSTS = ["elsewhere.example"]
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/readyz", headers={"host": "10.0.0.7"}).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_not_ready_while_a_migration_is_missing(client: Client) -> None:
    rows = MigrationRecorder(connection).migration_qs
    last = rows.filter(app="users").latest("id")
    last.delete()
    try:
        response = client.get("/readyz")
    finally:
        rows.create(id=last.id, app=last.app, name=last.name, applied=last.applied)
    assert (response.status_code, response.json()) == (503, {**READY, "status": "unavailable", "migrations": "behind"})


def test_not_ready_without_database_and_says_so_within_seconds(
    client: Client, monkeypatch: pytest.MonkeyPatch, closed_port: int
) -> None:
    monkeypatch.setitem(connection.settings_dict, "HOST", "127.0.0.1")
    monkeypatch.setitem(connection.settings_dict, "PORT", str(closed_port))
    began = time.monotonic()
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (
        503,
        {"status": "unavailable", "database": "down", "migrations": "unknown", "broker": "ok"},
    )
    assert time.monotonic() - began < AT_MOST


def test_not_ready_within_seconds_when_the_database_hangs(
    client: Client, monkeypatch: pytest.MonkeyPatch, silent_port: int
) -> None:
    monkeypatch.setitem(connection.settings_dict, "HOST", "127.0.0.1")
    monkeypatch.setitem(connection.settings_dict, "PORT", str(silent_port))
    began = time.monotonic()
    assert client.get("/readyz").json()["database"] == "down"
    assert time.monotonic() - began < AT_MOST


@pytest.mark.django_db
def test_not_ready_without_broker(client: Client, monkeypatch: pytest.MonkeyPatch, closed_port: int) -> None:
    monkeypatch.setattr(settings, "REDIS_URL", f"redis://127.0.0.1:{closed_port}/0")
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (503, {**READY, "status": "unavailable", "broker": "down"})


@pytest.mark.django_db
def test_not_ready_within_seconds_when_the_broker_hangs(
    client: Client, monkeypatch: pytest.MonkeyPatch, silent_port: int
) -> None:
    monkeypatch.setattr(settings, "REDIS_URL", f"redis://127.0.0.1:{silent_port}/0")
    began = time.monotonic()
    assert client.get("/readyz").json()["broker"] == "down"
    assert time.monotonic() - began < AT_MOST
