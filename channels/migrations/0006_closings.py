import django.contrib.postgres.functions
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import orgmap.core.triggers


class Migration(migrations.Migration):
    dependencies = [
        ("channels", "0005_decisions"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("users", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Closing",
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
                ("on", models.DateField(verbose_name="closes on")),
                ("reason", models.CharField(max_length=200, verbose_name="why it ends")),
                ("turn_to", models.CharField(blank=True, max_length=300, verbose_name="where people turn then")),
                (
                    "state",
                    models.CharField(
                        choices=[("planned", "Planned"), ("closed", "Closed"), ("cancelled", "Called off")],
                        default="planned",
                        max_length=10,
                    ),
                ),
                ("ended_on", models.DateField(blank=True, null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="closings", to="channels.account"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="channels.account",
                    ),
                ),
            ],
            options={
                "verbose_name": "closing",
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="stamp",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                    NEW.version := OLD.version; NEW.updated_at := OLD.updated_at; NEW.created_at := OLD.created_at;\n                    IF NEW IS DISTINCT FROM OLD THEN\n                        NEW.version := OLD.version + 1; NEW.updated_at := clock_timestamp();\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="eb36c26acb64adcf0c722cbe1fb3e5f63a7dd72f",
                            operation="UPDATE",
                            pgid="pgtrigger_stamp_fcb23",
                            table="channels_closing",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "channels_closingevent" ("account_id", "by_id", "ended_on", "id", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "state", "successor_id", "turn_to", "version") SELECT new_values."account_id", new_values."by_id", new_values."ended_on", new_values."id", new_values."on", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."reason", new_values."state", new_values."successor_id", new_values."turn_to", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="c43ca261b5a269994ce3a15362a14285135bc695",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_f57b2",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="channels_closing",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "channels_closingevent" ("account_id", "by_id", "ended_on", "id", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "state", "successor_id", "turn_to", "version") SELECT new_values."account_id", new_values."by_id", new_values."ended_on", new_values."id", new_values."on", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."reason", new_values."state", new_values."successor_id", new_values."turn_to", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."account_id" IS DISTINCT FROM (new_values."account_id") OR old_values."by_id" IS DISTINCT FROM (new_values."by_id") OR old_values."ended_on" IS DISTINCT FROM (new_values."ended_on") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."on" IS DISTINCT FROM (new_values."on") OR old_values."reason" IS DISTINCT FROM (new_values."reason") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."successor_id" IS DISTINCT FROM (new_values."successor_id") OR old_values."turn_to" IS DISTINCT FROM (new_values."turn_to") OR old_values."version" IS DISTINCT FROM (new_values."version")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="311d4a772ebf1e65b4e7da30746dd2b9ef20cfdb",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_5fe69",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="channels_closing",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "channels_closingevent" ("account_id", "by_id", "ended_on", "id", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "state", "successor_id", "turn_to", "version") SELECT old_values."account_id", old_values."by_id", old_values."ended_on", old_values."id", old_values."on", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."reason", old_values."state", old_values."successor_id", old_values."turn_to", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="0f804c1261ddb4d344f8b1d01ae8a0ad77497ee1",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_d71e2",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="channels_closing",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClosingEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("id", models.BigIntegerField()),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                ("on", models.DateField(verbose_name="closes on")),
                ("reason", models.CharField(max_length=200, verbose_name="why it ends")),
                ("turn_to", models.CharField(blank=True, max_length=300, verbose_name="where people turn then")),
                (
                    "state",
                    models.CharField(
                        choices=[("planned", "Planned"), ("closed", "Closed"), ("cancelled", "Called off")],
                        default="planned",
                        max_length=10,
                    ),
                ),
                ("ended_on", models.DateField(blank=True, null=True)),
                (
                    "account",
                    models.ForeignKey(
                        db_constraint=False,
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
                        to="channels.closing",
                    ),
                ),
                (
                    "successor",
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
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="changed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        INSERT INTO history_change (source, rows, at, xact)\n            SELECT TG_TABLE_NAME, count(*), clock_timestamp(), pg_current_xact_id()::text::bigint\n            FROM new_values HAVING count(*) > 0;\n        RETURN NULL;\n    ",
                            hash="c376f339dd2184305212b0bd4186523647938104",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_changed_63842",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="channels_closingevent",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="4059b94fb98937295332a5d9b749c530096bb8c2",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_66ebb",
                            table="channels_closingevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClosingStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        choices=[
                            ("successor", "A successor is named, or where people turn then"),
                            ("month", "Readers were told a month before"),
                            ("fortnight", "Readers were told two weeks before"),
                            ("days", "Readers were told 48 hours before"),
                            ("handle", "The handle is kept, so that nobody else takes it"),
                            ("keys", "The keys were handed back, and apps and agencies have none"),
                        ],
                        max_length=10,
                        verbose_name="step",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="due on")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="done on")),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "closing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="channels.closing"
                    ),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "step",
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "channels_closingstepevent" ("closing_id", "code", "done_by_id", "done_on", "due_on", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."closing_id", new_values."code", new_values."done_by_id", new_values."done_on", new_values."due_on", new_values."id", new_values."note", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="fde67ae2fe7bc5cd8c9ab8cfc42e4fd340444553",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_283ec",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="channels_closingstep",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "channels_closingstepevent" ("closing_id", "code", "done_by_id", "done_on", "due_on", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."closing_id", new_values."code", new_values."done_by_id", new_values."done_on", new_values."due_on", new_values."id", new_values."note", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="0f6391de38eff87abe23ae1b34d04f6df95c645f",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_40632",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="channels_closingstep",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "channels_closingstepevent" ("closing_id", "code", "done_by_id", "done_on", "due_on", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."closing_id", old_values."code", old_values."done_by_id", old_values."done_on", old_values."due_on", old_values."id", old_values."note", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="0bf767723cf383d4143dc26debcefd98be352541",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_34448",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="channels_closingstep",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClosingStepEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("id", models.BigIntegerField()),
                (
                    "code",
                    models.CharField(
                        choices=[
                            ("successor", "A successor is named, or where people turn then"),
                            ("month", "Readers were told a month before"),
                            ("fortnight", "Readers were told two weeks before"),
                            ("days", "Readers were told 48 hours before"),
                            ("handle", "The handle is kept, so that nobody else takes it"),
                            ("keys", "The keys were handed back, and apps and agencies have none"),
                        ],
                        max_length=10,
                        verbose_name="step",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="due on")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="done on")),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "closing",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="channels.closing",
                    ),
                ),
                (
                    "done_by",
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
                        to="channels.closingstep",
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
                            hash="2e210736387a1703a2d5e771e87fc62561aa179c",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_changed_878b2",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="channels_closingstepevent",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="063f7f93b0dddcc736f61231f364b2b4ccdacab1",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_9787e",
                            table="channels_closingstepevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HandleCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField(verbose_name="looked at on")),
                (
                    "seen",
                    models.CharField(
                        choices=[
                            ("ours", "Still ours, and quiet"),
                            ("free", "Nobody has it: anyone could take it"),
                            ("taken", "Somebody else has it"),
                            ("gone", "The platform is gone: there is nothing left to look at"),
                        ],
                        max_length=10,
                        verbose_name="what was seen",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="handle_checks", to="channels.account"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "look at the handle",
                "verbose_name_plural": "looks at the handle",
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "channels_handlecheckevent" ("account_id", "by_id", "id", "note", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seen") SELECT new_values."account_id", new_values."by_id", new_values."id", new_values."note", new_values."on", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."seen" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="19ab96d23bcadc9415d1e678ff268de307efdf1a",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_eeb5e",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="channels_handlecheck",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "channels_handlecheckevent" ("account_id", "by_id", "id", "note", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seen") SELECT new_values."account_id", new_values."by_id", new_values."id", new_values."note", new_values."on", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."seen" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="c5a4b7d5fafad50136105faac391c203f799d574",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f1fa3",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="channels_handlecheck",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "channels_handlecheckevent" ("account_id", "by_id", "id", "note", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seen") SELECT old_values."account_id", old_values."by_id", old_values."id", old_values."note", old_values."on", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."seen" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="63b33f6ddd623a1a9ba27b3e707bf9d4682cb871",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_dc910",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="channels_handlecheck",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HandleCheckEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("id", models.BigIntegerField()),
                ("on", models.DateField(verbose_name="looked at on")),
                (
                    "seen",
                    models.CharField(
                        choices=[
                            ("ours", "Still ours, and quiet"),
                            ("free", "Nobody has it: anyone could take it"),
                            ("taken", "Somebody else has it"),
                            ("gone", "The platform is gone: there is nothing left to look at"),
                        ],
                        max_length=10,
                        verbose_name="what was seen",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "account",
                    models.ForeignKey(
                        db_constraint=False,
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
                        to="channels.handlecheck",
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
                            hash="bee62b40a1ffdc833be460100e793303759dbf2e",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_changed_edf71",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="channels_handlecheckevent",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="e29cb1a4f5d9ae7d1cbbf7173cfcdbe5f408a898",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_d5d67",
                            table="channels_handlecheckevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="closing",
            index=models.Index(
                condition=models.Q(("state", "planned")), fields=["on", "id"], name="channels_closing_next"
            ),
        ),
        migrations.AddConstraint(
            model_name="closing",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "planned")),
                fields=("account",),
                name="channels_closing_one_at_a_time",
                violation_error_message="This account is being closed already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="closing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_on__isnull", True), ("state", "planned")),
                    models.Q(models.Q(("state", "planned"), _negated=True), ("ended_on__isnull", False)),
                    _connector="OR",
                ),
                name="channels_closing_ended_has_date",
                violation_error_message="A closing that is over has the day on which it ended; a planned one has none.",
            ),
        ),
        migrations.AddConstraint(
            model_name="closingstep",
            constraint=models.UniqueConstraint(fields=("closing", "code"), name="channels_closing_step_once"),
        ),
        migrations.AddIndex(
            model_name="handlecheck",
            index=models.Index(
                models.F("account"),
                models.OrderBy(models.F("on"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                name="channels_handle_latest",
            ),
        ),
        orgmap.core.triggers.InstallTriggers(
            models=["Closing", "ClosingEvent", "ClosingStep", "ClosingStepEvent", "HandleCheck", "HandleCheckEvent"],
        ),
    ]
