"""Handing an undo to a worker, after the wish is saved."""

import logging

from kombu.exceptions import OperationalError

from orgmap.celery import app

logger = logging.getLogger(__name__)


def send(job_id: int) -> None:
    """A message that is not taken within a minute is dropped: beat sends it again."""
    try:
        app.send_task("history.undo", kwargs={"job_id": job_id}, retry=False, expires=60, ignore_result=True)
    except OperationalError as error:
        logger.warning("The broker is away (%s). Undo %s waits until it is back.", error, job_id)
