from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("reports", "0015_sprawl_sheet")]

    operations = [migrations.RemoveField(model_name="snapshot", name="sprawl")]
