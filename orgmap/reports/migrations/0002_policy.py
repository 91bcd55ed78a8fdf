from django.db import migrations


def add(apps, schema_editor):
    apps.get_model("reports", "Policy").objects.create(pk=1)


def remove(apps, schema_editor):
    apps.get_model("reports", "Policy").objects.all().delete()


class Migration(migrations.Migration):
    """The one row of policy, without overrides: the method's own thresholds."""

    dependencies = [("reports", "0001_models")]
    operations = [migrations.RunPython(add, remove)]
