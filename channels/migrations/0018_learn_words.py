"""The words of accounts are learnt; those that say why people care are an index of their own."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

from orgmap.core.matching import index
from orgmap.core.spelling import learn


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_words"),
        ("channels", "0017_quicker_worklist"),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name="account",
            trigger=pgtrigger.compiler.Trigger(
                name="learn_new",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="INSERT INTO core_word (word) SELECT word FROM (SELECT DISTINCT word FROM (SELECT ARRAY[search_text, why_care]::text[] AS texts FROM new_values) AS said, orgmap_words(said.texts) AS word) AS found WHERE NOT EXISTS (SELECT FROM core_word AS known WHERE known.word = found.word); RETURN NULL;",
                    hash="ef3716d5e67a8041fd2274db96e00ca96c8bb79b",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_learn_new_5fad7",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="channels_account",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="account",
            trigger=pgtrigger.compiler.Trigger(
                name="learn_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="INSERT INTO core_word (word) SELECT word FROM (SELECT DISTINCT word FROM (SELECT ARRAY[search_text, why_care]::text[] AS texts FROM new_values EXCEPT SELECT ARRAY[search_text, why_care]::text[] FROM old_values) AS said, orgmap_words(said.texts) AS word) AS found WHERE NOT EXISTS (SELECT FROM core_word AS known WHERE known.word = found.word); RETURN NULL;",
                    hash="b5f8f0a527059ca0c03dfb7434f39e2c710046c4",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_learn_changed_c53e9",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="channels_account",
                    when="AFTER",
                ),
            ),
        ),
        migrations.RunSQL(
            learn("SELECT ARRAY[search_text, why_care]::text[] AS texts FROM channels_account"), migrations.RunSQL.noop
        ),
        migrations.RunSQL(*index("channels_account", "channels_account_why", "orgmap_fold(ARRAY[why_care]::text[])")),
    ]
