"""The words that records are found by, to look misspelt ones up in."""

import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_fold"),
    ]

    operations = [
        migrations.RunSQL(
            """
            CREATE FUNCTION orgmap_words(texts text[]) RETURNS SETOF text
            LANGUAGE sql IMMUTABLE PARALLEL SAFE
            BEGIN ATOMIC
                SELECT word FROM regexp_split_to_table(orgmap_fold(texts), '[^[:alpha:]]+') AS word
                WHERE length(word) > 2;
            END
            """,
            "DROP FUNCTION orgmap_words(text[])",
        ),
        migrations.CreateModel(
            name="Word",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("word", models.TextField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["word"], name="core_word_word"),
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass("word", "gin_trgm_ops"), name="core_word_near"
                    ),
                ],
            },
        ),
    ]
