"""The map at full size, lens by lens: server time, bytes on their way, marks drawn, and the time in a browser."""

import json
import os
import re
import shutil
import subprocess
import sys
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402 - Django first
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402
from playwright.sync_api import Page, sync_playwright  # noqa: E402

from channels.models import Platform  # noqa: E402
from orgmap.reports.models import Level, Snapshot, Unit  # noqa: E402
from orgmap.reports.services.requests import request_rollup  # noqa: E402
from orgmap.reports.services.rollup import run_rollup  # noqa: E402
from orgmap.users.models import User  # noqa: E402
from tests.bench.stage import milliseconds  # noqa: E402
from tests.bench.worker import free_port, wait_for  # noqa: E402

LOOKS = 5
NODES = r'<[ag] class="(?:unit|box)\b'
PHONES = '<div class="on-phones"'
DRAWN = """async () => {
  for (const _ of [1, 2]) await new Promise((next) => requestAnimationFrame(next));
  return performance.now();
}"""
"""The time from the click until the second picture after the page is there."""


def main() -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    now = timezone.now()
    run_rollup(
        request_id=request_rollup(reason="measuring", now=now).pk, now=now, today=timezone.localdate(), wait=True
    )
    client = Client()
    client.force_login(User.objects.get(email="lead@demo.example"))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    port = free_port()
    server = subprocess.Popen(
        [
            sys.executable, "-m", "gunicorn", "--workers", "1", "--threads", "2", "--bind", f"127.0.0.1:{port}",
            "orgmap.wsgi",
        ],
        env=os.environ | {"HOST": "127.0.0.1", "PORT": str(port)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_for(port)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=os.environ.get("CHROMIUM")
                or shutil.which("chromium")
                or shutil.which("chromium-headless-shell"),
                args=["--no-sandbox"],
            )
            context = browser.new_context(viewport={"width": 1440, "height": 900})
            home = f"http://127.0.0.1:{port}"
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": home}])
            page = context.new_page()
            print(json.dumps({label: look(client, page, home, at) for label, at in looks().items()}))
            browser.close()
    finally:
        server.terminate()
        server.wait(20)


def looks() -> dict[str, str]:
    """The pictures that are measured: each lens on the whole, inside the fullest division, narrowed, and as a table."""
    snapshot = Snapshot.objects.newest_first()[0]
    levels = list(Level.objects.filter(snapshot=snapshot).order_by("pk"))
    inside = max(
        Unit.objects.filter(level=levels[1] if len(levels) > 2 else levels[-1]).values_list("unit", flat=True),
        key=lambda slug: Unit.objects.filter(level=levels[-1], parent=slug).count(),
    )
    platform = Platform.objects.order_by("pk").values_list("code", flat=True)[0]
    found = {}
    for lens in ("network", "flow", "matrix"):
        at = f"/map/?lens={lens}"
        found |= {
            lens: at,
            f"{lens}, inside": f"{at}&of={inside}",
            f"{lens}, one platform": f"{at}&platform={platform}",
            f"{lens}, every department": f"{at}&level=all",
            f"{lens}, table": f"{at}&show=table",
        }
    return found | {
        "matrix by audience": "/map/?lens=matrix&by=audience",
        "matrix by audience, inside": f"/map/?lens=matrix&by=audience&of={inside}",
    }


def look(client: Client, page: Page, home: str, at: str) -> dict[str, Any]:
    """One picture: the median time of the server, its bytes as they travel, its marks, and when it was drawn."""

    def ask() -> bytes:
        answer = client.get(at)
        assert answer.status_code == 200, (at, answer.status_code)
        return bytes(answer.content)

    html = ask().decode()
    ms = milliseconds(ask, LOOKS)
    drawn = []
    for _ in range(3):
        page.goto(home + at, wait_until="load")
        drawn.append(page.evaluate(DRAWN))
    return {
        "ms": ms,
        "kb": len(html.encode()) / 1024,
        "nodes": len(re.findall(NODES, html.partition(PHONES)[0])),
        "rows": html.count("<tr") - html.count("<thead"),
        "drawn_ms": sorted(drawn)[1],
    }


if __name__ == "__main__":
    main()
