"""Pairs without places, packed: the reports that are kept stay whole."""

from typing import Any

from django.db import migrations

from orgmap.reports.siblings import Siblings

COLUMNS = ("a", "b", "shared", "overlap", "coverage", "gap", "quadrant")


def pack(apps: Any, _: Any) -> None:
    pairs, sheets = (apps.get_model("reports", name).objects for name in ("Pair", "SiblingSheet"))
    alone = pairs.filter(sheet__isnull=True)
    for level in alone.order_by("level").values_list("level", flat=True).distinct():
        found = alone.filter(level=level).order_by("rank").values_list("rank", "row")
        ranks, rows = zip(*found.iterator(2000), strict=True)
        sheets.create(level_id=level, content=Siblings.of_rows(rows, ranks[0]).to_bytes())
        alone.filter(level=level).delete()


def unpack(apps: Any, _: Any) -> None:
    pair, sheets = apps.get_model("reports", "Pair"), apps.get_model("reports", "SiblingSheet").objects
    for sheet in sheets.order_by("pk").iterator(1):
        found = Siblings.from_bytes(bytes(sheet.content))
        rows = [
            pair(level_id=sheet.level_id, rank=rank, row=row, **{name: row[name] for name in COLUMNS})
            for rank, row in enumerate(found.rows(), start=found.first)
        ]
        pair.objects.bulk_create(rows, batch_size=2000)


class Migration(migrations.Migration):
    dependencies = [("reports", "0013_sibling_sheet")]

    operations = [migrations.RunPython(pack, unpack)]
