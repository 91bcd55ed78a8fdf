"""A snapshot is written whole, in one transaction, or not at all."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.db.models import JSONField, Value
from django.db.models.functions import Cast
from django.utils import timezone

from orgmap.reports.facts import Facts
from orgmap.reports.models import FactSheet, Level, MapSheet, Pair, RollupRequest, Snapshot, TouchpointSheet, Unit
from orgmap.reports.services import requests
from orgmap.reports.services.beside import beside, here
from orgmap.reports.services.figures import Source
from orgmap.reports.services.lines import copy
from orgmap.reports.services.rows import Everywhere, LevelRows, everywhere, level_rows

COLUMNS = {
    Unit: ("level_id", "unit", "alignment", "weight", "contested", "position", "division", "parent", "row"),
    TouchpointSheet: ("level_id", "content"),
    Pair: ("level_id", "rank", "a", "b", "shared", "overlap", "coverage", "gap", "quadrant", "row", "sheet"),
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
        check_at_once()
        for part in parts(source, snapshot, since):
            if isinstance(part, Everywhere):
                whole = part
                FactSheet.objects.create(snapshot=snapshot, content=facts.timeless.to_bytes())
            else:
                part.values["figures"]["actions"] |= whole.steps
                write_level(snapshot, part)
            del part  # or it would stay while the next one is computed
        now = timezone.now()
        Snapshot.objects.filter(pk=snapshot.pk).update(
            sprawl=Cast(Value(whole.sprawl), JSONField()),
            published_at=now,
            seconds=max((now - facts.collected_at).total_seconds(), 0),
        )
        if not requests.finish(request=request, snapshot=snapshot, now=now):
            raise ClaimLost
    source.now.remember(whole.findings)
    return Snapshot.objects.defer("sprawl").get(pk=snapshot.pk)


def parts(source: Source, snapshot: Snapshot, since: Snapshot | None) -> Iterator[Everywhere | LevelRows]:
    """What no level changes, then each level. Of many accounts, copies of this process compute and this one writes."""
    *coarser, finest = (
        partial(rows_at, source, level, level=key, snapshot=snapshot.pk, since=since)
        for level, key in zip(source.levels, keys_of_levels(len(source.levels)), strict=True)
    )
    apart = beside if source.is_large else here
    source.lay_out_records()
    with apart([partial(everywhere, source.now)]) as whole:
        source.lay_out()
        with apart(coarser[::-1]) as others, apart([finest]) as widest:  # those that take long first
            yield from whole
            yield from others
            yield from widest


def check_at_once() -> None:
    """Let the database check references after each table, while other processes compute, and not all at the end."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def rows_at(source: Source, depth: int | None, **keys: Any) -> LevelRows:
    """One level, computed and ready to be written."""
    return level_rows(source.at(depth), **keys)


def keys_of_levels(count: int) -> list[int]:
    """Keys for so many levels: the lines of what hangs on a level name it before it is written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [Level._meta.db_table, count],
        )
        return [key for (key,) in cursor.fetchall()]


def write_level(snapshot: Snapshot, rows: LevelRows) -> None:
    """A level and everything that hangs on it."""
    Level.objects.create(snapshot=snapshot, **rows.values)
    for model, columns in COLUMNS.items():
        copy(model, columns, rows.lines[model._meta.model_name or ""])
