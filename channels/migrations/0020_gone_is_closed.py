"""Findings that went with their subjects are closed: what opened and what closed make what stands open."""

from django.db import migrations

ADD_UP = """
    UPDATE channels_findingcount counted
    SET closed = closed + greatest(day.gone, 0), opened = opened + greatest(-day.gone, 0)
    FROM (
        SELECT id, coalesce(lag(open + waived) OVER (PARTITION BY rule ORDER BY day), 0)
            + opened - closed - open - waived AS gone
        FROM channels_findingcount
    ) day
    WHERE day.id = counted.id AND day.gone <> 0
"""


class Migration(migrations.Migration):
    dependencies = [("channels", "0019_public_by_handle")]

    operations = [migrations.RunSQL(ADD_UP, migrations.RunSQL.noop)]
