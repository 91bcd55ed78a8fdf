from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("reports", "0011_pack_touchpoints")]

    operations = [migrations.DeleteModel(name="Touchpoint")]
