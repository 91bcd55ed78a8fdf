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

from channels.audit import SUBJECTS, Detail
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
BESIDE = "audit_seen s"
SENT = """jsonb_to_recordset(%(seen)s::jsonb)
        AS s (kind text, rule text, key bigint, place text, concerns bigint[], detail jsonb)"""
"""Few rows go along with each statement: a table costs more than they do."""
FEW = 200
NEW = {"state": "open", "waived_reason": ""}
STRAY = """
    WITH standing AS MATERIALIZED (
        SELECT t.id FROM {table} t WHERE t.id IN (SELECT {column} FROM channels_finding) FOR KEY SHARE OF t
    )
    DELETE FROM channels_finding WHERE {column} IS NOT NULL AND ({column} IN (SELECT id FROM standing)) IS NOT TRUE
"""
TALLIED = (
    "SELECT rule, sum(number) FROM channels_findingtally WHERE concerns IS NULL GROUP BY rule HAVING sum(number) > 0"
)
CHANGE = """
    WITH told AS (
        SELECT f.id, f.state, s.detail, s.concerns FROM {seen}
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
    WITH fresh AS MATERIALIZED (
        SELECT s.rule, s.key, s.place, s.concerns, s.detail FROM {seen} WHERE s.kind = %(kind)s
        AND NOT EXISTS (SELECT FROM channels_finding f WHERE f.rule = s.rule AND {same})
    ), {standing}done AS (
        INSERT INTO channels_finding
            (rule, {target}, concerns, detail, state, first_seen, since, waived_reason)
        SELECT s.rule, {value}, s.concerns, s.detail, 'open', %(today)s, %(today)s, ''
        FROM fresh s {stands}
        RETURNING rule
    )
    SELECT rule, count(*) FROM done GROUP BY rule
"""
STANDING = """standing AS MATERIALIZED (
        SELECT t.id FROM {table} t WHERE t.id IN (SELECT key FROM fresh) FOR KEY SHARE OF t
    ), """
"""Subjects of new findings are held until the end, as a foreign key would hold each: who deletes one waits, and then
takes its findings along."""
STANDS = "WHERE (s.key IN (SELECT id FROM standing)) IS TRUE"
"""Looked up in a hash. As a join it would be planned by how many findings were new the last time: hardly any."""
TABLES = {
    "account": "channels_account",
    "department": "departments_department",
    "objective": "departments_objective",
    "tie": "departments_tie",
    "benefit": "departments_benefit",
}
CLOSE = """
    WITH done AS (
        UPDATE channels_finding f SET
            state = 'resolved', resolved_at = %(now)s, last_seen = %(today)s, waived_reason = '', waived_until = NULL,
            resolved_by_id = (
                SELECT p.person FROM unnest(%(changed)s::bigint[], %(people)s::bigint[]) AS p (key, person)
                WHERE p.key = f.account_id LIMIT 1
            )
        WHERE f.rule = ANY(%(rules)s) AND f.state IN ('open', 'assigned', 'waived') AND {asked}
        AND NOT EXISTS (SELECT FROM {seen} WHERE s.kind = %(kind)s AND s.rule = f.rule AND {same})
        RETURNING f.rule
    )
    SELECT rule, count(*) FROM done GROUP BY rule
"""


@dataclass
class Kept:
    """How many findings were opened and closed, by rule."""

    opened: dict[str, int] = field(default_factory=dict)
    closed: dict[str, int] = field(default_factory=dict)
    added: int = 0
    """So many of those that were opened have never been seen before."""


