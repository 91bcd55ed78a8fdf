"""The embedded database for the length of one command of manage.py."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from django.conf import settings

from tests.house.house import environment, eventually, left_in, manage, processes_of

COUNT = "from orgmap.users.models import User; print(User.objects.count())"


def ready(data: Path, name: str, wanted: str) -> str:
    """A program that says by a file that it has the database, waits for another file, and counts."""
    wait = f"while not pathlib.Path({str(data / wanted)!r}).exists(): time.sleep(0.05)"
    return f"import pathlib, time\npathlib.Path({str(data / name)!r}).touch()\n{wait}\n{COUNT}"


def test_a_command_without_database_touches_nothing(folder: Path) -> None:
    asked = manage(folder / "data", "recognise", stdin="https://x.com/orgmap\n")
    assert asked.returncode == 0, asked.stderr
    assert sorted(os.listdir(folder / "data")) == ["secret_key"]


def test_a_command_starts_the_database_and_stops_it_again(data: Path) -> None:
    asked = manage(data, "shell", "--verbosity", "0", "--command", COUNT)
    assert (asked.stdout.strip(), asked.returncode) == ("1", 0), asked.stderr
    assert left_in(data) == {}


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

    first, second = start(ready(data, "first", "second")), start(ready(data, "second", "first-is-out"))
    assert first.communicate()[0].strip() == "1"
    assert processes_of(data) != {}
    (data / "first-is-out").touch()
    assert second.communicate()[0].strip() == "1"
    assert left_in(data) == {}


def test_a_command_that_is_ended_stops_the_database_too(data: Path) -> None:
    command = subprocess.Popen(
        [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", ready(data, "here", "never")],
        cwd=settings.BASE_DIR,
        env=environment(data),
    )
    assert eventually((data / "here").exists)
    command.send_signal(signal.SIGTERM)
    assert command.wait(60) == 128 + signal.SIGTERM
    assert left_in(data) == {}


def test_a_data_directory_that_cannot_be_written_is_refused_in_a_sentence(folder: Path) -> None:
    (folder / "file").write_text("")
    asked = manage(folder / "file" / "data", "showmigrations")
    assert asked.returncode == 1
    assert f"cannot write to the data directory {folder}/file/data: Not a directory. Set ORGMAP_DATA" in asked.stderr
