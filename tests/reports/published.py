"""All that a snapshot publishes, as bytes, without the numbers and times that differ from one to the next."""

import json
from typing import Any

from orgmap.reports.models import FactSheet, Level, Pair, SiblingSheet, Snapshot, TouchpointSheet, Unit

OF_THE_MOMENT = {"id", "snapshot_id", "level_id", "published_at", "collected_at", "checked_at", "seen", "seconds"}


def published(snapshot: Snapshot) -> bytes:
    """Equal for two snapshots that say the same."""
    levels = list(Level.objects.filter(snapshot=snapshot).order_by("pk").defer("trend"))
    rows: list[Any] = [*Snapshot.objects.filter(pk=snapshot.pk).values()]
    rows += FactSheet.objects.filter(snapshot=snapshot).values()
    for level in levels:
        rows += Level.objects.filter(pk=level.pk).values()
        for model in (Unit, TouchpointSheet, Pair, SiblingSheet):
            rows += model.objects.filter(level=level).order_by("pk").values()
    told = [{key: value for key, value in row.items() if key not in OF_THE_MOMENT} for row in rows]
    return json.dumps(
        told,
        sort_keys=True,
        default=lambda value: bytes(value).hex() if isinstance(value, bytes | memoryview) else str(value),
    ).encode()
