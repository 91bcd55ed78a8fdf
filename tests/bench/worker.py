"""Memory of a real web worker after 200 requests, and its longest garbage collection."""

import http.client
import json
import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402 - Django first
from django.test import Client  # noqa: E402

from channels.models import Account  # noqa: E402
from departments.models import Department  # noqa: E402
from orgmap.users.models import User  # noqa: E402

REQUESTS = 200


def main() -> None:
    client = Client()
    client.force_login(User.objects.get(email="lead@demo.example"))
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    port = free_port()
    pauses = Path(os.environ["ORGMAP_DATA"]) / "pauses"
    pauses.write_text("0")
    server = subprocess.Popen(
        [
            sys.executable, "-m", "gunicorn", "--config", "python:tests.bench.watched", "--workers", "1",
            "--bind", f"127.0.0.1:{port}", "orgmap.wsgi",
        ],
        env=os.environ | {"BENCH_PAUSES": str(pauses), "HOST": "127.0.0.1", "PORT": str(port)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_for(port)
        statuses = [ask(port, cookie, address) for address in addresses()]
        worker = int(Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()[0])
        rollup = Path(f"/proc/{worker}/smaps_rollup").read_text()
        resident, proportional = (int(re.search(rf"^{name}: +(\d+)", rollup, re.M)[1]) for name in ("Rss", "Pss"))
        print(
            json.dumps(
                {
                    "requests": len(statuses),
                    "answered": sum(status == 200 for status in statuses),
                    "resident_mb": resident / 1024,
                    "proportional_mb": proportional / 1024,
                    "longest_pause_ms": 1000 * float(pauses.read_text()),
                }
            )
        )
    finally:
        server.terminate()
        server.wait(20)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def addresses() -> list[str]:
    """A day's mixture of pages."""
    accounts = Account.objects.order_by("pk").values_list("pk", flat=True)[:40]
    slugs = Department.objects.order_by("pk").values_list("slug", flat=True)[:20]
    pages = ["/", "/accounts/", "/accounts/?q=sales", "/accounts/?page=7", "/departments/", "/objectives/"]
    pages += [f"/accounts/{pk}/" for pk in accounts] + [f"/departments/{slug}/" for slug in slugs]
    pages += [f"/departments/{slug}/?neighbours=shown" for slug in slugs]
    return [pages[at % len(pages)] for at in range(REQUESTS)]


def ask(port: int, cookie: str, address: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", address, headers={"Cookie": cookie, "Host": "localhost"})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def wait_for(port: int) -> None:
    for _ in range(300):
        try:
            ask(port, "", "/healthz")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("The web server did not start within half a minute.")


if __name__ == "__main__":
    main()
