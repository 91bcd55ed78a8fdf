"""A whole house of its own for one test: `manage.py up` as a process, with its own data directory."""

import contextlib
import os
import random
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from orgmap.embedded import processes

OURS = (
    "DATABASE_POOL_OFF",
    "DATABASE_URL",
    "HOST",
    "PORT",
    "REDIS_URL",
    "SECRET_KEY",
    "STATIC_ROOT",
    "WHITENOISE_USE_FINDERS",
)


def environment(data: Path, more: Mapping[str, str] = {}) -> dict[str, str]:
    """The environment of somebody who set nothing but the data directory."""
    kept = {name: value for name, value in os.environ.items() if name not in OURS and not name.startswith("PYTEST")}
    return kept | {"ORGMAP_DATA": str(data), "PYTHONWARNINGS": "ignore", **more}


def manage(data: Path, *words: str, env: Mapping[str, str] = {}, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """One command of manage.py, to its end."""
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=settings.BASE_DIR,
        env=environment(data, env),
        input=stdin,
        capture_output=True,
        text=True,
        timeout=240,
    )


def processes_of(data: Path) -> dict[int, str]:
    """Every process that belongs to a data directory: by its environment, its command line or where it works."""
    found = {}
    for entry in os.listdir("/proc"):
        if not entry.isdigit() or int(entry) == os.getpid():
            continue
        with contextlib.suppress(OSError):
            place = Path("/proc", entry)
            words = (place / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            state = (place / "stat").read_text().rpartition(")")[2].split()[0]
            traces = words + os.readlink(place / "cwd") + (place / "environ").read_bytes().decode(errors="replace")
            if str(data) in traces and state != "Z":
                found[int(entry)] = words.strip()
    return found


def left_in(data: Path, seconds: float = 60) -> dict[int, str]:
    """What still lives there when whoever was just killed has had the time to die."""
    eventually(lambda: not processes_of(data), seconds)
    return processes_of(data)


def free_port() -> int:
    """A port that nobody listens at, and that the system gives to nobody who asks for any: it stays free."""
    first = int(Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])
    for port in random.sample(range(first // 2, first), 100):
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
    raise OSError("Of a hundred ports none is free.")


def eventually(what: Callable[[], object], seconds: float = 120) -> bool:
    """Whether it comes true in this time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if what():
            return True
        time.sleep(0.05)
    return False


@dataclass
class House:
    """One run of `manage.py up`."""

    data: Path
    process: subprocess.Popen[bytes]
    output: Path
    address: str = field(init=False, default="")

    def said(self) -> str:
        return self.output.read_text()

    def wait_until_served(self, seconds: float = 240) -> None:
        """Until it prints where it is."""
        served = eventually(lambda: "Orgmap is at" in self.said() or self.process.poll() is not None, seconds)
        match = re.search(r"Orgmap is at (http://\S+)", self.said())
        assert served, self.said()
        assert match, self.said()
        self.address = match[1]

    def get(self, path: str) -> tuple[int, str]:
        """Status and text of a page; 0 when nobody answers."""
        try:
            with urllib.request.urlopen(self.address + path.lstrip("/"), timeout=60) as response:
                return response.status, response.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError as error:
            return 0, str(error)

    def is_ready(self) -> bool:
        return self.get("/readyz")[0] == 200

    def pid(self, part: str) -> int:
        """The process of a part from which its others come: 'bin/postgres', 'valkey-server', 'gunicorn', ' worker'."""
        found = {pid for pid, words in processes_of(self.data).items() if part in words}
        return min(pid for pid in found if processes.parent_of(pid) not in found)

    def has(self, part: str) -> bool:
        """Whether this part runs."""
        return any(part in words for words in processes_of(self.data).values())

    def kill(self, part: str) -> int:
        """End a part the hard way."""
        pid = self.pid(part)
        os.kill(pid, signal.SIGKILL)
        return pid

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to end; its exit code."""
        self.process.send_signal(number)
        return self.process.wait(120)


@contextlib.contextmanager
def up(
    data: Path, *, env: Mapping[str, str] = {}, before: Sequence[str] = (), instead: Sequence[str] = ()
) -> Iterator[House]:
    """`manage.py up` at a free port, or what ends in it; whatever the test does to it, nothing is left."""
    output = data.parent / f"{data.name}.out"
    with output.open("wb") as file:
        process = subprocess.Popen(
            instead or [*before, sys.executable, "manage.py", "up", "--port", "0"],
            cwd=settings.BASE_DIR,
            env=environment(data, {"DEMO_PASSWORD": "a demo password", **env}),
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=processes.dies_with_parent(signal.SIGTERM),
        )
    try:
        yield House(data, process, output)
    finally:
        if process.poll() is None:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(60)
        for pid in processes_of(data):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        process.wait(60)
