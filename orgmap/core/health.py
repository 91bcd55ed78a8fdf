"""Two addresses for machines: is the process alive, and can it work?"""

import json
import logging
from collections.abc import Callable
from functools import cache
from typing import cast

import psycopg
import redis
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.http import HttpRequest, HttpResponse

logger = logging.getLogger(__name__)

PATIENCE = 2  # seconds; whoever asks wants to know soon


class HealthMiddleware:
    """Answers before anything else: before the session, the check of the host's name and the redirect to HTTPS."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info == "/healthz":
            return answer({"process": "ok"})
        if request.path_info == "/readyz":
            return answer(readiness())
        return self.get_response(request)


def answer(parts: dict[str, str]) -> HttpResponse:
    """200 when every part is ok, else 503; never kept by a cache."""
    status = 200 if set(parts.values()) == {"ok"} else 503
    return HttpResponse(
        json.dumps({"status": "ok" if status == 200 else "unavailable", **parts}),
        status=status,
        content_type="application/json",
        headers={"Cache-Control": "no-store"},
    )


def readiness() -> dict[str, str]:
    """What the process needs to work. It says which part fails; why is in the log, since anyone may ask."""
    return {**database_and_migrations(), "broker": broker()}


def database_and_migrations() -> dict[str, str]:
    """Ask by a connection of its own: the pool would wait for a database that is away."""
    parameters = {**connection.get_connection_params(), "connect_timeout": PATIENCE}
    try:
        with psycopg.connect(autocommit=True, **parameters) as door:
            applied = cast(
                set[tuple[str, str]], set(door.execute("SELECT app, name FROM django_migrations").fetchall())
            )
    except psycopg.errors.UndefinedTable:
        applied = set()
    except psycopg.Error as error:
        logger.warning("The database does not answer: %s", error)
        return {"database": "down", "migrations": "unknown"}
    return {"database": "ok", "migrations": "behind" if migrations() - applied else "ok"}


@cache
def migrations() -> frozenset[tuple[str, str]]:
    """Every migration that this code brings."""
    return frozenset(MigrationLoader(None).disk_migrations)


def broker() -> str:
    """Whether background jobs can be handed over."""
    client = redis.from_url(settings.REDIS_URL, socket_connect_timeout=PATIENCE, socket_timeout=PATIENCE)
    try:
        client.ping()
    except (redis.RedisError, OSError) as error:
        logger.warning("The broker does not answer: %s", error)
        return "down"
    finally:
        client.close()
    return "ok"
