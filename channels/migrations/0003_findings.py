"""What the audit says. The database itself removes it with its subject: undo deletes by statements of its own."""

import django.contrib.postgres.fields
import django.contrib.postgres.functions
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

FINDING = {
    "account_id": "channels_account (id) ON DELETE CASCADE",
    "department_id": "departments_department (id) ON DELETE CASCADE",
    "objective_id": "departments_objective (id) ON DELETE CASCADE",
    "tie_id": "departments_tie (id) ON DELETE CASCADE",
    "benefit_id": "departments_benefit (id) ON DELETE CASCADE",
    "assignee_id": "users_user (id) ON DELETE SET NULL",
    "resolved_by_id": "users_user (id) ON DELETE SET NULL",
}
NOTE = {"finding_id": "channels_finding (id) ON DELETE CASCADE", "by_id": "users_user (id) ON DELETE SET NULL"}


def references(table: str, targets: dict[str, str]) -> migrations.RunSQL:
    """Foreign keys that say themselves what follows a deletion. Checked when a transaction ends."""
    names = {column: f"{table}_{column}_follows" for column in targets}
    add = (
        f"ADD CONSTRAINT {names[column]} FOREIGN KEY ({column}) REFERENCES {target} DEFERRABLE INITIALLY DEFERRED"
        for column, target in targets.items()
    )
    drop = (f"DROP CONSTRAINT {name}" for name in names.values())
    return migrations.RunSQL(f"ALTER TABLE {table} {', '.join(add)}", f"ALTER TABLE {table} {', '.join(drop)}")


