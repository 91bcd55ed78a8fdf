import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0006_anew"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="factsheet", name="reports_fact_sheet_once"),
        migrations.RemoveField(model_name="factsheet", name="department"),
        migrations.AlterField(
            model_name="factsheet",
            name="snapshot",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="fact_sheet", to="reports.snapshot"
            ),
        ),
        migrations.AddField(
            model_name="level",
            name="unit_ids",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=80), default=list, size=None
            ),
        ),
        migrations.RemoveField(model_name="touchpoint", name="units"),
        migrations.AddField(
            model_name="touchpoint",
            name="units",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.IntegerField(),
                help_text="Who stands here, by place among the level's units.",
                size=None,
                default=list,
            ),
            preserve_default=False,
        ),
    ]
