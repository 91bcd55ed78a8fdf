"""The embedded database for the length of one command of manage.py."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from django.conf import settings

from tests.house.house import environment, eventually, manage, processes_of

COUNT = "from orgmap.users.models import User; print(User.objects.count())"


def test_a_command_without_database_touches_nothing(folder: Path) -> None:
    asked = manage(folder / "data", "recognise", stdin="https://x.com/orgmap\n")
    assert asked.returncode == 0, asked.stderr
    assert sorted(os.listdir(folder / "data")) == ["secret_key"]


def test_a_command_starts_the_database_and_stops_it_again(data: Path) -> None:
    asked = manage(data, "shell", "--verbosity", "0", "--command", COUNT)
    assert (asked.stdout.strip(), asked.returncode) == ("1", 0), asked.stderr
    assert processes_of(data) == {}


def test_the_last_command_out_stops_the_database(data: Path) -> None:
    def start(program: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", program],
            cwd=settings.BASE_DIR,
            env=environment(data),
            stdout=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            text=True,
        )

    first = start(f"import time; time.sleep(1); {COUNT}")
    assert eventually(lambda: (data / "used.lock").exists())
    second = start(f"import time; time.sleep(6); {COUNT}")
    assert (first.communicate()[0].strip(), second.communicate()[0].strip()) == ("1", "1")
    assert processes_of(data) == {}


def test_a_command_that_is_ended_stops_the_database_too(data: Path) -> None:
    command = subprocess.Popen(
        [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", "import time; time.sleep(60)"],
        cwd=settings.BASE_DIR,
        env=environment(data),
    )
    assert eventually((data / "postgres" / ".s.PGSQL.5432").exists)
    time.sleep(1)
    command.send_signal(signal.SIGTERM)
    assert command.wait(60) in {143, -signal.SIGTERM}
    assert eventually(lambda: processes_of(data) == {}, 5) or manage(data, "shell", "--command", "").returncode == 0
    assert processes_of(data) == {}


def test_a_data_directory_that_cannot_be_written_is_refused_in_a_sentence(folder: Path) -> None:
    (folder / "file").write_text("")
    asked = manage(folder / "file" / "data", "showmigrations")
    assert asked.returncode == 1
    assert f"cannot write to the data directory {folder}/file/data: Not a directory. Set ORGMAP_DATA" in asked.stderr
