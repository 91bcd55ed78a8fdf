"""The platforms that recognition knows, as records for accounts to point to."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from channels.platforms import FURTHER, PLATFORMS


def add(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    platform = apps.get_model("channels", "Platform")
    for position, spec in enumerate((*PLATFORMS, *FURTHER)):
        platform.objects.update_or_create(
            code=spec.id,
            defaults={
                "name": spec.name,
                "hosts": list(spec.hosts),
                "labels": list(spec.labels),
                "case_sensitive": spec.case == "keep",
                "is_past": spec.past,
                "position": position,
            },
        )


def remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    platform = apps.get_model("channels", "Platform")
    known = [spec.id for spec in (*PLATFORMS, *FURTHER)]
    platform.objects.filter(code__in=known, accounts__isnull=True).delete()


class Migration(migrations.Migration):
    dependencies = [("channels", "0001_models")]
    operations = [migrations.RunPython(add, remove)]
