from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0006_sharing")]

    operations = [
        migrations.AddField(
            model_name="pair",
            name="sheet",
            field=models.BinaryField(
                help_text="What they share (`orgmap.reports.shared`); for kept gaps only.", null=True
            ),
        ),
    ]
