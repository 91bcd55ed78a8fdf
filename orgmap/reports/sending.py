"""Telling a worker about a request, as soon as it is saved. Without a broker the sweep does it later."""

import logging
from functools import partial

from django.db import transaction
from kombu.exceptions import OperationalError

from orgmap.celery import app

logger = logging.getLogger(__name__)


def send_rollup(request_id: int) -> None:
    """Hand a request to whichever worker is free. A message not taken within a minute is dropped: it comes again."""
    transaction.on_commit(partial(_send, request_id))


def _send(request_id: int) -> None:
    try:
        app.send_task("reports.rollup", kwargs={"request_id": request_id}, retry=False, expires=60, ignore_result=True)
    except OperationalError as error:
        logger.warning("The broker is away (%s). Request %s waits until it is back.", error, request_id)
