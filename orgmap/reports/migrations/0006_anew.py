"""Reports keep their facts and places in another form: the next roll-up makes them anew."""

from django.db import migrations

EMPTY = """
    UPDATE reports_rolluprequest SET snapshot_id = NULL WHERE snapshot_id IS NOT NULL;
    DELETE FROM reports_pairblock;
    DELETE FROM reports_spreadrollup;
    DELETE FROM reports_mapsheet;
    DELETE FROM reports_pair;
    DELETE FROM reports_touchpoint;
    DELETE FROM reports_unit;
    DELETE FROM reports_level;
    DELETE FROM reports_factsheet;
    DELETE FROM reports_snapshot;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0005_map_sheets"),
    ]

    operations = [
        migrations.RunSQL(EMPTY, migrations.RunSQL.noop),
    ]
