"""What the two embedded servers have in common."""

import contextlib
import os
import signal
import socket
import stat
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from orgmap.embedded import processes
from orgmap.embedded.addresses import EmbeddedError


class Server:
    """One embedded server: files in a folder of the data directory, a unix socket, a log.

    Both servers work in their folder, so a process belongs to this server exactly if that is its working folder.
    Whoever starts or ends one holds the lock of `servers.alone`.
    """

    name: str
    end_signals: tuple[tuple[signal.Signals, float], ...]
    dies_with: signal.Signals
    socket: Path

    def __init__(self, data: Path, directory: Path, log: str) -> None:
        self.data = data
        self.directory = directory
        self.log = data / "log" / log
        self.process: subprocess.Popen[bytes] | None = None

    # What each server says for itself

    def prepare(self) -> None:
        """Make the folder ready for a start; nobody lives in it."""
        raise NotImplementedError

    def spawn(self, *, dies_with_us: bool) -> "subprocess.Popen[bytes]":
        """Start the process."""
        raise NotImplementedError

    def answers(self) -> bool:
        """Whether it takes work now."""
        raise NotImplementedError

    # What is the same for both

    def listens(self) -> bool:
        """Whether a process accepts at its socket, be it still starting."""
        try:
            with socket.socket(socket.AF_UNIX) as door:
                door.settimeout(2)
                door.connect(str(self.socket))
        except OSError:
            return False
        return True

    def start(
        self,
        *,
        dies_with_us: bool = False,
        patience: float = 60,
        undisturbed: Callable[[], contextlib.AbstractContextManager[None]] = contextlib.nullcontext,
    ) -> bool:
        """Have it running and answering. Whether it was started here; one that runs already is used as it is.

        `undisturbed` keeps away what may interrupt us, so that no process is started and forgotten.
        """
        if self.listens() and self.wait(patience):
            return False
        self.end_leftovers()
        try:
            self.prepare()
            processes.cut_log(self.log)
            with undisturbed():
                self.process = self.spawn(dies_with_us=dies_with_us)
        except OSError as error:
            raise EmbeddedError(
                f"{self.name} could not be started in {self.directory}: {error.strerror} ({error.filename}). "
                "Set ORGMAP_DATA to a folder that you may write to, on a disk with room."
            ) from error
        if not self.wait(patience):
            self.stop()
            raise EmbeddedError(f"{self.name} did not start. The end of {self.log}:\n{self.last_lines()}")
        return True

    def wait(self, patience: float) -> bool:
        """Wait until it answers; give up when its process ends or patience does."""
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            if self.answers():
                return True
            if self.process is None and not self.listens():
                return False
            if self.process is not None and self.process.poll() is not None:
                return False
            time.sleep(0.03)
        return False

    def end_leftovers(self) -> None:
        """End what lives in the folder without answering: a killed server's children, one whose socket was removed."""
        if not processes.end(self.inhabitants, *self.end_signals):
            raise EmbeddedError(
                f"{self.name} still runs in {self.directory} (process {self.inhabitants()[0]}) and cannot be ended. "
                "End it, or set ORGMAP_DATA to another folder."
            )

    def inhabitants(self) -> list[int]:
        """The processes of this server, our dead child excepted."""
        if self.process is not None:
            self.process.poll()
        return processes.living_in(self.directory)

    def stop(self, *, hurry: bool = False) -> None:
        """End it in order, whoever started it; in a hurry at once, which loses nothing that was committed."""
        processes.end(self._to_signal, *(self.end_signals[1:] if hurry else self.end_signals))
        processes.end(self.inhabitants, *self.end_signals[-1:])
        if self.process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(5)
            self.process = None

    def _to_signal(self) -> list[int]:
        """The parent process alone: it ends its children itself."""
        if self.process is not None:
            return [self.process.pid] if self.process.poll() is None else []
        inhabitants = self.inhabitants()
        return [pid for pid in inhabitants if processes.parent_of(pid) not in inhabitants]

    def last_lines(self) -> str:
        """The end of its log."""
        return processes.last_lines(self.log)

    def make_socket_folder(self, folder: Path, user: processes.ServiceUser) -> None:
        """The short folder of a socket, where the server's own path is too long. Nobody else may have made it."""
        if folder == self.directory:
            return
        top = folder.parent
        with contextlib.suppress(FileExistsError):
            top.mkdir(mode=0o700)
        found = top.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
            raise EmbeddedError(
                f"The path of {self.directory} is too long for a socket, and the short folder {top} belongs to "
                f"{processes.user_name(found.st_uid)}. Remove it, or set ORGMAP_DATA to a shorter path."
            )
        top.chmod(0o711 if os.geteuid() == 0 else 0o700)
        with contextlib.suppress(FileExistsError):
            folder.mkdir(mode=0o700)
        user.own(folder)
