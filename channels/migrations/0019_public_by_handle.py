"""The public accounts in the order of their handles, so that anyone may leaf through them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("channels", "0018_learn_words"),
        ("departments", "0005_learn_words"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="account",
            index=models.Index(
                condition=models.Q(("is_public", True), ("status__in", ["active", "dormant"])),
                fields=["handle_key", "id"],
                name="channels_account_public",
            ),
        ),
    ]
