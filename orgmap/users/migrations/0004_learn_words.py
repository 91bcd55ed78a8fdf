"""The words that people are found by are learnt."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

from orgmap.core.spelling import learn


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_words"),
        ("users", "0003_notices"),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name="user",
            trigger=pgtrigger.compiler.Trigger(
                name="learn_new",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="INSERT INTO core_word (word) SELECT word FROM (SELECT DISTINCT word FROM (SELECT ARRAY[name, split_part(email, '@', 1)]::text[] AS texts FROM new_values) AS said, orgmap_words(said.texts) AS word) AS found WHERE NOT EXISTS (SELECT FROM core_word AS known WHERE known.word = found.word); RETURN NULL;",
                    hash="ef0b527d69898efea215251abb2faa42338f1245",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_learn_new_89819",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="users_user",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="user",
            trigger=pgtrigger.compiler.Trigger(
                name="learn_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="INSERT INTO core_word (word) SELECT word FROM (SELECT DISTINCT word FROM (SELECT ARRAY[name, split_part(email, '@', 1)]::text[] AS texts FROM new_values EXCEPT SELECT ARRAY[name, split_part(email, '@', 1)]::text[] FROM old_values) AS said, orgmap_words(said.texts) AS word) AS found WHERE NOT EXISTS (SELECT FROM core_word AS known WHERE known.word = found.word); RETURN NULL;",
                    hash="5da8eec7b5e90d1d37f480bb6af605c971e5a328",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_learn_changed_43624",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="users_user",
                    when="AFTER",
                ),
            ),
        ),
        migrations.RunSQL(
            learn("SELECT ARRAY[name, split_part(email, '@', 1)]::text[] AS texts FROM users_user"),
            migrations.RunSQL.noop,
        ),
    ]
