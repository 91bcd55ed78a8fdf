"""An index to find people by name or by the first part of their mail address."""

from django.db import migrations

from orgmap.core.matching import index


class Migration(migrations.Migration):
    dependencies = [("users", "0001_models"), ("core", "0002_fold")]

    operations = [
        migrations.RunSQL(
            *index("users_user", "users_user_find", "orgmap_fold(ARRAY[name, split_part(email, '@', 1)]::text[])")
        )
    ]
