"""What pairs share, packed: the reports that are kept stay whole."""

from typing import Any

from django.db import migrations

from orgmap.reports.shared import Shared


def pack(apps: Any, _: Any) -> None:
    pairs = apps.get_model("reports", "Pair").objects
    for pair in pairs.filter(places__isnull=False).only("a", "b", "places").iterator(100):
        packed = Shared.of_rows(pair.places, pair.a, pair.b).to_bytes()
        pairs.filter(pk=pair.pk).update(sheet=packed)


def unpack(apps: Any, _: Any) -> None:
    pairs = apps.get_model("reports", "Pair").objects
    for pair in pairs.filter(sheet__isnull=False).only("a", "b", "sheet").iterator(100):
        shared = Shared.from_bytes(bytes(pair.sheet))
        pairs.filter(pk=pair.pk).update(places={"count": shared.count, "rows": shared.rows(pair.a, pair.b)})


class Migration(migrations.Migration):
    dependencies = [("reports", "0007_pair_sheet")]

    operations = [migrations.RunPython(pack, unpack)]
