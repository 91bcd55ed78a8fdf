"""Telling workers what there is to do, as soon as it is saved. Without a broker the sweep does it later."""

import logging
from collections.abc import Sequence
from functools import partial
from typing import Any

from celery import chord
from django.db import transaction
from kombu.exceptions import OperationalError

from orgmap.celery import app

logger = logging.getLogger(__name__)


def send_rollup(request_id: int) -> None:
    """Hand a request to whichever worker is free. A message not taken within a minute is dropped: it comes again."""
    message = app.signature("reports.rollup", kwargs={"request_id": request_id}, expires=60, ignore_result=True)
    transaction.on_commit(partial(_send, message))


def send_blocks(request_id: int, blocks: Sequence[int]) -> None:
    """Hand the blocks of a request to all workers that are free; the last one done has the report published."""
    message = app.signature("reports.publish", kwargs={"request_id": request_id}, immutable=True, ignore_result=True)
    if blocks:
        message = chord([app.signature("reports.pair_block", kwargs={"block_id": block}) for block in blocks], message)
    transaction.on_commit(partial(_send, message))


def send_trial(trial_id: int) -> None:
    """Hand a what-if to whichever worker is free; its page sends it again if nothing is heard of it."""
    message = app.signature("reports.try_out", kwargs={"trial_id": trial_id}, expires=60, ignore_result=True)
    transaction.on_commit(partial(_send, message))


def send_file(file_id: int) -> None:
    """Have a report set as a PDF by whichever worker is free. A message not taken in time comes again."""
    message = app.signature("reports.make_file", kwargs={"file_id": file_id}, expires=20, ignore_result=True)
    transaction.on_commit(partial(_send, message))


def _send(message: Any) -> None:
    try:
        message.apply_async(retry=False)
    except OperationalError as error:
        logger.warning("The broker is away (%s). %s waits until it is back.", error, message)