class Migration(migrations.Migration):
    dependencies = [
        ("channels", "0002_platforms"),
        ("departments", "0004_find"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RuleSetting",
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
                ("rule", models.CharField(max_length=40, unique=True)),
                ("is_on", models.BooleanField(default=True, verbose_name="is asked")),
                ("parameters", models.JSONField(blank=True, default=dict)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RuleSettingEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("id", models.BigIntegerField()),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                ("rule", models.CharField(max_length=40)),
                ("is_on", models.BooleanField(default=True, verbose_name="is asked")),
                ("parameters", models.JSONField(blank=True, default=dict)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AuditRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("as_of", models.DateField(help_text="The day by which it judged.")),
                ("looked_at", models.DateTimeField()),
                ("seen", models.TextField(help_text="The database's snapshot that it read: see orgmap.history.pulse.")),
                ("is_full", models.BooleanField(default=True)),
                ("subjects", models.PositiveIntegerField(default=0, help_text="So many records were asked about.")),
                ("opened", models.PositiveIntegerField(default=0)),
                ("closed", models.PositiveIntegerField(default=0)),
                ("seconds", models.FloatField(default=0)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("is_full", True)), fields=["-id"], name="channels_audit_run_latest"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                (
                    "concerns",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        default=list,
                        help_text="Departments that it concerns, the one that answers first.",
                        size=None,
                    ),
                ),
                (
                    "detail",
                    models.JSONField(default=dict, help_text="The facts that its sentence needs, dates as 2026-03-31."),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("assigned", "Assigned"),
                            ("waived", "Waived"),
                            ("resolved", "Resolved"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("first_seen", models.DateField(help_text="When the fact was seen for the first time.")),
                ("since", models.DateField(help_text="When it was opened last.")),
                (
                    "last_seen",
                    models.DateField(
                        blank=True,
                        help_text="The last audit that saw the fact; empty: the latest audit sees it.",
                        null=True,
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True)),
                ("waived_reason", models.CharField(blank=True, default="", max_length=300)),
                ("waived_until", models.DateField(blank=True, help_text="The last day of the waiver.", null=True)),
                ("resolved_at", models.DateTimeField(blank=True, null=True)),
                (
                    "account",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="findings",
                        to="channels.account",
                    ),
                ),
                (
                    "assignee",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="assigned_findings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "benefit",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="findings",
                        to="departments.benefit",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="findings",
                        to="departments.department",
                    ),
                ),
                (
                    "objective",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="findings",
                        to="departments.objective",
                    ),
                ),
                (
                    "resolved_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        help_text="Who mended it; nobody: the fact was gone by itself.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "tie",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="findings",
                        to="departments.tie",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FindingCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rule", models.CharField(max_length=40)),
                ("day", models.DateField()),
                ("open", models.PositiveIntegerField(default=0, help_text="Open or assigned; waived ones apart.")),
                ("waived", models.PositiveIntegerField(default=0)),
                ("opened", models.PositiveIntegerField(default=0)),
                ("closed", models.PositiveIntegerField(default=0)),
            ],
            options={
                "indexes": [models.Index(fields=["day"], name="channels_finding_count_day")],
                "constraints": [
                    models.UniqueConstraint(fields=("rule", "day"), name="channels_finding_count_once_a_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="FindingNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("note", "Note"),
                            ("assigned", "Assigned"),
                            ("waived", "Waived"),
                            ("reopened", "Opened again"),
                            ("resolved", "Resolved"),
                        ],
                        default="note",
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("text", models.CharField(blank=True, max_length=1000)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "finding",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="said",
                        to="channels.finding",
                    ),
                ),
            ],
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rulesetting",
            trigger=pgtrigger.compiler.Trigger(
                name="stamp",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    NEW.version := OLD.version; NEW.updated_at := OLD.updated_at; NEW.created_at := OLD.created_at;\n                    IF NEW IS DISTINCT FROM OLD THEN\n                        NEW.version := OLD.version + 1; NEW.updated_at := clock_timestamp();\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="95b36fdc07ef52e1de065105d003cc97311b1549",
                    operation="UPDATE",
                    pgid="pgtrigger_stamp_93cd1",
                    table="channels_rulesetting",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rulesetting",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "channels_rulesettingevent" ("id", "is_on", "parameters", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rule", "version") SELECT new_values."id", new_values."is_on", new_values."parameters", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."rule", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="d4e63a183fc0ab62f1b4e0696e5e0d018ece4f4f",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_3fa7f",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="channels_rulesetting",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rulesetting",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "channels_rulesettingevent" ("id", "is_on", "parameters", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rule", "version") SELECT new_values."id", new_values."is_on", new_values."parameters", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."rule", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."is_on" IS DISTINCT FROM (new_values."is_on") OR old_values."parameters" IS DISTINCT FROM (new_values."parameters") OR old_values."rule" IS DISTINCT FROM (new_values."rule") OR old_values."version" IS DISTINCT FROM (new_values."version")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="c26f36cb2627638125a8788e22df943267eb27e8",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_76f0c",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="channels_rulesetting",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rulesetting",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "channels_rulesettingevent" ("id", "is_on", "parameters", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rule", "version") SELECT old_values."id", old_values."is_on", old_values."parameters", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."rule", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="e65e2f4d97efd99bf6d57e84ba42ee6b199816db",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_0dfb9",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="channels_rulesetting",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="rulesettingevent",
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
            model_name="rulesettingevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="channels.rulesetting",
            ),
        ),
        migrations.AddIndex(
            model_name="finding",
            index=models.Index(fields=["rule", "state", "id"], name="channels_finding_by_rule"),
        ),
        migrations.AddIndex(
            model_name="finding",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("state__in", ["open", "assigned", "waived"])),
                fields=["concerns"],
                name="channels_finding_concerns",
            ),
        ),
        migrations.AddIndex(
            model_name="finding",
            index=models.Index(
                condition=models.Q(("assignee__isnull", False)),
                fields=["assignee", "id"],
                name="channels_finding_by_assignee",
            ),
        ),
        migrations.AddIndex(
            model_name="finding",
            index=models.Index(
                condition=models.Q(("state", "waived")), fields=["waived_until"], name="channels_finding_waivers"
            ),
        ),
        migrations.AddIndex(
            model_name="finding",
            index=models.Index(
                condition=models.Q(("state", "resolved")), fields=["-resolved_at"], name="channels_finding_resolved"
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.UniqueConstraint(
                condition=models.Q(("account__isnull", False)),
                fields=("account", "rule"),
                name="channels_finding_account_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.UniqueConstraint(
                condition=models.Q(("department__isnull", False)),
                fields=("department", "rule"),
                name="channels_finding_department_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.UniqueConstraint(
                condition=models.Q(("objective__isnull", False)),
                fields=("objective", "rule"),
                name="channels_finding_objective_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.UniqueConstraint(
                condition=models.Q(("tie__isnull", False)), fields=("tie", "rule"), name="channels_finding_tie_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.UniqueConstraint(
                condition=models.Q(("benefit__isnull", False)),
                fields=("benefit", "rule"),
                name="channels_finding_benefit_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.UniqueConstraint(
                condition=models.Q(("place", ""), _negated=True),
                fields=("place", "rule"),
                name="channels_finding_place_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("account__isnull", True), _negated=True),
                        ("department__isnull", True),
                        ("objective__isnull", True),
                        ("tie__isnull", True),
                        ("benefit__isnull", True),
                        ("place", ""),
                    ),
                    models.Q(
                        models.Q(("department__isnull", True), _negated=True),
                        ("account__isnull", True),
                        ("objective__isnull", True),
                        ("tie__isnull", True),
                        ("benefit__isnull", True),
                        ("place", ""),
                    ),
                    models.Q(
                        models.Q(("objective__isnull", True), _negated=True),
                        ("account__isnull", True),
                        ("department__isnull", True),
                        ("tie__isnull", True),
                        ("benefit__isnull", True),
                        ("place", ""),
                    ),
                    models.Q(
                        models.Q(("tie__isnull", True), _negated=True),
                        ("account__isnull", True),
                        ("department__isnull", True),
                        ("objective__isnull", True),
                        ("benefit__isnull", True),
                        ("place", ""),
                    ),
                    models.Q(
                        models.Q(("benefit__isnull", True), _negated=True),
                        ("account__isnull", True),
                        ("department__isnull", True),
                        ("objective__isnull", True),
                        ("tie__isnull", True),
                        ("place", ""),
                    ),
                    models.Q(
                        models.Q(("place", ""), _negated=True),
                        ("account__isnull", True),
                        ("department__isnull", True),
                        ("objective__isnull", True),
                        ("tie__isnull", True),
                        ("benefit__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="channels_finding_one_subject",
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "waived"), ("waived_until__isnull", False)),
                    models.Q(
                        models.Q(("state", "waived"), _negated=True),
                        ("waived_reason", ""),
                        ("waived_until__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="channels_finding_waiver_ends",
                violation_error_message="A waiver needs the day on which it ends; other findings have none.",
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("resolved_at__isnull", False), ("state", "resolved")),
                    models.Q(
                        models.Q(("state", "resolved"), _negated=True),
                        ("resolved_at__isnull", True),
                        ("resolved_by__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="channels_finding_resolved_has_time",
            ),
        ),
        migrations.AddIndex(
            model_name="findingnote",
            index=models.Index(fields=["-at", "-id"], name="channels_finding_note_latest"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rulesettingevent",
            trigger=pgtrigger.compiler.Trigger(
                name="changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        INSERT INTO history_change (source, rows, at, xact)\n            SELECT TG_TABLE_NAME, count(*), clock_timestamp(), pg_current_xact_id()::text::bigint\n            FROM new_values HAVING count(*) > 0;\n        RETURN NULL;\n    ",
                    hash="ad37100de45cf6bd5ea3014dbbcf20cc79f8b4fb",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_changed_eca23",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="channels_rulesettingevent",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rulesettingevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="47940a65463df70162722fe0fba3aabe345ddc3b",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_33a7b",
                    table="channels_rulesettingevent",
                    when="BEFORE",
                ),
            ),
        ),
        references("channels_finding", FINDING),
        references("channels_findingnote", NOTE),
    ]