def keep(
    seen: Mapping[str, Iterable[Seen]],
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
    told = {kind: list(rows) for kind, rows in seen.items()} if len(scope) else {}
    are_few = len(scope) > 0 and sum(len(rows) for rows in told.values()) <= FEW
    with connection.cursor() as cursor:
        if not len(scope) and not is_kept(cursor):
            kept.opened = begin(cursor, seen, today)
            kept.added = sum(kept.opened.values())
        else:
            counts = {kind: len(rows) for kind, rows in told.items()} if are_few else load(cursor, told or seen)
            for kind in SUBJECTS:
                keys = scope.keys(kind)
                if rules.get(kind) and (keys is None or keys):
                    steps = [CHANGE, ADD, CLOSE] if counts.get(kind) else [CLOSE]
                    sent = as_rows(kind, told.get(kind, ())) if are_few else None
                    one_kind(cursor, kept, kind, keys, rules[kind], scope.by, steps, sent, now=now, today=today)
            if not are_few:
                cursor.execute("TRUNCATE audit_seen")
        if kept.added > MANY:
            cursor.execute("ANALYZE channels_finding, channels_findingtally")
    return kept


def begin(cursor: CursorWrapper, seen: Mapping[str, Iterable[Seen]], today: date) -> dict[str, int]:
    """Write the very first findings, while the rules still run. How many there are of each rule.

    What was deleted meanwhile left its findings behind; what stands is held until the end, as below.
    """
    cursor.execute("SET LOCAL work_mem = '128MB'")
    for kind, rows in seen.items():
        same = {**NEW, "first_seen": today, "since": today}
        if kind == "place":
            copy(cursor, "channels_finding", "place", rows, same)
        else:
            copy(cursor, "channels_finding", f"{kind}_id", rows, {**same, "place": ""})
            cursor.execute(STRAY.format(table=TABLES[kind], column=f"{kind}_id"))
    cursor.execute(TALLIED)
    return dict(cursor.fetchall())


def is_kept(cursor: CursorWrapper) -> bool:
    """Whether any finding is stored: where none is, there is only something to add."""
    cursor.execute("SELECT EXISTS (SELECT FROM channels_finding)")
    return bool(cursor.fetchone()[0])


def as_rows(kind: str, rows: Iterable[Seen]) -> str:
    """A few rows of what was seen as JSON."""
    name = "place" if kind == "place" else "key"
    return as_json([{**row._asdict(), "key": None, "kind": kind, name: row.key} for row in rows])


def one_kind(
    cursor: CursorWrapper,
    kept: Kept,
    kind: str,
    keys: frozenset[int] | None,
    rules: Collection[str],
    by: Sequence[tuple[int, int]],
    steps: Sequence[str],
    sent: str | None,
    *,
    now: datetime,
    today: date,
) -> None:
    is_place = kind == "place"
    column = "place" if is_place else f"{kind}_id"
    words = {
        "seen": BESIDE if sent is None else SENT,
        "same": "f.place = s.place" if is_place else f"f.{column} = s.key",
        "target": "place" if is_place else f"{column}, place",
        "value": "s.place" if is_place else "s.key, ''",
        "standing": "" if is_place else STANDING.format(table=TABLES[kind]),
        "stands": "" if is_place else STANDS,
        "asked": "true" if keys is None else f"f.{column} = ANY(%(keys)s)",
    }
    values: dict[str, Any] = {
        "kind": kind,
        "seen": sent,
        "today": today,
        "now": now,
        "rules": list(rules),
        "keys": None if keys is None else sorted(keys),
        "changed": [pk for pk, _ in by] if kind == "account" else [],
        "people": [person for _, person in by] if kind == "account" else [],
    }
    for statement in steps:
        cursor.execute(statement.format(**words), values)
        counts = kept.closed if statement is CLOSE else kept.opened
        for rule, number in cursor.fetchall():
            counts[rule] = counts.get(rule, 0) + number
            kept.added += number if statement is ADD else 0


def load(cursor: CursorWrapper, seen: Mapping[str, Iterable[Seen]]) -> dict[str, int]:
    """Put what was seen beside what is stored. How much that is of each kind."""
    cursor.execute(SEEN)
    cursor.execute("TRUNCATE audit_seen")
    counts = {
        kind: copy(cursor, "audit_seen", "place" if kind == "place" else "key", rows, {"kind": kind})
        for kind, rows in seen.items()
    }
    if sum(counts.values()) > MANY:
        cursor.execute("ANALYZE audit_seen; SET LOCAL work_mem = '128MB'")
    return counts


def copy(cursor: CursorWrapper, table: str, key: str, rows: Iterable[Seen], same: Mapping[str, object]) -> int:
    """Write what was seen into a table, with what is the same for all of it. How many rows that is."""
    count = 0
    end = "".join(f"\t{value}" for value in same.values()) + "\n"
    with cursor.copy(f"COPY {table} ({', '.join(('rule', key, 'concerns', 'detail', *same))}) FROM STDIN") as stream:
        for lines in batched(rows, end):
            stream.write("".join(lines))
            count += len(lines)
    return count


def batched(rows: Iterable[Seen], end: str, most: int = 2000) -> Iterable[list[str]]:
    """The lines of COPY, some at a time. What a rule says of many records is written as JSON once."""
    lines: list[str] = []
    written: dict[str, tuple[Detail, str]] = {}
    before, departments = None, ""
    for rule, key, concerns, detail in rows:
        if concerns is not before:
            before, departments = concerns, ",".join(map(str, concerns))
        facts = "{}"
        if detail:
            known = written.get(rule)
            if known is None or known[0] != detail:
                known = written[rule] = (detail, escaped(as_json(detail)))
            facts = known[1]
        where = key if key.__class__ is int else escaped(str(key))
        lines.append(f"{rule}\t{where}\t{{{departments}}}\t{facts}{end}")
        if len(lines) == most:
            yield lines
            lines = []
    yield lines


def escaped(text: str) -> str:
    """A text as COPY reads it."""
    if not SPECIAL.search(text):
        return text
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
