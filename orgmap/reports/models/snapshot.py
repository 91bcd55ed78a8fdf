"""Published figures. A snapshot is written whole, in one transaction, and never changed."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from orgmap.core.squeezed import unsqueezed_json
from orgmap.history.pulse import Look
from orgmap.reports.map.grid import MOST
from orgmap.reports.querysets import SnapshotQuerySet
from orgmap.reports.shared import Shared
from orgmap.reports.siblings import Siblings
from orgmap.reports.spots import Spots


class Snapshot(models.Model):
    """The figures of the whole organisation at one moment, under one policy and one catalogue.

    ``seen`` is the database's own snapshot in which the facts were read: the changes that it does not show came later.
    ``input_hash`` is the SHA-256 of the facts; the same facts make no second snapshot.
    """

    as_of = models.DateField()
    collected_at = models.DateTimeField()
    published_at = models.DateTimeField()
    checked_at = models.DateTimeField(help_text="When the facts were last found to be still the same.")
    seen = models.TextField()
    input_hash = models.CharField(max_length=64)
    policy = models.JSONField()
    catalogue_version = models.CharField(max_length=64)
    name = models.CharField(max_length=120, blank=True, help_text="A named snapshot is frozen and never deleted.")
    seconds = models.FloatField(default=0, help_text="How long it took, from reading the facts to publishing.")

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-published_at"], name="reports_snapshot_latest")]

    def __str__(self) -> str:
        return f"{self.as_of} ({self.published_at:%H:%M})"

    @property
    def look(self) -> Look:
        """The moment up to which this snapshot is known to be the whole truth."""
        return Look(self.checked_at, self.seen)

    @property
    def sprawl(self) -> dict[str, Any]:
        """Sprawl and what to do about it, as far as it is the same at every level."""
        return {sheet.part: sheet.value for sheet in self.sprawl_sheets.all()}

    def sprawl_part(self, part: str) -> Any:
        """One part of it: all of them take longer to read than a page to draw."""
        return self.sprawl_sheets.get(part=part).value


class SprawlSheet(models.Model):
    """A part of sprawl as a snapshot keeps it, or of the steps against it: JSON, compressed."""

    snapshot = models.ForeignKey(Snapshot, models.CASCADE, related_name="sprawl_sheets")
    part = models.CharField(max_length=40)
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["snapshot", "part"], name="reports_sprawl_sheet_once")]

    def __str__(self) -> str:
        return f"{self.part} of {self.snapshot_id}"

    @property
    def value(self) -> Any:
        """The part."""
        return unsqueezed_json(bytes(self.content))


class FactSheet(models.Model):
    """The facts as a snapshot saw them, so that its figures lead to their evidence for good.

    ``content`` is what `orgmap.reports.facts` makes of them: columns, compressed.
    """

    snapshot = models.OneToOneField(Snapshot, models.CASCADE, related_name="fact_sheet")
    content = models.BinaryField()

    def __str__(self) -> str:
        return f"Facts of {self.snapshot_id}"


class MapSheet(models.Model):
    """What the map draws from: packed columns, read by `orgmap.reports.map`.

    ``level`` is null for the visible accounts of the whole; else the sheet is a grid of that level's units: those below
    the department ``below``, or all where it is empty.
    """

    snapshot = models.ForeignKey(Snapshot, models.CASCADE, related_name="map_sheets")
    level = models.ForeignKey("Level", models.CASCADE, null=True, related_name="map_sheets")
    below = models.CharField(max_length=80, blank=True)
    content = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["snapshot", "level", "below"], nulls_distinct=False, name="reports_map_sheet_once"
            )
        ]

    def __str__(self) -> str:
        return f"Map sheet of {self.below or 'the whole'}"


class Level(models.Model):
    """The figures at one reporting level. ``level`` is null where every active department is a unit of its own.

    ``figures`` holds the result of the engine without pairs, units and touchpoints, which have rows of their own.
    ``unit_ids`` are its units, sorted: rows of touchpoints name units by their place in it.
    ``trend`` compares with an earlier snapshot: which one, the change, and its two parts; null where there is none.
    """

    snapshot = models.ForeignKey(Snapshot, models.CASCADE, related_name="levels")
    level = models.PositiveSmallIntegerField(null=True)
    units = models.PositiveIntegerField()
    unit_ids = ArrayField(models.CharField(max_length=80), default=list)
    alignment = models.FloatField(null=True)
    contested = models.PositiveIntegerField()
    blind = models.PositiveIntegerField()
    figures = models.JSONField()
    actions = models.JSONField(default=list, help_text="What to do next, as far as it depends on the level.")
    trend = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "level"], nulls_distinct=False, name="reports_level_once")
        ]

    def __str__(self) -> str:
        return f"Level {self.level or 'finest'}"

    @cached_property
    def spots(self) -> Spots:
        """The contested meeting places."""
        sheet = TouchpointSheet.objects.values_list("content", flat=True).get(level=self)
        return Spots.from_bytes(bytes(sheet))

    @cached_property
    def siblings(self) -> Siblings:
        """The pairs that the map shows beside those that are rows: without their places, and ranked after them.

        None, and nothing to ask for, where few units stand: there every pair is a row.
        """
        sheets = SiblingSheet.objects.filter(level=self).values_list("content", flat=True)
        sheet = sheets.first() if self.units > MOST else None
        return Siblings.of_rows([], 1) if sheet is None else Siblings.from_bytes(bytes(sheet))

    def names_of(self, places: Iterable[int]) -> list[str]:
        """The units at some places among all."""
        return [self.unit_ids[place] for place in places]


class Unit(models.Model):
    """One unit of a level: a department with what hangs below it at that depth."""

    level = models.ForeignKey(Level, models.CASCADE, related_name="unit_rows")
    unit = models.CharField(max_length=80)
    alignment = models.FloatField(null=True)
    weight = models.FloatField()
    contested = models.PositiveIntegerField()
    position = models.PositiveIntegerField(help_text="Order of the organisation's tree, divisions together.")
    division = models.CharField(max_length=80)
    parent = models.CharField(max_length=80, blank=True, help_text="The active department above it.")
    row = models.JSONField(help_text="Its sprawl shares, its row of benefits, and its ties where it has any.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "unit"], name="reports_unit_once")]

    def __str__(self) -> str:
        return self.unit


class TouchpointSheet(models.Model):
    """The contested meeting places of a level, packed (`orgmap.reports.spots`): tens of thousands at a large one."""

    level = models.OneToOneField(Level, models.CASCADE, related_name="touchpoint_sheet")
    content = models.BinaryField()

    def __str__(self) -> str:
        return f"Meeting places of {self.level_id}"


class SiblingSheet(models.Model):
    """The pairs that the map shows of a level without their meeting places, packed (`orgmap.reports.siblings`).

    None where every pair of the level is kept with its places.
    """

    level = models.OneToOneField(Level, models.CASCADE, related_name="sibling_sheet")
    content = models.BinaryField()

    def __str__(self) -> str:
        return f"Siblings of {self.level_id}"


class Pair(models.Model):
    """Two units that meet the same people or have an agreement, with what they share. Rank 1 is the widest gap.

    Rows are the widest gaps; `orgmap.reports.pair_kept` gives all that a report keeps of a level.
    """

    level = models.ForeignKey(Level, models.CASCADE, related_name="pair_rows")
    rank = models.PositiveIntegerField()
    a = models.CharField(max_length=80)
    b = models.CharField(max_length=80)
    shared = models.FloatField()
    overlap = models.FloatField(null=True)
    coverage = models.FloatField(null=True)
    gap = models.FloatField()
    quadrant = models.CharField(max_length=20)
    row = models.JSONField(help_text="The pair's row of the method, with their count in place of its touchpoints.")
    sheet = models.BinaryField(null=True, help_text="What they share (`orgmap.reports.shared`); for kept gaps only.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["level", "a", "b"], name="reports_pair_once"),
            models.UniqueConstraint(fields=["level", "rank"], name="reports_pair_rank_once"),
        ]
        indexes = [models.Index(fields=["level", "b"], name="reports_pair_by_second")]

    def __str__(self) -> str:
        return f"{self.a} and {self.b}"

    @cached_property
    def places(self) -> dict[str, Any] | None:
        """What they share, place by place, with the records on both sides; `count` says how many places there are."""
        if self.sheet is None:
            return None
        shared = Shared.from_bytes(bytes(self.sheet))
        return {"count": shared.count, "rows": shared.rows(self.a, self.b)}
