"""The numbers of findings, kept by the database; findings go with their subjects by statement, not row by row."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.lookups
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

SUBJECTS = {
    "account_id": "channels_account",
    "department_id": "departments_department",
    "objective_id": "departments_objective",
    "tie_id": "departments_tie",
    "benefit_id": "departments_benefit",
}
FOLLOWS = """
    CREATE FUNCTION channels_findings_follow() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        EXECUTE format('DELETE FROM channels_finding WHERE %I IN (SELECT id FROM gone)', TG_ARGV[0]);
        RETURN NULL;
    END $$
"""
FOLLOW = """
    CREATE TRIGGER channels_findings_follow AFTER DELETE ON {table} REFERENCING OLD TABLE AS gone
        FOR EACH STATEMENT EXECUTE FUNCTION channels_findings_follow('{column}')
"""
KEYS = "ALTER TABLE channels_finding DROP CONSTRAINT channels_finding_{column}_follows"
KEY = """
    ALTER TABLE channels_finding ADD CONSTRAINT channels_finding_{column}_follows
        FOREIGN KEY ({column}) REFERENCES {table} (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
"""
COUNT = """
    INSERT INTO channels_findingtally (rule, state, assignee_id, due_on, opened_in, closed_in, concerns, number)
        SELECT rule, state, assignee_id, due_on, opened_in, closed_in, concerns, count(*) FROM (
            SELECT rule, state, assignee_id, CASE WHEN state IN ('open', 'assigned') THEN due_on END AS due_on,
                date_trunc('month', since::timestamp)::date AS opened_in,
                CASE WHEN state = 'resolved'
                     THEN date_trunc('month', coalesce(last_seen, resolved_at::date)::timestamp)::date END AS closed_in,
                concerns
            FROM channels_finding
        ) found
        GROUP BY GROUPING SETS ((rule, state, assignee_id, due_on, opened_in, closed_in, concerns),
            (rule, state, assignee_id, due_on, opened_in, closed_in))
"""


def each(statement: str) -> str:
    return ";".join(statement.format(column=column, table=table) for column, table in SUBJECTS.items())


class Migration(migrations.Migration):
    dependencies = [
        ("channels", "0011_attestation_undone"),
        ("departments", "0004_find"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FindingTally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rule", models.CharField(max_length=40)),
                ("state", models.CharField(max_length=10)),
                ("due_on", models.DateField(null=True)),
                (
                    "opened_in",
                    models.DateField(help_text="First day of the month in which they were opened last.", null=True),
                ),
                (
                    "closed_in",
                    models.DateField(help_text="First day of the month in which they were closed.", null=True),
                ),
                (
                    "concerns",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), null=True, size=None
                    ),
                ),
                ("number", models.IntegerField(help_text="Less than nothing where findings went to another kind.")),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="finding",
            name="channels_finding_one_subject",
        ),
        migrations.RemoveIndex(
            model_name="finding",
            name="channels_finding_by_rule",
        ),
        migrations.AddIndex(
            model_name="finding",
            index=models.Index(
                condition=models.Q(("state", "open"), _negated=True),
                fields=["rule", "state", "id"],
                name="channels_finding_decided",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="finding",
            trigger=pgtrigger.compiler.Trigger(
                name="counted_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        INSERT INTO channels_findingtally (rule, state, assignee_id, due_on, opened_in, closed_in, concerns, number)\n            SELECT rule, state, assignee_id, due_on, opened_in, closed_in, concerns, sum(number) FROM (\n        SELECT rule, state, assignee_id, CASE WHEN state IN ('open', 'assigned') THEN due_on END AS due_on,\n            date_trunc('month', since::timestamp)::date AS opened_in,\n            CASE WHEN state = 'resolved'\n                 THEN date_trunc('month', coalesce(last_seen, resolved_at::date)::timestamp)::date END AS closed_in,\n            concerns, 1 AS number\n        FROM new_values\n    ) changed\n            GROUP BY GROUPING SETS ((rule, state, assignee_id, due_on, opened_in, closed_in, concerns), (rule, state, assignee_id, due_on, opened_in, closed_in)) HAVING sum(number) <> 0\n    ; RETURN NULL;",
                    hash="39b98a2642aff7bfe527f8d5f14029153356f219",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_counted_insert_5c5ec",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="channels_finding",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="finding",
            trigger=pgtrigger.compiler.Trigger(
                name="counted_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        INSERT INTO channels_findingtally (rule, state, assignee_id, due_on, opened_in, closed_in, concerns, number)\n            SELECT rule, state, assignee_id, due_on, opened_in, closed_in, concerns, sum(number) FROM (\n        SELECT rule, state, assignee_id, CASE WHEN state IN ('open', 'assigned') THEN due_on END AS due_on,\n            date_trunc('month', since::timestamp)::date AS opened_in,\n            CASE WHEN state = 'resolved'\n                 THEN date_trunc('month', coalesce(last_seen, resolved_at::date)::timestamp)::date END AS closed_in,\n            concerns, -1 AS number\n        FROM old_values\n    ) changed\n            GROUP BY GROUPING SETS ((rule, state, assignee_id, due_on, opened_in, closed_in, concerns), (rule, state, assignee_id, due_on, opened_in, closed_in)) HAVING sum(number) <> 0\n    ; RETURN NULL;",
                    hash="f4f4320d29ed4f8b7a5f9a644f298ed367e4580d",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_counted_delete_781e4",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="channels_finding",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="finding",
            trigger=pgtrigger.compiler.Trigger(
                name="counted_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        INSERT INTO channels_findingtally (rule, state, assignee_id, due_on, opened_in, closed_in, concerns, number)\n            SELECT rule, state, assignee_id, due_on, opened_in, closed_in, concerns, sum(number) FROM (\n        SELECT rule, state, assignee_id, CASE WHEN state IN ('open', 'assigned') THEN due_on END AS due_on,\n            date_trunc('month', since::timestamp)::date AS opened_in,\n            CASE WHEN state = 'resolved'\n                 THEN date_trunc('month', coalesce(last_seen, resolved_at::date)::timestamp)::date END AS closed_in,\n            concerns, -1 AS number\n        FROM old_values\n     UNION ALL \n        SELECT rule, state, assignee_id, CASE WHEN state IN ('open', 'assigned') THEN due_on END AS due_on,\n            date_trunc('month', since::timestamp)::date AS opened_in,\n            CASE WHEN state = 'resolved'\n                 THEN date_trunc('month', coalesce(last_seen, resolved_at::date)::timestamp)::date END AS closed_in,\n            concerns, 1 AS number\n        FROM new_values\n    ) changed\n            GROUP BY GROUPING SETS ((rule, state, assignee_id, due_on, opened_in, closed_in, concerns), (rule, state, assignee_id, due_on, opened_in, closed_in)) HAVING sum(number) <> 0\n    ; RETURN NULL;",
                    hash="158680f6c3dda624026c24826f7dde96ed655029",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_counted_update_ddb9e",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="channels_finding",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.Exact(
                    models.Func(
                        models.F("account"),
                        models.F("department"),
                        models.F("objective"),
                        models.F("tie"),
                        models.F("benefit"),
                        django.db.models.functions.comparison.NullIf("place", models.Value("")),
                        function="num_nonnulls",
                        output_field=models.IntegerField(),
                    ),
                    1,
                ),
                name="channels_finding_one_subject",
            ),
        ),
        migrations.AddField(
            model_name="findingtally",
            name="assignee",
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
            model_name="findingtally",
            index=models.Index(
                condition=models.Q(("concerns", None)), fields=["rule", "state"], name="channels_finding_tally_whole"
            ),
        ),
        migrations.AddIndex(
            model_name="findingtally",
            index=models.Index(
                models.F("concerns__0"),
                condition=models.Q(("concerns__isnull", False)),
                name="channels_finding_tally_first",
            ),
        ),
        migrations.AddIndex(
            model_name="findingtally",
            index=models.Index(
                models.F("concerns__1"),
                condition=models.Q(("concerns__1__isnull", False)),
                name="channels_finding_tally_second",
            ),
        ),
        migrations.RunSQL(COUNT, migrations.RunSQL.noop),
        migrations.RunSQL(FOLLOWS, "DROP FUNCTION channels_findings_follow() CASCADE"),
        migrations.RunSQL(f"{each(KEYS)};{each(FOLLOW)}", each(KEY)),
    ]
