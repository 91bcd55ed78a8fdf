"""A snapshot is written whole, in one transaction, or not at all."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from orgmap.reports.engine import Prepared
from orgmap.reports.facts import Facts
from orgmap.reports.models import (
    FactSheet,
    Level,
    MapSheet,
    Pair,
    RollupRequest,
    SiblingSheet,
    Snapshot,
    SprawlSheet,
    TouchpointSheet,
    Unit,
)
from orgmap.reports.services import requests
from orgmap.reports.services.beside import beside
from orgmap.reports.services.figures import Source
from orgmap.reports.services.lines import copy
from orgmap.reports.services.rows import Everywhere, LevelRows, everywhere, figure_rows, place_rows

COLUMNS = {
    Unit: ("level_id", "unit", "alignment", "weight", "contested", "position", "division", "parent", "row"),
    TouchpointSheet: ("level_id", "content"),
    Pair: ("level_id", "rank", "a", "b", "shared", "overlap", "coverage", "gap", "quadrant", "row", "sheet"),
    SiblingSheet: ("level_id", "content"),
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
        for part in parts(source, snapshot, since):
            if isinstance(part, Everywhere):
                whole = part
                SprawlSheet.objects.bulk_create(
                    SprawlSheet(snapshot=snapshot, part=part, content=content) for part, content in whole.sprawl.items()
                )
                FactSheet.objects.create(snapshot=snapshot, content=facts.to_bytes(timeless=True))
            else:
                part.values["figures"]["actions"] |= whole.steps
                write_level(snapshot, part)
            del part  # or it would stay while the next one is computed
        now = timezone.now()
        Snapshot.objects.filter(pk=snapshot.pk).update(
            published_at=now, seconds=max((now - facts.collected_at).total_seconds(), 0)
        )
        if not requests.finish(request=request, snapshot=snapshot, now=now):
            raise ClaimLost
    source.now.remember(whole.found)
    return Snapshot.objects.get(pk=snapshot.pk)


def parts(source: Source, snapshot: Snapshot, since: Snapshot | None) -> Iterator[Everywhere | LevelRows]:
    """What no level changes, then each level, the coarsest last but for the finest."""
    keys = [{"level": level, "snapshot": snapshot.pk, "since": since} for level in keys_of_levels(len(source.levels))]
    jobs = [partial(rows_at, source, level, **given) for level, given in zip(source.levels, keys, strict=True)]
    source.lay_out_records()
    if source.is_large:
        yield from side_by_side(source, jobs[-2::-1], keys[-1])
    else:
        yield everywhere(source.now)
        source.lay_out()
        yield from (job() for job in (*jobs[-2::-1], jobs[-1]))


def side_by_side(
    source: Source, coarser: Sequence[Callable[[], LevelRows]], finest: dict[str, Any]
) -> Iterator[Everywhere | LevelRows]:
    """The same of many accounts, in copies of this process: what no level changes, as soon as it is known where
    records stand; every other of the coarser levels, the one that takes longest first; and the pairs of the finest one,
    of which this process does the rest, and then the levels that are left. It writes what the others hand over; its own
    rows go ahead of the level that they hang on, since references are checked when all of it is committed.
    """
    with beside([partial(everywhere, source.now)]) as whole:
        source.lay_out()
        with beside(coarser[::2]) as others:
            prepared = source.prepared(None)
            _ = prepared.totals
            with beside([partial(pairs_at, source, prepared, **finest)]) as widest:
                rest = place_rows(source.places(prepared), **finest)
                write_lines(rest.lines)
                yield from whole
                yield from (job() for job in coarser[1::2])
                yield from others
                yield from (rows + replace(rest, lines={}) for rows in widest)


def rows_at(source: Source, depth: int | None, **keys: Any) -> LevelRows:
    """One level, computed and ready to be written. What it needs is gone before the next one begins."""
    prepared = source.prepared(depth)
    return pairs_at(source, prepared, **keys) + place_rows(source.places(prepared), **keys)


def pairs_at(source: Source, prepared: Prepared, *, level: int, snapshot: int, **_: Any) -> LevelRows:
    """Of a level all that asks for pairs."""
    return figure_rows(source.figures(prepared), level=level, snapshot=snapshot)


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
    write_lines(rows.lines)


def write_lines(lines: dict[str, list[bytes]]) -> None:
    """Rows of the tables that hang on a level."""
    for model, columns in COLUMNS.items():
        if some := lines.get(model._meta.model_name or ""):
            copy(model, columns, some)
