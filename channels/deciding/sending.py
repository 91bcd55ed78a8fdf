"""Handing a decision to a worker, after it is saved."""

import logging

from django.utils import timezone
from kombu.exceptions import OperationalError

from channels.deciding.services import AT_ONCE, go_on
from channels.models import Decision
from orgmap.celery import app

logger = logging.getLogger(__name__)


def begin(decision: Decision) -> None:
    """A small decision is carried out here and now, a large one by a worker."""
    if decision.total <= AT_ONCE:
        go_on(decision_id=decision.pk, now=timezone.now(), today=timezone.localdate())
    else:
        send(decision.pk)


def send(decision_id: int) -> None:
    """A message that is not taken within a minute is dropped: beat sends it again."""
    wish: dict[str, object] = {"decision_id": decision_id}
    try:
        app.send_task("channels.decide_many", kwargs=wish, retry=False, expires=60, ignore_result=True)
    except OperationalError as error:
        logger.warning("The broker is away (%s). Decision %s waits until it is back.", error, decision_id)
