"""A roll-up of many units: its pairs are computed in blocks of rows, by as many workers as there are.

All state is in rows. A block is computed under a lock of its row, which is gone with its worker. Computed twice, late,
or for a request that has moved on, it does no harm. Nothing is published before every block is there.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from orgmap.reports.engine import Common, PairFacts, blocks, pair_block, pair_facts, prepare
from orgmap.reports.facts import Facts
from orgmap.reports.models import PairBlock, RollupRequest, SpreadRollup
from orgmap.reports.services import requests
from orgmap.reports.services.figures import top_of

MOST_BLOCKS = 64
GIVE_UP_AFTER = timedelta(minutes=10)


def is_large(facts: Facts) -> bool:
    """Whether the pairs of an organisation are worth several workers."""
    active = sum(row.get("status", "active") == "active" for row in facts.head["departments"])
    return active > settings.ROLLUP_SPREAD_ABOVE


@transaction.atomic
def lay_out(*, request: RollupRequest, facts: Facts, now: datetime) -> None:
    """Write down what workers need, and the blocks that they are to compute. Only for the one who holds the lock."""
    prepared = prepare(Common(facts.read()), None)
    found = pair_facts(prepared)
    SpreadRollup.objects.only("pk").delete()
    spread = SpreadRollup.objects.create(
        request=request, facts=facts.to_bytes(), pair_facts=found.to_bytes(), top=top_of(prepared),
        laid_out_at=now, told_at=now,
    )  # fmt: skip
    PairBlock.objects.bulk_create(
        PairBlock(spread=spread, start=start, stop=stop) for start, stop in row_ranges(found.units)
    )
    requests.spread(request=request)


def row_ranges(units: int) -> Iterator[tuple[int, int]]:
    """The engine's blocks; where they are many, several together, so that there are 64 at most."""
    cut = blocks(units)
    together = -(-len(cut) // MOST_BLOCKS)
    for at in range(0, len(cut), together):
        part = cut[at : at + together]
        yield part[0][0], part[-1][1]


@transaction.atomic
def compute_block(*, block_id: int, now: datetime) -> None:
    """Compute some rows, unless that is done, somebody is at it, or nobody needs it any more."""
    block = PairBlock.objects.select_for_update(skip_locked=True, no_key=True).filter(pk=block_id, done_at=None).first()
    if block is None:
        return
    found, top = needed(block.spread_id)
    block.parts = [
        pair_block(found, block.start + start, block.start + stop, top)
        for start, stop in blocks_within(found.units, block.stop - block.start)
    ]
    block.done_at = now
    block.save(update_fields=["parts", "done_at"])


def blocks_within(units: int, rows: int) -> Iterator[tuple[int, int]]:
    """A range of rows, cut as finely as the engine cuts all of them."""
    step = blocks(units)[0][1]
    for start in range(0, rows, step):
        yield start, min(start + step, rows)


@lru_cache(maxsize=1)
def needed(spread_id: int) -> tuple[PairFacts, int | None]:
    """What all blocks of a roll-up read. A worker keeps it for the next block."""
    packed, top = SpreadRollup.objects.values_list("pair_facts", "top").get(pk=spread_id)
    return PairFacts.from_bytes(bytes(packed)), top


def missing(request_id: int) -> list[int]:
    """The blocks of a request that nobody has computed yet."""
    found = PairBlock.objects.filter(spread__request=request_id, done_at=None)
    return list(found.order_by("start").values_list("pk", flat=True))


@transaction.atomic
def not_heard_of(*, now: datetime) -> tuple[int, list[int]] | None:
    """The spread request of which nothing was heard between two looks, with its missing blocks: messages may be lost.

    After ten minutes without news the request has failed at this try.
    """
    spread = (
        SpreadRollup.objects.select_related("request")
        .defer("facts", "pair_facts")
        .select_for_update(skip_locked=True, of=["self"])
        .filter(request__state=RollupRequest.State.SPREAD)
        .first()
    )
    if spread is None:
        return None
    last = spread.blocks.aggregate(last=Max("done_at"))["last"] or spread.laid_out_at
    if now - last > GIVE_UP_AFTER:
        requests.give_up(request=spread.request, error="For ten minutes no worker finished a part of it.", now=now)
        return None
    if now - max(last, spread.told_at) < timedelta(seconds=settings.ROLLUP_EVERY_SECONDS):
        return None
    SpreadRollup.objects.filter(pk=spread.pk).update(told_at=now)
    return spread.request_id, missing(spread.request_id)


def facts_of(request_id: int) -> Facts:
    """The facts as they were laid out."""
    return Facts.from_bytes(bytes(SpreadRollup.objects.values_list("facts", flat=True).get(request=request_id)))


def parts_of(request_id: int) -> list[dict[str, Any]]:
    """What all blocks found."""
    return [part for block in PairBlock.objects.filter(spread__request=request_id) for part in block.parts or ()]


def tidy() -> None:
    """Drop what was kept for workers, where the request has come to its end or starts afresh."""
    SpreadRollup.objects.exclude(request__state=RollupRequest.State.SPREAD).only("pk").delete()
