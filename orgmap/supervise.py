"""Keeps web server, worker and beat running beside the embedded servers, and ends all of them in order."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from orgmap.embedded import EmbeddedError, processes, servers

LONGEST_PAUSE = 30.0  # seconds between two starts of something that keeps dying
HEALTHY_AFTER = 20.0  # seconds after which a death counts as the first
ENDING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class Ended(BaseException):
    """A signal asks for the end. Not an Exception: nothing on the way may swallow it."""


class Signals:
    """The first request to end raises `Ended`, or is noted where `quietly` is set; a further one asks for haste."""

    def __init__(self) -> None:
        self.ending = False
        self.hurry = False
        self.quietly = False

    def listen(self) -> None:
        for number in ENDING:
            signal.signal(number, self._received)

    def _received(self, number: int, frame: FrameType | None) -> None:
        if self.ending:
            self.hurry = True
            return
        self.ending = True
        if not self.quietly:
            raise Ended

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """A request to end waits until the body is through."""
        self.quietly = True
        try:
            yield
        finally:
            self.quietly = False
        if self.ending:
            raise Ended


@dataclass
class Pause:
    """How long to wait before something that died is started again: longer each time, short again once it lived."""

    failures: int = 0
    started_at: float = 0.0

    def started(self) -> None:
        self.started_at = time.monotonic()

    def after_death(self) -> float:
        lived = time.monotonic() - self.started_at
        self.failures = 0 if lived > HEALTHY_AFTER else self.failures + 1
        return min(LONGEST_PAUSE, 0.5 * 2**self.failures) if self.failures else 0.1


@dataclass
class Child:
    """One process of ours: the web server, the worker, the beat. Its log is a file in the data directory."""

    name: str
    argv: Sequence[str]
    log: Path
    patience: float  # seconds between asking it to end and ending it
    pass_fds: Sequence[int] = ()
    process: subprocess.Popen[bytes] | None = None
    pause: Pause = field(default_factory=Pause)
    next_start: float = 0.0

    def start(self, env: Mapping[str, str], cwd: Path) -> None:
        processes.cut_log(self.log)
        self.process = processes.spawn(
            self.argv, log=self.log, dies_with=signal.SIGTERM, env=env, cwd=cwd, pass_fds=self.pass_fds
        )
        self.pause.started()

    def died(self) -> int | None:
        """Its exit code when it died; what it started is ended too."""
        if self.process is None or (code := self.process.poll()) is None:
            return None
        self.end_group(signal.SIGKILL)
        self.process = None
        self.next_start = time.monotonic() + self.pause.after_death()
        return code

    def ask_to_end(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def end(self, deadline: float, hurry: Callable[[], bool]) -> None:
        """Wait until it ended by itself; then, or when there is haste, end it and all that it started."""
        if self.process is None:
            return
        while self.process.poll() is None and time.monotonic() < deadline and not hurry():
            time.sleep(0.05)
        self.end_group(signal.SIGKILL)
        self.process.wait()
        self.process = None

    def end_group(self, number: signal.Signals) -> None:
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, number)


class Supervisor:
    """The house at work. `say` gets one line for everything that happens."""

    def __init__(
        self, data: Path, own: Sequence[servers.Postgres | servers.Valkey], signals: Signals, say: Callable[[str], None]
    ) -> None:
        self.data = data
        self.own = own
        self.signals = signals
        self.say = say
        self.children: list[Child] = []
        self.pauses = {server.name: Pause() for server in own}
        self.next_look = {server.name: 0.0 for server in own}

    def start_servers(self) -> None:
        """Have the embedded servers running, before anything that needs them."""
        with servers.alone(self.data):
            for server in self.own:
                began = time.monotonic()
                started = server.start(dies_with_us=True, undisturbed=self.signals.held)
                self.pauses[server.name].started()
                how = f"started in {time.monotonic() - began:.1f} s" if started else "runs already"
                self.say(f"{server.name} {how} ({server.directory}).")

    def run(self, children: Sequence[Child], env: Mapping[str, str], cwd: Path, served: Callable[[], None]) -> None:
        """Start the children and start again whatever dies, until a signal asks for the end.

        `served` is called after each look, to tell the world when the pages are there.
        """
        self.children = list(children)
        self.signals.quietly = True  # a child must not be forgotten between its start and its place in the list
        while not self.signals.ending:
            for server in self.own:
                self._look_after_server(server)
            for child in self.children:
                self._look_after_child(child, env, cwd)
            served()
            time.sleep(0.1)

    def _look_after_child(self, child: Child, env: Mapping[str, str], cwd: Path) -> None:
        code = child.died()
        if code is not None:
            self.say(f"The {child.name} {ending(code)}; starting it again. The end of {child.log}:")
            self.say(processes.last_lines(child.log, 5))
        if child.process is None and time.monotonic() >= child.next_start:
            child.start(env, cwd)

    def _look_after_server(self, server: servers.Postgres | servers.Valkey) -> None:
        if time.monotonic() < self.next_look[server.name]:
            return
        if server.process is not None:
            if server.process.poll() is None:
                return
        elif server.listens():  # a command started it: asking is all we can
            self.next_look[server.name] = time.monotonic() + 1
            return
        self.say(f"{server.name} stopped; starting it again.")
        try:
            with servers.alone(self.data):
                server.start(dies_with_us=True, patience=20)
        except EmbeddedError as refusal:
            self.say(str(refusal))
        wait = self.pauses[server.name].after_death()
        self.pauses[server.name].started()
        self.next_look[server.name] = time.monotonic() + wait

    def stop(self) -> None:
        """Web server and beat first, so that nothing new comes in; then the worker; then broker and database."""
        self.signals.ending = self.signals.quietly = True
        for child in self.children:
            child.ask_to_end()
        now = time.monotonic()
        for child in self.children:
            child.end(now + child.patience, lambda: self.signals.hurry)
        with contextlib.suppress(EmbeddedError), servers.alone(self.data, patience=10):
            for server in reversed(self.own):
                server.stop(hurry=self.signals.hurry)


def ending(code: int) -> str:
    """An exit code in words."""
    if code >= 0:
        return f"ended with code {code}"
    with contextlib.suppress(ValueError):
        return f"was ended by {signal.Signals(-code).name}"
    return f"was ended by signal {-code}"
