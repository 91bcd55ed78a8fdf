"""Which accounts a finding of a pair names is found by their numbers alone, not by all that it says."""

import django.contrib.postgres.indexes
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("channels", "0015_running_accounts"),
        ("departments", "0004_find"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="finding",
            name="channels_finding_pairs",
        ),
        migrations.AddIndex(
            model_name="finding",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(models.F("detail__ids"), "jsonb_path_ops"),
                condition=models.Q(("rule__in", ["duplicate", "look-alike"])),
                name="channels_finding_paired",
            ),
        ),
    ]
