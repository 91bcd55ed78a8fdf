"""Where the database and the broker are: the servers that the environment names, or the embedded ones."""

import hashlib
import os
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

REPOSITORY = Path(__file__).resolve().parent.parent.parent
SOCKET_LIMIT = 107  # bytes of a unix socket's path, the same on Linux and a little generous for others
POSTGRES_SOCKET = ".s.PGSQL.5432"
VALKEY_SOCKET = "valkey.sock"
DATABASE = USER = "orgmap"


class EmbeddedError(Exception):
    """An embedded server cannot be used; the sentence says why and what to do."""


def is_default() -> bool:
    """Whether no DATABASE_URL names a database, so that the embedded one is used."""
    return not os.environ.get("DATABASE_URL")


def has_own_broker() -> bool:
    """Whether no REDIS_URL names a broker, so that the embedded one is used."""
    return not os.environ.get("REDIS_URL")


def data_directory() -> Path:
    """The folder that holds everything that must last: ORGMAP_DATA, else .data/ beside the code."""
    return Path(os.environ.get("ORGMAP_DATA") or REPOSITORY / ".data").expanduser().resolve()


def postgres_directory(data: Path) -> Path:
    """The database's files."""
    return data / "postgres"


def valkey_directory(data: Path) -> Path:
    """The broker's files."""
    return data / "valkey"


def socket_directory(data: Path, server: Path, socket: str) -> Path:
    """The folder of a server's socket: its own, or a short one where the path is too long or has a comma.

    PostgreSQL's client takes a comma for the end of a host's name.
    """
    if len(os.fsencode(server / socket)) <= SOCKET_LIMIT and "," not in str(server):
        return server
    return short_directory(data) / server.name


def short_directory(data: Path) -> Path:
    """A short private folder that belongs to one data directory, for sockets whose own path cannot be used."""
    # Not TMPDIR, since processes of one data directory may differ in it.
    root = Path("/tmp") if os.path.isdir("/tmp") else Path(tempfile.gettempdir())  # noqa: S108 - shared on purpose
    return root / f"orgmap-{hashlib.sha256(os.fsencode(data)).hexdigest()[:16]}"


def postgres_socket_directory(data: Path) -> Path:
    """Where the embedded database listens."""
    return socket_directory(data, postgres_directory(data), POSTGRES_SOCKET)


def valkey_socket(data: Path) -> Path:
    """Where the embedded broker listens."""
    return socket_directory(data, valkey_directory(data), VALKEY_SOCKET) / VALKEY_SOCKET


def database_settings() -> dict[str, Any]:
    """Django's settings of the one database."""
    url = os.environ.get("DATABASE_URL")
    if url:
        return parse_database_url(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": DATABASE,
        "USER": USER,
        "PASSWORD": "",
        "HOST": str(postgres_socket_directory(data_directory())),
        "PORT": "5432",
        "OPTIONS": {"connect_timeout": 5},
    }


def parse_database_url(url: str) -> dict[str, Any]:
    """Django's settings from an address like postgres://user:password@host:5432/name?sslmode=require.

    Every part may be percent-encoded. A unix socket is a host that starts with a slash, written %2Frun%2Fpostgresql or
    as ?host=/run/postgresql. Other names in the query are handed to the database's client as they are.
    The sentence of a refusal never repeats the address, since it holds a password.
    """
    scheme, separator, rest = url.strip().partition("://")
    if not separator or scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(
            "DATABASE_URL must start with postgres:// or postgresql://, as in postgres://user:password@host:5432/name. "
            "Orgmap runs on PostgreSQL only."
        )
    # Cut by hand, since urlsplit trips over brackets and number signs in passwords.
    rest, _, query = rest.partition("?")
    authority, _, name = rest.partition("/")
    credentials, _, address = authority.rpartition("@")
    user, _, password = credentials.partition(":")
    host, port = split_port(address)
    options: dict[str, Any] = {"connect_timeout": 5, **dict(parse_qsl(query, keep_blank_values=True))}
    for number in ("connect_timeout", "keepalives", "keepalives_idle", "keepalives_interval", "keepalives_count"):
        if number in options:
            options[number] = whole_number(number, str(options[number]))
    parts = {
        "NAME": options.pop("dbname", "") or unquote(name),
        "USER": options.pop("user", "") or unquote(user),
        "PASSWORD": options.pop("password", "") or unquote(password),
        "HOST": options.pop("host", "") or unquote(host),
        "PORT": options.pop("port", "") or port,
    }
    if not parts["NAME"]:
        raise ImproperlyConfigured(
            "DATABASE_URL names no database. Put its name behind the host, as in postgres://user:password@host:5432/name."
        )
    return {"ENGINE": "django.db.backends.postgresql", **parts, "OPTIONS": options}


def split_port(address: str) -> tuple[str, str]:
    """Host and port of "host:5432", "[::1]:5432" or "host"."""
    if address.startswith("["):
        host, _, port = address[1:].partition("]")
        port = port.removeprefix(":")
    else:
        host, _, port = address.partition(":")
    if port and not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise ImproperlyConfigured(
            f"DATABASE_URL has the port {port!r}, which is not a number from 1 to 65535. "
            "If a colon or a slash belongs to the password, write it percent-encoded: %3A, %2F."
        )
    return host, port


def whole_number(name: str, value: str) -> int:
    """The value of an option that must be a whole number."""
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"DATABASE_URL has {name}={value!r}, which is not a whole number.") from None


def redis_url() -> str:
    """The broker's address for redis-py: redis://, rediss:// or unix://."""
    url = os.environ.get("REDIS_URL")
    if url:
        if urlsplit(url).scheme not in {"redis", "rediss", "unix"}:
            raise ImproperlyConfigured(
                "REDIS_URL must start with redis://, rediss:// or unix://, as in redis://host:6379/0."
            )
        return url
    return f"unix://{quote(str(valkey_socket(data_directory())))}?db=0"


def broker_url() -> str:
    """The same address for Celery, which writes a unix socket as redis+socket://."""
    url = redis_url()
    if not url.startswith("unix://"):
        return url
    address, _, query = url.removeprefix("unix://").partition("?")
    options = dict(parse_qsl(query))
    number = options.pop("db", "0")
    credentials, _, path = address.rpartition("@")
    return f"redis+socket://{credentials + '@' if credentials else ''}{path}" + (
        f"?virtual_host={quote(number)}" if number != "0" else ""
    )
