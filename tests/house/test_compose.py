"""What docker-compose.yml and Dockerfile say is what runs: the same commands, as plain processes."""

import contextlib
import os
import re
import shlex
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
import yaml
from django.conf import settings

from orgmap.embedded import processes
from tests import template
from tests.house.house import environment, eventually, free_port

COMPOSE = yaml.safe_load((settings.BASE_DIR / "docker-compose.yml").read_text())
OURS = ("migrate", "web", "worker", "beat")
SECRETS = {"SECRET_KEY": "for this test", "POSTGRES_PASSWORD": "for this test"}


def filled(text: str) -> str:
    """A value with its variables put in, as compose does: a missing one that is required stops it."""

    def value(match: re.Match[str]) -> str:
        name, kind, rest = match.groups()
        if name not in SECRETS and kind == "?":
            raise LookupError(name)
        return SECRETS.get(name, rest if kind == "-" else "")

    return re.sub(r"\$\{(\w+):([-?])([^}]*)\}", value, text).replace("$$", "$")


@pytest.fixture
def database(django_db_modify_db_settings: None, pytestconfig: pytest.Config) -> Iterator[str]:
    """The address of a migrated database of its own."""
    place = settings.DATABASES["default"]
    template.ensure(pytestconfig.cache.mkdir("database"), place["HOST"], place["USER"])
    name = f"compose_{os.getpid()}"
    with psycopg.connect(f"host='{place['HOST']}' user={place['USER']} dbname=orgmap", autocommit=True) as door:
        door.execute(f"CREATE DATABASE {name} TEMPLATE {template.NAME}".encode())
        yield f"postgresql://{place['USER']}@/{name}?host={place['HOST']}"
        door.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def environment_of(service: str, folder: Path, database: str, port: int) -> dict[str, str]:
    """What the container is given, with our addresses in place of the container's."""
    given = {name: filled(value) for name, value in COMPOSE["services"][service]["environment"].items()}
    image = dict(re.findall(r"(\w+)=(\S+)", re.search(r"^ENV (.*(?:\\\n.*)*)", DOCKERFILE, re.MULTILINE)[1]))
    here = {
        "DATABASE_URL": database,
        "REDIS_URL": settings.REDIS_URL.replace("db=0", "db=7"),
        "PATH": f"{folder / 'bin'}:{os.environ['PATH']}",
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "STATIC_ROOT": str(folder / "static"),
    }
    return environment(folder / "data", {**image, **given, "ORGMAP_DATA": str(folder / "data"), **here})


DOCKERFILE = (settings.BASE_DIR / "Dockerfile").read_text()


@contextlib.contextmanager
def running(service: str, folder: Path, env: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """The service's own command as a process."""
    words = [
        word.replace("/tmp/", f"{folder}/") for word in shlex.split(filled(COMPOSE["services"][service]["command"]))
    ]
    with (folder / f"{service}.log").open("wb") as log:
        process = subprocess.Popen(
            words,
            cwd=settings.BASE_DIR,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            preexec_fn=processes.dies_with_parent(signal.SIGTERM),
        )
    try:
        yield process
    finally:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(30)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def is_healthy(service: str, folder: Path, env: dict[str, str]) -> bool:
    """What the container's own health check says."""
    kind, *words = COMPOSE["services"][service]["healthcheck"]["test"]
    words = [filled(word).replace("/tmp/", f"{folder}/") for word in words]
    command: Any = words if kind == "CMD" else ["sh", "-c", *words]
    return subprocess.run(command, cwd=settings.BASE_DIR, env=env, capture_output=True, timeout=120).returncode == 0


@pytest.fixture
def programs(folder: Path) -> None:
    """The names that the image has on its PATH, whatever this machine has."""
    (folder / "bin").mkdir()
    for name in ("python", "gunicorn", "celery"):
        words = f'"{sys.executable}"' + ("" if name == "python" else f" -m {name}")
        (folder / "bin" / name).write_text(f'#!/bin/sh\nexec {words} "$@"\n')
        (folder / "bin" / name).chmod(0o755)


@pytest.mark.scale
@pytest.mark.usefixtures("programs")
def test_compose_commands_run_and_their_health_checks_pass(folder: Path, database: str) -> None:
    port = free_port()
    env = environment_of("web", folder, database, port)
    collect = re.search(r"python manage\.py (collectstatic.*)", DOCKERFILE)
    assert collect
    subprocess.run([sys.executable, "manage.py", *collect[1].split()], cwd=settings.BASE_DIR, env=env, check=True)
    with running("migrate", folder, env) as migrate:
        assert migrate.wait(200) == 0, (folder / "migrate.log").read_text()
    with running("web", folder, env), running("worker", folder, env), running("beat", folder, env):
        for service in ("web", "worker", "beat"):
            assert eventually(lambda service=service: is_healthy(service, folder, env), 120), (
                service,
                (folder / f"{service}.log").read_text(),
            )
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/login/", timeout=20) as page:
            text = page.read().decode()
        style = re.search(r'href="(/static/[^"]+\.css)"', text)
        assert style
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{style[1]}", timeout=20) as sheet:
            assert "immutable" in sheet.headers["Cache-Control"]


def test_compose_has_no_default_secret() -> None:
    text = (settings.BASE_DIR / "docker-compose.yml").read_text()
    secrets = {name for name, kind in re.findall(r"\$\{(\w+):([-?])", text) if kind == "?"}
    assert secrets == {"SECRET_KEY", "POSTGRES_PASSWORD"}
    assert re.findall(r"\$\{(?:SECRET_KEY|POSTGRES_PASSWORD)(?!:\?)", text) == []


def test_compose_checks_the_health_of_everything_that_stays() -> None:
    staying = {name for name, service in COMPOSE["services"].items() if service.get("restart") != "no"}
    assert staying == {"web", "worker", "beat", "postgres", "redis"}
    assert {name for name, service in COMPOSE["services"].items() if "healthcheck" in service} == staying
    assert "ports" not in COMPOSE["services"]["worker"]  # a taken port would keep it from being scaled


def test_the_image_copies_what_it_needs_and_runs_as_nobody_in_particular() -> None:
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE)
    paths = {path for words in copied for path in words.split()}
    ignore = (settings.BASE_DIR / ".dockerignore").read_text().splitlines()
    allowed = [line[1:] for line in ignore if line.startswith("!")]
    assert ignore[0] == "*"
    assert {path for path in paths if not any(path == one or path.startswith(f"{one}/") for one in allowed)} == set()
    assert all((settings.BASE_DIR / path).exists() for path in paths)
    assert re.findall(r"^USER (.+)$", DOCKERFILE, re.MULTILINE) == ["orgmap"]
    web = filled(COMPOSE["services"]["web"]["command"]).split()
    assert yaml.safe_load(re.search(r"^CMD (.+)$", DOCKERFILE, re.MULTILINE)[1]) == web
