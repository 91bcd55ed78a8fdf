"""What a fresh web process reads before somebody waits for it: the accounts of the standing report, for the map."""

import logging

from django.db import Error, connections

from orgmap.reports.map import facts
from orgmap.reports.models import Level, Snapshot, Unit

logger = logging.getLogger(__name__)


def warm() -> None:
    """Open a connection and unpack the accounts. Nothing depends on it: what fails is read when it is asked for."""
    try:
        snapshot = Snapshot.objects.latest_published()
        if snapshot is not None:
            facts.accounts(snapshot)
            level = Level.objects.filter(snapshot=snapshot).order_by("-pk").first()
            Unit.objects.filter(level=level).first()
    except Error as error:
        logger.info("Nothing was read beforehand: %s", error)
    finally:
        connections.close_all()
