import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.functions
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.constraints
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
            name="Platform",
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
                ("name", models.CharField(max_length=80)),
                (
                    "hosts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120),
                        blank=True,
                        default=list,
                        help_text="For example social.example.org. Not needed for well-known ones.",
                        size=None,
                    ),
                ),
                (
                    "labels",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80),
                        blank=True,
                        default=list,
                        help_text="Other names that lists use for it.",
                        size=None,
                    ),
                ),
                ("case_sensitive", models.BooleanField(default=False, verbose_name="handles differ by case")),
                ("is_past", models.BooleanField(default=False, verbose_name="no longer exists")),
                ("position", models.PositiveIntegerField(default=0, help_text="Order in lists; smaller comes first.")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="stamp",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                    NEW.version := OLD.version; NEW.updated_at := OLD.updated_at; NEW.created_at := OLD.created_at;\n                    IF NEW IS DISTINCT FROM OLD THEN\n                        NEW.version := OLD.version + 1; NEW.updated_at := clock_timestamp();\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="36819d01c348f651f19fcbbff85c76240b4da07f",
                            operation="UPDATE",
                            pgid="pgtrigger_stamp_18638",
                            table="channels_platform",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "channels_platformevent" ("case_sensitive", "code", "hosts", "id", "is_past", "labels", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "version") SELECT new_values."case_sensitive", new_values."code", new_values."hosts", new_values."id", new_values."is_past", new_values."labels", new_values."name", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."position", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="9a42554fd702fa4cb965bcaae9e33a0daa20c263",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_311c6",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="channels_platform",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "channels_platformevent" ("case_sensitive", "code", "hosts", "id", "is_past", "labels", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "version") SELECT new_values."case_sensitive", new_values."code", new_values."hosts", new_values."id", new_values."is_past", new_values."labels", new_values."name", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."position", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."case_sensitive" IS DISTINCT FROM (new_values."case_sensitive") OR old_values."code" IS DISTINCT FROM (new_values."code") OR old_values."hosts" IS DISTINCT FROM (new_values."hosts") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."is_past" IS DISTINCT FROM (new_values."is_past") OR old_values."labels" IS DISTINCT FROM (new_values."labels") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."position" IS DISTINCT FROM (new_values."position") OR old_values."version" IS DISTINCT FROM (new_values."version")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="b69e174a1adf663e818fc737355bf8cd3fbef28a",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_ff0e6",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="channels_platform",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "channels_platformevent" ("case_sensitive", "code", "hosts", "id", "is_past", "labels", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "version") SELECT old_values."case_sensitive", old_values."code", old_values."hosts", old_values."id", old_values."is_past", old_values."labels", old_values."name", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."position", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="384b21c3878e9107008e4004369572a7b51cbe80",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_b1060",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="channels_platform",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Account",
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
                ("handle", models.CharField(help_text="As the platform writes it, without @.", max_length=200)),
                (
                    "handle_key",
                    models.CharField(
                        editable=False,
                        help_text="How handles of this platform are compared: see channels.platforms.",
                        max_length=220,
                    ),
                ),
                (
                    "kind",
                    models.CharField(default="profile", help_text="Profile, page, company, group, ...", max_length=30),
                ),
                ("address", models.CharField(blank=True, help_text="The canonical address.", max_length=1000)),
                ("name", models.CharField(blank=True, help_text="The name that visitors see.", max_length=300)),
                ("says", models.CharField(blank=True, max_length=300, verbose_name="what it says")),
                ("why_care", models.CharField(blank=True, max_length=300, verbose_name="why people care")),
                (
                    "rhythm",
                    models.CharField(
                        blank=True, help_text="For example weekly.", max_length=120, verbose_name="how often it posts"
                    ),
                ),
                (
                    "reply_promise",
                    models.CharField(
                        blank=True, help_text="For example one day.", max_length=120, verbose_name="answers within"
                    ),
                ),
                ("language", models.CharField(blank=True, max_length=60)),
                (
                    "contact",
                    models.CharField(blank=True, help_text="A shared mailbox, better than a person.", max_length=254),
                ),
                (
                    "agency",
                    models.CharField(blank=True, help_text="The agency that runs it, if one does.", max_length=200),
                ),
                ("contract_ends_on", models.DateField(blank=True, null=True)),
                (
                    "custody",
                    models.CharField(
                        blank=True,
                        help_text="A pointer into the vault. Never a password.",
                        max_length=300,
                        verbose_name="where the keys are",
                    ),
                ),
                (
                    "tags",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), blank=True, default=list, size=None
                    ),
                ),
                ("notes", models.TextField(blank=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("active", "Active"),
                            ("dormant", "Dormant"),
                            ("retired", "Retired"),
                        ],
                        default="active",
                        max_length=10,
                    ),
                ),
                (
                    "is_public",
                    models.BooleanField(
                        default=True, help_text="Whether outsiders may verify it.", verbose_name="shown to anyone"
                    ),
                ),
                ("is_verified", models.BooleanField(default=False, verbose_name="carries the platform's mark")),
                ("opened_on", models.DateField(blank=True, null=True)),
                ("last_post_on", models.DateField(blank=True, null=True)),
                ("last_attested_on", models.DateField(blank=True, null=True)),
                ("retired_on", models.DateField(blank=True, null=True)),
                ("retired_reason", models.CharField(blank=True, max_length=300)),
                ("search_text", models.TextField(db_default="", default="", editable=False)),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="predecessors",
                        to="channels.account",
                    ),
                ),
                (
                    "platform",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="accounts", to="channels.platform"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["handle_key", "id"], name="channels_account_by_handle"),
                    models.Index(fields=["status", "handle_key", "id"], name="channels_account_by_status"),
                    models.Index(
                        models.OrderBy(models.F("last_post_on"), descending=True, nulls_last=True),
                        models.OrderBy(models.F("id"), descending=True),
                        name="channels_account_by_post",
                    ),
                    models.Index(
                        models.OrderBy(models.F("last_attested_on"), descending=True, nulls_last=True),
                        models.OrderBy(models.F("id"), descending=True),
                        name="channels_account_by_attested",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass("search_text", "gin_trgm_ops"),
                        name="channels_account_search",
                    ),
                    django.contrib.postgres.indexes.GinIndex(fields=["tags"], name="channels_account_tags"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("platform", "handle_key"),
                        name="channels_account_once",
                        violation_error_message="This account is already on the map.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("handle", ""), _negated=True), models.Q(("handle_key", ""), _negated=True)
                        ),
                        name="channels_account_has_handle",
                        violation_error_message="An account needs a handle.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("retired_on__isnull", False), ("status", "retired")),
                            models.Q(models.Q(("status", "retired"), _negated=True), ("retired_on__isnull", True)),
                            _connector="OR",
                        ),
                        name="channels_account_retired_has_date",
                        violation_error_message="A retired account needs the day on which it was retired; others have none.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="stamp",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                    NEW.version := OLD.version; NEW.updated_at := OLD.updated_at; NEW.created_at := OLD.created_at;\n                    IF NEW IS DISTINCT FROM OLD THEN\n                        NEW.version := OLD.version + 1; NEW.updated_at := clock_timestamp();\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="4160750179d895c9eb0d3f924ddb4833da1882b6",
                            operation="UPDATE",
                            pgid="pgtrigger_stamp_0941d",
                            table="channels_account",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="search",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                    NEW.search_text := lower(unaccent(concat_ws(\n                        ' ', NEW.handle, nullif(NEW.name, ''), nullif(NEW.says, ''),\n                        nullif(array_to_string(NEW.tags, ' '), '')\n                    )));\n                    RETURN NEW;\n                ",
                            hash="7ff2914280e30dac4097b68f141ec0e5255a2fdf",
                            operation='INSERT OR UPDATE OF "handle", "name", "says", "tags"',
                            pgid="pgtrigger_search_7ea29",
                            table="channels_account",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "channels_accountevent" ("address", "agency", "contact", "contract_ends_on", "custody", "handle", "handle_key", "id", "is_public", "is_verified", "kind", "language", "last_attested_on", "last_post_on", "name", "notes", "opened_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "platform_id", "reply_promise", "retired_on", "retired_reason", "rhythm", "says", "status", "successor_id", "tags", "version", "why_care") SELECT new_values."address", new_values."agency", new_values."contact", new_values."contract_ends_on", new_values."custody", new_values."handle", new_values."handle_key", new_values."id", new_values."is_public", new_values."is_verified", new_values."kind", new_values."language", new_values."last_attested_on", new_values."last_post_on", new_values."name", new_values."notes", new_values."opened_on", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."platform_id", new_values."reply_promise", new_values."retired_on", new_values."retired_reason", new_values."rhythm", new_values."says", new_values."status", new_values."successor_id", new_values."tags", new_values."version", new_values."why_care" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="7085a1c863639fda57b771464589c9c9650041fe",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_31def",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="channels_account",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "channels_accountevent" ("address", "agency", "contact", "contract_ends_on", "custody", "handle", "handle_key", "id", "is_public", "is_verified", "kind", "language", "last_attested_on", "last_post_on", "name", "notes", "opened_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "platform_id", "reply_promise", "retired_on", "retired_reason", "rhythm", "says", "status", "successor_id", "tags", "version", "why_care") SELECT new_values."address", new_values."agency", new_values."contact", new_values."contract_ends_on", new_values."custody", new_values."handle", new_values."handle_key", new_values."id", new_values."is_public", new_values."is_verified", new_values."kind", new_values."language", new_values."last_attested_on", new_values."last_post_on", new_values."name", new_values."notes", new_values."opened_on", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."platform_id", new_values."reply_promise", new_values."retired_on", new_values."retired_reason", new_values."rhythm", new_values."says", new_values."status", new_values."successor_id", new_values."tags", new_values."version", new_values."why_care" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."address" IS DISTINCT FROM (new_values."address") OR old_values."agency" IS DISTINCT FROM (new_values."agency") OR old_values."contact" IS DISTINCT FROM (new_values."contact") OR old_values."contract_ends_on" IS DISTINCT FROM (new_values."contract_ends_on") OR old_values."custody" IS DISTINCT FROM (new_values."custody") OR old_values."handle" IS DISTINCT FROM (new_values."handle") OR old_values."handle_key" IS DISTINCT FROM (new_values."handle_key") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."is_public" IS DISTINCT FROM (new_values."is_public") OR old_values."is_verified" IS DISTINCT FROM (new_values."is_verified") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."language" IS DISTINCT FROM (new_values."language") OR old_values."last_attested_on" IS DISTINCT FROM (new_values."last_attested_on") OR old_values."last_post_on" IS DISTINCT FROM (new_values."last_post_on") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."notes" IS DISTINCT FROM (new_values."notes") OR old_values."opened_on" IS DISTINCT FROM (new_values."opened_on") OR old_values."platform_id" IS DISTINCT FROM (new_values."platform_id") OR old_values."reply_promise" IS DISTINCT FROM (new_values."reply_promise") OR old_values."retired_on" IS DISTINCT FROM (new_values."retired_on") OR old_values."retired_reason" IS DISTINCT FROM (new_values."retired_reason") OR old_values."rhythm" IS DISTINCT FROM (new_values."rhythm") OR old_values."says" IS DISTINCT FROM (new_values."says") OR old_values."status" IS DISTINCT FROM (new_values."status") OR old_values."successor_id" IS DISTINCT FROM (new_values."successor_id") OR old_values."tags" IS DISTINCT FROM (new_values."tags") OR old_values."version" IS DISTINCT FROM (new_values."version") OR old_values."why_care" IS DISTINCT FROM (new_values."why_care")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="7ddc4eb8d67cd48ca5d30bb6457fc9d90d8aba1d",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_a51b9",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="channels_account",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "channels_accountevent" ("address", "agency", "contact", "contract_ends_on", "custody", "handle", "handle_key", "id", "is_public", "is_verified", "kind", "language", "last_attested_on", "last_post_on", "name", "notes", "opened_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "platform_id", "reply_promise", "retired_on", "retired_reason", "rhythm", "says", "status", "successor_id", "tags", "version", "why_care") SELECT old_values."address", old_values."agency", old_values."contact", old_values."contract_ends_on", old_values."custody", old_values."handle", old_values."handle_key", old_values."id", old_values."is_public", old_values."is_verified", old_values."kind", old_values."language", old_values."last_attested_on", old_values."last_post_on", old_values."name", old_values."notes", old_values."opened_on", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."platform_id", old_values."reply_promise", old_values."retired_on", old_values."retired_reason", old_values."rhythm", old_values."says", old_values."status", old_values."successor_id", old_values."tags", old_values."version", old_values."why_care" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="0664e8e8cadd96a00fad27bf877b768d23f29780",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_f53e6",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="channels_account",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccountAudience",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="channels.account"
                    ),
                ),
                (
                    "audience",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="departments.audience"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("account", "audience"), name="channels_account_audience_once")
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "channels_accountaudienceevent" ("account_id", "audience_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."account_id", new_values."audience_id", new_values."id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="2057e163e814efefcf1997403efc3f89dab6007f",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_cb57a",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="channels_accountaudience",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "channels_accountaudienceevent" ("account_id", "audience_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."account_id", new_values."audience_id", new_values."id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="814ddf5eb540a1b53b7f0d9abaf1bd0adc82b93b",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_47b3b",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="channels_accountaudience",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "channels_accountaudienceevent" ("account_id", "audience_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."account_id", old_values."audience_id", old_values."id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="46477d5b8ebc5f8c5f41d9e9a52672ea072d6a0c",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_bcf3d",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="channels_accountaudience",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccountAudienceEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("id", models.BigIntegerField()),
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
                        to="channels.accountaudience",
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
                            hash="8811ec8f265b6480895e1ea13c37f167eb163780",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_changed_950e2",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="channels_accountaudienceevent",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="22a05de4c4f2f7ffc1cac71e34c3a5490f9ada43",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_ca7dd",
                            table="channels_accountaudienceevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccountDepartment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sides", to="channels.account"
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="account_sides",
                        to="departments.department",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("position", 0)), fields=["department"], name="channels_account_owned"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("account", "department"), name="channels_account_department_once"),
                    models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        fields=("account", "position"),
                        name="channels_account_one_owner",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "channels_accountdepartmentevent" ("account_id", "department_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") SELECT new_values."account_id", new_values."department_id", new_values."id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."position" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="86c58268bbc154b3cd610b23d4ab57132e0301fe",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_6e7d4",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="channels_accountdepartment",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "channels_accountdepartmentevent" ("account_id", "department_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") SELECT new_values."account_id", new_values."department_id", new_values."id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."position" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="61691b0ae577cfb7d2588ca940d6c3dbcf2e75c9",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f2f5d",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="channels_accountdepartment",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "channels_accountdepartmentevent" ("account_id", "department_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") SELECT old_values."account_id", old_values."department_id", old_values."id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."position" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="c199eafca8eaa5c1b97f46a6d2d1f39beefa816c",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_5de7e",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="channels_accountdepartment",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccountDepartmentEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("id", models.BigIntegerField()),
                ("position", models.PositiveSmallIntegerField(default=0)),
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
                        to="channels.accountdepartment",
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
                            hash="9d20ceac85e04f0d32fe4d9a5ea918c17323a75b",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_changed_bffd2",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="channels_accountdepartmentevent",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="b399f3255d4bfb559dc6199c67de67eb6ed1f83d",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_eda15",
                            table="channels_accountdepartmentevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccountEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("id", models.BigIntegerField()),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                ("handle", models.CharField(help_text="As the platform writes it, without @.", max_length=200)),
                (
                    "handle_key",
                    models.CharField(
                        editable=False,
                        help_text="How handles of this platform are compared: see channels.platforms.",
                        max_length=220,
                    ),
                ),
                (
                    "kind",
                    models.CharField(default="profile", help_text="Profile, page, company, group, ...", max_length=30),
                ),
                ("address", models.CharField(blank=True, help_text="The canonical address.", max_length=1000)),
                ("name", models.CharField(blank=True, help_text="The name that visitors see.", max_length=300)),
                ("says", models.CharField(blank=True, max_length=300, verbose_name="what it says")),
                ("why_care", models.CharField(blank=True, max_length=300, verbose_name="why people care")),
                (
                    "rhythm",
                    models.CharField(
                        blank=True, help_text="For example weekly.", max_length=120, verbose_name="how often it posts"
                    ),
                ),
                (
                    "reply_promise",
                    models.CharField(
                        blank=True, help_text="For example one day.", max_length=120, verbose_name="answers within"
                    ),
                ),
                ("language", models.CharField(blank=True, max_length=60)),
                (
                    "contact",
                    models.CharField(blank=True, help_text="A shared mailbox, better than a person.", max_length=254),
                ),
                (
                    "agency",
                    models.CharField(blank=True, help_text="The agency that runs it, if one does.", max_length=200),
                ),
                ("contract_ends_on", models.DateField(blank=True, null=True)),
                (
                    "custody",
                    models.CharField(
                        blank=True,
                        help_text="A pointer into the vault. Never a password.",
                        max_length=300,
                        verbose_name="where the keys are",
                    ),
                ),
                (
                    "tags",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), blank=True, default=list, size=None
                    ),
                ),
                ("notes", models.TextField(blank=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("active", "Active"),
                            ("dormant", "Dormant"),
                            ("retired", "Retired"),
                        ],
                        default="active",
                        max_length=10,
                    ),
                ),
                (
                    "is_public",
                    models.BooleanField(
                        default=True, help_text="Whether outsiders may verify it.", verbose_name="shown to anyone"
                    ),
                ),
                ("is_verified", models.BooleanField(default=False, verbose_name="carries the platform's mark")),
                ("opened_on", models.DateField(blank=True, null=True)),
                ("last_post_on", models.DateField(blank=True, null=True)),
                ("last_attested_on", models.DateField(blank=True, null=True)),
                ("retired_on", models.DateField(blank=True, null=True)),
                ("retired_reason", models.CharField(blank=True, max_length=300)),
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
                        to="channels.account",
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
                            hash="d976fcab83131ae62e20d03ce544ca90518572e4",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_changed_081e2",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="channels_accountevent",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="ea6a7126ebfdc182bb6cf32af24acaf181471113",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_987c2",
                            table="channels_accountevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccountMarket",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="channels.account"
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
                    models.UniqueConstraint(fields=("account", "market"), name="channels_account_market_once")
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "channels_accountmarketevent" ("account_id", "id", "market_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."account_id", new_values."id", new_values."market_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="782b805129e7da09a2e88561a59c438af112d9a9",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_792e0",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="channels_accountmarket",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "channels_accountmarketevent" ("account_id", "id", "market_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."account_id", new_values."id", new_values."market_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="bccb9082efde26bcca3972d08359d26262f90440",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_89042",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="channels_accountmarket",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "channels_accountmarketevent" ("account_id", "id", "market_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."account_id", old_values."id", old_values."market_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="a16d32bff992644f01443bef3e9f14971d04bb93",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_8815e",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="channels_accountmarket",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccountMarketEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("id", models.BigIntegerField()),
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
                        to="channels.accountmarket",
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
                            hash="3fc022792119013190f162ed5d063818da8c9e49",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_changed_697fb",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="channels_accountmarketevent",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="11d81b525e278de7748d06859b8ca18ec1c2a0f7",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_6eb9d",
                            table="channels_accountmarketevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccountObjective",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="channels.account"
                    ),
                ),
                (
                    "objective",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="departments.objective"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("account", "objective"), name="channels_account_objective_once")
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "channels_accountobjectiveevent" ("account_id", "id", "objective_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."account_id", new_values."id", new_values."objective_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="1eebf2c0171e988ef11e9aceb19b29fccc321d00",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_67f90",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="channels_accountobjective",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "channels_accountobjectiveevent" ("account_id", "id", "objective_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."account_id", new_values."id", new_values."objective_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="cd3a5bfea830811f2f1b8898dac88636884f2c76",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f39a3",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="channels_accountobjective",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "channels_accountobjectiveevent" ("account_id", "id", "objective_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."account_id", old_values."id", old_values."objective_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="a3ed09e68e0f3cb4ea8fd8441c51f84479475f89",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_86099",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="channels_accountobjective",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccountObjectiveEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("id", models.BigIntegerField()),
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
                        to="channels.accountobjective",
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
                            hash="663486d713a9fe49d849f57e8c745eef3e5c22b6",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_changed_05a0a",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="channels_accountobjectiveevent",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="c30a7be8eb57fe94f493e885fced69e1f3282079",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_d3e8d",
                            table="channels_accountobjectiveevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Holder",
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
                ("email", models.EmailField(blank=True, max_length=254)),
                (
                    "employer",
                    models.CharField(
                        choices=[("staff", "Our staff"), ("agency", "An agency"), ("other", "Someone else")],
                        default="staff",
                        max_length=10,
                    ),
                ),
                ("is_primary", models.BooleanField(default=False, verbose_name="first to ask")),
                ("left_on", models.DateField(blank=True, null=True, verbose_name="no longer holds them since")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="holders", to="channels.account"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="holdings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_primary", True), ("left_on__isnull", True)),
                        fields=("account",),
                        name="channels_holder_one_primary",
                        violation_error_message="This account has a first holder already.",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="stamp",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                    NEW.version := OLD.version; NEW.updated_at := OLD.updated_at; NEW.created_at := OLD.created_at;\n                    IF NEW IS DISTINCT FROM OLD THEN\n                        NEW.version := OLD.version + 1; NEW.updated_at := clock_timestamp();\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="c21539fc8b62fdc47643cb6aa1575f23ce92f79f",
                            operation="UPDATE",
                            pgid="pgtrigger_stamp_f2fdf",
                            table="channels_holder",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "channels_holderevent" ("account_id", "email", "employer", "id", "is_primary", "left_on", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id", "version") SELECT new_values."account_id", new_values."email", new_values."employer", new_values."id", new_values."is_primary", new_values."left_on", new_values."name", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."user_id", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="15b120fc39385593f75ce73fa6862f349e82a123",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_74e95",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="channels_holder",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "channels_holderevent" ("account_id", "email", "employer", "id", "is_primary", "left_on", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id", "version") SELECT new_values."account_id", new_values."email", new_values."employer", new_values."id", new_values."is_primary", new_values."left_on", new_values."name", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."user_id", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."account_id" IS DISTINCT FROM (new_values."account_id") OR old_values."email" IS DISTINCT FROM (new_values."email") OR old_values."employer" IS DISTINCT FROM (new_values."employer") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."is_primary" IS DISTINCT FROM (new_values."is_primary") OR old_values."left_on" IS DISTINCT FROM (new_values."left_on") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."user_id" IS DISTINCT FROM (new_values."user_id") OR old_values."version" IS DISTINCT FROM (new_values."version")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="6845f86fb1aad26ddee7e68dadecd4fd9d27a9f6",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_55ec4",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="channels_holder",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "channels_holderevent" ("account_id", "email", "employer", "id", "is_primary", "left_on", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id", "version") SELECT old_values."account_id", old_values."email", old_values."employer", old_values."id", old_values."is_primary", old_values."left_on", old_values."name", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."user_id", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="3840775ddb7a1c10a2e71bf5416d59c5331d4d41",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_6f7d2",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="channels_holder",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HolderEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("id", models.BigIntegerField()),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                ("name", models.CharField(max_length=200)),
                ("email", models.EmailField(blank=True, max_length=254)),
                (
                    "employer",
                    models.CharField(
                        choices=[("staff", "Our staff"), ("agency", "An agency"), ("other", "Someone else")],
                        default="staff",
                        max_length=10,
                    ),
                ),
                ("is_primary", models.BooleanField(default=False, verbose_name="first to ask")),
                ("left_on", models.DateField(blank=True, null=True, verbose_name="no longer holds them since")),
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
                        to="channels.holder",
                    ),
                ),
                (
                    "user",
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
                            hash="faebc2bc1cbffdb8c1b7ca1516ec6d49c9310057",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_changed_1a318",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="channels_holderevent",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="cf8c3d445fa8f923ac5582f1cef25adb1bc6bc3d",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_cd059",
                            table="channels_holderevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportBatch",
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
                        choices=[
                            ("departments", "Departments"),
                            ("accounts", "Accounts"),
                            ("objectives", "Objectives"),
                            ("ties", "Agreements"),
                            ("metrics", "Figures"),
                        ],
                        max_length=15,
                    ),
                ),
                ("filename", models.CharField(max_length=255)),
                ("sha256", models.CharField(max_length=64)),
                ("sheet", models.CharField(blank=True, max_length=120)),
                ("mapping", models.JSONField(default=dict, help_text="Their header to our field.")),
                ("counts", models.JSONField(default=dict, help_text="Rows read, created, changed, same, refused.")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("uploaded", "Uploaded"),
                            ("applied", "Applied"),
                            ("undone", "Undone"),
                            ("refused", "Refused"),
                        ],
                        default="uploaded",
                        max_length=10,
                    ),
                ),
                ("applied_at", models.DateTimeField(blank=True, null=True)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "content",
                    models.BinaryField(blank=True, default=b"", help_text="The file, kept until it is applied."),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="import_batches",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["-created_at"], name="channels_import_latest")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="stamp",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                    NEW.version := OLD.version; NEW.updated_at := OLD.updated_at; NEW.created_at := OLD.created_at;\n                    IF NEW IS DISTINCT FROM OLD THEN\n                        NEW.version := OLD.version + 1; NEW.updated_at := clock_timestamp();\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="de3e0ca9c3b85129d273f2a0482fc3ce94927f00",
                            operation="UPDATE",
                            pgid="pgtrigger_stamp_1e747",
                            table="channels_importbatch",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "channels_importbatchevent" ("applied_at", "by_id", "counts", "filename", "id", "kind", "mapping", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "sheet", "state", "undone_at", "version") SELECT new_values."applied_at", new_values."by_id", new_values."counts", new_values."filename", new_values."id", new_values."kind", new_values."mapping", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."sha256", new_values."sheet", new_values."state", new_values."undone_at", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="4543f9032f2aa5c99b6b1887a0c0c5ac3052d3b0",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_8d119",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="channels_importbatch",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "channels_importbatchevent" ("applied_at", "by_id", "counts", "filename", "id", "kind", "mapping", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "sheet", "state", "undone_at", "version") SELECT new_values."applied_at", new_values."by_id", new_values."counts", new_values."filename", new_values."id", new_values."kind", new_values."mapping", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."sha256", new_values."sheet", new_values."state", new_values."undone_at", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."applied_at" IS DISTINCT FROM (new_values."applied_at") OR old_values."by_id" IS DISTINCT FROM (new_values."by_id") OR old_values."counts" IS DISTINCT FROM (new_values."counts") OR old_values."filename" IS DISTINCT FROM (new_values."filename") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."mapping" IS DISTINCT FROM (new_values."mapping") OR old_values."sha256" IS DISTINCT FROM (new_values."sha256") OR old_values."sheet" IS DISTINCT FROM (new_values."sheet") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."undone_at" IS DISTINCT FROM (new_values."undone_at") OR old_values."version" IS DISTINCT FROM (new_values."version")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="ad91e2865774f6341028dc936244008e94c081b3",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_75622",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="channels_importbatch",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "channels_importbatchevent" ("applied_at", "by_id", "counts", "filename", "id", "kind", "mapping", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "sheet", "state", "undone_at", "version") SELECT old_values."applied_at", old_values."by_id", old_values."counts", old_values."filename", old_values."id", old_values."kind", old_values."mapping", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."sha256", old_values."sheet", old_values."state", old_values."undone_at", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="6eb0273080531124e769ec48007ac7b570be6fde",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_cfdbe",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="channels_importbatch",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportBatchEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("id", models.BigIntegerField()),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("departments", "Departments"),
                            ("accounts", "Accounts"),
                            ("objectives", "Objectives"),
                            ("ties", "Agreements"),
                            ("metrics", "Figures"),
                        ],
                        max_length=15,
                    ),
                ),
                ("filename", models.CharField(max_length=255)),
                ("sha256", models.CharField(max_length=64)),
                ("sheet", models.CharField(blank=True, max_length=120)),
                ("mapping", models.JSONField(default=dict, help_text="Their header to our field.")),
                ("counts", models.JSONField(default=dict, help_text="Rows read, created, changed, same, refused.")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("uploaded", "Uploaded"),
                            ("applied", "Applied"),
                            ("undone", "Undone"),
                            ("refused", "Refused"),
                        ],
                        default="uploaded",
                        max_length=10,
                    ),
                ),
                ("applied_at", models.DateTimeField(blank=True, null=True)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
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
                        to="channels.importbatch",
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
                            hash="a65c6abc3183a23b63554d3b9f6f7517967f4530",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_changed_9c8d5",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="channels_importbatchevent",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="d98806c5d81557c093f3632835f43aefc447da99",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_cd20d",
                            table="channels_importbatchevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.PositiveIntegerField(help_text="Line of the file, the header being 1.")),
                (
                    "outcome",
                    models.CharField(
                        choices=[("refused", "Refused"), ("merged", "Merged"), ("remark", "Taken, with a remark")],
                        max_length=10,
                    ),
                ),
                ("value", models.CharField(blank=True, max_length=500)),
                ("message", models.CharField(max_length=500)),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="channels.importbatch"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["batch", "line"], name="channels_import_row_line")],
            },
        ),
        migrations.CreateModel(
            name="Metric",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(default="followers", max_length=60)),
                ("on", models.DateField()),
                ("value", models.BigIntegerField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="metrics", to="channels.account"
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="metrics",
                        to="channels.importbatch",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("account", "name", "on"), name="channels_metric_once_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(("value__gte", 0)),
                        name="channels_metric_from_0",
                        violation_error_message="A figure is 0 or more.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "channels_metricevent" ("account_id", "batch_id", "id", "name", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "value") SELECT new_values."account_id", new_values."batch_id", new_values."id", new_values."name", new_values."on", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."value" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="c46fd0f2675839b88113d260b205fc4af5cb2f4b",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_ece5b",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="channels_metric",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "channels_metricevent" ("account_id", "batch_id", "id", "name", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "value") SELECT new_values."account_id", new_values."batch_id", new_values."id", new_values."name", new_values."on", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."value" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="8bd02a670a4864e53a6c89d9ba8e7dae58ab47f2",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_5c8d8",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="channels_metric",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "channels_metricevent" ("account_id", "batch_id", "id", "name", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "value") SELECT old_values."account_id", old_values."batch_id", old_values."id", old_values."name", old_values."on", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."value" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="8efdb246764cb9d4b6af9faf960a8aeda844d637",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_f4b5a",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="channels_metric",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MetricEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(default="followers", max_length=60)),
                ("on", models.DateField()),
                ("value", models.BigIntegerField()),
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
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="channels.importbatch",
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
                        to="channels.metric",
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
                            hash="5c9f3570c5f42a90c3aca17954a3b753eac417e3",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_changed_09c81",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="channels_metricevent",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="a72fd29a37866bc75d3f49793e8f8b751966ec67",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_6aa62",
                            table="channels_metricevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlatformEvent",
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
                ("name", models.CharField(max_length=80)),
                (
                    "hosts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120),
                        blank=True,
                        default=list,
                        help_text="For example social.example.org. Not needed for well-known ones.",
                        size=None,
                    ),
                ),
                (
                    "labels",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80),
                        blank=True,
                        default=list,
                        help_text="Other names that lists use for it.",
                        size=None,
                    ),
                ),
                ("case_sensitive", models.BooleanField(default=False, verbose_name="handles differ by case")),
                ("is_past", models.BooleanField(default=False, verbose_name="no longer exists")),
                ("position", models.PositiveIntegerField(default=0, help_text="Order in lists; smaller comes first.")),
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
                            hash="46e7f79af3e5a2fab7243fc16dbf4e1cf87050aa",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_changed_aa362",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="channels_platformevent",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="1f4d348776941f9bdcf0866acafce97b839320cb",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_4947c",
                            table="channels_platformevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Suggestion",
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
                ("field", models.CharField(blank=True, help_text="Empty: something that is no field.", max_length=40)),
                (
                    "typed",
                    models.JSONField(blank=True, default=list, help_text="As the field's own form would send it."),
                ),
                ("said", models.TextField(blank=True, verbose_name="what it should say")),
                ("before", models.TextField(blank=True, verbose_name="what it said then")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="why")),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("accepted", "Accepted"), ("declined", "Declined")],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("answer", models.CharField(blank=True, max_length=300, verbose_name="why it was declined")),
                (
                    "account",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="suggestions",
                        to="channels.account",
                    ),
                ),
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
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="suggestions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="suggestions",
                        to="departments.department",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["state", "id"], name="channels_suggestion_by_state")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("account__isnull", False), ("department__isnull", True)),
                            models.Q(("account__isnull", True), ("department__isnull", False)),
                            _connector="OR",
                        ),
                        name="channels_suggestion_about_one_thing",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="stamp",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                    NEW.version := OLD.version; NEW.updated_at := OLD.updated_at; NEW.created_at := OLD.created_at;\n                    IF NEW IS DISTINCT FROM OLD THEN\n                        NEW.version := OLD.version + 1; NEW.updated_at := clock_timestamp();\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="13e7194c1265b8a1f416e206dc267cb871707073",
                            operation="UPDATE",
                            pgid="pgtrigger_stamp_d13b6",
                            table="channels_suggestion",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "channels_suggestionevent" ("account_id", "answer", "answered_at", "answered_by_id", "before", "by_id", "department_id", "field", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "said", "state", "typed", "version") SELECT new_values."account_id", new_values."answer", new_values."answered_at", new_values."answered_by_id", new_values."before", new_values."by_id", new_values."department_id", new_values."field", new_values."id", new_values."note", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."said", new_values."state", new_values."typed", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="303a679e8da1771dd3507456a16f4552420c52e3",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_a2147",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="channels_suggestion",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "channels_suggestionevent" ("account_id", "answer", "answered_at", "answered_by_id", "before", "by_id", "department_id", "field", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "said", "state", "typed", "version") SELECT new_values."account_id", new_values."answer", new_values."answered_at", new_values."answered_by_id", new_values."before", new_values."by_id", new_values."department_id", new_values."field", new_values."id", new_values."note", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."said", new_values."state", new_values."typed", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."account_id" IS DISTINCT FROM (new_values."account_id") OR old_values."answer" IS DISTINCT FROM (new_values."answer") OR old_values."answered_at" IS DISTINCT FROM (new_values."answered_at") OR old_values."answered_by_id" IS DISTINCT FROM (new_values."answered_by_id") OR old_values."before" IS DISTINCT FROM (new_values."before") OR old_values."by_id" IS DISTINCT FROM (new_values."by_id") OR old_values."department_id" IS DISTINCT FROM (new_values."department_id") OR old_values."field" IS DISTINCT FROM (new_values."field") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."note" IS DISTINCT FROM (new_values."note") OR old_values."said" IS DISTINCT FROM (new_values."said") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."typed" IS DISTINCT FROM (new_values."typed") OR old_values."version" IS DISTINCT FROM (new_values."version")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="3f2a13743ce83d29a50f0484bd0e95cde78b3be8",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_099b2",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="channels_suggestion",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "channels_suggestionevent" ("account_id", "answer", "answered_at", "answered_by_id", "before", "by_id", "department_id", "field", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "said", "state", "typed", "version") SELECT old_values."account_id", old_values."answer", old_values."answered_at", old_values."answered_by_id", old_values."before", old_values."by_id", old_values."department_id", old_values."field", old_values."id", old_values."note", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."said", old_values."state", old_values."typed", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="19a05ccc980be405f63028cd7120f866d9b78013",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_bbddd",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="channels_suggestion",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SuggestionEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("id", models.BigIntegerField()),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                ("field", models.CharField(blank=True, help_text="Empty: something that is no field.", max_length=40)),
                (
                    "typed",
                    models.JSONField(blank=True, default=list, help_text="As the field's own form would send it."),
                ),
                ("said", models.TextField(blank=True, verbose_name="what it should say")),
                ("before", models.TextField(blank=True, verbose_name="what it said then")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="why")),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("accepted", "Accepted"), ("declined", "Declined")],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("answer", models.CharField(blank=True, max_length=300, verbose_name="why it was declined")),
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
                        to="channels.suggestion",
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
                            hash="4096d676a916f1782f94a8a62c6c74dcb5c15873",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_changed_eef6a",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="channels_suggestionevent",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="e4413b692cabf3eec5c1d7d28ebe9ad563c69fca",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_a339f",
                            table="channels_suggestionevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BulkChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("audience", "Audience"),
                            ("market", "Market"),
                            ("owner", "Owner"),
                            ("objective", "Objective"),
                            ("status", "Status"),
                            ("tag", "Tag"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("add", "Add it to what is there"),
                            ("only", "Set only this"),
                            ("remove", "Take it away"),
                        ],
                        default="add",
                        max_length=10,
                    ),
                ),
                (
                    "value",
                    models.CharField(blank=True, help_text="Number of a record, a status or a tag.", max_length=60),
                ),
                ("label", models.CharField(blank=True, help_text="What the value is called.", max_length=300)),
                ("reason", models.CharField(blank=True, max_length=200)),
                (
                    "accounts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                ("total", models.PositiveIntegerField(default=0)),
                ("left_out", models.PositiveIntegerField(default=0, help_text="Chosen, but not theirs to change.")),
                ("position", models.PositiveIntegerField(default=0, help_text="So many accounts were looked at.")),
                ("changed", models.PositiveIntegerField(default=0, help_text="So many were changed.")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Not applied yet"),
                            ("waiting", "Waiting for a worker"),
                            ("running", "At work"),
                            ("done", "Done"),
                            ("failed", "Stopped"),
                            ("undoing", "Being taken back"),
                            ("undone", "Taken back"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                (
                    "rest",
                    models.BooleanField(default=False, help_text="Take back what can be, whatever was changed since."),
                ),
                ("error", models.CharField(blank=True, max_length=500)),
                ("action", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "undone_by",
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
                "indexes": [
                    models.Index(fields=["-created_at"], name="channels_bulk_latest"),
                    models.Index(
                        condition=models.Q(("state__in", ["waiting", "running", "undoing"])),
                        fields=["id"],
                        name="channels_bulk_unfinished",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedView",
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
                ("name", models.CharField(max_length=60)),
                (
                    "query",
                    models.CharField(blank=True, help_text="The query string, without the page.", max_length=2000),
                ),
                ("is_shared", models.BooleanField(default=False, verbose_name="everybody sees it")),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("owner", "name"),
                        name="channels_view_once",
                        violation_error_message="You have a view of this name already.",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="stamp",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                    NEW.version := OLD.version; NEW.updated_at := OLD.updated_at; NEW.created_at := OLD.created_at;\n                    IF NEW IS DISTINCT FROM OLD THEN\n                        NEW.version := OLD.version + 1; NEW.updated_at := clock_timestamp();\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="8c19d37bed498ac00dffd54ca56d18897aef0fab",
                            operation="UPDATE",
                            pgid="pgtrigger_stamp_22797",
                            table="channels_savedview",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="account",
            name="audiences",
            field=models.ManyToManyField(
                blank=True, related_name="accounts", through="channels.AccountAudience", to="departments.audience"
            ),
        ),
        migrations.AddField(
            model_name="account",
            name="departments",
            field=models.ManyToManyField(
                related_name="accounts", through="channels.AccountDepartment", to="departments.department"
            ),
        ),
        migrations.AddField(
            model_name="account",
            name="markets",
            field=models.ManyToManyField(
                blank=True,
                help_text="None means all.",
                related_name="accounts",
                through="channels.AccountMarket",
                to="departments.market",
            ),
        ),
        migrations.AddField(
            model_name="account",
            name="objectives",
            field=models.ManyToManyField(
                blank=True, related_name="accounts", through="channels.AccountObjective", to="departments.objective"
            ),
        ),
        orgmap.core.triggers.InstallTriggers(
            models=[
                "Platform",
                "Account",
                "AccountAudience",
                "AccountAudienceEvent",
                "AccountDepartment",
                "AccountDepartmentEvent",
                "AccountEvent",
                "AccountMarket",
                "AccountMarketEvent",
                "AccountObjective",
                "AccountObjectiveEvent",
                "Holder",
                "HolderEvent",
                "ImportBatch",
                "ImportBatchEvent",
                "Metric",
                "MetricEvent",
                "PlatformEvent",
                "Suggestion",
                "SuggestionEvent",
                "SavedView",
            ],
        ),
    ]
