"""Sprawl in packed parts: the reports that are kept stay whole."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from orgmap.core.squeezed import squeezed_json, unsqueezed_json


def pack(apps: Any, _: Any) -> None:
    snapshots, sheet = apps.get_model("reports", "Snapshot").objects, apps.get_model("reports", "SprawlSheet")
    for pk, sprawl in snapshots.order_by("pk").values_list("pk", "sprawl").iterator(1):
        sheet.objects.bulk_create(
            sheet(snapshot_id=pk, part=part, content=squeezed_json(value)) for part, value in sprawl.items()
        )


def unpack(apps: Any, _: Any) -> None:
    snapshots, sheets = (apps.get_model("reports", name).objects for name in ("Snapshot", "SprawlSheet"))
    for pk in snapshots.order_by("pk").values_list("pk", flat=True):
        parts = sheets.filter(snapshot=pk).values_list("part", "content")
        snapshots.filter(pk=pk).update(sprawl={part: unsqueezed_json(bytes(content)) for part, content in parts})


class Migration(migrations.Migration):
    dependencies = [("reports", "0014_pack_siblings")]

    operations = [
        migrations.CreateModel(
            name="SprawlSheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("part", models.CharField(max_length=40)),
                ("content", models.BinaryField()),
                (
                    "snapshot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sprawl_sheets",
                        to="reports.snapshot",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("snapshot", "part"), name="reports_sprawl_sheet_once")],
            },
        ),
        migrations.RunPython(pack, unpack),
    ]
