"""The main job: from the map as it stands to a published snapshot."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from channels.models import AuditRun
from channels.services.audit import lacks_handed
from orgmap.core.alone import alone
from orgmap.core.freed import give_back
from orgmap.core.uncollected import uncollected
from orgmap.reports import stored
from orgmap.reports.collect import collect
from orgmap.reports.facts import Facts
from orgmap.reports.models import RollupRequest, Snapshot
from orgmap.reports.services import prune, publish, requests, spread
from orgmap.reports.services.figures import Before, Source
from orgmap.reports.services.handing import hand_down

logger = logging.getLogger(__name__)


def run_rollup(
    *, request_id: int, now: datetime, today: date, wait: bool = False, may_spread: bool = False
) -> Snapshot | None:
    """Do a request: publish fresh figures, or find that the standing ones still hold.

    None where there was nothing to do: somebody else is at it, or the request is done. Whatever goes wrong, or if the
    process dies, the last snapshot stands and the request is tried again, three times at most. may_spread: of a large
    organisation, only lay out the blocks of pairs that workers are to compute; `publish_spread` comes after them.
    """
    with alone(requests.LOCK, wait=wait) as held:
        if not held or (may_spread and requests.is_spread()):
            return None
        requests.overtake_spread(now=now)
        request = requests.claim(request_id=request_id, now=now)
        if request is None:
            return None
        with trying(request):
            return renew(request=request, today=today, may_spread=may_spread)
        return None


def publish_spread(*, request_id: int) -> Snapshot | None:
    """Publish a request whose pairs several workers have computed; None where some are missing, or it is done."""
    with alone(requests.LOCK) as held:
        if not held or spread.missing(request_id):
            return None
        request = requests.claim_spread(request_id=request_id)
        if request is None:
            return None
        with trying(request), uncollected():
            return publish_figures(
                request=request, facts=spread.facts_of(request.pk), blocks=spread.parts_of(request.pk)
            )
        return None


@contextmanager
def trying(request: RollupRequest) -> Iterator[None]:
    """One try at a claimed request: what goes wrong is kept with it."""
    try:
        yield
    except publish.ClaimLost:
        logger.warning("Somebody else took over the roll-up %s.", request.pk)
    except Exception as error:
        logger.exception("The roll-up %s failed at try %s.", request.pk, request.tries)
        connection.close_if_unusable_or_obsolete()
        requests.give_up(request=request, error=f"{type(error).__name__}: {error}", now=timezone.now())
        raise
    spread.tidy()


def renew(*, request: RollupRequest, today: date, may_spread: bool) -> Snapshot | None:
    """Collect, and where anything is different, compute and publish, or have it computed."""
    give_back()
    with uncollected():
        facts = collect(today)
        last = Snapshot.objects.latest_published()
        if last is not None and last.input_hash == facts.input_hash:
            confirm(snapshot=last, facts=facts)
            requests.finish(request=request, snapshot=last, now=timezone.now())
            if not is_audited_apart(facts) and lacks_handed(since=last.collected_at):
                hand_down(Source.of(facts).now, now=timezone.now(), today=today)
            return last
        if may_spread and spread.is_large(facts):
            spread.lay_out(request=request, facts=facts, now=timezone.now())
            return None
        return publish_figures(request=request, facts=facts)


def publish_figures(*, request: RollupRequest, facts: Facts, blocks: list[dict[str, Any]] | None = None) -> Snapshot:
    """Compute and publish. blocks: the pairs of the finest level, where they are known."""
    since = compared_with(facts.as_of)
    source = Source.of(facts, partial(before, since, facts.head["policy"]), blocks)
    snapshot = publish.publish(request=request, facts=facts, source=source, since=since)
    if not is_audited_apart(facts):
        hand_down(source.now, now=timezone.now(), today=facts.as_of)
    prune.prune()
    return snapshot


def is_audited_apart(facts: Facts) -> bool:
    """Whether there are so many accounts that their audit takes longer than the report, which does not wait for it."""
    return len(facts.accounts) > settings.AUDIT_APART_ABOVE


def hand_down_left(*, today: date) -> AuditRun | None:
    """Audit what the last roll-up left for afterwards. None where it left nothing, or somebody is at it.

    Of the map as it stands by now: the audit is about what people see. Nobody waits; new reports are made meanwhile.
    """
    with alone(requests.HANDING) as held:
        last = Snapshot.objects.latest_published()
        if not held or last is None or not lacks_handed(since=last.collected_at):
            return None
        give_back()
        with uncollected():
            return hand_down(Source.of(collect(today)).now, now=timezone.now(), today=today)


def before(since: Snapshot | None, policy: object, levels: list[int | None]) -> Before | None:
    """An earlier snapshot, with its indices where today's method and policy find the same ones."""
    if since is None:
        return None
    earlier = stored.kept_facts(since)
    holds = earlier.input_hash == since.input_hash and earlier.head["policy"] == policy
    stood = dict(since.levels.values_list("level", "alignment")) if holds else {}
    return Before.of(earlier, policy, stood, levels)


def confirm(*, snapshot: Snapshot, facts: Facts) -> None:
    """Say that a snapshot still holds: nothing that its figures are made of has changed."""
    if snapshot.checked_at < facts.collected_at:
        snapshot.checked_at, snapshot.seen = facts.collected_at, facts.seen
        snapshot.save(update_fields=["checked_at", "seen"])


def compared_with(today: date) -> Snapshot | None:
    """The snapshot that the trend starts from: the newest that is four weeks old, else the oldest there is."""
    kept = Snapshot.objects.filter(fact_sheet__isnull=False)
    old = kept.filter(as_of__lte=today - timedelta(days=28)).newest_first().first()
    return old or kept.order_by("published_at", "pk").first()
