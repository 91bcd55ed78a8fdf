"""orgmap_fold: texts as one, in small letters without accents. Immutable, so that an index may stand on it."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("core", "0001_extensions")]

    operations = [
        migrations.RunSQL(
            """
            CREATE FUNCTION orgmap_fold(texts text[]) RETURNS text
            LANGUAGE sql IMMUTABLE PARALLEL SAFE
            RETURN lower(unaccent('unaccent'::regdictionary, array_to_string(texts, ' ')))
            """,
            "DROP FUNCTION orgmap_fold(text[])",
        )
    ]
