"""What people decide about findings is kept by the history: an action that can be undone."""

import uuid

import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("channels", "0013_exports_of_findings"),
        ("departments", "0004_find"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FindingEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("rule", models.CharField(help_text="A code of channels.audit.", max_length=40)),
                (
                    "place",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="A meeting place: channel|audience|market|platform.",
                        max_length=300,
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True)),
                ("waived_reason", models.CharField(blank=True, default="", max_length=300)),
                ("waived_until", models.DateField(blank=True, help_text="The last day of the waiver.", null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="FindingNoteEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("note", "Note"),
                            ("assigned", "Assigned"),
                            ("waived", "Waived"),
                            ("reopened", "Opened again"),
                            ("undone", "Undone"),
                            ("resolved", "Resolved"),
                        ],
                        default="note",
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("text", models.CharField(blank=True, max_length=1000)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="decision",
            name="action",
            field=models.UUIDField(default=uuid.uuid4, help_text="The action of the history that all of it is one of."),
        ),
        migrations.AlterField(
            model_name="findingnote",
            name="kind",
            field=models.CharField(
                choices=[
                    ("note", "Note"),
                    ("assigned", "Assigned"),
                    ("waived", "Waived"),
                    ("reopened", "Opened again"),
                    ("undone", "Undone"),
                    ("resolved", "Resolved"),
                ],
                default="note",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="handlecheck",
            name="seen",
            field=models.CharField(
                choices=[
                    ("ours", "Still ours, and quiet"),
                    ("free", "Nobody has it: anyone could take it"),
                    ("taken", "Somebody else has it"),
                    ("gone", "The platform is gone: there is nothing left to look at"),
                    ("merged", "It was a second record of an account that goes on"),
                ],
                max_length=10,
                verbose_name="what was seen",
            ),
        ),
        migrations.AlterField(
            model_name="handlecheckevent",
            name="seen",
            field=models.CharField(
                choices=[
                    ("ours", "Still ours, and quiet"),
                    ("free", "Nobody has it: anyone could take it"),
                    ("taken", "Somebody else has it"),
                    ("gone", "The platform is gone: there is nothing left to look at"),
                    ("merged", "It was a second record of an account that goes on"),
                ],
                max_length=10,
                verbose_name="what was seen",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="finding",
            trigger=pgtrigger.compiler.Trigger(
                name="decided",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF NOT coalesce(current_setting('pghistory.context_id', true), '') <> '' OR NOT EXISTS (SELECT FROM \n        old_values o JOIN new_values n USING (id)\n        WHERE ROW(n.assignee_id, n.due_on, n.waived_reason, n.waived_until) IS DISTINCT FROM ROW(o.assignee_id, o.due_on, o.waived_reason, o.waived_until) AND n.resolved_at IS NOT DISTINCT FROM o.resolved_at\n        AND (n.waived_until IS NOT NULL OR coalesce(o.waived_until, CURRENT_DATE) >= CURRENT_DATE)\n    ) THEN RETURN NULL; END IF;\n            INSERT INTO channels_findingevent (pgh_created_at, pgh_label, pgh_obj_id, rule, account_id, department_id, objective_id, tie_id, benefit_id, place, assignee_id, due_on, waived_reason, waived_until)\n                SELECT clock_timestamp(), 'update', o.id, o.rule, o.account_id, o.department_id, o.objective_id, o.tie_id, o.benefit_id, o.place, o.assignee_id, o.due_on, o.waived_reason, o.waived_until\n                FROM (SELECT o.* FROM \n        old_values o JOIN new_values n USING (id)\n        WHERE ROW(n.assignee_id, n.due_on, n.waived_reason, n.waived_until) IS DISTINCT FROM ROW(o.assignee_id, o.due_on, o.waived_reason, o.waived_until) AND n.resolved_at IS NOT DISTINCT FROM o.resolved_at\n        AND (n.waived_until IS NOT NULL OR coalesce(o.waived_until, CURRENT_DATE) >= CURRENT_DATE)\n    ) o\n                LEFT JOIN LATERAL (\n                    SELECT * FROM channels_findingevent e WHERE e.pgh_obj_id = o.id ORDER BY e.pgh_id DESC LIMIT 1\n                ) e ON true\n                WHERE e.pgh_id IS NULL OR ROW(e.assignee_id, e.due_on, e.waived_reason, e.waived_until) IS DISTINCT FROM ROW(o.assignee_id, o.due_on, o.waived_reason, o.waived_until);\n            INSERT INTO channels_findingevent (pgh_created_at, pgh_label, pgh_context_id, pgh_obj_id, rule, account_id, department_id, objective_id, tie_id, benefit_id, place, assignee_id, due_on, waived_reason, waived_until)\n                SELECT clock_timestamp(), 'update', here.action, n.id, n.rule, n.account_id, n.department_id, n.objective_id, n.tie_id, n.benefit_id, n.place, n.assignee_id, n.due_on, n.waived_reason, n.waived_until\n                FROM (SELECT n.* FROM \n        old_values o JOIN new_values n USING (id)\n        WHERE ROW(n.assignee_id, n.due_on, n.waived_reason, n.waived_until) IS DISTINCT FROM ROW(o.assignee_id, o.due_on, o.waived_reason, o.waived_until) AND n.resolved_at IS NOT DISTINCT FROM o.resolved_at\n        AND (n.waived_until IS NOT NULL OR coalesce(o.waived_until, CURRENT_DATE) >= CURRENT_DATE)\n    ) n, (SELECT _pgh_attach_context() AS action) here;\n            RETURN NULL;\n        ",
                    hash="df4dd469fa1bb96f47bd3769e6e878b62a91080e",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_decided_7b74b",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="channels_finding",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="finding",
            trigger=pgtrigger.compiler.Trigger(
                name="follows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."state" = (NEW."state"))',
                    func="\n            NEW.state := CASE WHEN NEW.resolved_at IS NOT NULL THEN 'resolved'\n                WHEN NEW.waived_until IS NOT NULL THEN 'waived'\n                WHEN NEW.assignee_id IS NOT NULL THEN 'assigned' ELSE 'open' END;\n            RETURN NEW;\n        ",
                    hash="b75b24f263e64cec4d37bae112a5ac0abd0aac10",
                    operation='UPDATE OF "assignee_id", "waived_until"',
                    pgid="pgtrigger_follows_b2eaa",
                    table="channels_finding",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="findingnote",
            trigger=pgtrigger.compiler.Trigger(
                name="said_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF pg_trigger_depth() > 1 OR NOT coalesce(current_setting('pghistory.context_id', true), '') <> '' OR NOT EXISTS (SELECT FROM new_values WHERE kind = 'note') THEN RETURN NULL; END IF;\n            INSERT INTO channels_findingnoteevent (pgh_created_at, pgh_label, pgh_context_id, pgh_obj_id, id, finding_id, kind, by_id, at, text)\n                SELECT clock_timestamp(), 'insert', here.action, said.id, said.id, said.finding_id, said.kind, said.by_id, said.at, said.text\n                FROM (SELECT * FROM new_values WHERE kind = 'note') said, (SELECT _pgh_attach_context() AS action) here;\n            RETURN NULL;\n        ",
                    hash="64f8c1c99c4567ac5c9c3b40e937d7044b9c16cf",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_said_insert_12000",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="channels_findingnote",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="findingnote",
            trigger=pgtrigger.compiler.Trigger(
                name="said_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF pg_trigger_depth() > 1 OR NOT coalesce(current_setting('pghistory.context_id', true), '') <> '' OR NOT EXISTS (SELECT FROM old_values WHERE kind = 'note') THEN RETURN NULL; END IF;\n            INSERT INTO channels_findingnoteevent (pgh_created_at, pgh_label, pgh_context_id, pgh_obj_id, id, finding_id, kind, by_id, at, text)\n                SELECT clock_timestamp(), 'delete', here.action, said.id, said.id, said.finding_id, said.kind, said.by_id, said.at, said.text\n                FROM (SELECT * FROM old_values WHERE kind = 'note') said, (SELECT _pgh_attach_context() AS action) here;\n            RETURN NULL;\n        ",
                    hash="ff0574b2d73f7130d16e61da85dbd945f5e055bf",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_said_delete_a93c9",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="channels_findingnote",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="findingevent",
            name="account",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="channels.account",
            ),
        ),
        migrations.AddField(
            model_name="findingevent",
            name="assignee",
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
            model_name="findingevent",
            name="benefit",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="departments.benefit",
            ),
        ),
        migrations.AddField(
            model_name="findingevent",
            name="department",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="departments.department",
            ),
        ),
        migrations.AddField(
            model_name="findingevent",
            name="objective",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="departments.objective",
            ),
        ),
        migrations.AddField(
            model_name="findingevent",
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
            model_name="findingevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="decided",
                to="channels.finding",
            ),
        ),
        migrations.AddField(
            model_name="findingevent",
            name="tie",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="departments.tie",
            ),
        ),
        migrations.AddField(
            model_name="findingnoteevent",
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
            model_name="findingnoteevent",
            name="finding",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="channels.finding",
            ),
        ),
        migrations.AddField(
            model_name="findingnoteevent",
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
            model_name="findingnoteevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="channels.findingnote",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="findingevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="3b131fda37ab7ba5f7624af1c0ba0a387ce8e5d8",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_28af1",
                    table="channels_findingevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="findingnoteevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="4546c3535478e9ce76116f48e2aae8f61053777c",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_3823a",
                    table="channels_findingnoteevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
