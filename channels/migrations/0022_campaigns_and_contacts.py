"""A campaign stands in the history; a contact can be set on many accounts at once; what is gone is called so."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("channels", "0021_figures"),
        ("departments", "0005_learn_words"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CampaignEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("id", models.BigIntegerField()),
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
            options={
                "abstract": False,
            },
        ),
        migrations.AlterField(
            model_name="attestation",
            name="outcome",
            field=models.CharField(
                choices=[
                    ("waiting", "No answer"),
                    ("confirmed", "Confirmed"),
                    ("corrected", "Confirmed with corrections"),
                    ("not_ours", "Not ours"),
                    ("not_needed", "Not needed any more"),
                    ("gone", "No longer on the map"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="bulkchange",
            name="value",
            field=models.CharField(
                blank=True, help_text="Number of a record, a status, a tag, a contact.", max_length=254
            ),
        ),
        migrations.AlterField(
            model_name="bulkchange",
            name="what",
            field=models.CharField(
                choices=[
                    ("audience", "Audience"),
                    ("market", "Market"),
                    ("owner", "Owner"),
                    ("objective", "Objective"),
                    ("status", "Status"),
                    ("tag", "Tag"),
                    ("contact", "Contact"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="campaignitem",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "No answer"),
                    ("confirmed", "Confirmed"),
                    ("corrected", "Confirmed with corrections"),
                    ("not_ours", "Not ours"),
                    ("not_needed", "Not needed any more"),
                    ("gone", "No longer on the map"),
                ],
                default="waiting",
                max_length=12,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="campaign",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "channels_campaignevent" ("begun_at", "begun_by_id", "begun_on", "department_id", "due_on", "ended_at", "ended_by_id", "filters", "id", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scope") SELECT new_values."begun_at", new_values."begun_by_id", new_values."begun_on", new_values."department_id", new_values."due_on", new_values."ended_at", new_values."ended_by_id", new_values."filters", new_values."id", new_values."name", new_values."note", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."scope" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="b6c0eca7362d8a620dc308a64890fdb483ef06b7",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_e40c9",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="channels_campaign",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="campaign",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "channels_campaignevent" ("begun_at", "begun_by_id", "begun_on", "department_id", "due_on", "ended_at", "ended_by_id", "filters", "id", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scope") SELECT new_values."begun_at", new_values."begun_by_id", new_values."begun_on", new_values."department_id", new_values."due_on", new_values."ended_at", new_values."ended_by_id", new_values."filters", new_values."id", new_values."name", new_values."note", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."scope" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="a2356d343d390295e32ded2f94e2b797e5f393b6",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c74d3",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="channels_campaign",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="campaignevent",
            name="begun_by",
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
            model_name="campaignevent",
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
            model_name="campaignevent",
            name="ended_by",
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
            model_name="campaignevent",
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
            model_name="campaignevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="channels.campaign",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="campaignevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="db815afdaf3c3957ed326b0de0e741354f1b9142",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_74721",
                    table="channels_campaignevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
