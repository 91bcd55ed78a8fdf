"""The web server's settings: `gunicorn --config python:orgmap.gunicorn orgmap.wsgi`."""

import contextlib
import gc
import os
import threading
from typing import Any

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
worker_class = "gthread"
preload_app = True  # the workers share the memory of what is loaded once
max_requests = 5000  # a worker is replaced before what it gathers weighs; the jitter keeps them from going together
max_requests_jitter = 1000
timeout = 60
graceful_timeout = 10
keepalive = 5
control_socket_disable = True
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108  (a beat of the heart must not wait for a disk)
errorlog = "-"
accesslog = "-" if os.environ.get("ACCESS_LOG") else None


def when_ready(server: Any) -> None:
    """Before the first fork: load what every worker needs, keep no connection, spare the collector what is loaded.

    A connection or a pool's thread that is shared across a fork gives one worker the other's answers.
    """
    from django.conf import settings  # the application is loaded by now, this module before it
    from django.db import connections
    from django.template.loader import get_template
    from django.urls import NoReverseMatch, Resolver404, get_resolver, resolve, reverse
    from django.utils.formats import get_format

    get_format("DATE_FORMAT")
    reverse("reports:home")  # every name and every pattern is worked out once, instead of by the first request of each
    for namespace in get_resolver().namespace_dict:
        with contextlib.suppress(NoReverseMatch):
            reverse(f"{namespace}:no_such_page")
    with contextlib.suppress(Resolver404):
        resolve("/no/such/page/")
    folder = settings.BASE_DIR / "templates"
    for template in folder.rglob("*.html"):
        get_template(str(template.relative_to(folder)))
    for connection in connections.all(initialized_only=True):
        connection.close()
        if connection.vendor == "postgresql":
            connection.close_pool()  # type: ignore[attr-defined]  # of PostgreSQL only
    gc.collect()
    gc.freeze()


def post_worker_init(worker: Any) -> None:
    """In each worker, beside its first requests: what the map's first picture would otherwise wait for."""
    from orgmap.reports.warming import warm

    threading.Thread(target=warm, name="warm", daemon=True).start()
