"""Putting the numbers of findings together: many small differences become one row each."""

from datetime import date

from django.db import connection

from channels.models.tally import KEY

FOLD = f"""
    WITH kinds AS (
        SELECT id, rule, state, assignee_id, due_on, concerns, number,
            CASE WHEN opened_in >= %(month)s THEN opened_in END AS opened_in,
            CASE WHEN closed_in >= %(month)s THEN closed_in END AS closed_in
        FROM channels_findingtally
    ), several AS (
        SELECT {KEY}, concerns, sum(number) AS number, array_agg(id) AS ids
        FROM kinds GROUP BY {KEY}, concerns HAVING count(*) > 1 OR sum(number) = 0
    ), gone AS (
        DELETE FROM channels_findingtally WHERE id IN (SELECT unnest(ids) FROM several) RETURNING id
    )
    INSERT INTO channels_findingtally ({KEY}, concerns, number)
        SELECT {KEY}, concerns, number FROM several WHERE number <> 0
"""  # noqa: S608 - names of ours


def fold(*, today: date) -> None:
    """Let every number stand in one row again. Months that are over are not told apart any more: nobody asks.

    Whoever calls holds the audit's lock: nobody else folds. Who reads or adds meanwhile is not disturbed, sums stay.
    """
    with connection.cursor() as cursor:
        cursor.execute(FOLD, {"month": today.replace(day=1)})
