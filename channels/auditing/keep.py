"""Keeping findings: what is seen is compared with what is stored, inside the database; only what differs is written."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper

from channels.audit import SUBJECTS
from channels.auditing.asking import Seen
from channels.auditing.scope import Scope

SPECIAL = re.compile(r"[\\\t\n\r]")
as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
MANY = 2_000
"""From so many rows on the database is told how they are spread before it plans."""
SEEN = """
    CREATE TEMPORARY TABLE IF NOT EXISTS audit_seen (
        kind text, rule text, key bigint, place text, concerns bigint[], detail jsonb
    ) ON COMMIT DELETE ROWS
"""
COPY = "COPY audit_seen (kind, rule, key, place, concerns, detail) FROM STDIN"
CHANGE = """
    WITH told AS (
        SELECT f.id, f.state, s.detail, s.concerns FROM audit_seen s
        JOIN channels_finding f ON f.rule = s.rule AND {same}
        WHERE s.kind = %(kind)s AND (f.state = 'resolved' OR f.detail <> s.detail OR f.concerns <> s.concerns)
    ), done AS (
        UPDATE channels_finding f SET
            detail = told.detail, concerns = told.concerns,
            state = CASE WHEN told.state <> 'resolved' THEN told.state
                         WHEN f.assignee_id IS NULL THEN 'open' ELSE 'assigned' END,
            since = CASE WHEN told.state = 'resolved' THEN %(today)s::date ELSE f.since END,
            resolved_at = NULL, resolved_by_id = NULL, last_seen = NULL
        FROM told WHERE f.id = told.id RETURNING f.rule, told.state = 'resolved' AS opened
    )
    SELECT rule, count(*) FROM done WHERE opened GROUP BY rule
"""
ADD = """
    WITH done AS (
        INSERT INTO channels_finding
            (rule, {target}, concerns, detail, state, first_seen, since, waived_reason)
        SELECT s.rule, {value}, s.concerns, s.detail, 'open', %(today)s, %(today)s, ''
        FROM audit_seen s WHERE s.kind = %(kind)s
        AND NOT EXISTS (SELECT FROM channels_finding f WHERE f.rule = s.rule AND {same})
        RETURNING rule
    )
    SELECT rule, count(*) FROM done GROUP BY rule
"""
LARGE = 10_000
ROW_BY_ROW = "SET LOCAL enable_nestloop = {}"
"""A table that was empty when the database last counted it is taken for one row. Compared row by row with what it is
being filled with, 500,000 new findings took more than ten minutes instead of seconds."""
CLOSE = """
    WITH done AS (
        UPDATE channels_finding f SET
            state = 'resolved', resolved_at = %(now)s, last_seen = %(today)s, waived_reason = '', waived_until = NULL,
            resolved_by_id = (
                SELECT p.person FROM unnest(%(changed)s::bigint[], %(people)s::bigint[]) AS p (key, person)
                WHERE p.key = f.account_id LIMIT 1
            )
        WHERE f.rule = ANY(%(rules)s) AND f.state IN ('open', 'assigned', 'waived') AND {asked}
        AND NOT EXISTS (SELECT FROM audit_seen s WHERE s.kind = %(kind)s AND s.rule = f.rule AND {same})
        RETURNING f.rule
    )
    SELECT rule, count(*) FROM done GROUP BY rule
"""


@dataclass
class Kept:
    """How many findings were opened and closed, by rule."""

    opened: dict[str, int] = field(default_factory=dict)
    closed: dict[str, int] = field(default_factory=dict)


def keep(
    seen: dict[str, list[Seen]],
    scope: Scope,
    rules: Mapping[str, Collection[str]],
    *,
    now: datetime,
    today: date,
) -> Kept:
    """Open what is new, close what is gone, tell what changed; what people decided stays.

    rules: for each kind of subject the rules that were asked. Whoever calls holds the audit's lock.
    """
    kept = Kept()
    with connection.cursor() as cursor:
        total = load(cursor, seen)
        cursor.execute(ROW_BY_ROW.format("off" if total > LARGE else "on"))
        for kind in SUBJECTS:
            keys = scope.keys(kind)
            if rules.get(kind) and (keys is None or keys):
                one_kind(cursor, kept, kind, keys, rules[kind], scope.by, now=now, today=today)
        cursor.execute(ROW_BY_ROW.format("on"))
        cursor.execute("TRUNCATE audit_seen")
    return kept


def one_kind(
    cursor: CursorWrapper,
    kept: Kept,
    kind: str,
    keys: frozenset[int] | None,
    rules: Collection[str],
    by: Sequence[tuple[int, int]],
    *,
    now: datetime,
    today: date,
) -> None:
    is_place = kind == "place"
    column = "place" if is_place else f"{kind}_id"
    words = {
        "same": "f.place = s.place" if is_place else f"f.{column} = s.key",
        "target": "place" if is_place else f"{column}, place",
        "value": "s.place" if is_place else "s.key, ''",
        "asked": "true" if keys is None else f"f.{column} = ANY(%(keys)s)",
    }
    values: dict[str, Any] = {
        "kind": kind,
        "today": today,
        "now": now,
        "rules": list(rules),
        "keys": None if keys is None else sorted(keys),
        "changed": [pk for pk, _ in by] if kind == "account" else [],
        "people": [person for _, person in by] if kind == "account" else [],
    }
    for statement, counts in ((CHANGE, kept.opened), (ADD, kept.opened), (CLOSE, kept.closed)):
        cursor.execute(statement.format(**words), values)
        told = dict(cursor.fetchall())
        for rule, number in told.items():
            counts[rule] = counts.get(rule, 0) + number
        if statement is ADD and sum(told.values()) > MANY:
            cursor.execute("ANALYZE channels_finding")


def load(cursor: CursorWrapper, seen: dict[str, list[Seen]]) -> int:
    """Put what was seen beside what is stored. How much that is."""
    cursor.execute(SEEN)
    cursor.execute("TRUNCATE audit_seen")
    total = sum(map(len, seen.values()))
    if not total:
        return 0
    with cursor.copy(COPY) as stream:
        for lines in batched(seen):
            stream.write("".join(lines))
    if total > MANY:
        cursor.execute("CREATE INDEX IF NOT EXISTS audit_seen_key ON audit_seen (rule, key)")
        cursor.execute("ANALYZE audit_seen")
    return total


def batched(seen: dict[str, list[Seen]], most: int = 2000) -> Iterable[list[str]]:
    lines: list[str] = []
    for kind, rows in seen.items():
        is_place = kind == "place"
        for rule, key, concerns, detail in rows:
            where = f"\\N\t{escaped(str(key))}" if is_place else f"{key}\t\\N"
            departments = ",".join(map(str, concerns))
            facts = escaped(as_json(detail)) if detail else "{}"
            lines.append(f"{kind}\t{rule}\t{where}\t{{{departments}}}\t{facts}\n")
            if len(lines) == most:
                yield lines
                lines = []
    yield lines


def escaped(text: str) -> str:
    """A text as COPY reads it."""
    if not SPECIAL.search(text):
        return text
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
