"""`manage.py up`, for real: every test starts the house, does something to it, and looks for what is left."""

import contextlib
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
import redis
from django.conf import settings

from orgmap.embedded import addresses
from tests.house.conftest import copy
from tests.house.house import House, eventually, left_in, manage, processes_of, up
from tests.servers import short_folder

pytestmark = pytest.mark.scale


COUNT = "from orgmap.users.models import User; print(User.objects.count())"


def door(house: House) -> psycopg.Connection[tuple[object, ...]]:
    """A connection to the database of a house; each statement is a transaction."""
    folder = addresses.postgres_socket_directory(house.data)
    return psycopg.connect(f"host='{folder}' port=5432 user=orgmap dbname=orgmap", autocommit=True)


@contextlib.contextmanager
def ended_by_kills(house: House, moments: random.Random) -> Iterator[tuple[list[int], threading.Thread]]:
    """While the body writes, database, broker and worker are killed at random moments, by a thread that ends."""
    written: list[int] = []
    over = threading.Event()

    def kill() -> None:
        for part in ("bin/postgres", " worker", "valkey-server", "bin/postgres"):
            over.wait(0.3 + moments.random())
            with contextlib.suppress(ValueError, ProcessLookupError):  # it is being started, or ended by itself
                house.kill(part)

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        yield written, killer
    finally:
        over.set()
        killer.join()


@pytest.fixture(scope="module")
def house(prepared: Path) -> Iterator[House]:
    """One house that several tests may shake. It must stand again when they are done, and end by Ctrl-C twice."""
    root = short_folder()
    data = copy(prepared, root / "a house with spaces" / "data")
    with up(data) as house:
        house.wait_until_served()
        yield house
        before = len(house.said())
        os.killpg(house.process.pid, signal.SIGINT)
        time.sleep(0.1)
        os.killpg(house.process.pid, signal.SIGINT)
        code = house.process.wait(120)
        left = left_in(data)
        said = house.said()
    shutil.rmtree(root, ignore_errors=True)
    assert (code, left) == (0, {})
    assert said.endswith("Stopping.\nStopped.\n")
    assert "Traceback" not in said[before:]


def test_up_says_where_it_is_and_who_may_sign_in(house: House) -> None:
    said = house.said()
    assert said[said.index("Orgmap is at") :] == (
        f"Orgmap is at {house.address} (Ctrl-C stops it).\n"
        "Demo logins, with the password a demo password:\n"
        "    lead@demo.example\n    head@demo.example\n    executive@demo.example\n    staff@demo.example\n"
    )
    assert house.get("/healthz") == (200, '{"status": "ok", "process": "ok"}')
    assert house.get("/login/")[0] == 200


def test_up_a_second_time_is_refused_in_a_sentence(house: House) -> None:
    second = manage(house.data, "up", "--port", "0")
    assert (second.returncode, second.stdout) == (1, "")
    assert second.stderr == (
        f"CommandError: Orgmap already runs with the data in {house.data} "
        f"(process {house.process.pid}, {house.address}). "
        "Stop it first, or set ORGMAP_DATA to another folder.\n"
    )
    assert eventually(house.is_ready)


@pytest.mark.parametrize("part", ["bin/postgres", "valkey-server", "gunicorn", " worker", " beat"])
def test_up_starts_again_whatever_is_killed(house: House, part: str) -> None:
    assert eventually(lambda: house.has(part))
    killed = house.kill(part)
    assert eventually(lambda: house.has(part) and killed not in processes_of(house.data))
    assert eventually(house.is_ready), house.said()


def test_up_loses_nothing_that_was_committed_when_servers_are_killed_at_any_moment(house: House) -> None:
    moments = random.Random(20)
    with ended_by_kills(house, moments) as (written, killer):
        deadline = time.monotonic() + 120

        def goes_on() -> bool:
            """Until the last kill has been survived, and there was something to lose."""
            return (killer.is_alive() or len(written) <= 100) and time.monotonic() < deadline

        while goes_on():
            with contextlib.suppress(psycopg.OperationalError), door(house) as connection:
                connection.execute("CREATE TABLE IF NOT EXISTS house_test (number int PRIMARY KEY)")
                while goes_on():
                    number = len(written)
                    connection.execute("INSERT INTO house_test VALUES (%s) ON CONFLICT DO NOTHING", [number])
                    written.append(number)
    assert eventually(house.is_ready), house.said()
    with door(house) as connection:
        kept = {number for (number,) in connection.execute("SELECT number FROM house_test").fetchall()}
        assert set(written) - kept == set()
        assert len(written) > 100
        connection.execute("DROP TABLE house_test")


