"""Which reports are kept: the newest, the last of each day, and those with a name."""

from django.db import connection, transaction

KEPT = 20

SURPLUS = """
    SELECT id FROM reports_snapshot WHERE name = '' AND id NOT IN (
        SELECT id FROM reports_snapshot ORDER BY published_at DESC, id DESC LIMIT %s
    ) AND id NOT IN (
        SELECT DISTINCT ON (as_of) id FROM reports_snapshot ORDER BY as_of, published_at DESC, id DESC
    )
"""


@transaction.atomic
def prune(*, keep: int = KEPT) -> int:
    """Drop the reports of a busy day that nobody will look for; gives how many."""
    with connection.cursor() as cursor:
        cursor.execute(SURPLUS, [keep])
        surplus = [row[0] for row in cursor.fetchall()]
        if surplus:
            for table in ("reports_pair", "reports_siblingsheet", "reports_touchpointsheet", "reports_unit"):
                cursor.execute(
                    f"DELETE FROM {table} WHERE level_id IN (SELECT id FROM reports_level WHERE snapshot_id = ANY(%s))",  # noqa: S608
                    [surplus],
                )
            cursor.execute(
                "DELETE FROM reports_trial WHERE snapshot_id = ANY(%s) OR against_id = ANY(%s)", [surplus, surplus]
            )
            cursor.execute("DELETE FROM reports_mapsheet WHERE snapshot_id = ANY(%s)", [surplus])
            cursor.execute("DELETE FROM reports_level WHERE snapshot_id = ANY(%s)", [surplus])
            cursor.execute("DELETE FROM reports_reportfile WHERE snapshot_id = ANY(%s)", [surplus])
            cursor.execute("DELETE FROM reports_sharedlink WHERE snapshot_id = ANY(%s)", [surplus])
            cursor.execute("DELETE FROM reports_sprawlsheet WHERE snapshot_id = ANY(%s)", [surplus])
            cursor.execute("DELETE FROM reports_factsheet WHERE snapshot_id = ANY(%s)", [surplus])
            cursor.execute("UPDATE reports_rolluprequest SET snapshot_id = NULL WHERE snapshot_id = ANY(%s)", [surplus])
            cursor.execute("DELETE FROM reports_snapshot WHERE id = ANY(%s)", [surplus])
    return len(surplus)
