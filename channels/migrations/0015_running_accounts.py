"""Running accounts by number alone: how many there are is counted in the index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("channels", "0014_decided"),
        ("departments", "0004_find"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="account",
            index=models.Index(
                condition=models.Q(("status__in", ["active", "dormant"])),
                fields=["id"],
                include=("platform",),
                name="channels_account_running",
            ),
        ),
    ]
