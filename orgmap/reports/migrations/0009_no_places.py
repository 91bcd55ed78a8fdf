from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("reports", "0008_pack_pairs")]

    operations = [migrations.RemoveField(model_name="pair", name="places")]
