"""Campaigns of attestation, what was answered, and the seal that an edit by somebody else breaks."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("channels", "0008_findings_to_do"),
        ("departments", "0004_find"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Attestation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("waiting", "No answer"),
                            ("confirmed", "Confirmed"),
                            ("corrected", "Confirmed with corrections"),
                            ("not_ours", "Not ours"),
                            ("not_needed", "Not needed any more"),
                            ("gone", "Retired or deleted meanwhile"),
                        ],
                        max_length=12,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField()),
                ("on", models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name="AttestationReminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("due_on", models.DateField()),
                (
                    "step",
                    models.SmallIntegerField(help_text="Days from the day on which it is due; before it negative."),
                ),
                ("sent_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Campaign",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120)),
                (
                    "scope",
                    models.CharField(
                        choices=[
                            ("all", "All running accounts"),
                            ("below", "A department and all below it"),
                            ("filter", "A choice of the directory"),
                        ],
                        default="all",
                        max_length=10,
                    ),
                ),
                (
                    "filters",
                    models.CharField(
                        blank=True, help_text="Of the directory, as they stand in its address.", max_length=1000
                    ),
                ),
                ("note", models.TextField(blank=True, max_length=1000, verbose_name="a word to the owners")),
                ("due_on", models.DateField(verbose_name="to be answered by")),
                ("begun_at", models.DateTimeField()),
                ("begun_on", models.DateField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="CampaignItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("label", models.CharField(max_length=300)),
                ("department_name", models.CharField(blank=True, max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "No answer"),
                            ("confirmed", "Confirmed"),
                            ("corrected", "Confirmed with corrections"),
                            ("not_ours", "Not ours"),
                            ("not_needed", "Not needed any more"),
                            ("gone", "Retired or deleted meanwhile"),
                        ],
                        default="waiting",
                        max_length=12,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("answered_name", models.CharField(blank=True, max_length=254)),
            ],
        ),
        migrations.CreateModel(
            name="Seal",
            fields=[
                (
                    "account",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="seal",
                        serialize=False,
                        to="channels.account",
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "xact",
                    models.BigIntegerField(
                        help_text="The transaction that confirmed it: what else it wrote is no later change."
                    ),
                ),
                ("broken_at", models.DateTimeField(blank=True, null=True)),
                (
                    "broken_what",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("owner", "the owner"),
                            ("holders", "who holds the keys"),
                            ("objective", "the objective"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                (
                    "broken_in",
                    models.UUIDField(blank=True, help_text="The action that broke it: see orgmap.history.", null=True),
                ),
            ],
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="account",
            trigger=pgtrigger.compiler.Trigger(
                name="sealed_new",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            INSERT INTO channels_seal (account_id, by_id, at, xact, broken_what)\n                SELECT id, nullif(nullif(current_setting('pghistory.context_metadata', true), '')::jsonb->>'user', '')::bigint, clock_timestamp(), pg_current_xact_id()::text::bigint, '' FROM new_values WHERE last_attested_on IS NOT NULL\n            \n    ON CONFLICT (account_id) DO UPDATE SET by_id = excluded.by_id, at = excluded.at, xact = excluded.xact,\n        broken_at = NULL, broken_by_id = NULL, broken_what = '', broken_in = NULL;\n    RETURN NULL;\n\n        ",
                    hash="4395fae225764277ddd5f79ad6de7cbbfb63b76a",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_sealed_new_36960",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="channels_account",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="account",
            trigger=pgtrigger.compiler.Trigger(
                name="sealed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."last_attested_on" IS DISTINCT FROM (NEW."last_attested_on"))',
                    func="\n            IF NEW.last_attested_on IS NULL THEN\n                DELETE FROM channels_seal WHERE account_id = NEW.id;\n                RETURN NULL;\n            END IF;\n            INSERT INTO channels_seal (account_id, by_id, at, xact, broken_what)\n                VALUES (NEW.id, nullif(nullif(current_setting('pghistory.context_metadata', true), '')::jsonb->>'user', '')::bigint, clock_timestamp(), pg_current_xact_id()::text::bigint, '')\n            \n    ON CONFLICT (account_id) DO UPDATE SET by_id = excluded.by_id, at = excluded.at, xact = excluded.xact,\n        broken_at = NULL, broken_by_id = NULL, broken_what = '', broken_in = NULL;\n    RETURN NULL;\n\n        ",
                    hash="1dbdde12fa2e8461ab6627a36a8fc8108e14480e",
                    operation='UPDATE OF "last_attested_on"',
                    pgid="pgtrigger_sealed_a4d08",
                    table="channels_account",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="accountdepartment",
            trigger=pgtrigger.compiler.Trigger(
                name="breaks_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                UPDATE channels_seal s\n                    SET broken_at = clock_timestamp(), broken_by_id = nullif(nullif(current_setting('pghistory.context_metadata', true), '')::jsonb->>'user', '')::bigint, broken_in = nullif(current_setting('pghistory.context_id', true), '')::uuid,\n                        broken_what = 'owner'\n                    FROM (SELECT DISTINCT account_id FROM (SELECT account_id FROM new_values n WHERE n.position = 0) changed) c\n                    WHERE s.account_id = c.account_id AND s.broken_at IS NULL AND NOT CASE\n                        WHEN s.by_id IS NULL AND nullif(nullif(current_setting('pghistory.context_metadata', true), '')::jsonb->>'user', '')::bigint IS NULL THEN s.xact = pg_current_xact_id()::text::bigint\n                        ELSE s.by_id IS NOT DISTINCT FROM nullif(nullif(current_setting('pghistory.context_metadata', true), '')::jsonb->>'user', '')::bigint END;\n                RETURN NULL;\n            ",
                    hash="c0608e5f141e6026c0a8c4ba4cf5efceff9d363f",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_breaks_insert_ae5c7",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="channels_accountdepartment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="accountdepartment",
            trigger=pgtrigger.compiler.Trigger(
                name="breaks_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                UPDATE channels_seal s\n                    SET broken_at = clock_timestamp(), broken_by_id = nullif(nullif(current_setting('pghistory.context_metadata', true), '')::jsonb->>'user', '')::bigint, broken_in = nullif(current_setting('pghistory.context_id', true), '')::uuid,\n                        broken_what = 'owner'\n                    FROM (SELECT DISTINCT account_id FROM (SELECT account_id FROM old_values o WHERE o.position = 0) changed) c\n                    WHERE s.account_id = c.account_id AND s.broken_at IS NULL AND NOT CASE\n                        WHEN s.by_id IS NULL AND nullif(nullif(current_setting('pghistory.context_metadata', true), '')::jsonb->>'user', '')::bigint IS NULL THEN s.xact = pg_current_xact_id()::text::bigint\n                        ELSE s.by_id IS NOT DISTINCT FROM nullif(nullif(current_setting('pghistory.context_metadata', true), '')::jsonb->>'user', '')::bigint END;\n                RETURN NULL;\n            ",
                    hash="8b8b3c9ff55b53308bb43c7cd844f1a4ce0c4c3c",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_breaks_delete_c2136",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="channels_accountdepartment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="accountdepartment",
            trigger=pgtrigger.compiler.Trigger(
                name="breaks_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                UPDATE channels_seal s\n                    SET broken_at = clock_timestamp(), broken_by_id = nullif(nullif(current_setting('pghistory.context_metadata', true), '')::jsonb->>'user', '')::bigint, broken_in = nullif(current_setting('pghistory.context_id', true), '')::uuid,\n                        broken_what = 'owner'\n                    FROM (SELECT DISTINCT account_id FROM (SELECT n.account_id FROM old_values o JOIN new_values n USING (id) WHERE (o.position = 0 OR n.position = 0) AND (o.position, o.department_id, o.account_id) <> (n.position, n.department_id, n.account_id)) changed) c\n                    WHERE s.account_id = c.account_id AND s.broken_at IS NULL AND NOT CASE\n                        WHEN s.by_id IS NULL AND nullif(nullif(current_setting('pghistory.context_metadata', true), '')::jsonb->>'user', '')::bigint IS NULL THEN s.xact = pg_current_xact_id()::text::bigint\n                        ELSE s.by_id IS NOT DISTINCT FROM nullif(nullif(current_setting('pghistory.context_metadata', true), '')::jsonb->>'user', '')::bigint END;\n                RETURN NULL;\n            ",
                    hash="1e33d20836fd9cbd331d087de4a3b19d34a274da",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_breaks_update_de106",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="channels_accountdepartment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="accountobjective",
            trigger=pgtrigger.compiler.Trigger(
                name="breaks_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                UPDATE channels_seal s\n                    SET broken_at = clock_timestamp(), broken_by_id = nullif(nullif(current_setting('pghistory.context_metadata', true), '')::jsonb->>'user', '')::bigint, broken_in = nullif(current_setting('pghistory.context_id', true), '')::uuid,\n                        broken_what = 'objective'\n                    FROM (SELECT DISTINCT account_id FROM (SELECT account_id FROM new_values n WHERE true) changed) c\n                    WHERE s.account_id = c.account_id AND s.broken_at IS NULL AND NOT CASE\n                        WHEN s.by_id IS NULL AND nullif(nullif(current_setting('pghistory.context_metadata', true), '')::jsonb->>'user', '')::bigint IS NULL THEN s.xact = pg_current_xact_id()::text::bigint\n                        ELSE s.by_id IS NOT DISTINCT FROM nullif(nullif(current_setting('pghistory.context_metadata', true), '')::jsonb->>'user', '')::bigint END;\n                RETURN NULL;\n            ",
                    hash="af642fc50cbc8072480968b9c2a812ca42fbc177",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_breaks_insert_d2f34",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="channels_accountobjective",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="accountobjective",
            trigger=pgtrigger.compiler.Trigger(
                name="breaks_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                UPDATE channels_seal s\n                    SET broken_at = clock_timestamp(), broken_by_id = nullif(nullif(current_setting('pghistory.context_metadata', true), '')::jsonb->>'user', '')::bigint, broken_in = nullif(current_setting('pghistory.context_id', true), '')::uuid,\n                        broken_what = 'objective'\n                    FROM (SELECT DISTINCT account_id FROM (SELECT account_id FROM old_values o WHERE true) changed) c\n                    WHERE s.account_id = c.account_id AND s.broken_at IS NULL AND NOT CASE\n                        WHEN s.by_id IS NULL AND nullif(nullif(current_setting('pghistory.context_metadata', true), '')::jsonb->>'user', '')::bigint IS NULL THEN s.xact = pg_current_xact_id()::text::bigint\n                        ELSE s.by_id IS NOT DISTINCT FROM nullif(nullif(current_setting('pghistory.context_metadata', true), '')::jsonb->>'user', '')::bigint END;\n                RETURN NULL;\n            ",
                    hash="32e0a93f496ecc0245ffd6d6c264580a4661c077",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_breaks_delete_a895f",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="channels_accountobjective",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="accountobjective",
            trigger=pgtrigger.compiler.Trigger(
                name="breaks_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                UPDATE channels_seal s\n                    SET broken_at = clock_timestamp(), broken_by_id = nullif(nullif(current_setting('pghistory.context_metadata', true), '')::jsonb->>'user', '')::bigint, broken_in = nullif(current_setting('pghistory.context_id', true), '')::uuid,\n                        broken_what = 'objective'\n                    FROM (SELECT DISTINCT account_id FROM (SELECT n.account_id FROM old_values o JOIN new_values n USING (id) WHERE (o.account_id, o.objective_id) <> (n.account_id, n.objective_id)) changed) c\n                    WHERE s.account_id = c.account_id AND s.broken_at IS NULL AND NOT CASE\n                        WHEN s.by_id IS NULL AND nullif(nullif(current_setting('pghistory.context_metadata', true), '')::jsonb->>'user', '')::bigint IS NULL THEN s.xact = pg_current_xact_id()::text::bigint\n                        ELSE s.by_id IS NOT DISTINCT FROM nullif(nullif(current_setting('pghistory.context_metadata', true), '')::jsonb->>'user', '')::bigint END;\n                RETURN NULL;\n            ",
                    hash="e76ebe6a6a6d1166ce05a7853632841fd7a1c771",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_breaks_update_26c98",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="channels_accountobjective",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="holder",
            trigger=pgtrigger.compiler.Trigger(
                name="breaks_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                UPDATE channels_seal s\n                    SET broken_at = clock_timestamp(), broken_by_id = nullif(nullif(current_setting('pghistory.context_metadata', true), '')::jsonb->>'user', '')::bigint, broken_in = nullif(current_setting('pghistory.context_id', true), '')::uuid,\n                        broken_what = 'holders'\n                    FROM (SELECT DISTINCT account_id FROM (SELECT account_id FROM new_values n WHERE n.left_on IS NULL) changed) c\n                    WHERE s.account_id = c.account_id AND s.broken_at IS NULL AND NOT CASE\n                        WHEN s.by_id IS NULL AND nullif(nullif(current_setting('pghistory.context_metadata', true), '')::jsonb->>'user', '')::bigint IS NULL THEN s.xact = pg_current_xact_id()::text::bigint\n                        ELSE s.by_id IS NOT DISTINCT FROM nullif(nullif(current_setting('pghistory.context_metadata', true), '')::jsonb->>'user', '')::bigint END;\n                RETURN NULL;\n            ",
                    hash="2f31968c5acc1957cfef401fa9177cb3e8aa895d",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_breaks_insert_56fd2",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="channels_holder",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="holder",
            trigger=pgtrigger.compiler.Trigger(
                name="breaks_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                UPDATE channels_seal s\n                    SET broken_at = clock_timestamp(), broken_by_id = nullif(nullif(current_setting('pghistory.context_metadata', true), '')::jsonb->>'user', '')::bigint, broken_in = nullif(current_setting('pghistory.context_id', true), '')::uuid,\n                        broken_what = 'holders'\n                    FROM (SELECT DISTINCT account_id FROM (SELECT account_id FROM old_values o WHERE o.left_on IS NULL) changed) c\n                    WHERE s.account_id = c.account_id AND s.broken_at IS NULL AND NOT CASE\n                        WHEN s.by_id IS NULL AND nullif(nullif(current_setting('pghistory.context_metadata', true), '')::jsonb->>'user', '')::bigint IS NULL THEN s.xact = pg_current_xact_id()::text::bigint\n                        ELSE s.by_id IS NOT DISTINCT FROM nullif(nullif(current_setting('pghistory.context_metadata', true), '')::jsonb->>'user', '')::bigint END;\n                RETURN NULL;\n            ",
                    hash="e3b9882aaf0a4df62e2d809cc788c74b0ce8f5be",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_breaks_delete_2bf6b",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="channels_holder",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="holder",
            trigger=pgtrigger.compiler.Trigger(
                name="breaks_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                UPDATE channels_seal s\n                    SET broken_at = clock_timestamp(), broken_by_id = nullif(nullif(current_setting('pghistory.context_metadata', true), '')::jsonb->>'user', '')::bigint, broken_in = nullif(current_setting('pghistory.context_id', true), '')::uuid,\n                        broken_what = 'holders'\n                    FROM (SELECT DISTINCT account_id FROM (SELECT n.account_id FROM old_values o JOIN new_values n USING (id) WHERE (o.name, o.email, o.employer, o.account_id, o.left_on IS NULL) <> (n.name, n.email, n.employer, n.account_id, n.left_on IS NULL)) changed) c\n                    WHERE s.account_id = c.account_id AND s.broken_at IS NULL AND NOT CASE\n                        WHEN s.by_id IS NULL AND nullif(nullif(current_setting('pghistory.context_metadata', true), '')::jsonb->>'user', '')::bigint IS NULL THEN s.xact = pg_current_xact_id()::text::bigint\n                        ELSE s.by_id IS NOT DISTINCT FROM nullif(nullif(current_setting('pghistory.context_metadata', true), '')::jsonb->>'user', '')::bigint END;\n                RETURN NULL;\n            ",
                    hash="383556639b8fafee0f31675c07eadbd95a5b1f11",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_breaks_update_2ea1a",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="channels_holder",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="attestation",
            name="account",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="attestations",
                to="channels.account",
            ),
        ),
        migrations.AddField(
            model_name="attestation",
            name="by",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="attestation",
            name="department",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="departments.department",
            ),
        ),
        migrations.AddField(
            model_name="attestationreminder",
            name="account",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="channels.account",
            ),
        ),
        migrations.AddField(
            model_name="campaign",
            name="begun_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="campaign",
            name="department",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="departments.department",
            ),
        ),
        migrations.AddField(
            model_name="campaign",
            name="ended_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="attestationreminder",
            name="campaign",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="channels.campaign",
            ),
        ),
        migrations.AddField(
            model_name="campaignitem",
            name="account",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="campaign_items",
                to="channels.account",
            ),
        ),
        migrations.AddField(
            model_name="campaignitem",
            name="answered_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="campaignitem",
            name="campaign",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="items",
                to="channels.campaign",
            ),
        ),
        migrations.AddField(
            model_name="campaignitem",
            name="department",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="departments.department",
            ),
        ),
        migrations.AddField(
            model_name="seal",
            name="broken_by",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="seal",
            name="by",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="attestation",
            index=models.Index(fields=["account", "-id"], name="channels_attestation_latest"),
        ),
        migrations.AddIndex(
            model_name="campaign",
            index=models.Index(
                condition=models.Q(("ended_at", None)), fields=["due_on"], name="channels_campaign_running"
            ),
        ),
        migrations.AddConstraint(
            model_name="attestationreminder",
            constraint=models.UniqueConstraint(
                fields=("account", "due_on", "step", "campaign"),
                name="channels_attestation_reminder_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddIndex(
            model_name="campaignitem",
            index=models.Index(
                condition=models.Q(("state", "waiting")), fields=["account"], name="channels_campaign_waiting"
            ),
        ),
        migrations.AddConstraint(
            model_name="campaignitem",
            constraint=models.UniqueConstraint(fields=("campaign", "account"), name="channels_campaign_item_once"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="campaignitem",
            trigger=pgtrigger.compiler.Trigger(
                name="frozen",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    IF EXISTS (SELECT FROM channels_campaign WHERE id = NEW.campaign_id AND ended_at IS NOT NULL) THEN\n                        RAISE EXCEPTION 'The results of a campaign that has ended do not change.'\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'channels_campaign_frozen';\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="07ffb567729c6cafe55b9488d5a9570202eb6a0b",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_frozen_7bad2",
                    table="channels_campaignitem",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="seal",
            index=models.Index(
                condition=models.Q(("broken_at__isnull", False)), fields=["account"], name="channels_seal_broken"
            ),
        ),
        migrations.AddConstraint(
            model_name="seal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("broken_at", None), ("broken_what", "")),
                    models.Q(("broken_at__isnull", False), models.Q(("broken_what", ""), _negated=True)),
                    _connector="OR",
                ),
                name="channels_seal_broken_says_what",
            ),
        ),
        migrations.RunSQL(
            "INSERT INTO channels_seal (account_id, at, xact, broken_what)"
            " SELECT id, last_attested_on::timestamptz, pg_current_xact_id()::text::bigint, ''"
            " FROM channels_account WHERE last_attested_on IS NOT NULL",
            migrations.RunSQL.noop,
        ),
    ]
