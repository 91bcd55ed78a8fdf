"""A snapshot is written whole, in one transaction, or not at all."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from orgmap.reports.facts import Facts
from orgmap.reports.models import FactSheet, Level, MapSheet, Pair, RollupRequest, Snapshot, Touchpoint, Unit
from orgmap.reports.services import requests
from orgmap.reports.services.beside import beside
from orgmap.reports.services.figures import Source
from orgmap.reports.services.lines import copy
from orgmap.reports.services.rows import Everywhere, LevelRows, everywhere, level_rows

COLUMNS = {
    Unit: ("level_id", "unit", "alignment", "weight", "contested", "position", "division", "parent", "row"),
    Touchpoint: ("level_id", "touchpoint", "units", "pairs", "weight", "alignment", "blind", "uncovered"),
    Pair: ("level_id", "rank", "a", "b", "shared", "overlap", "coverage", "gap", "quadrant", "row", "places"),
    MapSheet: ("snapshot_id", "level_id", "below", "content"),
}


class ClaimLost(Exception):
    """Another worker took the request over; its figures count."""


def publish(*, request: RollupRequest, facts: Facts, source: Source, since: Snapshot | None) -> Snapshot:
    """Publish the figures of facts. Until this commits, the last snapshot stands."""
    with transaction.atomic():
        snapshot = Snapshot.objects.create(
            as_of=facts.as_of,
            collected_at=facts.collected_at,
            checked_at=facts.collected_at,
            published_at=facts.collected_at,
            seen=facts.seen,
            input_hash=facts.input_hash,
            policy=source.now.organisation.policy.plain(),
            catalogue_version=facts.catalogue_version,
        )
        FactSheet.objects.create(snapshot=snapshot, content=facts.timeless.to_bytes())
        levels: list[dict[str, Any]] = []
        for part in parts(source, snapshot, since):
            if isinstance(part, Everywhere):
                whole = part
                source.now.remember(part.findings)
            else:
                write_level(part)
                levels.append(part.values)
            del part  # or it would stay while the next one is computed
        for values in sorted(levels, key=lambda values: values["pk"]):
            values["figures"]["actions"] |= whole.steps
            Level.objects.create(snapshot=snapshot, **values)
        now = timezone.now()
        Snapshot.objects.filter(pk=snapshot.pk).update(
            sprawl=whole.sprawl,
            published_at=now,
            seconds=max((now - facts.collected_at).total_seconds(), 0),
        )
        snapshot.refresh_from_db()
        if not requests.finish(request=request, snapshot=snapshot, now=now):
            raise ClaimLost
    return snapshot


def parts(source: Source, snapshot: Snapshot, since: Snapshot | None) -> Iterator[Everywhere | LevelRows]:
    """What no level changes, and each level, in any order; the finest one here while another process does the rest."""
    jobs: list[Callable[[], Everywhere | LevelRows]] = [
        partial(everywhere, source.now),
        *(
            partial(rows_at, source, level, level=key, snapshot=snapshot.pk, since=since)
            for level, key in zip(source.levels, keys_of_levels(len(source.levels)), strict=True)
        ),
    ]
    there = jobs[:-1] if source.is_large else []
    if there:
        source.lay_out()
    with beside(there) as computed:
        for job in jobs[len(there) :]:
            yield job()
        yield from computed


def rows_at(source: Source, depth: int | None, **keys: Any) -> LevelRows:
    """One level, computed and ready to be written."""
    return level_rows(source.at(depth), **keys)


def keys_of_levels(count: int) -> list[int]:
    """Keys for so many levels: the rows that hang on a level are written before its own."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [Level._meta.db_table, count],
        )
        return [key for (key,) in cursor.fetchall()]


def write_level(rows: LevelRows) -> None:
    """Everything of a level but its own row."""
    for model, columns in COLUMNS.items():
        copy(model, columns, rows.lines[model._meta.model_name or ""])
