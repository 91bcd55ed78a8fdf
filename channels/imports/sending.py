"""Handing a long list to a worker, as soon as the wish is saved."""

from functools import partial

from django.db import transaction
from kombu.exceptions import OperationalError

from channels.imports.batches import do_asked
from orgmap.celery import app


def send_import(*, batch_id: int, what: str, by_id: int) -> None:
    """Let a worker apply or take back a list; without a broker it happens here and now."""
    transaction.on_commit(partial(_send, batch_id=batch_id, what=what, by_id=by_id))


def _send(*, batch_id: int, what: str, by_id: int) -> None:
    wish: dict[str, object] = {"batch_id": batch_id, "what": what, "by_id": by_id}
    try:
        app.send_task("channels.apply_import", kwargs=wish, retry=False, ignore_result=True)
    except OperationalError:
        do_asked(batch_id=batch_id, what=what, by_id=by_id)
