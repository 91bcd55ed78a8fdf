"""Meeting places, packed: the reports that are kept stay whole."""

from typing import Any

from django.db import migrations

from orgmap.reports.spots import Spot, Spots

FIELDS = ("touchpoint", "units", "pairs", "weight", "alignment", "blind", "uncovered")


def pack(apps: Any, _: Any) -> None:
    rows, sheets = apps.get_model("reports", "Touchpoint").objects, apps.get_model("reports", "TouchpointSheet").objects
    for level in apps.get_model("reports", "Level").objects.values_list("pk", flat=True).order_by("pk"):
        found = rows.filter(level=level).order_by("pk").values_list(*FIELDS)
        sheets.create(level_id=level, content=Spots.of_rows(Spot(*row) for row in found.iterator(2000)).to_bytes())


def unpack(apps: Any, _: Any) -> None:
    model = apps.get_model("reports", "Touchpoint")
    for sheet in apps.get_model("reports", "TouchpointSheet").objects.order_by("pk").iterator(1):
        spots = Spots.from_bytes(bytes(sheet.content))
        rows = spots.spots(range(len(spots)))
        model.objects.bulk_create([model(level_id=sheet.level_id, **vars(row)) for row in rows], batch_size=2000)


class Migration(migrations.Migration):
    dependencies = [("reports", "0010_touchpoint_sheet")]

    operations = [migrations.RunPython(pack, unpack)]
