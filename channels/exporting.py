"""Handing a file to a worker, after the wish is saved."""

import logging

from kombu.exceptions import OperationalError

from orgmap.celery import app

logger = logging.getLogger(__name__)


def send_file(export_id: int) -> None:
    """A message that is not taken within a minute is dropped: beat sends it again."""
    try:
        app.send_task("channels.export", kwargs={"export_id": export_id}, retry=False, expires=60, ignore_result=True)
    except OperationalError as error:
        logger.warning("The broker is away (%s). File %s waits until it is back.", error, export_id)
