"""Indexes to find departments, objectives and agreements by words and with typos."""

from django.db import migrations

from orgmap.core.matching import index


class Migration(migrations.Migration):
    dependencies = [("departments", "0003_templates"), ("core", "0002_fold")]

    operations = [
        migrations.RunSQL(
            *index(
                "departments_department",
                "departments_department_find",
                "orgmap_fold(ARRAY[name, acronym]::text[] || aliases::text[])",
            )
        ),
        migrations.RunSQL(
            *index(
                "departments_objective", "departments_objective_find", "orgmap_fold(ARRAY[statement, measure]::text[])"
            )
        ),
        migrations.RunSQL(
            *index("departments_tie", "departments_tie_find", "orgmap_fold(ARRAY[title, terms]::text[])")
        ),
    ]
