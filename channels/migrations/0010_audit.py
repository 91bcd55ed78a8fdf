"""How accounts with similar handles are found by index, and what a roll-up hands down."""

import django.contrib.postgres.indexes
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("channels", "0009_attestation"),
        ("departments", "0004_find"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="auditrun",
            name="channels_audit_run_latest",
        ),
        migrations.AddField(
            model_name="auditrun",
            name="handed",
            field=models.JSONField(
                help_text="What a roll-up handed down with its places and pairs; empty: none did.", null=True
            ),
        ),
        migrations.AddIndex(
            model_name="account",
            index=models.Index(
                models.F("platform"),
                django.contrib.postgres.indexes.OpClass(
                    models.Func(
                        django.db.models.functions.text.Lower("handle"),
                        models.Value("._-"),
                        models.Value(""),
                        function="translate",
                        output_field=models.TextField(),
                    ),
                    "text_pattern_ops",
                ),
                condition=models.Q(("status__in", ["active", "dormant"])),
                name="channels_account_squashed",
            ),
        ),
        migrations.AddIndex(
            model_name="account",
            index=models.Index(
                models.F("platform"),
                django.contrib.postgres.indexes.OpClass(
                    django.db.models.functions.text.Reverse(
                        models.Func(
                            django.db.models.functions.text.Lower("handle"),
                            models.Value("._-"),
                            models.Value(""),
                            function="translate",
                            output_field=models.TextField(),
                        )
                    ),
                    "text_pattern_ops",
                ),
                condition=models.Q(("status__in", ["active", "dormant"])),
                name="channels_account_squashed_end",
            ),
        ),
        migrations.AddIndex(
            model_name="account",
            index=models.Index(
                condition=models.Q(("handle__regex", "[^A-Za-z0-9._-]"), ("status__in", ["active", "dormant"])),
                fields=["platform"],
                name="channels_account_odd_handle",
            ),
        ),
        migrations.AddIndex(
            model_name="auditrun",
            index=models.Index(
                condition=models.Q(("handed__isnull", False)), fields=["-id"], name="channels_audit_run_handed"
            ),
        ),
        migrations.AddIndex(
            model_name="finding",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass("detail", "jsonb_path_ops"),
                condition=models.Q(("rule__in", ["duplicate", "look-alike"])),
                name="channels_finding_pairs",
            ),
        ),
    ]
