import django.contrib.postgres.fields
import django.contrib.postgres.functions
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import orgmap.core.triggers


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0002_fold"),
        ("departments", "0001_models"),
        ("history", "0001_models"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("users", "0001_models"),
    ]

    operations = [
        migrations.CreateModel(
            name="Snapshot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("as_of", models.DateField()),
                ("collected_at", models.DateTimeField()),
                ("published_at", models.DateTimeField()),
                ("checked_at", models.DateTimeField(help_text="When the facts were last found to be still the same.")),
                ("seen", models.TextField()),
                ("input_hash", models.CharField(max_length=64)),
                ("policy", models.JSONField()),
                ("catalogue_version", models.CharField(max_length=64)),
                (
                    "name",
                    models.CharField(
                        blank=True, help_text="A named snapshot is frozen and never deleted.", max_length=120
                    ),
                ),
                (
                    "seconds",
                    models.FloatField(default=0, help_text="How long it took, from reading the facts to publishing."),
                ),
                (
                    "sprawl",
                    models.JSONField(
                        default=dict,
                        help_text="Sprawl and what to do about it, as far as it is the same at every level.",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["-published_at"], name="reports_snapshot_latest")],
            },
        ),
        migrations.CreateModel(
            name="FactSheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("content", models.BinaryField()),
                (
                    "snapshot",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="fact_sheet", to="reports.snapshot"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="IntendedOverlap",
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
                ("touchpoint", models.CharField(blank=True, max_length=250)),
                ("reason", models.CharField(max_length=300)),
                ("review_on", models.DateField()),
                (
                    "a",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="departments.department",
                    ),
                ),
                (
                    "b",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="departments.department",
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
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("a__isnull", False), ("b__isnull", False), ("touchpoint", "")),
                            models.Q(
                                ("a__isnull", True), ("b__isnull", True), models.Q(("touchpoint", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="reports_intended_pair_or_place",
                        violation_error_message="Name two departments or a meeting place, not both.",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="stamp",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                    NEW.version := OLD.version; NEW.updated_at := OLD.updated_at; NEW.created_at := OLD.created_at;\n                    IF NEW IS DISTINCT FROM OLD THEN\n                        NEW.version := OLD.version + 1; NEW.updated_at := clock_timestamp();\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="1d201d64029bd0c130567291513262ee8115a0e5",
                            operation="UPDATE",
                            pgid="pgtrigger_stamp_a1e46",
                            table="reports_intendedoverlap",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reports_intendedoverlapevent" ("a_id", "b_id", "by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "review_on", "touchpoint", "version") SELECT new_values."a_id", new_values."b_id", new_values."by_id", new_values."id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."reason", new_values."review_on", new_values."touchpoint", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="8bba157a1b93bfac8ed50970e015e69912163138",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_e3734",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="reports_intendedoverlap",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reports_intendedoverlapevent" ("a_id", "b_id", "by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "review_on", "touchpoint", "version") SELECT new_values."a_id", new_values."b_id", new_values."by_id", new_values."id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."reason", new_values."review_on", new_values."touchpoint", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."a_id" IS DISTINCT FROM (new_values."a_id") OR old_values."b_id" IS DISTINCT FROM (new_values."b_id") OR old_values."by_id" IS DISTINCT FROM (new_values."by_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."reason" IS DISTINCT FROM (new_values."reason") OR old_values."review_on" IS DISTINCT FROM (new_values."review_on") OR old_values."touchpoint" IS DISTINCT FROM (new_values."touchpoint") OR old_values."version" IS DISTINCT FROM (new_values."version")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="5575b74ab83ac915bd129ec31c128f2772442069",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_603ca",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="reports_intendedoverlap",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reports_intendedoverlapevent" ("a_id", "b_id", "by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "review_on", "touchpoint", "version") SELECT old_values."a_id", old_values."b_id", old_values."by_id", old_values."id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."reason", old_values."review_on", old_values."touchpoint", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="cb7f28692d1535c8c311e410cae8a8457342b3a5",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_07e87",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="reports_intendedoverlap",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IntendedOverlapEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("id", models.BigIntegerField()),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                ("touchpoint", models.CharField(blank=True, max_length=250)),
                ("reason", models.CharField(max_length=300)),
                ("review_on", models.DateField()),
                (
                    "a",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="departments.department",
                    ),
                ),
                (
                    "b",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="departments.department",
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
                        to="reports.intendedoverlap",
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
                            hash="a13c0093c376c0adb1652f382f35173637a53e03",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_changed_dd9dd",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="reports_intendedoverlapevent",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="2dfd1c92458d6354cf62b12faed0040d632a5c55",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_164de",
                            table="reports_intendedoverlapevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Level",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("level", models.PositiveSmallIntegerField(null=True)),
                ("units", models.PositiveIntegerField()),
                ("alignment", models.FloatField(null=True)),
                ("contested", models.PositiveIntegerField()),
                ("blind", models.PositiveIntegerField()),
                ("figures", models.JSONField()),
                (
                    "actions",
                    models.JSONField(default=list, help_text="What to do next, as far as it depends on the level."),
                ),
                ("trend", models.JSONField(null=True)),
                (
                    "snapshot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="levels", to="reports.snapshot"
                    ),
                ),
                (
                    "unit_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80), default=list, size=None
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("snapshot", "level"), name="reports_level_once", nulls_distinct=False
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Pair",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rank", models.PositiveIntegerField()),
                ("a", models.CharField(max_length=80)),
                ("b", models.CharField(max_length=80)),
                ("shared", models.FloatField()),
                ("overlap", models.FloatField(null=True)),
                ("coverage", models.FloatField(null=True)),
                ("gap", models.FloatField()),
                ("quadrant", models.CharField(max_length=20)),
                (
                    "row",
                    models.JSONField(
                        help_text="The pair's row of the method, with their count in place of its touchpoints."
                    ),
                ),
                (
                    "places",
                    models.JSONField(
                        help_text="What they share, place by place, with the records on both sides; for kept gaps only.",
                        null=True,
                    ),
                ),
                (
                    "level",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pair_rows", to="reports.level"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["level", "b"], name="reports_pair_by_second")],
                "constraints": [
                    models.UniqueConstraint(fields=("level", "a", "b"), name="reports_pair_once"),
                    models.UniqueConstraint(fields=("level", "rank"), name="reports_pair_rank_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Policy",
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
                    "overrides",
                    models.JSONField(blank=True, default=dict, help_text='For example {"dormant_days": 120}.'),
                ),
            ],
            options={
                "verbose_name_plural": "policy",
                "abstract": False,
                "constraints": [models.CheckConstraint(condition=models.Q(("pk", 1)), name="reports_policy_one_row")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="stamp",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                    NEW.version := OLD.version; NEW.updated_at := OLD.updated_at; NEW.created_at := OLD.created_at;\n                    IF NEW IS DISTINCT FROM OLD THEN\n                        NEW.version := OLD.version + 1; NEW.updated_at := clock_timestamp();\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="3d7802b3527d9220e9f1acd57e3806064005af3f",
                            operation="UPDATE",
                            pgid="pgtrigger_stamp_e5413",
                            table="reports_policy",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reports_policyevent" ("id", "overrides", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") SELECT new_values."id", new_values."overrides", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="00323c72634c5d617971b0ebe8cfa3df2c935600",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_aa46d",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="reports_policy",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reports_policyevent" ("id", "overrides", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") SELECT new_values."id", new_values."overrides", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."overrides" IS DISTINCT FROM (new_values."overrides") OR old_values."version" IS DISTINCT FROM (new_values."version")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="7a838f25b3eca8503125eee8d1361e74c5480670",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_513ae",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="reports_policy",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reports_policyevent" ("id", "overrides", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") SELECT old_values."id", old_values."overrides", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="cfee484fe76536c3d28bc631651653edbf8962d9",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_c7202",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="reports_policy",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PolicyEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("id", models.BigIntegerField()),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                (
                    "overrides",
                    models.JSONField(blank=True, default=dict, help_text='For example {"dormant_days": 120}.'),
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
                        to="reports.policy",
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
                            hash="48c35504396ce7519494c6bbb338898b733d84fe",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_changed_0eadf",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="reports_policyevent",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="43753144e60d23ecf5c9e20f1a6edae631316df6",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_c6a5c",
                            table="reports_policyevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RollupRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("running", "Running"),
                            ("spread", "Spread over several workers"),
                            ("done", "Done"),
                            ("failed", "Failed"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("requested_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("claimed_at", models.DateTimeField(blank=True, null=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("error", models.TextField(blank=True)),
                (
                    "snapshot",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="requests",
                        to="reports.snapshot",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["-requested_at"], name="reports_rollup_latest")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")), fields=("state",), name="reports_one_waiting"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Touchpoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("touchpoint", models.CharField(max_length=250)),
                ("pairs", models.PositiveIntegerField()),
                ("weight", models.FloatField()),
                ("alignment", models.FloatField(null=True)),
                ("blind", models.BooleanField()),
                (
                    "uncovered",
                    models.FloatField(
                        help_text="Pairs that meet here times the share not covered: the hottest place first."
                    ),
                ),
                (
                    "level",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="touchpoint_rows", to="reports.level"
                    ),
                ),
                (
                    "units",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(),
                        help_text="Who stands here, by place among the level's units.",
                        size=None,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("level"),
                        models.OrderBy(models.F("uncovered"), descending=True),
                        models.F("id"),
                        name="reports_touchpoint_hottest",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("level", "touchpoint"), name="reports_touchpoint_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Unit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("unit", models.CharField(max_length=80)),
                ("alignment", models.FloatField(null=True)),
                ("weight", models.FloatField()),
                ("contested", models.PositiveIntegerField()),
                (
                    "position",
                    models.PositiveIntegerField(help_text="Order of the organisation's tree, divisions together."),
                ),
                ("division", models.CharField(max_length=80)),
                ("parent", models.CharField(blank=True, help_text="The active department above it.", max_length=80)),
                (
                    "row",
                    models.JSONField(
                        help_text="Its sprawl shares, its row of benefits, and its ties where it has any."
                    ),
                ),
                (
                    "level",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="unit_rows", to="reports.level"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("level", "unit"), name="reports_unit_once")],
            },
        ),
        migrations.CreateModel(
            name="SpreadRollup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("facts", models.BinaryField()),
                ("pair_facts", models.BinaryField()),
                ("top", models.PositiveIntegerField(null=True)),
                ("laid_out_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("told_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "request",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="spread", to="reports.rolluprequest"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PairBlock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("start", models.PositiveIntegerField()),
                ("stop", models.PositiveIntegerField()),
                ("parts", models.JSONField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "spread",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="blocks", to="reports.spreadrollup"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("spread", "start"), name="reports_pair_block_once")],
            },
        ),
        migrations.CreateModel(
            name="MapSheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("below", models.CharField(blank=True, max_length=80)),
                ("content", models.BinaryField()),
                (
                    "level",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="map_sheets",
                        to="reports.level",
                    ),
                ),
                (
                    "snapshot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="map_sheets", to="reports.snapshot"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("snapshot", "level", "below"), name="reports_map_sheet_once", nulls_distinct=False
                    )
                ],
            },
        ),
        orgmap.core.triggers.InstallTriggers(
            models=["IntendedOverlap", "IntendedOverlapEvent", "Policy", "PolicyEvent"],
        ),
    ]
