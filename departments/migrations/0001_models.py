import django.contrib.postgres.fields
import django.contrib.postgres.functions
import django.contrib.postgres.indexes
import django.core.serializers.json
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import orgmap.core.triggers


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0002_fold"),
        ("history", "0001_models"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("users", "0001_models"),
    ]

    operations = [
        migrations.CreateModel(
            name="Benefit",
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
                ("code", models.CharField(max_length=20, unique=True)),
                ("name", models.CharField(max_length=160)),
                ("explanation", models.TextField(blank=True)),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="stamp",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                    NEW.version := OLD.version; NEW.updated_at := OLD.updated_at; NEW.created_at := OLD.created_at;\n                    IF NEW IS DISTINCT FROM OLD THEN\n                        NEW.version := OLD.version + 1; NEW.updated_at := clock_timestamp();\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="bc62863e33243118b617e64f1d0dfe973fe93a15",
                            operation="UPDATE",
                            pgid="pgtrigger_stamp_374b8",
                            table="departments_benefit",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "departments_benefitevent" ("code", "explanation", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") SELECT new_values."code", new_values."explanation", new_values."id", new_values."name", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="01dfa118fbcb2232e47c687ae92328d1ed4c45c5",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_b72b8",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="departments_benefit",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "departments_benefitevent" ("code", "explanation", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") SELECT new_values."code", new_values."explanation", new_values."id", new_values."name", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."code" IS DISTINCT FROM (new_values."code") OR old_values."explanation" IS DISTINCT FROM (new_values."explanation") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."version" IS DISTINCT FROM (new_values."version")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="d7b51cc4c0d507884f6a6464db12696c1e12e1fb",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_d24ab",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="departments_benefit",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "departments_benefitevent" ("code", "explanation", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") SELECT old_values."code", old_values."explanation", old_values."id", old_values."name", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="08295c6bfe567e9d22741686dcf0bbc281e63dbf",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_6ab9d",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="departments_benefit",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BenefitEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("id", models.BigIntegerField()),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                ("code", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=160)),
                ("explanation", models.TextField(blank=True)),
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
                        to="departments.benefit",
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
                            hash="0cdc53b525e53a8184563ae8f299c36a8f250bf3",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_changed_2bfc1",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="departments_benefitevent",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="10367b0759c240184e857cf34097cc5df8b2fc16",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_74458",
                            table="departments_benefitevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Objective",
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
                ("statement", models.CharField(max_length=300)),
                (
                    "measure",
                    models.CharField(
                        blank=True, help_text="What is counted: for example calls a week.", max_length=200
                    ),
                ),
                ("unit", models.CharField(blank=True, max_length=40)),
                ("baseline", models.DecimalField(blank=True, decimal_places=4, max_digits=16, null=True)),
                ("target", models.DecimalField(blank=True, decimal_places=4, max_digits=16, null=True)),
                ("current", models.DecimalField(blank=True, decimal_places=4, max_digits=16, null=True)),
                ("starts_on", models.DateField(blank=True, null=True)),
                ("ends_on", models.DateField(blank=True, null=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("active", "Active"),
                            ("achieved", "Achieved"),
                            ("dropped", "Dropped"),
                        ],
                        default="active",
                        max_length=10,
                    ),
                ),
                ("notes", models.TextField(blank=True)),
                (
                    "benefit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="objectives", to="departments.benefit"
                    ),
                ),
                (
                    "ended_reason",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=300, verbose_name="why it ended"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("starts_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="departments_objective_dates_in_order",
                        violation_error_message="The objective ends before it starts. Change one of the two dates.",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="stamp",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                    NEW.version := OLD.version; NEW.updated_at := OLD.updated_at; NEW.created_at := OLD.created_at;\n                    IF NEW IS DISTINCT FROM OLD THEN\n                        NEW.version := OLD.version + 1; NEW.updated_at := clock_timestamp();\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="ffeb8ac608fd5651aa5be8a7cf6b6cad0ed63812",
                            operation="UPDATE",
                            pgid="pgtrigger_stamp_bc35c",
                            table="departments_objective",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "departments_objectiveevent" ("baseline", "benefit_id", "current", "ended_reason", "ends_on", "id", "measure", "notes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "statement", "status", "target", "unit", "version") SELECT new_values."baseline", new_values."benefit_id", new_values."current", new_values."ended_reason", new_values."ends_on", new_values."id", new_values."measure", new_values."notes", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."starts_on", new_values."statement", new_values."status", new_values."target", new_values."unit", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="b92a94e399e38aacbd026b363c4868049c97d906",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_8daa9",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="departments_objective",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "departments_objectiveevent" ("baseline", "benefit_id", "current", "ended_reason", "ends_on", "id", "measure", "notes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "statement", "status", "target", "unit", "version") SELECT new_values."baseline", new_values."benefit_id", new_values."current", new_values."ended_reason", new_values."ends_on", new_values."id", new_values."measure", new_values."notes", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."starts_on", new_values."statement", new_values."status", new_values."target", new_values."unit", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."baseline" IS DISTINCT FROM (new_values."baseline") OR old_values."benefit_id" IS DISTINCT FROM (new_values."benefit_id") OR old_values."current" IS DISTINCT FROM (new_values."current") OR old_values."ended_reason" IS DISTINCT FROM (new_values."ended_reason") OR old_values."ends_on" IS DISTINCT FROM (new_values."ends_on") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."measure" IS DISTINCT FROM (new_values."measure") OR old_values."notes" IS DISTINCT FROM (new_values."notes") OR old_values."starts_on" IS DISTINCT FROM (new_values."starts_on") OR old_values."statement" IS DISTINCT FROM (new_values."statement") OR old_values."status" IS DISTINCT FROM (new_values."status") OR old_values."target" IS DISTINCT FROM (new_values."target") OR old_values."unit" IS DISTINCT FROM (new_values."unit") OR old_values."version" IS DISTINCT FROM (new_values."version")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="986ac0cd98b20078db7b03690da4886fb32982d9",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f1696",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="departments_objective",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "departments_objectiveevent" ("baseline", "benefit_id", "current", "ended_reason", "ends_on", "id", "measure", "notes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "statement", "status", "target", "unit", "version") SELECT old_values."baseline", old_values."benefit_id", old_values."current", old_values."ended_reason", old_values."ends_on", old_values."id", old_values."measure", old_values."notes", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."starts_on", old_values."statement", old_values."status", old_values."target", old_values."unit", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="0608610533e28f351963f08ae83dc1b5b3f722f2",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_bbecd",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="departments_objective",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CheckIn",
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
                ("on", models.DateField()),
                ("value", models.DecimalField(decimal_places=4, max_digits=16)),
                ("note", models.CharField(blank=True, max_length=300)),
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
                    "objective",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="check_ins",
                        to="departments.objective",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("objective", "on"), name="departments_check_in_once_a_day")
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="stamp",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                    NEW.version := OLD.version; NEW.updated_at := OLD.updated_at; NEW.created_at := OLD.created_at;\n                    IF NEW IS DISTINCT FROM OLD THEN\n                        NEW.version := OLD.version + 1; NEW.updated_at := clock_timestamp();\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="1481b9d4c7f3a5b88cbedac0364faa21c4d8f8ea",
                            operation="UPDATE",
                            pgid="pgtrigger_stamp_988a9",
                            table="departments_checkin",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "departments_checkinevent" ("by_id", "id", "note", "objective_id", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "value", "version") SELECT new_values."by_id", new_values."id", new_values."note", new_values."objective_id", new_values."on", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."value", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="86d6dbbc40f95454316741b510aae3dd4924b20f",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_a6488",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="departments_checkin",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "departments_checkinevent" ("by_id", "id", "note", "objective_id", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "value", "version") SELECT new_values."by_id", new_values."id", new_values."note", new_values."objective_id", new_values."on", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."value", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."by_id" IS DISTINCT FROM (new_values."by_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."note" IS DISTINCT FROM (new_values."note") OR old_values."objective_id" IS DISTINCT FROM (new_values."objective_id") OR old_values."on" IS DISTINCT FROM (new_values."on") OR old_values."value" IS DISTINCT FROM (new_values."value") OR old_values."version" IS DISTINCT FROM (new_values."version")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="9a38550346e144c39381f848079406fbb9d21ef0",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_1b129",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="departments_checkin",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "departments_checkinevent" ("by_id", "id", "note", "objective_id", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "value", "version") SELECT old_values."by_id", old_values."id", old_values."note", old_values."objective_id", old_values."on", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."value", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="fafe915e159c3a032846afd88d1573f05fc82de1",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_e9805",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="departments_checkin",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CheckInEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("id", models.BigIntegerField()),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                ("on", models.DateField()),
                ("value", models.DecimalField(decimal_places=4, max_digits=16)),
                ("note", models.CharField(blank=True, max_length=300)),
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
                        to="departments.checkin",
                    ),
                ),
                (
                    "objective",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="departments.objective",
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
                            hash="9192b4073306a7026a1d6d294a28798ca8bd640f",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_changed_3c3eb",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="departments_checkinevent",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="a50d5a34b03d0d0a48cb3db26e4e960005684d2d",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_3dd01",
                            table="departments_checkinevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Audience",
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
                    "code",
                    models.SlugField(
                        max_length=60,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9*](?:[a-z0-9_-]*[a-z0-9])?$",
                                "Use small letters, digits, hyphens and underscores: for example north-america.",
                            )
                        ],
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                (
                    "weight",
                    models.DecimalField(
                        decimal_places=4,
                        default=1,
                        help_text="How much a place with this counts in the figures; 1 is usual. Only leaves count.",
                        max_digits=8,
                        validators=[django.core.validators.MinValueValidator(0)],
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0, help_text="Order in lists; smaller comes first.")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="departments.audience",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("weight__gte", 0)), name="departments_audience_weight_from_0"
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="stamp",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                    NEW.version := OLD.version; NEW.updated_at := OLD.updated_at; NEW.created_at := OLD.created_at;\n                    IF NEW IS DISTINCT FROM OLD THEN\n                        NEW.version := OLD.version + 1; NEW.updated_at := clock_timestamp();\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="34920dce5fc82f0389ea2ab05d18e6f68b4a3f13",
                            operation="UPDATE",
                            pgid="pgtrigger_stamp_6f631",
                            table="departments_audience",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="audience_tree",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (NEW."parent_id" IS NOT NULL)',
                            func="\n            IF TG_OP = 'INSERT' THEN\n                IF NEW.parent_id = NEW.id THEN\n                    RAISE EXCEPTION 'A record cannot stand below itself.'\n                        USING ERRCODE = 'check_violation', CONSTRAINT = 'departments_audience_no_cycle';\n                END IF;\n                RETURN NULL;\n            END IF;\n            PERFORM pg_advisory_xact_lock(hashtext('departments_audience'));\n            IF EXISTS (\n                WITH RECURSIVE up AS (\n                    SELECT id, parent_id FROM departments_audience WHERE id = NEW.parent_id\n                    UNION SELECT t.id, t.parent_id FROM departments_audience t JOIN up ON t.id = up.parent_id\n                )\n                SELECT 1 FROM up WHERE id = NEW.id\n            ) THEN\n                RAISE EXCEPTION 'A record cannot stand below itself.'\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'departments_audience_no_cycle';\n            END IF;\n            RETURN NULL;\n            ",
                            hash="d3e700a673ca6189f77a8e59664f43c62526964c",
                            operation='INSERT OR UPDATE OF "parent_id"',
                            pgid="pgtrigger_audience_tree_43dfe",
                            table="departments_audience",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "departments_audienceevent" ("code", "id", "name", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "version", "weight") SELECT new_values."code", new_values."id", new_values."name", new_values."parent_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."position", new_values."version", new_values."weight" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="d24fbdd992788c72b9a81d8b423955eedd6b358a",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_687f9",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="departments_audience",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "departments_audienceevent" ("code", "id", "name", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "version", "weight") SELECT new_values."code", new_values."id", new_values."name", new_values."parent_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."position", new_values."version", new_values."weight" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."code" IS DISTINCT FROM (new_values."code") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."parent_id" IS DISTINCT FROM (new_values."parent_id") OR old_values."position" IS DISTINCT FROM (new_values."position") OR old_values."version" IS DISTINCT FROM (new_values."version") OR old_values."weight" IS DISTINCT FROM (new_values."weight")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="03ce118f56e78458fb0d81d24e002df305af13ae",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_ffbc5",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="departments_audience",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "departments_audienceevent" ("code", "id", "name", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "version", "weight") SELECT old_values."code", old_values."id", old_values."name", old_values."parent_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."position", old_values."version", old_values."weight" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="e9490826e20d77c1e360f64fb1135ce79578c2e3",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_a55f6",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="departments_audience",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Department",
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
                ("name", models.CharField(max_length=200)),
                (
                    "slug",
                    models.SlugField(
                        help_text="Its identity in addresses, figures and files; never changes.",
                        max_length=80,
                        unique=True,
                    ),
                ),
                ("acronym", models.CharField(blank=True, max_length=30)),
                (
                    "aliases",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200),
                        blank=True,
                        default=list,
                        help_text="Other names that lists use for it.",
                        size=None,
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
                (
                    "purpose",
                    models.TextField(blank=True, help_text="What this department is there for, in a sentence or two."),
                ),
                ("website", models.URLField(blank=True, max_length=500)),
                (
                    "status",
                    models.CharField(
                        choices=[("active", "Active"), ("closed", "Closed")], default="active", max_length=10
                    ),
                ),
                ("closed_on", models.DateField(blank=True, null=True)),
                (
                    "no_account_reason",
                    models.CharField(
                        blank=True,
                        help_text="Said here, the audit no longer asks.",
                        max_length=300,
                        verbose_name="why it runs no account",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="departments.department",
                        verbose_name="part of",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="predecessors",
                        to="departments.department",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["parent"], name="departments_dept_parent"),
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass(
                            django.db.models.functions.text.Upper("name"), "gin_trgm_ops"
                        ),
                        name="departments_dept_name_trgm",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("parent"),
                        django.db.models.functions.text.Lower("name"),
                        name="departments_department_name_once",
                        nulls_distinct=False,
                        violation_error_message="A department of this name stands here already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_on__isnull", False), ("status", "closed")),
                            models.Q(("closed_on__isnull", True), ("status", "active")),
                            _connector="OR",
                        ),
                        name="departments_department_closed_has_date",
                        violation_error_message="A closed department needs the day on which it closed; an active one has none.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="stamp",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                    NEW.version := OLD.version; NEW.updated_at := OLD.updated_at; NEW.created_at := OLD.created_at;\n                    IF NEW IS DISTINCT FROM OLD THEN\n                        NEW.version := OLD.version + 1; NEW.updated_at := clock_timestamp();\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="0b2e1f7f9bb4f46be14e771b72362f7017cbbb81",
                            operation="UPDATE",
                            pgid="pgtrigger_stamp_0e06f",
                            table="departments_department",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="department_tree",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (NEW."parent_id" IS NOT NULL)',
                            func="\n            IF TG_OP = 'INSERT' THEN\n                IF NEW.parent_id = NEW.id THEN\n                    RAISE EXCEPTION 'A record cannot stand below itself.'\n                        USING ERRCODE = 'check_violation', CONSTRAINT = 'departments_department_no_cycle';\n                END IF;\n                RETURN NULL;\n            END IF;\n            PERFORM pg_advisory_xact_lock(hashtext('departments_department'));\n            IF EXISTS (\n                WITH RECURSIVE up AS (\n                    SELECT id, parent_id FROM departments_department WHERE id = NEW.parent_id\n                    UNION SELECT t.id, t.parent_id FROM departments_department t JOIN up ON t.id = up.parent_id\n                )\n                SELECT 1 FROM up WHERE id = NEW.id\n            ) THEN\n                RAISE EXCEPTION 'A record cannot stand below itself.'\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'departments_department_no_cycle';\n            END IF;\n            RETURN NULL;\n            ",
                            hash="ea09fbe0f90bb695f8d199bd55540690f7eebb4e",
                            operation='INSERT OR UPDATE OF "parent_id"',
                            pgid="pgtrigger_department_tree_6bc11",
                            table="departments_department",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "departments_departmentevent" ("acronym", "aliases", "closed_on", "id", "name", "no_account_reason", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "process", "purpose", "slug", "status", "successor_id", "version", "website") SELECT new_values."acronym", new_values."aliases", new_values."closed_on", new_values."id", new_values."name", new_values."no_account_reason", new_values."parent_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."process", new_values."purpose", new_values."slug", new_values."status", new_values."successor_id", new_values."version", new_values."website" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="529e1eadf3cb67d41e2f79b8e99ee559f6db2b46",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_6ff16",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="departments_department",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "departments_departmentevent" ("acronym", "aliases", "closed_on", "id", "name", "no_account_reason", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "process", "purpose", "slug", "status", "successor_id", "version", "website") SELECT new_values."acronym", new_values."aliases", new_values."closed_on", new_values."id", new_values."name", new_values."no_account_reason", new_values."parent_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."process", new_values."purpose", new_values."slug", new_values."status", new_values."successor_id", new_values."version", new_values."website" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."acronym" IS DISTINCT FROM (new_values."acronym") OR old_values."aliases" IS DISTINCT FROM (new_values."aliases") OR old_values."closed_on" IS DISTINCT FROM (new_values."closed_on") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."no_account_reason" IS DISTINCT FROM (new_values."no_account_reason") OR old_values."parent_id" IS DISTINCT FROM (new_values."parent_id") OR old_values."process" IS DISTINCT FROM (new_values."process") OR old_values."purpose" IS DISTINCT FROM (new_values."purpose") OR old_values."slug" IS DISTINCT FROM (new_values."slug") OR old_values."status" IS DISTINCT FROM (new_values."status") OR old_values."successor_id" IS DISTINCT FROM (new_values."successor_id") OR old_values."version" IS DISTINCT FROM (new_values."version") OR old_values."website" IS DISTINCT FROM (new_values."website")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="fb2e7cb7707ac25693f8d9748aee550479c119f3",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_57215",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="departments_department",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "departments_departmentevent" ("acronym", "aliases", "closed_on", "id", "name", "no_account_reason", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "process", "purpose", "slug", "status", "successor_id", "version", "website") SELECT old_values."acronym", old_values."aliases", old_values."closed_on", old_values."id", old_values."name", old_values."no_account_reason", old_values."parent_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."process", old_values."purpose", old_values."slug", old_values."status", old_values."successor_id", old_values."version", old_values."website" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="cc4f367e19c6a635f6e0f3c27f7a7d8b813ec201",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_39fae",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="departments_department",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DefaultAudience",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "audience",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="departments.audience"
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="departments.department"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("department", "audience"), name="departments_default_audience_once")
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "departments_defaultaudienceevent" ("audience_id", "department_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."audience_id", new_values."department_id", new_values."id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="bc6f2ca2ed61e3da00146820073c6d501721f342",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_49e5b",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="departments_defaultaudience",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "departments_defaultaudienceevent" ("audience_id", "department_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."audience_id", new_values."department_id", new_values."id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="b5bfe9e3d6be49c4d1e5e8bbab28c4ba2332a0d3",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_acd59",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="departments_defaultaudience",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "departments_defaultaudienceevent" ("audience_id", "department_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."audience_id", old_values."department_id", old_values."id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="51cfed1cb9a6000fb26d2dfd561ec96f318d7a26",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_85068",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="departments_defaultaudience",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DefaultAudienceEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("id", models.BigIntegerField()),
                (
                    "audience",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="departments.audience",
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
                        to="departments.defaultaudience",
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
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="changed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        INSERT INTO history_change (source, rows, at, xact)\n            SELECT TG_TABLE_NAME, count(*), clock_timestamp(), pg_current_xact_id()::text::bigint\n            FROM new_values HAVING count(*) > 0;\n        RETURN NULL;\n    ",
                            hash="369abef96e2bf9500f94ebc2051fee2f7dbb4e40",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_changed_4a1ca",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="departments_defaultaudienceevent",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="bf08652ad045542cd171e7011eb1269bc07393ff",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_63c23",
                            table="departments_defaultaudienceevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Market",
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
                    "code",
                    models.SlugField(
                        max_length=60,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9*](?:[a-z0-9_-]*[a-z0-9])?$",
                                "Use small letters, digits, hyphens and underscores: for example north-america.",
                            )
                        ],
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                (
                    "weight",
                    models.DecimalField(
                        decimal_places=4,
                        default=1,
                        help_text="How much a place with this counts in the figures; 1 is usual. Only leaves count.",
                        max_digits=8,
                        validators=[django.core.validators.MinValueValidator(0)],
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0, help_text="Order in lists; smaller comes first.")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="departments.market",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("weight__gte", 0)), name="departments_market_weight_from_0"
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="stamp",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                    NEW.version := OLD.version; NEW.updated_at := OLD.updated_at; NEW.created_at := OLD.created_at;\n                    IF NEW IS DISTINCT FROM OLD THEN\n                        NEW.version := OLD.version + 1; NEW.updated_at := clock_timestamp();\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="a08c24d7abcf0188a8148e1db142d240439afdfe",
                            operation="UPDATE",
                            pgid="pgtrigger_stamp_72994",
                            table="departments_market",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="market_tree",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (NEW."parent_id" IS NOT NULL)',
                            func="\n            IF TG_OP = 'INSERT' THEN\n                IF NEW.parent_id = NEW.id THEN\n                    RAISE EXCEPTION 'A record cannot stand below itself.'\n                        USING ERRCODE = 'check_violation', CONSTRAINT = 'departments_market_no_cycle';\n                END IF;\n                RETURN NULL;\n            END IF;\n            PERFORM pg_advisory_xact_lock(hashtext('departments_market'));\n            IF EXISTS (\n                WITH RECURSIVE up AS (\n                    SELECT id, parent_id FROM departments_market WHERE id = NEW.parent_id\n                    UNION SELECT t.id, t.parent_id FROM departments_market t JOIN up ON t.id = up.parent_id\n                )\n                SELECT 1 FROM up WHERE id = NEW.id\n            ) THEN\n                RAISE EXCEPTION 'A record cannot stand below itself.'\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'departments_market_no_cycle';\n            END IF;\n            RETURN NULL;\n            ",
                            hash="ab8096baa986e664d99791b2cf95253eeb7ffb14",
                            operation='INSERT OR UPDATE OF "parent_id"',
                            pgid="pgtrigger_market_tree_07dae",
                            table="departments_market",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "departments_marketevent" ("code", "id", "name", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "version", "weight") SELECT new_values."code", new_values."id", new_values."name", new_values."parent_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."position", new_values."version", new_values."weight" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="1623ba7ff3a34c2f52d98f08ea5f6803ce6ada04",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_3dd26",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="departments_market",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "departments_marketevent" ("code", "id", "name", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "version", "weight") SELECT new_values."code", new_values."id", new_values."name", new_values."parent_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."position", new_values."version", new_values."weight" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."code" IS DISTINCT FROM (new_values."code") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."parent_id" IS DISTINCT FROM (new_values."parent_id") OR old_values."position" IS DISTINCT FROM (new_values."position") OR old_values."version" IS DISTINCT FROM (new_values."version") OR old_values."weight" IS DISTINCT FROM (new_values."weight")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="09710073f0051eab628bdbfaae92278a1f5d16c6",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_0198b",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="departments_market",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "departments_marketevent" ("code", "id", "name", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "version", "weight") SELECT old_values."code", old_values."id", old_values."name", old_values."parent_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."position", old_values."version", old_values."weight" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="1995a8134e7e33b603f83c208834aac76243bddb",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_7b7b8",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="departments_market",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DefaultMarket",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="departments.department"
                    ),
                ),
                (
                    "market",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="departments.market"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("department", "market"), name="departments_default_market_once")
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "departments_defaultmarketevent" ("department_id", "id", "market_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."department_id", new_values."id", new_values."market_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="24b051deab2163e44f4164c938c964b09dcda4c6",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_eefdf",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="departments_defaultmarket",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "departments_defaultmarketevent" ("department_id", "id", "market_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."department_id", new_values."id", new_values."market_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="e05ddab6ebc00f60b7d59794bf88707c7a592b0e",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_264fc",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="departments_defaultmarket",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "departments_defaultmarketevent" ("department_id", "id", "market_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."department_id", old_values."id", old_values."market_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="b11150f1dddcba712768d1747a01d159cc823be5",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_7d1fd",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="departments_defaultmarket",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DefaultMarketEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("id", models.BigIntegerField()),
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
                        to="departments.defaultmarket",
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
                    "market",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="departments.market",
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
                            hash="7a808f945fd8d868bdf293aee2cb15692104b7cf",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_changed_22a94",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="departments_defaultmarketevent",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="b124c4c1c96ab6a0b3ed3d9767c43326c46c89c6",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_fb291",
                            table="departments_defaultmarketevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DepartmentEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("id", models.BigIntegerField()),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                ("name", models.CharField(max_length=200)),
                (
                    "slug",
                    models.SlugField(
                        db_index=False,
                        help_text="Its identity in addresses, figures and files; never changes.",
                        max_length=80,
                    ),
                ),
                ("acronym", models.CharField(blank=True, max_length=30)),
                (
                    "aliases",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200),
                        blank=True,
                        default=list,
                        help_text="Other names that lists use for it.",
                        size=None,
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
                (
                    "purpose",
                    models.TextField(blank=True, help_text="What this department is there for, in a sentence or two."),
                ),
                ("website", models.URLField(blank=True, max_length=500)),
                (
                    "status",
                    models.CharField(
                        choices=[("active", "Active"), ("closed", "Closed")], default="active", max_length=10
                    ),
                ),
                ("closed_on", models.DateField(blank=True, null=True)),
                (
                    "no_account_reason",
                    models.CharField(
                        blank=True,
                        help_text="Said here, the audit no longer asks.",
                        max_length=300,
                        verbose_name="why it runs no account",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="departments.department",
                        verbose_name="part of",
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
                        to="departments.department",
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
                        to="departments.department",
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
                            hash="8b7dff9b8064b8909941e409cfeb82d5ccc781a0",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_changed_d5f24",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="departments_departmentevent",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="6466d9c50401415ccbdc912d808a5fbdbb50775e",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_85f97",
                            table="departments_departmentevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MarketEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("id", models.BigIntegerField()),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                (
                    "code",
                    models.SlugField(
                        db_index=False,
                        max_length=60,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9*](?:[a-z0-9_-]*[a-z0-9])?$",
                                "Use small letters, digits, hyphens and underscores: for example north-america.",
                            )
                        ],
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                (
                    "weight",
                    models.DecimalField(
                        decimal_places=4,
                        default=1,
                        help_text="How much a place with this counts in the figures; 1 is usual. Only leaves count.",
                        max_digits=8,
                        validators=[django.core.validators.MinValueValidator(0)],
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0, help_text="Order in lists; smaller comes first.")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="departments.market",
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
                        to="departments.market",
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
                            hash="e55f59dba27511336e2269dcef2c66401d041925",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_changed_5dec9",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="departments_marketevent",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="6aa022d16b519b21c04e85e8f2e3a2b3585f213f",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_cd2ba",
                            table="departments_marketevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
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
                    "role",
                    models.CharField(
                        choices=[("head", "Head"), ("deputy", "Deputy"), ("member", "Member")],
                        default="member",
                        max_length=10,
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="departments.department",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("user", "department"), name="departments_membership_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("role", "head")),
                        fields=("department",),
                        name="departments_one_head",
                        violation_error_message="This department has a head already. Make that person a member first.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("role", "deputy")),
                        fields=("department",),
                        name="departments_one_deputy",
                        violation_error_message="This department has a deputy already. Make that person a member first.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="stamp",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                    NEW.version := OLD.version; NEW.updated_at := OLD.updated_at; NEW.created_at := OLD.created_at;\n                    IF NEW IS DISTINCT FROM OLD THEN\n                        NEW.version := OLD.version + 1; NEW.updated_at := clock_timestamp();\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="f5d78026cd8da43f61b849a2cd8b531c77e73c4b",
                            operation="UPDATE",
                            pgid="pgtrigger_stamp_5f029",
                            table="departments_membership",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "departments_membershipevent" ("department_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "user_id", "version") SELECT new_values."department_id", new_values."id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."role", new_values."user_id", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="7c7b585c2b4f8cf6914974463958d5e08edf539f",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_bdd0f",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="departments_membership",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "departments_membershipevent" ("department_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "user_id", "version") SELECT new_values."department_id", new_values."id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."role", new_values."user_id", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."department_id" IS DISTINCT FROM (new_values."department_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."role" IS DISTINCT FROM (new_values."role") OR old_values."user_id" IS DISTINCT FROM (new_values."user_id") OR old_values."version" IS DISTINCT FROM (new_values."version")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="6ba3178747e4756b01b59fd61c1049270a502833",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_086e3",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="departments_membership",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "departments_membershipevent" ("department_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "user_id", "version") SELECT old_values."department_id", old_values."id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."role", old_values."user_id", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="964e9a1929e6930382ed3bfc9546343a4fe3c420",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_e5ac4",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="departments_membership",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MembershipEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("id", models.BigIntegerField()),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                (
                    "role",
                    models.CharField(
                        choices=[("head", "Head"), ("deputy", "Deputy"), ("member", "Member")],
                        default="member",
                        max_length=10,
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
                        to="departments.membership",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                            hash="b8a01d661d2d7f92f08feedcafc554b7a0f08ff0",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_changed_bd09b",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="departments_membershipevent",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="f01715516f0721c052323b3167e36264374da32d",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_6b407",
                            table="departments_membershipevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ObjectiveAudience",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "audience",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="departments.audience"
                    ),
                ),
                (
                    "objective",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="departments.objective"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("objective", "audience"), name="departments_objective_audience_once"
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "departments_objectiveaudienceevent" ("audience_id", "id", "objective_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."audience_id", new_values."id", new_values."objective_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="b89e11fae8944c51424bed998820299ac8497d0a",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_e3e37",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="departments_objectiveaudience",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "departments_objectiveaudienceevent" ("audience_id", "id", "objective_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."audience_id", new_values."id", new_values."objective_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="c1c1d42ccc76f1e0b609d075fba45f6d72f66649",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_4679a",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="departments_objectiveaudience",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "departments_objectiveaudienceevent" ("audience_id", "id", "objective_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."audience_id", old_values."id", old_values."objective_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="2ed86ba169cca9fdb02ad9fd4eb91739c041afc0",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_bef73",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="departments_objectiveaudience",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ObjectiveAudienceEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("id", models.BigIntegerField()),
                (
                    "audience",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="departments.audience",
                    ),
                ),
                (
                    "objective",
                    models.ForeignKey(
                        db_constraint=False,
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
                        to="departments.objectiveaudience",
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
                            hash="40dcc5cae6338b79fb03d6b11aa756d994ade574",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_changed_c54e0",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="departments_objectiveaudienceevent",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="6fc36c5b42b2c0e0ae1495b3fd55ac46d366d63e",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_ebecb",
                            table="departments_objectiveaudienceevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ObjectiveDepartment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objective_sides",
                        to="departments.department",
                    ),
                ),
                (
                    "objective",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sides", to="departments.objective"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("objective", "department"), name="departments_objective_department_once"
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "departments_objectivedepartmentevent" ("department_id", "id", "objective_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") SELECT new_values."department_id", new_values."id", new_values."objective_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."position" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="c0d229d74fe516e3c03d7280512ace92873c1d27",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_a771d",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="departments_objectivedepartment",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "departments_objectivedepartmentevent" ("department_id", "id", "objective_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") SELECT new_values."department_id", new_values."id", new_values."objective_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."position" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="1b47856ec9ecf41ab2ce76c9d9eb70c17ff5c1bf",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_7f728",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="departments_objectivedepartment",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "departments_objectivedepartmentevent" ("department_id", "id", "objective_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") SELECT old_values."department_id", old_values."id", old_values."objective_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."position" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="de923d595c947672f19000b1b915f7fb244c4dc0",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_5f95b",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="departments_objectivedepartment",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ObjectiveDepartmentEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("id", models.BigIntegerField()),
                ("position", models.PositiveSmallIntegerField(default=0)),
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
                        db_constraint=False,
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
                        to="departments.objectivedepartment",
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
                            hash="1f854bde70119b2c4e0ffe3bdabb8a5f54bed8f6",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_changed_1e3da",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="departments_objectivedepartmentevent",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="eaa7bb4936469b5811a6aadbbc30606d28707709",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_9e3e3",
                            table="departments_objectivedepartmentevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ObjectiveEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("id", models.BigIntegerField()),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                ("statement", models.CharField(max_length=300)),
                (
                    "measure",
                    models.CharField(
                        blank=True, help_text="What is counted: for example calls a week.", max_length=200
                    ),
                ),
                ("unit", models.CharField(blank=True, max_length=40)),
                ("baseline", models.DecimalField(blank=True, decimal_places=4, max_digits=16, null=True)),
                ("target", models.DecimalField(blank=True, decimal_places=4, max_digits=16, null=True)),
                ("current", models.DecimalField(blank=True, decimal_places=4, max_digits=16, null=True)),
                ("starts_on", models.DateField(blank=True, null=True)),
                ("ends_on", models.DateField(blank=True, null=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("active", "Active"),
                            ("achieved", "Achieved"),
                            ("dropped", "Dropped"),
                        ],
                        default="active",
                        max_length=10,
                    ),
                ),
                ("notes", models.TextField(blank=True)),
                (
                    "benefit",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="departments.benefit",
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
                        to="departments.objective",
                    ),
                ),
                (
                    "ended_reason",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=300, verbose_name="why it ended"
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
                            hash="a75a500da368e20e0ab613c32f4cf67b7046ba56",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_changed_648ff",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="departments_objectiveevent",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="101fe2a0638f081eb4821bc008372cfe2b4369ee",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_dce8b",
                            table="departments_objectiveevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ObjectiveMarket",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "market",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="departments.market"
                    ),
                ),
                (
                    "objective",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="departments.objective"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("objective", "market"), name="departments_objective_market_once")
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "departments_objectivemarketevent" ("id", "market_id", "objective_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."id", new_values."market_id", new_values."objective_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="52a2e72d226cf0558dd1d07b69d291afd24951fe",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_2310b",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="departments_objectivemarket",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "departments_objectivemarketevent" ("id", "market_id", "objective_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."id", new_values."market_id", new_values."objective_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="bbd47f8c88ed595d9b272fadfbdd121573f76d03",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_762e3",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="departments_objectivemarket",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "departments_objectivemarketevent" ("id", "market_id", "objective_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."id", old_values."market_id", old_values."objective_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="81e9bd289c0a2bafaae6c3a48b247316e2836aba",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_9d00b",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="departments_objectivemarket",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ObjectiveMarketEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("id", models.BigIntegerField()),
                (
                    "market",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="departments.market",
                    ),
                ),
                (
                    "objective",
                    models.ForeignKey(
                        db_constraint=False,
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
                        to="departments.objectivemarket",
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
                            hash="df59db14305277236dd5ce945ae90b2742dc7c55",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_changed_01d3a",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="departments_objectivemarketevent",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="aad004fdd13744956426c1963b5378f50fd39a31",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_4d5af",
                            table="departments_objectivemarketevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Tie",
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
                    "kind",
                    models.CharField(
                        choices=[("working_group", "Working group"), ("hand_off", "Hand-off"), ("liaison", "Liaison")],
                        max_length=15,
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                (
                    "terms",
                    models.TextField(
                        blank=True,
                        help_text="For example: complaints go to Customer care within an hour.",
                        verbose_name="what was agreed",
                    ),
                ),
                ("contact", models.CharField(blank=True, help_text="For a liaison: the named person.", max_length=200)),
                (
                    "audiences",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        blank=True,
                        help_text="Codes of audiences. Unset: any. Empty: none.",
                        null=True,
                        size=None,
                    ),
                ),
                (
                    "markets",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        blank=True,
                        help_text="Codes of markets. Unset: any. Empty: none.",
                        null=True,
                        size=None,
                    ),
                ),
                (
                    "platforms",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        blank=True,
                        help_text="Codes of platforms. Unset: any. Empty: none.",
                        null=True,
                        size=None,
                    ),
                ),
                (
                    "benefits",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        blank=True,
                        help_text="Codes of benefits. Unset: any. Empty: none.",
                        null=True,
                        size=None,
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True)),
                ("ends_on", models.DateField(verbose_name="ends or is reviewed on")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("active", "Active"),
                            ("declined", "Declined"),
                            ("ended", "Ended"),
                        ],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                ("ended_reason", models.CharField(blank=True, max_length=300)),
                (
                    "proposed_by",
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
                            ("starts_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="departments_tie_dates_in_order",
                        violation_error_message="The agreement ends before it starts. Change one of the two dates.",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="stamp",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                    NEW.version := OLD.version; NEW.updated_at := OLD.updated_at; NEW.created_at := OLD.created_at;\n                    IF NEW IS DISTINCT FROM OLD THEN\n                        NEW.version := OLD.version + 1; NEW.updated_at := clock_timestamp();\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="cc1d9e4f66946027154cd38fcb95c65ec68f5122",
                            operation="UPDATE",
                            pgid="pgtrigger_stamp_a257f",
                            table="departments_tie",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="filters_or_objectives",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                    IF num_nonnulls(NEW.audiences, NEW.markets, NEW.platforms, NEW.benefits) > 0\n                       AND EXISTS (SELECT 1 FROM departments_tieobjective WHERE tie_id = NEW.id) THEN\n                        RAISE EXCEPTION 'An agreement names objectives or filters, not both.'\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'departments_tie_one_scope';\n                    END IF;\n                    RETURN NULL;\n                ",
                            hash="40625c1d43e1e3812fcb0775cbea005d1f3a5787",
                            operation="UPDATE OR INSERT",
                            pgid="pgtrigger_filters_or_objectives_4aeb2",
                            table="departments_tie",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "departments_tieevent" ("audiences", "benefits", "contact", "ended_reason", "ends_on", "id", "kind", "markets", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "platforms", "proposed_by_id", "starts_on", "status", "terms", "title", "version") SELECT new_values."audiences", new_values."benefits", new_values."contact", new_values."ended_reason", new_values."ends_on", new_values."id", new_values."kind", new_values."markets", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."platforms", new_values."proposed_by_id", new_values."starts_on", new_values."status", new_values."terms", new_values."title", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="98ad5aadc4956d05af8a738f02d8dd9efc61a15a",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_9866c",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="departments_tie",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "departments_tieevent" ("audiences", "benefits", "contact", "ended_reason", "ends_on", "id", "kind", "markets", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "platforms", "proposed_by_id", "starts_on", "status", "terms", "title", "version") SELECT new_values."audiences", new_values."benefits", new_values."contact", new_values."ended_reason", new_values."ends_on", new_values."id", new_values."kind", new_values."markets", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."platforms", new_values."proposed_by_id", new_values."starts_on", new_values."status", new_values."terms", new_values."title", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."audiences" IS DISTINCT FROM (new_values."audiences") OR old_values."benefits" IS DISTINCT FROM (new_values."benefits") OR old_values."contact" IS DISTINCT FROM (new_values."contact") OR old_values."ended_reason" IS DISTINCT FROM (new_values."ended_reason") OR old_values."ends_on" IS DISTINCT FROM (new_values."ends_on") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."markets" IS DISTINCT FROM (new_values."markets") OR old_values."platforms" IS DISTINCT FROM (new_values."platforms") OR old_values."proposed_by_id" IS DISTINCT FROM (new_values."proposed_by_id") OR old_values."starts_on" IS DISTINCT FROM (new_values."starts_on") OR old_values."status" IS DISTINCT FROM (new_values."status") OR old_values."terms" IS DISTINCT FROM (new_values."terms") OR old_values."title" IS DISTINCT FROM (new_values."title") OR old_values."version" IS DISTINCT FROM (new_values."version")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="5c6e2cccf0b88d25ba0c76676b832a87a3eac553",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_7c0f0",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="departments_tie",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "departments_tieevent" ("audiences", "benefits", "contact", "ended_reason", "ends_on", "id", "kind", "markets", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "platforms", "proposed_by_id", "starts_on", "status", "terms", "title", "version") SELECT old_values."audiences", old_values."benefits", old_values."contact", old_values."ended_reason", old_values."ends_on", old_values."id", old_values."kind", old_values."markets", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."platforms", old_values."proposed_by_id", old_values."starts_on", old_values."status", old_values."terms", old_values."title", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="eb8cd572690535bde75553a40468b46666b3bf1e",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_508c0",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="departments_tie",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TieEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("id", models.BigIntegerField()),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("working_group", "Working group"), ("hand_off", "Hand-off"), ("liaison", "Liaison")],
                        max_length=15,
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                (
                    "terms",
                    models.TextField(
                        blank=True,
                        help_text="For example: complaints go to Customer care within an hour.",
                        verbose_name="what was agreed",
                    ),
                ),
                ("contact", models.CharField(blank=True, help_text="For a liaison: the named person.", max_length=200)),
                (
                    "audiences",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        blank=True,
                        help_text="Codes of audiences. Unset: any. Empty: none.",
                        null=True,
                        size=None,
                    ),
                ),
                (
                    "markets",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        blank=True,
                        help_text="Codes of markets. Unset: any. Empty: none.",
                        null=True,
                        size=None,
                    ),
                ),
                (
                    "platforms",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        blank=True,
                        help_text="Codes of platforms. Unset: any. Empty: none.",
                        null=True,
                        size=None,
                    ),
                ),
                (
                    "benefits",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        blank=True,
                        help_text="Codes of benefits. Unset: any. Empty: none.",
                        null=True,
                        size=None,
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True)),
                ("ends_on", models.DateField(verbose_name="ends or is reviewed on")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("active", "Active"),
                            ("declined", "Declined"),
                            ("ended", "Ended"),
                        ],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                ("ended_reason", models.CharField(blank=True, max_length=300)),
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
                        to="departments.tie",
                    ),
                ),
                (
                    "proposed_by",
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
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="changed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        INSERT INTO history_change (source, rows, at, xact)\n            SELECT TG_TABLE_NAME, count(*), clock_timestamp(), pg_current_xact_id()::text::bigint\n            FROM new_values HAVING count(*) > 0;\n        RETURN NULL;\n    ",
                            hash="683921343fd5c2df2ea298583ae8565396d48f18",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_changed_ee42a",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="departments_tieevent",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="ba0046c89caa6ca13746bcc8793ab4bcef651e95",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_c7a6b",
                            table="departments_tieevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TieObjective",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "objective",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="departments.objective"
                    ),
                ),
                (
                    "tie",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="departments.tie"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("tie", "objective"), name="departments_tie_objective_once")
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="objectives_or_filters",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                    IF EXISTS (SELECT 1 FROM departments_tie WHERE id = NEW.tie_id\n                               AND num_nonnulls(audiences, markets, platforms, benefits) > 0) THEN\n                        RAISE EXCEPTION 'An agreement names objectives or filters, not both.'\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'departments_tie_one_scope';\n                    END IF;\n                    RETURN NULL;\n                ",
                            hash="ce384760d001f93c375eba86dd9a85e767f821d5",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_objectives_or_filters_1fa63",
                            table="departments_tieobjective",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "departments_tieobjectiveevent" ("id", "objective_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tie_id") SELECT new_values."id", new_values."objective_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."tie_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="55ce5014aa4f62e9cf411140e2bbc084accfda29",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_b1eef",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="departments_tieobjective",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "departments_tieobjectiveevent" ("id", "objective_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tie_id") SELECT new_values."id", new_values."objective_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."tie_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="b33e2cd9a0ff50e3f69d1d8b5897aababe97c0cd",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_ad016",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="departments_tieobjective",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "departments_tieobjectiveevent" ("id", "objective_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tie_id") SELECT old_values."id", old_values."objective_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."tie_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="ba67e7c7f4a0347196530fecf54b95bef04be800",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_a6af0",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="departments_tieobjective",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TieObjectiveEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("id", models.BigIntegerField()),
                (
                    "objective",
                    models.ForeignKey(
                        db_constraint=False,
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
                        to="departments.tieobjective",
                    ),
                ),
                (
                    "tie",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="departments.tie",
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
                            hash="a16daaa156a28b59b88d95d51b5aff9a1d4fb9d6",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_changed_ccd75",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="departments_tieobjectiveevent",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="3882d512c324033d6580d6b9a12ac397d2a2bf4a",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_0b125",
                            table="departments_tieobjectiveevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TieSide",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "answer",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("accepted", "Accepted"), ("declined", "Declined")],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.CharField(blank=True, max_length=300)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tie_sides",
                        to="departments.department",
                    ),
                ),
                (
                    "tie",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sides", to="departments.tie"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("tie", "department"), name="departments_tie_side_once")
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "departments_tiesideevent" ("answer", "answered_at", "answered_by_id", "department_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "reason", "tie_id") SELECT new_values."answer", new_values."answered_at", new_values."answered_by_id", new_values."department_id", new_values."id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."position", new_values."reason", new_values."tie_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="0155ba55d47b43cf41d98567e250b0f23c0a122c",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_f312c",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="departments_tieside",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "departments_tiesideevent" ("answer", "answered_at", "answered_by_id", "department_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "reason", "tie_id") SELECT new_values."answer", new_values."answered_at", new_values."answered_by_id", new_values."department_id", new_values."id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."position", new_values."reason", new_values."tie_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="19985d89d0998e45bcf6320a485fcd39543ccb87",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_1d4b8",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="departments_tieside",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "departments_tiesideevent" ("answer", "answered_at", "answered_by_id", "department_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "reason", "tie_id") SELECT old_values."answer", old_values."answered_at", old_values."answered_by_id", old_values."department_id", old_values."id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."position", old_values."reason", old_values."tie_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="7e29d0f2eae04b2a1260d12e0a7566eb1991c5bc",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_4c92b",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="departments_tieside",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TieSideEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("id", models.BigIntegerField()),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "answer",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("accepted", "Accepted"), ("declined", "Declined")],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.CharField(blank=True, max_length=300)),
                (
                    "answered_by",
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
                        to="departments.tieside",
                    ),
                ),
                (
                    "tie",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="departments.tie",
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
                            hash="3da4cdc0fde6ac8d52b579e752413c60701fdf1d",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_changed_0c8f7",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="departments_tiesideevent",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="abc6a4e0be9327d40ca143c5a53f7ca9d2ab273b",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_0b52f",
                            table="departments_tiesideevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkingGroup",
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
                    "lead",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="led_groups",
                        to="departments.department",
                    ),
                ),
                (
                    "objective",
                    models.ForeignKey(
                        blank=True,
                        help_text="The one objective it works on.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="groups",
                        to="departments.objective",
                    ),
                ),
                (
                    "sponsor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sponsored_groups",
                        to="departments.department",
                    ),
                ),
                (
                    "tie",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="group", to="departments.tie"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="stamp",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                    NEW.version := OLD.version; NEW.updated_at := OLD.updated_at; NEW.created_at := OLD.created_at;\n                    IF NEW IS DISTINCT FROM OLD THEN\n                        NEW.version := OLD.version + 1; NEW.updated_at := clock_timestamp();\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="96bc717bd8d05593613b4cac08494327153e2ac6",
                            operation="UPDATE",
                            pgid="pgtrigger_stamp_2611c",
                            table="departments_workinggroup",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "departments_workinggroupevent" ("id", "lead_id", "objective_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sponsor_id", "tie_id", "version") SELECT new_values."id", new_values."lead_id", new_values."objective_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."sponsor_id", new_values."tie_id", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="9af259ed42d687abf2492f7c67ac953843e0ec29",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_8370a",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="departments_workinggroup",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "departments_workinggroupevent" ("id", "lead_id", "objective_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sponsor_id", "tie_id", "version") SELECT new_values."id", new_values."lead_id", new_values."objective_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."sponsor_id", new_values."tie_id", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."lead_id" IS DISTINCT FROM (new_values."lead_id") OR old_values."objective_id" IS DISTINCT FROM (new_values."objective_id") OR old_values."sponsor_id" IS DISTINCT FROM (new_values."sponsor_id") OR old_values."tie_id" IS DISTINCT FROM (new_values."tie_id") OR old_values."version" IS DISTINCT FROM (new_values."version")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="6ef411b6d191fd8ed99e2f2e5e45fcb5d1f572b9",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f282c",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="departments_workinggroup",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "departments_workinggroupevent" ("id", "lead_id", "objective_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sponsor_id", "tie_id", "version") SELECT old_values."id", old_values."lead_id", old_values."objective_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."sponsor_id", old_values."tie_id", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="ca45a0dd0c3ef350b2c05e3dd99eae0f8b17b577",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_e58e1",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="departments_workinggroup",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkingGroupEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("id", models.BigIntegerField()),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                (
                    "lead",
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
                    "objective",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The one objective it works on.",
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
                        to="departments.workinggroup",
                    ),
                ),
                (
                    "sponsor",
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
                    "tie",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="departments.tie",
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
                            hash="53391174968680bcf17767c0480bdaa6c25f412a",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_changed_6d708",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="departments_workinggroupevent",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="97456f8eb6bba3bf08a58027262bcc8e716ad6eb",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_5c3e4",
                            table="departments_workinggroupevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AudienceEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("id", models.BigIntegerField()),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                (
                    "code",
                    models.SlugField(
                        db_index=False,
                        max_length=60,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9*](?:[a-z0-9_-]*[a-z0-9])?$",
                                "Use small letters, digits, hyphens and underscores: for example north-america.",
                            )
                        ],
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                (
                    "weight",
                    models.DecimalField(
                        decimal_places=4,
                        default=1,
                        help_text="How much a place with this counts in the figures; 1 is usual. Only leaves count.",
                        max_digits=8,
                        validators=[django.core.validators.MinValueValidator(0)],
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0, help_text="Order in lists; smaller comes first.")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="departments.audience",
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
                        to="departments.audience",
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
                            hash="fe13f3bb65a500beb7baa258260dff87e3a13044",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_changed_3e272",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="departments_audienceevent",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="6f223a86d19433f14f073d7fa55a8e8bd2e1549e",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_f195b",
                            table="departments_audienceevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ObjectiveInvitation",
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
                ("message", models.CharField(blank=True, max_length=300)),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                            ("withdrawn", "Taken back"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.CharField(blank=True, max_length=300)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objective_invitations",
                        to="departments.department",
                    ),
                ),
                (
                    "instead_of",
                    models.ForeignKey(
                        blank=True,
                        help_text="The department's own objective, which the joint one would take the place of.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="departments.objective",
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "objective",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to="departments.objective",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("answer", "waiting")),
                        fields=("objective", "department"),
                        name="departments_invitation_once",
                        violation_error_message="This department has been asked already and has not answered yet.",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="stamp",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                    NEW.version := OLD.version; NEW.updated_at := OLD.updated_at; NEW.created_at := OLD.created_at;\n                    IF NEW IS DISTINCT FROM OLD THEN\n                        NEW.version := OLD.version + 1; NEW.updated_at := clock_timestamp();\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="92aaece52159b162a75c50bf450ef1d93d02e9b7",
                            operation="UPDATE",
                            pgid="pgtrigger_stamp_764b5",
                            table="departments_objectiveinvitation",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "departments_objectiveinvitationevent" ("answer", "answered_at", "answered_by_id", "department_id", "id", "instead_of_id", "invited_by_id", "message", "objective_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "version") SELECT new_values."answer", new_values."answered_at", new_values."answered_by_id", new_values."department_id", new_values."id", new_values."instead_of_id", new_values."invited_by_id", new_values."message", new_values."objective_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."reason", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="eecaa55b381c8003a7c6ad35e440872ca3def6c2",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_364a2",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="departments_objectiveinvitation",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "departments_objectiveinvitationevent" ("answer", "answered_at", "answered_by_id", "department_id", "id", "instead_of_id", "invited_by_id", "message", "objective_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "version") SELECT new_values."answer", new_values."answered_at", new_values."answered_by_id", new_values."department_id", new_values."id", new_values."instead_of_id", new_values."invited_by_id", new_values."message", new_values."objective_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."reason", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."answer" IS DISTINCT FROM (new_values."answer") OR old_values."answered_at" IS DISTINCT FROM (new_values."answered_at") OR old_values."answered_by_id" IS DISTINCT FROM (new_values."answered_by_id") OR old_values."department_id" IS DISTINCT FROM (new_values."department_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."instead_of_id" IS DISTINCT FROM (new_values."instead_of_id") OR old_values."invited_by_id" IS DISTINCT FROM (new_values."invited_by_id") OR old_values."message" IS DISTINCT FROM (new_values."message") OR old_values."objective_id" IS DISTINCT FROM (new_values."objective_id") OR old_values."reason" IS DISTINCT FROM (new_values."reason") OR old_values."version" IS DISTINCT FROM (new_values."version")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="b4485c3f765bfbd7db48967e7e944079e80b48c9",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_a98f0",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="departments_objectiveinvitation",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "departments_objectiveinvitationevent" ("answer", "answered_at", "answered_by_id", "department_id", "id", "instead_of_id", "invited_by_id", "message", "objective_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "version") SELECT old_values."answer", old_values."answered_at", old_values."answered_by_id", old_values."department_id", old_values."id", old_values."instead_of_id", old_values."invited_by_id", old_values."message", old_values."objective_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."reason", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="294e998a55c7983c410f233567834024767c901a",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_2bcb9",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="departments_objectiveinvitation",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ObjectiveInvitationEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("id", models.BigIntegerField()),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                ("message", models.CharField(blank=True, max_length=300)),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                            ("withdrawn", "Taken back"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.CharField(blank=True, max_length=300)),
                (
                    "answered_by",
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
                    "instead_of",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The department's own objective, which the joint one would take the place of.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="departments.objective",
                    ),
                ),
                (
                    "invited_by",
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
                    "objective",
                    models.ForeignKey(
                        db_constraint=False,
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
                        to="departments.objectiveinvitation",
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
                            hash="7874417f0b040a52cfc3022bed71ddd0a0d912bc",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_changed_eee4e",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="departments_objectiveinvitationevent",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="e4f22d0414603a985031bbf2f6b5c721d9e3a133",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_8fbac",
                            table="departments_objectiveinvitationevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ObjectiveTemplate",
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
                        help_text="None: any.",
                        max_length=20,
                        verbose_name="kind of work",
                    ),
                ),
                (
                    "statement",
                    models.CharField(
                        help_text="As a department would say it, ready to be made its own.", max_length=300
                    ),
                ),
                ("measure", models.CharField(blank=True, max_length=200)),
                ("unit", models.CharField(blank=True, max_length=40)),
                ("position", models.PositiveIntegerField(default=0, help_text="Order in lists; smaller comes first.")),
                (
                    "benefit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="departments.benefit"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("process", "statement"),
                        name="departments_template_once",
                        violation_error_message="This template is there already.",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="stamp",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                    NEW.version := OLD.version; NEW.updated_at := OLD.updated_at; NEW.created_at := OLD.created_at;\n                    IF NEW IS DISTINCT FROM OLD THEN\n                        NEW.version := OLD.version + 1; NEW.updated_at := clock_timestamp();\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="740ea0c2f34de3fadd77d54bbd3c3590dfda0eff",
                            operation="UPDATE",
                            pgid="pgtrigger_stamp_cfa6a",
                            table="departments_objectivetemplate",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "departments_objectivetemplateevent" ("benefit_id", "id", "measure", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "process", "statement", "unit", "version") SELECT new_values."benefit_id", new_values."id", new_values."measure", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."position", new_values."process", new_values."statement", new_values."unit", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="5639960af0a517337e9d17263d13f96db151d395",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_408f6",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="departments_objectivetemplate",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "departments_objectivetemplateevent" ("benefit_id", "id", "measure", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "process", "statement", "unit", "version") SELECT new_values."benefit_id", new_values."id", new_values."measure", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."position", new_values."process", new_values."statement", new_values."unit", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."benefit_id" IS DISTINCT FROM (new_values."benefit_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."measure" IS DISTINCT FROM (new_values."measure") OR old_values."position" IS DISTINCT FROM (new_values."position") OR old_values."process" IS DISTINCT FROM (new_values."process") OR old_values."statement" IS DISTINCT FROM (new_values."statement") OR old_values."unit" IS DISTINCT FROM (new_values."unit") OR old_values."version" IS DISTINCT FROM (new_values."version")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="049a7211cdd5e0bd60ab703b87879ca157160df0",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_6cc8c",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="departments_objectivetemplate",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "departments_objectivetemplateevent" ("benefit_id", "id", "measure", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "process", "statement", "unit", "version") SELECT old_values."benefit_id", old_values."id", old_values."measure", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."position", old_values."process", old_values."statement", old_values."unit", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="a3b3d3184eb8928ceb5b3cb4ef49394ea1f1de55",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_3f023",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="departments_objectivetemplate",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ObjectiveTemplateEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("id", models.BigIntegerField()),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
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
                        help_text="None: any.",
                        max_length=20,
                        verbose_name="kind of work",
                    ),
                ),
                (
                    "statement",
                    models.CharField(
                        help_text="As a department would say it, ready to be made its own.", max_length=300
                    ),
                ),
                ("measure", models.CharField(blank=True, max_length=200)),
                ("unit", models.CharField(blank=True, max_length=40)),
                ("position", models.PositiveIntegerField(default=0, help_text="Order in lists; smaller comes first.")),
                (
                    "benefit",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="departments.benefit",
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
                        to="departments.objectivetemplate",
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
                            hash="21486766f76f2b1901e70aeea6f3e7b8ea4a17b8",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_changed_acdb9",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="departments_objectivetemplateevent",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="c6b7307dcaf4b019fa230fe1b7acf16f1b7d539a",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_13e5b",
                            table="departments_objectivetemplateevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TieReminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ends_on", models.DateField()),
                ("days", models.PositiveSmallIntegerField(help_text="So many days before the end this was due.")),
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "tie",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reminders", to="departments.tie"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tie", "ends_on", "days", "user"), name="departments_tie_reminder_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TieVersion",
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
                ("number", models.PositiveSmallIntegerField()),
                ("at", models.DateTimeField()),
                ("note", models.CharField(blank=True, max_length=300)),
                ("terms", models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "On the table"),
                            ("agreed", "Agreed"),
                            ("replaced", "Replaced by the next"),
                            ("declined", "Declined"),
                            ("withdrawn", "Taken back"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("closing_reason", models.CharField(blank=True, max_length=300)),
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
                    "closed_for",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="departments.department",
                    ),
                ),
                (
                    "side",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="departments.department",
                    ),
                ),
                (
                    "tie",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="departments.tie"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("tie", "number"), name="departments_tie_version_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")), fields=("tie",), name="departments_tie_version_one_open"
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="stamp",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                    NEW.version := OLD.version; NEW.updated_at := OLD.updated_at; NEW.created_at := OLD.created_at;\n                    IF NEW IS DISTINCT FROM OLD THEN\n                        NEW.version := OLD.version + 1; NEW.updated_at := clock_timestamp();\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="c0cc0a6d190360e2d76e9c999f6765d73019603b",
                            operation="UPDATE",
                            pgid="pgtrigger_stamp_63b5a",
                            table="departments_tieversion",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "departments_tieversionevent" ("at", "by_id", "closed_for_id", "closing_reason", "id", "note", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "side_id", "state", "terms", "tie_id", "version") SELECT new_values."at", new_values."by_id", new_values."closed_for_id", new_values."closing_reason", new_values."id", new_values."note", new_values."number", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."side_id", new_values."state", new_values."terms", new_values."tie_id", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="b20e3fd050c8656ee6b3e77bca0fb5a4ef92a99e",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_35ce6",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="departments_tieversion",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "departments_tieversionevent" ("at", "by_id", "closed_for_id", "closing_reason", "id", "note", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "side_id", "state", "terms", "tie_id", "version") SELECT new_values."at", new_values."by_id", new_values."closed_for_id", new_values."closing_reason", new_values."id", new_values."note", new_values."number", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."side_id", new_values."state", new_values."terms", new_values."tie_id", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."at" IS DISTINCT FROM (new_values."at") OR old_values."by_id" IS DISTINCT FROM (new_values."by_id") OR old_values."closed_for_id" IS DISTINCT FROM (new_values."closed_for_id") OR old_values."closing_reason" IS DISTINCT FROM (new_values."closing_reason") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."note" IS DISTINCT FROM (new_values."note") OR old_values."number" IS DISTINCT FROM (new_values."number") OR old_values."side_id" IS DISTINCT FROM (new_values."side_id") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."terms" IS DISTINCT FROM (new_values."terms") OR old_values."tie_id" IS DISTINCT FROM (new_values."tie_id") OR old_values."version" IS DISTINCT FROM (new_values."version")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="bd093e43a5e7f1a6d53ce5409a3d198e741c257a",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_55988",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="departments_tieversion",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "departments_tieversionevent" ("at", "by_id", "closed_for_id", "closing_reason", "id", "note", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "side_id", "state", "terms", "tie_id", "version") SELECT old_values."at", old_values."by_id", old_values."closed_for_id", old_values."closing_reason", old_values."id", old_values."note", old_values."number", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."side_id", old_values."state", old_values."terms", old_values."tie_id", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="4913b145c5178efd266ce178fed5f18b9e03d8cc",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_e116e",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="departments_tieversion",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TieVersionEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("id", models.BigIntegerField()),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                ("number", models.PositiveSmallIntegerField()),
                ("at", models.DateTimeField()),
                ("note", models.CharField(blank=True, max_length=300)),
                ("terms", models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "On the table"),
                            ("agreed", "Agreed"),
                            ("replaced", "Replaced by the next"),
                            ("declined", "Declined"),
                            ("withdrawn", "Taken back"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("closing_reason", models.CharField(blank=True, max_length=300)),
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
                    "closed_for",
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
                        to="departments.tieversion",
                    ),
                ),
                (
                    "side",
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
                    "tie",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="departments.tie",
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
                            hash="d41f8d08c186c4aec3ff0e5ebe6687a02254b0b7",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_changed_cf268",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="departments_tieversionevent",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="be1589cdc994603790c90d7975edcbf051758954",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_a4780",
                            table="departments_tieversionevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="objective",
            name="audiences",
            field=models.ManyToManyField(
                blank=True,
                related_name="objectives",
                through="departments.ObjectiveAudience",
                to="departments.audience",
            ),
        ),
        migrations.AddField(
            model_name="objective",
            name="departments",
            field=models.ManyToManyField(
                related_name="objectives", through="departments.ObjectiveDepartment", to="departments.department"
            ),
        ),
        migrations.AddField(
            model_name="objective",
            name="markets",
            field=models.ManyToManyField(
                blank=True,
                help_text="None means all.",
                related_name="objectives",
                through="departments.ObjectiveMarket",
                to="departments.market",
            ),
        ),
        migrations.AddField(
            model_name="department",
            name="default_audiences",
            field=models.ManyToManyField(
                blank=True, related_name="+", through="departments.DefaultAudience", to="departments.audience"
            ),
        ),
        migrations.AddField(
            model_name="department",
            name="default_markets",
            field=models.ManyToManyField(
                blank=True, related_name="+", through="departments.DefaultMarket", to="departments.market"
            ),
        ),
        migrations.AddField(
            model_name="tie",
            name="objectives",
            field=models.ManyToManyField(
                blank=True, related_name="ties", through="departments.TieObjective", to="departments.objective"
            ),
        ),
        migrations.AddField(
            model_name="tie",
            name="departments",
            field=models.ManyToManyField(
                related_name="ties", through="departments.TieSide", to="departments.department"
            ),
        ),
        orgmap.core.triggers.InstallTriggers(
            models=[
                "Benefit",
                "BenefitEvent",
                "Objective",
                "CheckIn",
                "CheckInEvent",
                "Audience",
                "Department",
                "DefaultAudience",
                "DefaultAudienceEvent",
                "Market",
                "DefaultMarket",
                "DefaultMarketEvent",
                "DepartmentEvent",
                "MarketEvent",
                "Membership",
                "MembershipEvent",
                "ObjectiveAudience",
                "ObjectiveAudienceEvent",
                "ObjectiveDepartment",
                "ObjectiveDepartmentEvent",
                "ObjectiveEvent",
                "ObjectiveMarket",
                "ObjectiveMarketEvent",
                "Tie",
                "TieEvent",
                "TieObjective",
                "TieObjectiveEvent",
                "TieSide",
                "TieSideEvent",
                "WorkingGroup",
                "WorkingGroupEvent",
                "AudienceEvent",
                "ObjectiveInvitation",
                "ObjectiveInvitationEvent",
                "ObjectiveTemplate",
                "ObjectiveTemplateEvent",
                "TieVersion",
                "TieVersionEvent",
            ],
        ),
    ]
