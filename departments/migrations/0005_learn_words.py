"""The words of departments, objectives and agreements are learnt; those that say why are an index of their own."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

from orgmap.core.matching import index
from orgmap.core.spelling import learn


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_words"),
        ("departments", "0004_find"),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name="department",
            trigger=pgtrigger.compiler.Trigger(
                name="learn_new",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="INSERT INTO core_word (word) SELECT word FROM (SELECT DISTINCT word FROM (SELECT ARRAY[name, acronym, purpose]::text[] || aliases::text[] AS texts FROM new_values) AS said, orgmap_words(said.texts) AS word) AS found WHERE NOT EXISTS (SELECT FROM core_word AS known WHERE known.word = found.word); RETURN NULL;",
                    hash="a50141c4682d12e1b9a260d9c03a1c84494a179a",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_learn_new_82ea0",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="departments_department",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="department",
            trigger=pgtrigger.compiler.Trigger(
                name="learn_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="INSERT INTO core_word (word) SELECT word FROM (SELECT DISTINCT word FROM (SELECT ARRAY[name, acronym, purpose]::text[] || aliases::text[] AS texts FROM new_values EXCEPT SELECT ARRAY[name, acronym, purpose]::text[] || aliases::text[] FROM old_values) AS said, orgmap_words(said.texts) AS word) AS found WHERE NOT EXISTS (SELECT FROM core_word AS known WHERE known.word = found.word); RETURN NULL;",
                    hash="9810c436603cdae6aa51e72d23640142b7d62bad",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_learn_changed_6cf06",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="departments_department",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="objective",
            trigger=pgtrigger.compiler.Trigger(
                name="learn_new",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="INSERT INTO core_word (word) SELECT word FROM (SELECT DISTINCT word FROM (SELECT ARRAY[statement, measure, notes]::text[] AS texts FROM new_values) AS said, orgmap_words(said.texts) AS word) AS found WHERE NOT EXISTS (SELECT FROM core_word AS known WHERE known.word = found.word); RETURN NULL;",
                    hash="03f2b5bf988d4f793867c37961601fb5e1020404",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_learn_new_7f37e",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="departments_objective",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="objective",
            trigger=pgtrigger.compiler.Trigger(
                name="learn_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="INSERT INTO core_word (word) SELECT word FROM (SELECT DISTINCT word FROM (SELECT ARRAY[statement, measure, notes]::text[] AS texts FROM new_values EXCEPT SELECT ARRAY[statement, measure, notes]::text[] FROM old_values) AS said, orgmap_words(said.texts) AS word) AS found WHERE NOT EXISTS (SELECT FROM core_word AS known WHERE known.word = found.word); RETURN NULL;",
                    hash="35bae602f7e3cb8f71e4dddc96a3bfd5789064a6",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_learn_changed_c0020",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="departments_objective",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tie",
            trigger=pgtrigger.compiler.Trigger(
                name="learn_new",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="INSERT INTO core_word (word) SELECT word FROM (SELECT DISTINCT word FROM (SELECT ARRAY[title, terms]::text[] AS texts FROM new_values) AS said, orgmap_words(said.texts) AS word) AS found WHERE NOT EXISTS (SELECT FROM core_word AS known WHERE known.word = found.word); RETURN NULL;",
                    hash="09bab6bfdfafa8fb7f55a2867130a08d9a4cc351",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_learn_new_ba50a",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="departments_tie",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tie",
            trigger=pgtrigger.compiler.Trigger(
                name="learn_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="INSERT INTO core_word (word) SELECT word FROM (SELECT DISTINCT word FROM (SELECT ARRAY[title, terms]::text[] AS texts FROM new_values EXCEPT SELECT ARRAY[title, terms]::text[] FROM old_values) AS said, orgmap_words(said.texts) AS word) AS found WHERE NOT EXISTS (SELECT FROM core_word AS known WHERE known.word = found.word); RETURN NULL;",
                    hash="80820158dc883ddd00a4a1ddb395fdc2b88c0e3c",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_learn_changed_892f2",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="departments_tie",
                    when="AFTER",
                ),
            ),
        ),
        migrations.RunSQL(
            learn(
                "SELECT ARRAY[name, acronym, purpose]::text[] || aliases::text[] AS texts FROM departments_department"
            ),
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            learn("SELECT ARRAY[statement, measure, notes]::text[] AS texts FROM departments_objective"),
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            learn("SELECT ARRAY[title, terms]::text[] AS texts FROM departments_tie"), migrations.RunSQL.noop
        ),
        migrations.RunSQL(
            *index("departments_department", "departments_department_why", "orgmap_fold(ARRAY[purpose]::text[])")
        ),
        migrations.RunSQL(
            *index("departments_objective", "departments_objective_why", "orgmap_fold(ARRAY[notes]::text[])")
        ),
    ]
