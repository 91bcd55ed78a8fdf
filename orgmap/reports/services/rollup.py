"""The main job: from the map as it stands to a published snapshot."""

import logging
from datetime import date, datetime, timedelta

from django.db import connection
from django.utils import timezone

from orgmap.reports import stored
from orgmap.reports.collect import Facts, collect
from orgmap.reports.engine.reading import uncollected
from orgmap.reports.models import RollupRequest, Snapshot
from orgmap.reports.services import prune, publish, requests
from orgmap.reports.services.figures import figures

logger = logging.getLogger(__name__)


def run_rollup(*, request_id: int, now: datetime, today: date, wait: bool = False) -> Snapshot | None:
    """Do a request: publish fresh figures, or find that the standing ones still hold.

    None where there was nothing to do: somebody else is at it, or the request is done. Whatever goes wrong, or if the
    process dies, the last snapshot stands and the request is tried again, three times at most.
    """
    with requests.alone(wait=wait) as held:
        request = requests.claim(request_id=request_id, now=now) if held else None
        if request is None:
            return None
        try:
            return renew(request=request, today=today)
        except publish.ClaimLost:
            return None
        except Exception as error:
            logger.exception("The roll-up %s failed at try %s.", request.pk, request.tries)
            connection.close_if_unusable_or_obsolete()
            requests.give_up(request=request, error=f"{type(error).__name__}: {error}", now=timezone.now())
            raise


def renew(*, request: RollupRequest, today: date) -> Snapshot | None:
    """Collect, and where anything is different, compute and publish."""
    with uncollected():
        facts = collect(today)
    last = Snapshot.objects.latest_published()
    if last is not None and last.input_hash == facts.input_hash:
        confirm(snapshot=last, facts=facts)
        requests.finish(request=request, snapshot=last, now=timezone.now())
        return last
    since = compared_with(today)
    with uncollected():
        levels = list(figures(facts.organisation, stored.facts(since) if since is not None else None))
        snapshot = publish.publish(request=request, facts=facts, levels=levels, since=since, now=timezone.now())
    prune.prune()
    return snapshot


def confirm(*, snapshot: Snapshot, facts: Facts) -> None:
    """Say that a snapshot still holds: nothing that its figures are made of has changed."""
    if snapshot.checked_at < facts.collected_at:
        snapshot.checked_at, snapshot.seen = facts.collected_at, facts.seen
        snapshot.save(update_fields=["checked_at", "seen"])


def compared_with(today: date) -> Snapshot | None:
    """The snapshot that the trend starts from: the newest that is four weeks old, else the oldest there is."""
    kept = Snapshot.objects.defer("sprawl").filter(fact_sheets__department=stored.COMMON)
    old = kept.filter(as_of__lte=today - timedelta(days=28)).newest_first().first()
    return old or kept.order_by("published_at", "pk").first()
