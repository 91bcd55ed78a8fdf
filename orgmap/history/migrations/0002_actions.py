"""Indexes over the actions that pghistory keeps: the latest first, by person, and which of them undo another."""

from django.db import migrations

INDEXES = {
    "history_context_latest": "(created_at DESC, id DESC)",
    "history_context_person": "((metadata->>'user'), created_at DESC, id DESC)",
    "history_context_undoes": "((metadata->>'undoes')) WHERE metadata ? 'undoes'",
}


class Migration(migrations.Migration):
    dependencies = [("history", "0001_models"), ("pghistory", "0007_auto_20250421_0444")]

    operations = [
        migrations.RunSQL(f"CREATE INDEX {name} ON pghistory_context {what}", f"DROP INDEX {name}")
        for name, what in INDEXES.items()
    ]
