import django.contrib.postgres.functions
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import orgmap.core.triggers


class Migration(migrations.Migration):
    dependencies = [
        ("channels", "0003_findings"),
        ("departments", "0004_find"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("users", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="LetterText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False),
                ),
                (
                    "updated_at",
                    models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False),
                ),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                ("code", models.SlugField(max_length=40, unique=True)),
                ("subject", models.CharField(max_length=200)),
                ("text", models.TextField()),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="stamp",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                    NEW.version := OLD.version; NEW.updated_at := OLD.updated_at; NEW.created_at := OLD.created_at;\n                    IF NEW IS DISTINCT FROM OLD THEN\n                        NEW.version := OLD.version + 1; NEW.updated_at := clock_timestamp();\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="b07420b2296c1334f3839a028fb9628c1e1cbf8a",
                            operation="UPDATE",
                            pgid="pgtrigger_stamp_4eb74",
                            table="channels_lettertext",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "channels_lettertextevent" ("code", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "subject", "text", "version") SELECT new_values."code", new_values."id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."subject", new_values."text", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="de2e7e0ea68907c629967c92e9f722cd0a024399",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_3e162",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="channels_lettertext",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "channels_lettertextevent" ("code", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "subject", "text", "version") SELECT new_values."code", new_values."id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."subject", new_values."text", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."code" IS DISTINCT FROM (new_values."code") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."subject" IS DISTINCT FROM (new_values."subject") OR old_values."text" IS DISTINCT FROM (new_values."text") OR old_values."version" IS DISTINCT FROM (new_values."version")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="32401aedcc14f486be87fd249664938c3ef05d31",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_6a022",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="channels_lettertext",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "channels_lettertextevent" ("code", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "subject", "text", "version") SELECT old_values."code", old_values."id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."subject", old_values."text", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="68b7b512dc632b4190d36080943279c675d7ffbd",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_0dd2c",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="channels_lettertext",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LetterTextEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("id", models.BigIntegerField()),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                ("code", models.SlugField(db_index=False, max_length=40)),
                ("subject", models.CharField(max_length=200)),
                ("text", models.TextField()),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="changed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        INSERT INTO history_change (source, rows, at, xact)\n            SELECT TG_TABLE_NAME, count(*), clock_timestamp(), pg_current_xact_id()::text::bigint\n            FROM new_values HAVING count(*) > 0;\n        RETURN NULL;\n    ",
                            hash="5825d686e8b5570c20290da199655b6bfab0b692",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_changed_7bdb7",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="channels_lettertextevent",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="b8e96985c53d6e8e77873420af3a5d3ecdd7b456",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_48c0b",
                            table="channels_lettertextevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RequestAudience",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "channels_requestaudienceevent" ("audience_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "request_id") SELECT new_values."audience_id", new_values."id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."request_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="26a54a6a6555d8031d98d1dfd074c9b802d60b27",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_0ff29",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="channels_requestaudience",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "channels_requestaudienceevent" ("audience_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "request_id") SELECT new_values."audience_id", new_values."id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."request_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="cf2b8d050ca421a2ce59a723906c5b3b1641c72f",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_deb3c",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="channels_requestaudience",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "channels_requestaudienceevent" ("audience_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "request_id") SELECT old_values."audience_id", old_values."id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."request_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="b730ed7793edd86100a45655bec6ecb3dbfcf6ef",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_3c665",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="channels_requestaudience",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RequestAudienceEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("id", models.BigIntegerField()),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="changed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        INSERT INTO history_change (source, rows, at, xact)\n            SELECT TG_TABLE_NAME, count(*), clock_timestamp(), pg_current_xact_id()::text::bigint\n            FROM new_values HAVING count(*) > 0;\n        RETURN NULL;\n    ",
                            hash="81ba3f1e791b63ad11fb8727830a138ba4517420",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_changed_e9609",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="channels_requestaudienceevent",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="7268ae36f836bbc49d9dca56db37c09dd4b32861",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_febdd",
                            table="channels_requestaudienceevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RequestMarket",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "channels_requestmarketevent" ("id", "market_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "request_id") SELECT new_values."id", new_values."market_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."request_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="e1ed56221529cfea4c12fe62b954719c025a3ccd",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_933f6",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="channels_requestmarket",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "channels_requestmarketevent" ("id", "market_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "request_id") SELECT new_values."id", new_values."market_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."request_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="e6048e9164a6c6347a46ada424eab978281cdb4c",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_d92de",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="channels_requestmarket",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "channels_requestmarketevent" ("id", "market_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "request_id") SELECT old_values."id", old_values."market_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."request_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="71950f2a3a27dfa0a3e9226d2f61998eced36c95",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_13106",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="channels_requestmarket",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RequestMarketEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("id", models.BigIntegerField()),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="changed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        INSERT INTO history_change (source, rows, at, xact)\n            SELECT TG_TABLE_NAME, count(*), clock_timestamp(), pg_current_xact_id()::text::bigint\n            FROM new_values HAVING count(*) > 0;\n        RETURN NULL;\n    ",
                            hash="2857be895a0ebc57ffacf3d97c178f67b5761782",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_changed_70c8b",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="channels_requestmarketevent",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="6c9bf408f727281b9c6e76843f61f3aa6ba6d180",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_32a2d",
                            table="channels_requestmarketevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RequestStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("requested", "Requested"),
                            ("in_review", "In review"),
                            ("changes_asked", "Changes asked for"),
                            ("approved", "Approved"),
                            ("declined", "Declined"),
                            ("opened", "Opened"),
                            ("joined", "Joined another account"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        max_length=20,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("subject", models.CharField(blank=True, max_length=200)),
                ("letter", models.TextField(blank=True)),
                ("told", models.PositiveIntegerField(default=0, verbose_name="how many were told")),
            ],
            options={
                "verbose_name": "step",
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "channels_requeststepevent" ("at", "by_id", "id", "letter", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "request_id", "stage", "subject", "told") SELECT new_values."at", new_values."by_id", new_values."id", new_values."letter", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."reason", new_values."request_id", new_values."stage", new_values."subject", new_values."told" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="de9ba2e88d0917faf62ba6ce0ef301b4d5524327",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_cb35f",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="channels_requeststep",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "channels_requeststepevent" ("at", "by_id", "id", "letter", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "request_id", "stage", "subject", "told") SELECT new_values."at", new_values."by_id", new_values."id", new_values."letter", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."reason", new_values."request_id", new_values."stage", new_values."subject", new_values."told" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="ddf43ced4f6c0a969d3fead1ccb03ae721cbe806",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_8afd4",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="channels_requeststep",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "channels_requeststepevent" ("at", "by_id", "id", "letter", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "request_id", "stage", "subject", "told") SELECT old_values."at", old_values."by_id", old_values."id", old_values."letter", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."reason", old_values."request_id", old_values."stage", old_values."subject", old_values."told" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="affde441ea8bdda90f14c24dabf118c2638b3907",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_adb4e",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="channels_requeststep",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RequestStepEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("id", models.BigIntegerField()),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("requested", "Requested"),
                            ("in_review", "In review"),
                            ("changes_asked", "Changes asked for"),
                            ("approved", "Approved"),
                            ("declined", "Declined"),
                            ("opened", "Opened"),
                            ("joined", "Joined another account"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        max_length=20,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("subject", models.CharField(blank=True, max_length=200)),
                ("letter", models.TextField(blank=True)),
                ("told", models.PositiveIntegerField(default=0, verbose_name="how many were told")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="changed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        INSERT INTO history_change (source, rows, at, xact)\n            SELECT TG_TABLE_NAME, count(*), clock_timestamp(), pg_current_xact_id()::text::bigint\n            FROM new_values HAVING count(*) > 0;\n        RETURN NULL;\n    ",
                            hash="aada858c644a4a0d47324857e17f393392b96f06",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_changed_06de1",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="channels_requeststepevent",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="fb29fa3070d28fcd782e04888547ce50c2914f85",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_b109d",
                            table="channels_requeststepevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccountRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False),
                ),
                (
                    "updated_at",
                    models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow(), editable=False),
                ),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("requested", "Requested"),
                            ("in_review", "In review"),
                            ("changes_asked", "Changes asked for"),
                            ("approved", "Approved"),
                            ("declined", "Declined"),
                            ("opened", "Opened"),
                            ("joined", "Joined another account"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="requested",
                        max_length=20,
                    ),
                ),
                (
                    "process",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("research", "Research"),
                            ("development", "Development"),
                            ("human_resources", "Human resources"),
                            ("sales", "Sales"),
                            ("marketing", "Marketing"),
                            ("public_relations", "Public relations"),
                            ("accounting", "Accounting"),
                            ("customer_service", "Customer service"),
                            ("brand", "Brand"),
                            ("product", "Product"),
                            ("it", "IT"),
                            ("legal", "Legal"),
                            ("operations", "Operations"),
                            ("leadership", "Leadership"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                        verbose_name="kind of work",
                    ),
                ),
                ("handle", models.CharField(max_length=200, verbose_name="handle that it would have")),
                ("why_care", models.CharField(blank=True, max_length=300, verbose_name="why people would care")),
                ("says", models.CharField(max_length=300, verbose_name="what it would say")),
                ("language", models.CharField(max_length=60)),
                ("why_none", models.CharField(max_length=500, verbose_name="why no account that exists will do")),
                ("partner", models.CharField(blank=True, max_length=300, verbose_name="with whom it could be run")),
                ("primary_admin", models.CharField(max_length=200, verbose_name="first to hold the keys")),
                ("backup_admin", models.CharField(max_length=200, verbose_name="second to hold the keys")),
                ("contact", models.EmailField(max_length=254, verbose_name="shared mailbox")),
                ("rhythm", models.CharField(max_length=120, verbose_name="how often it would post")),
                ("hours", models.CharField(max_length=120, verbose_name="when somebody looks after it")),
                ("measure", models.CharField(max_length=300, verbose_name="how success is measured")),
                ("target", models.CharField(max_length=120, verbose_name="what would be enough")),
                ("starts_on", models.DateField(verbose_name="begins on")),
                ("review_on", models.DateField(verbose_name="looked at again on")),
                ("accepted_policy", models.BooleanField(default=False, verbose_name="the policy is accepted")),
                (
                    "account",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="requests",
                        to="channels.account",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="account_requests",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="account_requests",
                        to="departments.department",
                    ),
                ),
                (
                    "objective",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="account_requests",
                        to="departments.objective",
                    ),
                ),
                (
                    "platform",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="channels.platform"
                    ),
                ),
            ],
            options={
                "verbose_name": "request for an account",
                "verbose_name_plural": "requests for accounts",
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="stamp",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                    NEW.version := OLD.version; NEW.updated_at := OLD.updated_at; NEW.created_at := OLD.created_at;\n                    IF NEW IS DISTINCT FROM OLD THEN\n                        NEW.version := OLD.version + 1; NEW.updated_at := clock_timestamp();\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="6ab8a57e660622325c83b9f6270038fffa3f11d3",
                            operation="UPDATE",
                            pgid="pgtrigger_stamp_bedb4",
                            table="channels_accountrequest",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "channels_accountrequestevent" ("accepted_policy", "account_id", "backup_admin", "by_id", "contact", "department_id", "handle", "hours", "id", "language", "measure", "objective_id", "partner", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "platform_id", "primary_admin", "process", "review_on", "rhythm", "says", "stage", "starts_on", "target", "version", "why_care", "why_none") SELECT new_values."accepted_policy", new_values."account_id", new_values."backup_admin", new_values."by_id", new_values."contact", new_values."department_id", new_values."handle", new_values."hours", new_values."id", new_values."language", new_values."measure", new_values."objective_id", new_values."partner", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."platform_id", new_values."primary_admin", new_values."process", new_values."review_on", new_values."rhythm", new_values."says", new_values."stage", new_values."starts_on", new_values."target", new_values."version", new_values."why_care", new_values."why_none" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="2ddfe3eb4dc066fd73ff38bd9d62264be203e87c",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_48595",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="channels_accountrequest",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "channels_accountrequestevent" ("accepted_policy", "account_id", "backup_admin", "by_id", "contact", "department_id", "handle", "hours", "id", "language", "measure", "objective_id", "partner", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "platform_id", "primary_admin", "process", "review_on", "rhythm", "says", "stage", "starts_on", "target", "version", "why_care", "why_none") SELECT new_values."accepted_policy", new_values."account_id", new_values."backup_admin", new_values."by_id", new_values."contact", new_values."department_id", new_values."handle", new_values."hours", new_values."id", new_values."language", new_values."measure", new_values."objective_id", new_values."partner", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."platform_id", new_values."primary_admin", new_values."process", new_values."review_on", new_values."rhythm", new_values."says", new_values."stage", new_values."starts_on", new_values."target", new_values."version", new_values."why_care", new_values."why_none" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."accepted_policy" IS DISTINCT FROM (new_values."accepted_policy") OR old_values."account_id" IS DISTINCT FROM (new_values."account_id") OR old_values."backup_admin" IS DISTINCT FROM (new_values."backup_admin") OR old_values."by_id" IS DISTINCT FROM (new_values."by_id") OR old_values."contact" IS DISTINCT FROM (new_values."contact") OR old_values."department_id" IS DISTINCT FROM (new_values."department_id") OR old_values."handle" IS DISTINCT FROM (new_values."handle") OR old_values."hours" IS DISTINCT FROM (new_values."hours") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."language" IS DISTINCT FROM (new_values."language") OR old_values."measure" IS DISTINCT FROM (new_values."measure") OR old_values."objective_id" IS DISTINCT FROM (new_values."objective_id") OR old_values."partner" IS DISTINCT FROM (new_values."partner") OR old_values."platform_id" IS DISTINCT FROM (new_values."platform_id") OR old_values."primary_admin" IS DISTINCT FROM (new_values."primary_admin") OR old_values."process" IS DISTINCT FROM (new_values."process") OR old_values."review_on" IS DISTINCT FROM (new_values."review_on") OR old_values."rhythm" IS DISTINCT FROM (new_values."rhythm") OR old_values."says" IS DISTINCT FROM (new_values."says") OR old_values."stage" IS DISTINCT FROM (new_values."stage") OR old_values."starts_on" IS DISTINCT FROM (new_values."starts_on") OR old_values."target" IS DISTINCT FROM (new_values."target") OR old_values."version" IS DISTINCT FROM (new_values."version") OR old_values."why_care" IS DISTINCT FROM (new_values."why_care") OR old_values."why_none" IS DISTINCT FROM (new_values."why_none")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="ad393f278b9b39f1a58c6819e3d0777d6a0a178c",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_1b527",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="channels_accountrequest",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "channels_accountrequestevent" ("accepted_policy", "account_id", "backup_admin", "by_id", "contact", "department_id", "handle", "hours", "id", "language", "measure", "objective_id", "partner", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "platform_id", "primary_admin", "process", "review_on", "rhythm", "says", "stage", "starts_on", "target", "version", "why_care", "why_none") SELECT old_values."accepted_policy", old_values."account_id", old_values."backup_admin", old_values."by_id", old_values."contact", old_values."department_id", old_values."handle", old_values."hours", old_values."id", old_values."language", old_values."measure", old_values."objective_id", old_values."partner", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."platform_id", old_values."primary_admin", old_values."process", old_values."review_on", old_values."rhythm", old_values."says", old_values."stage", old_values."starts_on", old_values."target", old_values."version", old_values."why_care", old_values."why_none" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="6b2644d7b603f3374e1f175bd4fdb630cb361ca7",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_f8dd8",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="channels_accountrequest",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccountRequestEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("id", models.BigIntegerField()),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("requested", "Requested"),
                            ("in_review", "In review"),
                            ("changes_asked", "Changes asked for"),
                            ("approved", "Approved"),
                            ("declined", "Declined"),
                            ("opened", "Opened"),
                            ("joined", "Joined another account"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="requested",
                        max_length=20,
                    ),
                ),
                (
                    "process",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("research", "Research"),
                            ("development", "Development"),
                            ("human_resources", "Human resources"),
                            ("sales", "Sales"),
                            ("marketing", "Marketing"),
                            ("public_relations", "Public relations"),
                            ("accounting", "Accounting"),
                            ("customer_service", "Customer service"),
                            ("brand", "Brand"),
                            ("product", "Product"),
                            ("it", "IT"),
                            ("legal", "Legal"),
                            ("operations", "Operations"),
                            ("leadership", "Leadership"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                        verbose_name="kind of work",
                    ),
                ),
                ("handle", models.CharField(max_length=200, verbose_name="handle that it would have")),
                ("why_care", models.CharField(blank=True, max_length=300, verbose_name="why people would care")),
                ("says", models.CharField(max_length=300, verbose_name="what it would say")),
                ("language", models.CharField(max_length=60)),
                ("why_none", models.CharField(max_length=500, verbose_name="why no account that exists will do")),
                ("partner", models.CharField(blank=True, max_length=300, verbose_name="with whom it could be run")),
                ("primary_admin", models.CharField(max_length=200, verbose_name="first to hold the keys")),
                ("backup_admin", models.CharField(max_length=200, verbose_name="second to hold the keys")),
                ("contact", models.EmailField(max_length=254, verbose_name="shared mailbox")),
                ("rhythm", models.CharField(max_length=120, verbose_name="how often it would post")),
                ("hours", models.CharField(max_length=120, verbose_name="when somebody looks after it")),
                ("measure", models.CharField(max_length=300, verbose_name="how success is measured")),
                ("target", models.CharField(max_length=120, verbose_name="what would be enough")),
                ("starts_on", models.DateField(verbose_name="begins on")),
                ("review_on", models.DateField(verbose_name="looked at again on")),
                ("accepted_policy", models.BooleanField(default=False, verbose_name="the policy is accepted")),
                (
                    "account",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="channels.account",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="departments.department",
                    ),
                ),
                (
                    "objective",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="departments.objective",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="channels.accountrequest",
                    ),
                ),
                (
                    "platform",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="channels.platform",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="changed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        INSERT INTO history_change (source, rows, at, xact)\n            SELECT TG_TABLE_NAME, count(*), clock_timestamp(), pg_current_xact_id()::text::bigint\n            FROM new_values HAVING count(*) > 0;\n        RETURN NULL;\n    ",
                            hash="677a1feac0e0b5d4ce3379e1f47ade13b6b042d8",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_changed_46aae",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="channels_accountrequestevent",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="626877ad0e4b1591fe6fba2f75164e12f7c28eef",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_2d470",
                            table="channels_accountrequestevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="lettertextevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="lettertextevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="channels.lettertext",
            ),
        ),
        migrations.AddField(
            model_name="requestaudience",
            name="audience",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="departments.audience"
            ),
        ),
        migrations.AddField(
            model_name="requestaudience",
            name="request",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="channels.accountrequest"
            ),
        ),
        migrations.AddField(
            model_name="accountrequest",
            name="audiences",
            field=models.ManyToManyField(
                blank=True, related_name="+", through="channels.RequestAudience", to="departments.audience"
            ),
        ),
        migrations.AddField(
            model_name="requestaudienceevent",
            name="audience",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="departments.audience",
            ),
        ),
        migrations.AddField(
            model_name="requestaudienceevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="requestaudienceevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="channels.requestaudience",
            ),
        ),
        migrations.AddField(
            model_name="requestaudienceevent",
            name="request",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="channels.accountrequest",
            ),
        ),
        migrations.AddField(
            model_name="requestmarket",
            name="market",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="departments.market"
            ),
        ),
        migrations.AddField(
            model_name="requestmarket",
            name="request",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="channels.accountrequest"
            ),
        ),
        migrations.AddField(
            model_name="accountrequest",
            name="markets",
            field=models.ManyToManyField(
                blank=True, related_name="+", through="channels.RequestMarket", to="departments.market"
            ),
        ),
        migrations.AddField(
            model_name="requestmarketevent",
            name="market",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="departments.market",
            ),
        ),
        migrations.AddField(
            model_name="requestmarketevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="requestmarketevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="channels.requestmarket",
            ),
        ),
        migrations.AddField(
            model_name="requestmarketevent",
            name="request",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="channels.accountrequest",
            ),
        ),
        migrations.AddField(
            model_name="requeststep",
            name="by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="requeststep",
            name="request",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="channels.accountrequest"
            ),
        ),
        migrations.AddField(
            model_name="requeststepevent",
            name="by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="requeststepevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="requeststepevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="channels.requeststep",
            ),
        ),
        migrations.AddField(
            model_name="requeststepevent",
            name="request",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="channels.accountrequest",
            ),
        ),
        migrations.AddConstraint(
            model_name="requestaudience",
            constraint=models.UniqueConstraint(fields=("request", "audience"), name="channels_request_audience_once"),
        ),
        migrations.AddConstraint(
            model_name="requestmarket",
            constraint=models.UniqueConstraint(fields=("request", "market"), name="channels_request_market_once"),
        ),
        migrations.AddIndex(
            model_name="accountrequest",
            index=models.Index(fields=["stage", "id"], name="channels_request_by_stage"),
        ),
        migrations.AddConstraint(
            model_name="accountrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("review_on__gt", models.F("starts_on"))),
                name="channels_request_review_after_start",
                violation_error_message="It is looked at again after it begins: choose a later day.",
            ),
        ),
        migrations.AddConstraint(
            model_name="accountrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("accepted_policy", True)),
                name="channels_request_accepts_policy",
                violation_error_message="An account is only opened by those who accept the policy.",
            ),
        ),
        migrations.AddIndex(
            model_name="requeststep",
            index=models.Index(fields=["request", "id"], name="channels_step_of_request"),
        ),
        orgmap.core.triggers.InstallTriggers(
            models=[
                "AccountRequest",
                "AccountRequestEvent",
                "LetterText",
                "LetterTextEvent",
                "RequestAudience",
                "RequestAudienceEvent",
                "RequestMarket",
                "RequestMarketEvent",
                "RequestStep",
                "RequestStepEvent",
            ],
        ),
    ]
