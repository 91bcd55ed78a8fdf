"""Handing a change to a worker, after the wish is saved."""

import logging

from django.utils.timezone import localdate
from kombu.exceptions import OperationalError

from channels.bulk.services import AT_ONCE, go_on
from channels.models import BulkChange
from orgmap.celery import app

logger = logging.getLogger(__name__)


def begin(change: BulkChange) -> None:
    """A small change happens here and now, a large one by a worker."""
    if change.total <= AT_ONCE:
        go_on(change_id=change.pk, today=localdate())
    else:
        send(change.pk)


def send(change_id: int) -> None:
    """A message that is not taken within a minute is dropped: beat sends it again."""
    wish: dict[str, object] = {"change_id": change_id}
    try:
        app.send_task("channels.change_many", kwargs=wish, retry=False, expires=60, ignore_result=True)
    except OperationalError as error:
        logger.warning("The broker is away (%s). Change %s waits until it is back.", error, change_id)
