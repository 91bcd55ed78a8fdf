"""Starting and ending a server's process: who it runs as, that it dies with its parent, what it left behind."""

import contextlib
import ctypes
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from orgmap.embedded.addresses import EmbeddedError

PR_SET_PDEATHSIG = 1
LOG_LIMIT = 10 * 1024 * 1024  # bytes
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def dies_with_parent(number: signal.Signals) -> Callable[[], None] | None:
    """For `preexec_fn`: the kernel sends the child this signal when its parent dies, however the parent died."""
    if _libc is None:
        return None
    parent, libc = os.getpid(), _libc

    def ask() -> None:
        libc.prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0)
        if os.getppid() != parent:  # the parent died before the question was put
            os.kill(os.getpid(), number)

    return ask


@dataclass(frozen=True)
class ServiceUser:
    """Who a server runs as. PostgreSQL refuses to run as root; an ordinary user runs it as himself (uid None)."""

    uid: int | None = None
    gid: int | None = None

    @classmethod
    def for_folder(cls, folder: Path) -> "ServiceUser":
        """The owner of a database that exists; else, for root, `nobody`, so that no user is added to the machine."""
        owner = folder.stat().st_uid if folder.exists() else None
        if os.geteuid() != 0:
            if owner not in {None, os.geteuid()}:
                raise EmbeddedError(
                    f"The database in {folder} belongs to {user_name(owner or 0)}, and you are "
                    f"{user_name(os.geteuid())}. Run Orgmap as that user, or set ORGMAP_DATA to a folder of your own."
                )
            return cls()
        if owner:
            return cls(owner, folder.stat().st_gid)
        try:
            nobody = pwd.getpwnam("nobody")
        except KeyError:
            raise EmbeddedError(
                "PostgreSQL does not run as root, and this machine has no user 'nobody' to run it. "
                "Run Orgmap as an ordinary user, or set DATABASE_URL to a database of your own."
            ) from None
        return cls(nobody.pw_uid, nobody.pw_gid)

    def own(self, folder: Path) -> None:
        """Give a folder and what is in it to this user."""
        if self.uid is None or self.gid is None:
            return
        for path in (folder, *folder.rglob("*")):
            os.chown(path, self.uid, self.gid, follow_symlinks=False)

    def can_reach(self, *paths: Path) -> bool:
        """Whether this user gets through every folder above the paths and may read them, by their modes alone."""
        if self.uid is None:
            return True
        return all(self._may(path, stat.S_IROTH | stat.S_IXOTH) and self._gets_to(path) for path in paths)

    def _gets_to(self, path: Path) -> bool:
        return all(self._may(folder, stat.S_IXOTH) for folder in path.resolve().parents)

    def _may(self, path: Path, bits: int) -> bool:
        found = path.stat()
        if found.st_uid == self.uid:
            bits <<= 6
        return found.st_mode & bits == bits


@dataclass(frozen=True)
class Words:
    """A command line and the options of `subprocess` that run it as another user."""

    argv: list[str]
    options: dict[str, Any]


def as_user(
    argv: Sequence[str], user: ServiceUser, reaches: Sequence[Path], dies_with: signal.Signals | None = None
) -> Words:
    """The words that run a program as this user.

    `reaches` names what the process must get to. Where folders on the way are closed to its user (root's home, a
    private temporary folder), it is given the one right to pass them instead of opening them to everyone.
    """
    if user.uid is None or user.gid is None:
        return Words(list(argv), {})
    if user.can_reach(*reaches):
        return Words(list(argv), {"user": user.uid, "group": user.gid, "extra_groups": []})
    return Words([*_passing_closed_folders(user, dies_with), *argv], {})


def spawn(
    argv: Sequence[str],
    *,
    log: Path,
    user: ServiceUser | None = None,
    reaches: Sequence[Path] = (),
    dies_with: signal.Signals | None = None,
    env: Mapping[str, str] | None = None,
    cwd: Path = Path("/"),
    pass_fds: Sequence[int] = (),
) -> subprocess.Popen[bytes]:
    """Start a process in a session of its own, writing to a log, as another user where one is named."""
    words = as_user(argv, user or ServiceUser(), reaches, dies_with)
    with log.open("ab") as output:
        return subprocess.Popen(  # noqa: S603  (our own programs)
            words.argv,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C reaches the one who started it, who ends it in order
            preexec_fn=dies_with_parent(dies_with) if dies_with else None,
            env=env,
            cwd=cwd,
            pass_fds=pass_fds,
            **words.options,
        )


def _passing_closed_folders(user: ServiceUser, dies_with: signal.Signals | None) -> list[str]:
    setpriv = shutil.which("setpriv", path=f"{os.environ.get('PATH', '')}:/usr/bin:/bin")
    if setpriv is None:
        raise EmbeddedError(
            "PostgreSQL does not run as root, and the user 'nobody' cannot get to the data or to the programs, since a "
            "folder above them is closed to others. Run Orgmap as an ordinary user, or from one that others may pass."
        )
    return [
        setpriv,
        f"--reuid={user.uid}",
        f"--regid={user.gid}",
        "--clear-groups",
        "--securebits=+no_setuid_fixup",
        "--inh-caps=+dac_override",
        "--ambient-caps=+dac_override",
        f"--pdeathsig={dies_with.name.removeprefix('SIG') if dies_with else 'keep'}",
        "--",
    ]


def user_name(uid: int) -> str:
    """The name of a user, or the number where it has none."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"


def living_in(folder: Path) -> list[int]:
    """The processes that work in this folder, as both servers do in theirs. Linux only; elsewhere none is found."""
    return [pid for pid in _processes() if _working_folder(pid) in {str(folder), f"{folder} (deleted)"}]


def _processes() -> Iterator[int]:
    with contextlib.suppress(OSError):
        yield from (int(name) for name in os.listdir("/proc") if name.isdigit())


def _working_folder(pid: int) -> str | None:
    with contextlib.suppress(OSError):
        return os.readlink(f"/proc/{pid}/cwd")
    return None


def parent_of(pid: int) -> int:
    """The parent of a process, 0 when it is gone."""
    with contextlib.suppress(OSError):
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    return 0


def end(pids: Callable[[], list[int]], *steps: tuple[signal.Signals, float]) -> bool:
    """Send each signal in turn, giving the time behind it, until `pids` finds no process. Whether that came true."""
    for number, seconds in steps:
        if not pids():
            return True
        for pid in pids():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if not pids():
                return True
            time.sleep(0.02)
    return not pids()


def cut_log(log: Path) -> None:
    """Set a log aside when it has grown long, so that it and the one before are all that is kept."""
    log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with contextlib.suppress(FileNotFoundError):
        if log.stat().st_size > LOG_LIMIT:
            log.replace(log.with_suffix(".log.old"))


def last_lines(log: Path, count: int = 8) -> str:
    """The end of a log, indented, to be shown with a failure."""
    with contextlib.suppress(OSError), log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - 8192))
        lines = file.read().decode(errors="replace").splitlines()[-count:]
        return "\n".join(f"    {line}" for line in lines)
    return ""
