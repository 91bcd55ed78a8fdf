"""What changed on the map since a moment, in a few lines: how much of what, and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from channels.models import Account
from departments.models import Department, Objective, Tie
from orgmap.core.words import sentence_list
from orgmap.users.models import User

LATEST = 5_000
"""So many events of each table are looked at: the newest. A large import is then "at least" so much."""
WATCHED = (
    (Account, "account", "accounts"),
    (Tie, "agreement", "agreements"),
    (Objective, "objective", "objectives"),
    (Department, "department", "departments"),
)
NAMED = 2
VERBS = ("added", "changed", "removed")


@dataclass(frozen=True)
class Changed:
    """What happened to one kind of records."""

    count: int
    says: str
    by: str


def changed_since(moment: datetime, most: int = 3) -> list[Changed]:
    """The kinds of records that changed most, in words. Two queries, whatever the size of the history."""
    rows = [row for row in counts(moment) if any(row[1:4])]
    people = {row.pk: str(row) for row in User.objects.filter(pk__in={pk for row in rows for pk in row[4]})}
    found = []
    for at, *numbers, who, unnamed in rows:
        _, one, many = WATCHED[at]
        parts = [
            f"{number} {one if number == 1 else many} {'was' if number == 1 else 'were'} {verb}"
            for number, verb in zip(numbers, VERBS, strict=True)
            if number
        ]
        names = [people.get(pk, "somebody who is gone") for pk in who]
        found.append(Changed(sum(numbers), sentence_list(parts, "and"), by(names, unnamed)))
    return sorted(found, key=lambda each: -each.count)[:most]


def by(names: list[str], unnamed: bool) -> str:
    """Who did it, in a few words."""
    named = names[:NAMED]
    more = len(names) - len(named)
    named += [f"{more} other{'s' if more > 1 else ''}"] if more else []
    return sentence_list(named + (["the system"] if unnamed else []), "and")


def counts(moment: datetime) -> list[tuple[Any, ...]]:
    """For each kind: its place in WATCHED, how many were added, changed and removed, by whom, and whether by nobody."""
    parts = []
    for at, (model, _, _) in enumerate(WATCHED):
        table = getattr(model, "pgh_event_model")._meta.db_table  # noqa: B009 - put there by pghistory
        parts.append(
            f"(SELECT {at} AS kind, pgh_obj_id, pgh_label, pgh_created_at, pgh_context_id"  # noqa: S608 - ours
            f" FROM {table} ORDER BY pgh_id DESC LIMIT {LATEST})"
        )
    query = f"""
        WITH event AS MATERIALIZED (
            SELECT * FROM ({" UNION ALL ".join(parts)}) every WHERE pgh_created_at > %s
        ), action AS (
            SELECT DISTINCT kind, pgh_context_id FROM event
        ), done AS (
            SELECT kind, (context.metadata->>'user')::bigint AS person
            FROM action LEFT JOIN pghistory_context context ON context.id = pgh_context_id
        ), record AS (
            SELECT kind, pgh_obj_id, bool_or(pgh_label = 'insert') AS added, bool_or(pgh_label = 'delete') AS removed
            FROM event GROUP BY 1, 2
        ), who AS (
            SELECT kind, array_remove(array_agg(DISTINCT person), NULL) AS people, bool_or(person IS NULL) AS unnamed
            FROM done GROUP BY 1
        )
        SELECT kind, count(*) FILTER (WHERE added AND NOT removed), count(*) FILTER (WHERE NOT added AND NOT removed),
               count(*) FILTER (WHERE removed AND NOT added), people, unnamed
        FROM record JOIN who USING (kind) GROUP BY kind, people, unnamed ORDER BY kind
    """  # noqa: S608 - tables of ours
    with connection.cursor() as cursor:
        cursor.execute(query, [moment])
        return list(cursor.fetchall())
