"""Who else stands on some meeting places as the standing report has it.

Counting live takes as long as the records are many that speak to these people. Where they are thousands, the report's
own rows answer: who stands at each contested place. What has changed since is not in it, nor a place at which only one
line of the tree stands so far; the page says as of when it holds.
"""

from collections.abc import Sequence

import numpy as np
from django.db import connection

from departments.models import Audience, Department, Market
from orgmap.reports.meeting import Ground, Met
from orgmap.reports.models import Level, Snapshot

MANY = 5_000
"""From so many accounts on that speak to the asked audiences, nobody waits for a live count."""
SPEAKING = "SELECT count(*) FROM (SELECT FROM channels_accountaudience WHERE audience_id = ANY(%s) LIMIT %s) each"


def kept_level(audiences: Sequence[int]) -> Level | None:
    """The finest level of the standing report, where so many speak to these audiences that it is asked instead."""
    with connection.cursor() as cursor:
        cursor.execute(SPEAKING, [list(audiences), MANY])
        if cursor.fetchone()[0] < MANY:
            return None
    snapshot = Snapshot.objects.latest_published()
    finest = Level.objects.filter(snapshot=snapshot).select_related("snapshot").defer("actions", "figures", "trend")
    return finest.order_by("-pk").first() if snapshot else None


def met_as_kept(
    ground: Ground, level: Level, *, among: Sequence[int], asked: Sequence[int], limit: int | None
) -> tuple[list[Met], int]:
    """As ``meeting.met``: those of some departments that share a place, and how many they are."""
    audiences = dict(Audience.objects.values_list("pk", "code"))
    markets = dict(Market.objects.values_list("pk", "code"))
    places: dict[str, tuple[int, int, float]] = {}
    for number, ((kind, audience, detail, weight), held) in enumerate(ground.rows):
        for at, market in enumerate(ground.markets):
            if held[at] == "1":
                name = f"{kind}|{audiences[audience]}|{markets.get(market, '*')}|{detail}"
                places[name] = number, 1 << (len(ground.markets) - 1 - at), weight
    found = level.spots.named(places)
    here = level.spots.holders(found.values())
    weights = np.repeat([places[name][2] for name in found], here.lengths)
    counts = np.bincount(here.units, minlength=len(level.unit_ids))
    shared = np.bincount(here.units, weights=weights, minlength=len(level.unit_ids))
    known = dict(Department.objects.filter(pk__in=among).values_list("slug", "pk"))
    those, listed, wanted = [], list(found), set(asked)
    for unit in np.flatnonzero(counts).tolist():
        slug = level.unit_ids[unit]
        if slug in known:
            held_bits = None
            if known[slug] in wanted:
                held_bits = [0] * len(ground.rows)
                for at in here.of(unit):
                    row, bit, _ = places[listed[at]]
                    held_bits[row] |= bit
            those.append(Met(known[slug], slug, int(counts[unit]), float(shared[unit]), held_bits))
    those.sort(key=lambda one: (-round(one.shared, 9), one.slug))
    others = [one for one in those if one.held is None][:limit]
    return [*(one for one in those if one.held is not None), *others], len(those)
