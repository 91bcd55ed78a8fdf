import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0012_no_touchpoints")]

    operations = [
        migrations.CreateModel(
            name="SiblingSheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("content", models.BinaryField()),
                (
                    "level",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sibling_sheet", to="reports.level"
                    ),
                ),
            ],
        ),
    ]
