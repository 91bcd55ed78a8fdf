"""Who else stands on some meeting places as the standing report has it.

Counting live takes as long as the records are many that speak to these people. Where they are thousands, the report's
own rows answer: who stands at each contested place. What has changed since is not in it, nor a place at which only one
line of the tree stands so far; the page says as of when it holds.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from departments.models import Audience, Market
from orgmap.reports.meeting import Ground, Met
from orgmap.reports.models import Level, Snapshot

MANY = 5_000
"""From so many accounts on that speak to the asked audiences, nobody waits for a live count."""
SPEAKING = "SELECT count(*) FROM (SELECT FROM channels_accountaudience WHERE audience_id = ANY(%s) LIMIT %s) each"
MEETING = """
    WITH mine AS (
        SELECT * FROM unnest(%(keys)s::text[], %(weights)s::float8[]) WITH ORDINALITY AS each(key, weight, number)
    ), units AS MATERIALIZED (
        SELECT place - 1 AS unit, department.id, slug
        FROM (SELECT unit_ids FROM reports_level WHERE id = %(level)s) level,
            unnest(unit_ids) WITH ORDINALITY AS named(unit_slug, place)
        JOIN departments_department department ON slug = unit_slug
        WHERE department.id = ANY(%(among)s::bigint[])
    )
    SELECT units.id, slug, count(*)::int, sum(mine.weight),
        array_agg(number) FILTER (WHERE units.id = ANY(%(asked)s::bigint[]))
    FROM mine JOIN reports_touchpoint ON level_id = %(level)s AND touchpoint = key
    CROSS JOIN LATERAL unnest(reports_touchpoint.units) AS standing(unit) JOIN units USING (unit)
    GROUP BY units.id, slug
"""


def kept_level(audiences: Sequence[int]) -> Level | None:
    """The finest level of the standing report, where so many speak to these audiences that it is asked instead."""
    with connection.cursor() as cursor:
        cursor.execute(SPEAKING, [list(audiences), MANY])
        if cursor.fetchone()[0] < MANY:
            return None
    snapshot = Snapshot.objects.defer("sprawl").latest_published()
    finest = (
        Level.objects.filter(snapshot=snapshot)
        .select_related("snapshot")
        .defer("actions", "figures", "unit_ids", "trend", "snapshot__sprawl")
    )
    return finest.order_by("-pk").first() if snapshot else None


def met_as_kept(
    ground: Ground, level: Level, *, among: Sequence[int], asked: Sequence[int], limit: int | None
) -> tuple[list[Met], int]:
    """As ``meeting.met``: those of some departments that share a place, and how many they are."""
    audiences = dict(Audience.objects.values_list("pk", "code"))
    markets = dict(Market.objects.values_list("pk", "code"))
    keys, weights, bits = [], [], []
    for number, ((kind, audience, detail, weight), held) in enumerate(ground.rows):
        for at, market in enumerate(ground.markets):
            if held[at] == "1":
                keys.append(f"{kind}|{audiences[audience]}|{markets.get(market, '*')}|{detail}")
                weights.append(weight)
                bits.append((number, 1 << (len(ground.markets) - 1 - at)))
    given: dict[str, Any] = {
        "keys": keys,
        "weights": weights,
        "level": level.pk,
        "among": list(among),
        "asked": list(asked),
    }
    with connection.cursor() as cursor:
        cursor.execute(MEETING, given)
        rows = cursor.fetchall()
    found = []
    for unit, slug, places, shared, numbers in rows:
        held_bits = None
        if numbers is not None:
            held_bits = [0] * len(ground.rows)
            for number in numbers:
                row, bit = bits[number - 1]
                held_bits[row] |= bit
        found.append(Met(unit, slug, places, shared, held_bits))
    found.sort(key=lambda one: (-round(one.shared, 9), one.slug))
    others = [one for one in found if one.held is None][:limit]
    return [*(one for one in found if one.held is not None), *others], len(found)