def test_up_keeps_jobs_that_wait_when_the_broker_is_killed(house: House) -> None:
    """The queue of nobody's name is taken by no worker, so a message in it stays until we look."""
    address = f"unix://{quote(str(addresses.valkey_socket(house.data)))}?db=0"
    redis.from_url(address).rpush("house-test", *range(100))
    killed = house.kill("valkey-server")
    assert eventually(lambda: house.has("valkey-server") and killed not in processes_of(house.data))
    assert eventually(house.is_ready)
    assert redis.from_url(address).llen("house-test") == 100
    redis.from_url(address).delete("house-test")


def test_a_command_uses_the_database_of_a_running_house_and_leaves_it_running(house: House) -> None:
    postgres = house.pid("bin/postgres")
    asked = manage(house.data, "shell", "--verbosity", "0", "--command", COUNT)
    assert (asked.stdout.strip(), asked.stderr) == ("1", "")
    assert house.pid("bin/postgres") == postgres


@pytest.mark.parametrize("sign", ["PostgreSQL started", "Valkey started"])
def test_up_leaves_nothing_when_stopped_while_starting(data: Path, sign: str) -> None:
    with up(data) as house:
        assert eventually(lambda: sign in house.said())
        house.end(signal.SIGTERM)
        assert left_in(data) == {}
        assert "Traceback" not in house.said()


def test_up_killed_hard_takes_its_children_along_and_make_run_starts_it_again(data: Path) -> None:
    (data / "beat").mkdir()
    (data / "beat" / "schedule").write_bytes(b"not a database" * 100)
    with up(data, env={"REDIS_URL": f"unix://{data.parent}/nobody.sock"}) as house:
        house.wait_until_served()
        assert house.get("/login/")[0] == 200  # pages need no broker
        assert house.get("/readyz")[0] == 503
        house.process.kill()
        assert left_in(data) == {}
    recipe = data.parent / "Makefile"
    lines = (settings.BASE_DIR / "Makefile").read_text().splitlines(keepends=True)
    recipe.write_text("".join(line for line in lines if "setup.py run" not in line))
    make = ["make", "--no-print-directory", "--file", str(recipe), "run"]
    with up(data, env={"PORT": "0"}, instead=make) as again:
        again.wait_until_served()
        assert eventually(again.is_ready)
        assert eventually(lambda: again.has(" beat"))
        assert "beat ended" not in again.said()
        again.end(signal.SIGTERM)
        assert left_in(data) == {}, again.said()
        assert "Traceback" not in again.said()


def test_up_refuses_a_taken_port_before_anything_starts(folder: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        refused = manage(folder / "data", "up", "--port", str(port))
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == (
        f"CommandError: Port {port} on 127.0.0.1 is taken (Address already in use). "
        "Stop what runs there, or choose another, as in PORT=8001.\n"
    )
    assert not (folder / "data" / "postgres").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root to become an ordinary user")
def test_up_works_as_an_ordinary_user(folder: Path) -> None:
    os.chown(folder, 65534, 65534)
    become = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    if subprocess.run([*become, sys.executable, "-c", ""], capture_output=True).returncode:
        # Python itself lies in a folder of root: let the user read everything, and write no more than before.
        become += ["--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"]
        become += ["--securebits=+no_setuid_fixup"]
        if subprocess.run([*become, sys.executable, "-c", ""], capture_output=True).returncode:
            pytest.skip("this Python cannot be run by an ordinary user")
    data = folder / "data"
    with up(data, env={"HOME": str(folder)}, before=become) as house:
        assert eventually(lambda: "Valkey started" in house.said()), house.said()
        owners = {
            os.stat(f"/proc/{pid}").st_uid for pid, words in processes_of(data).items() if "bin/postgres" in words
        }
        assert owners == {65534}
        assert (data / "postgres").stat().st_uid == 65534
        house.end()
        assert left_in(data) == {}
        assert "Traceback" not in house.said()
