"""The facts: the whole organisation of one moment, read in a few queries."""

import json
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from functools import partial
from typing import Any

import numpy as np
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from orgmap.reports.engine.arrays import MOST_CELLS, Flags, Ints, Ragged, grouped, ordered, spread, starts_of
from orgmap.reports.facts import Facts
from orgmap.reports.facts.columns import STATUSES, AccountFacts, ObjectiveFacts
from orgmap.reports.models import Policy

PARTS = ("departments", "ties")
LONGEST = frozenset({"accounts", "account_departments", "account_audiences", "account_markets"})
Tables = dict[str, list[Any]]
CATALOGUE_PARTS = ("audiences", "markets", "platforms", "benefits")


def collect(as_of: date) -> Facts:
    """Reads the facts as they stand on a day. Twenty-one queries, whatever the size; nobody is kept waiting.

    Outside a transaction a second connection, which sees the same moment, reads the longest tables meanwhile.
    """
    with one_moment() as own, connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp(), pg_current_snapshot()::text, set_config('jit', 'off', true)")
        collected_at, seen, _ = cursor.fetchone()
        overrides = Policy.objects.values_list("overrides", flat=True).first() or {}
        with longest(cursor, beside=own) as long_tables:
            rows = {part: read(cursor, query) for part, query in ROWS.items()}
            tables = read_tables(cursor, COLUMNS.keys() - LONGEST) | long_tables()
    numbers = {part: Numbers(np.array([key for key, _ in found], dtype=np.int64)) for part, found in rows.items()}
    texts = {part: [row for _, row in found] for part, found in rows.items()}
    objectives = objectives_of(tables, numbers)
    return Facts(
        head={
            "as_of": as_of.isoformat(),
            "policy": overrides,
            "catalogue": {part: texts[part] for part in CATALOGUE_PARTS},
            **{part: texts[part] for part in PARTS},
        },
        accounts=accounts_of(tables, numbers, Numbers(objectives.id)),
        objectives=objectives,
        collected_at=collected_at,
        seen=seen,
    )


@contextmanager
def one_moment() -> Iterator[bool]:
    """A view of the database that does not move, in a transaction of its own (True) or the caller's."""
    own = not connection.in_atomic_block
    with transaction.atomic():
        if own:
            with connection.cursor() as cursor:
                cursor.execute(STANDS_STILL)
        yield own


STANDS_STILL = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"


@contextmanager
def longest(cursor: CursorWrapper, *, beside: bool) -> Iterator[Callable[[], Tables]]:
    """Gives what reads the longest tables: beside, a second connection is at it from now on."""
    if not beside:
        yield partial(read_tables, cursor, LONGEST)
        return
    cursor.execute("SELECT pg_export_snapshot()")
    (moment,) = cursor.fetchone()
    with ThreadPoolExecutor(1) as other:
        yield other.submit(read_beside, moment).result


def read_beside(moment: str) -> Tables:
    """The longest tables at another connection's moment. For a thread of its own."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(STANDS_STILL)
            cursor.execute("SET TRANSACTION SNAPSHOT %s", [moment])
            return read_tables(cursor, LONGEST)
    finally:
        connection.close()


def read_tables(cursor: CursorWrapper, names: Iterable[str]) -> Tables:
    """Some of the tables of many records."""
    return {table: columns(cursor, COLUMNS[table]) for table in names}


class Numbers:
    """Keys of the database, and the place where each stands in the facts."""

    def __init__(self, keys: Ints) -> None:
        self.count, span = len(keys), int(keys.max(initial=-1)) + 1
        self.place = None
        if span <= MOST_CELLS:
            self.place = np.zeros(span, dtype=np.int64)
            self.place[keys] = np.arange(len(keys))
        else:
            self.order = np.argsort(keys)
            self.keys = keys[self.order]

    def __len__(self) -> int:
        return self.count

    def __call__(self, keys: Ints) -> Ints:
        found: Ints = self.order[np.searchsorted(self.keys, keys)] if self.place is None else self.place[keys]
        return found


def accounts_of(tables: Tables, numbers: dict[str, Numbers], objectives: Numbers) -> AccountFacts:
    """The accounts by id."""
    key, platform, status, last_post, handle, contact, gets = tables["accounts"]
    order = np.argsort(key)
    known = Numbers(key[order])
    handles, contacts, getting = ([texts[at] for at in order.tolist()] for texts in (handle, contact, gets))
    return AccountFacts(
        id=key[order],
        platform=numbers["platforms"](platform[order]),
        status=status[order],
        last_post=last_post[order],
        objectives=linked(tables["account_objectives"], known, objectives),
        handle=handles,
        contact=contacts,
        gets=getting,
        **places(tables, "account", known, numbers),
    )


def objectives_of(tables: Tables, numbers: dict[str, Numbers]) -> ObjectiveFacts:
    """The objectives by id."""
    key, benefit, active, starts, ends = tables["objectives"]
    order = np.argsort(key)
    return ObjectiveFacts(
        id=key[order],
        benefit=numbers["benefits"](benefit[order]),
        active=active[order] == 1,
        starts=starts[order],
        ends=ends[order],
        **places(tables, "objective", Numbers(key[order]), numbers),
    )


def places(tables: Tables, kind: str, known: Numbers, numbers: dict[str, Numbers]) -> dict[str, Any]:
    """Owners, audiences and markets of records: one that names none takes its first department's (METHOD 1.10)."""
    key, department, position, link = tables[f"{kind}_departments"]
    at = known(key)
    order = np.arange(len(at))
    for column in (link, position, at):
        order = order[ordered(column[order])]
    owners = Ragged(starts_of(at, len(known)), numbers["departments"](department[order]))
    first = np.full(len(known), -1, dtype=np.int64)
    has_owner = owners.lengths > 0
    first[has_owner] = owners.values[owners.starts[:-1][has_owner]]
    found: dict[str, Any] = {"departments": owners}
    by_default = np.zeros(len(known), dtype=bool)
    for part in ("audiences", "markets"):
        own = linked(tables[f"{kind}_{part}"], known, numbers[part])
        usual = linked(tables[f"default_{part}"], numbers["departments"], numbers[part])
        found[part], taken = filled(own, usual, first)
        by_default |= taken
    return {**found, "by_default": by_default}


def filled(own: Ragged, usual: Ragged, first: Ints) -> tuple[Ragged, Flags]:
    """Lists of records; an empty one is that of the first department. Says also which were taken from there."""
    lacking = np.flatnonzero((own.lengths == 0) & (first >= 0))
    lacking = lacking[usual.lengths[first[lacking]] > 0]
    taken = np.zeros(len(own), dtype=bool)
    taken[lacking] = True
    positions, rows = spread(usual.starts[first[lacking]], usual.lengths[first[lacking]])
    at = np.concatenate((own.rows, lacking[rows]))
    values = np.concatenate((own.values, usual.values[positions]))
    return Ragged(starts_of(at, len(own)), values[ordered(at)]), taken


def linked(table: list[Any], records: Numbers, others: Numbers) -> Ragged:
    """For each record the others that it is linked to, ascending."""
    key, other = table
    return grouped(records(key) * max(len(others), 1) + others(other), len(records), len(others))


def read(cursor: CursorWrapper, query: str) -> list[tuple[int, dict[str, Any]]]:
    """The keys and JSON rows that a query gives, in its order."""
    cursor.execute(query)
    found = cursor.fetchall()
    rows = json.loads(f"[{','.join(text for _, text in found)}]")
    return [(key, row) for (key, _), row in zip(found, rows, strict=True)]


def columns(cursor: CursorWrapper, query: str) -> list[Any]:
    """The aggregates of a query as they come by COPY: arrays of whole numbers as numpy arrays, JSON as it is.

    A row for each record costs more on its way than in the database; one row of arrays is as quick as it gets.
    """
    with cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT binary)") as stream:
        data = b"".join(stream)
    at, found = HEADER + 2, []
    for _ in range(int.from_bytes(data[HEADER : HEADER + 2])):
        length = int.from_bytes(data[at : at + 4], signed=True)
        at += 4
        if length < 0:
            found.append(np.zeros(0, dtype=np.int64))
        elif data[at : at + 1] == b"[":
            found.append(json.loads(data[at : at + length]))
        else:
            count = (length - ARRAY_HEADER) // CELL.itemsize
            cells = np.frombuffer(data, dtype=CELL, offset=at + ARRAY_HEADER, count=count)
            found.append(cells["value"].astype(np.int64))
        at += max(length, 0)
    return found


HEADER = 19
"""Bytes before the number of columns in what COPY writes."""
ARRAY_HEADER = 20
"""Bytes before the cells of an array of one dimension."""
CELL = np.dtype([("length", ">i4"), ("value", ">i8")])


def tree(table: str) -> str:
    """A catalogue tree, by code."""
    return f"""
        SELECT c.id, json_strip_nulls(json_build_object(
            'id', c.code, 'parent', p.code, 'weight', CASE WHEN c.weight <> 1 THEN trim_scale(c.weight) END
        ))::text
        FROM {table} c LEFT JOIN {table} p ON p.id = c.parent_id ORDER BY c.code COLLATE "C"
    """  # noqa: S608 - a table name of ours


def sided(table: str, record: str) -> str:
    """For each record its departments in their order."""
    return f"""
        SELECT r.{record}_id AS id, json_agg(d.slug ORDER BY r.position, r.id) AS slugs
        FROM {table} r JOIN departments_department d ON d.id = r.department_id GROUP BY 1
    """  # noqa: S608 - table names of ours


def objectives_named(table: str, record: str) -> str:
    """For each record the objectives that it serves or is about."""
    return f"""
        SELECT {record}_id AS id, json_agg(objective_id::text ORDER BY objective_id) AS ids FROM {table} GROUP BY 1
    """  # noqa: S608 - a table name of ours


ROWS = {
    "audiences": tree("departments_audience"),
    "markets": tree("departments_market"),
    "platforms": "SELECT id, json_build_object('id', code)::text FROM channels_platform ORDER BY code COLLATE \"C\"",
    "benefits": "SELECT id, json_build_object('id', code)::text FROM departments_benefit ORDER BY code COLLATE \"C\"",
    "departments": """
        SELECT d.id, json_strip_nulls(json_build_object(
            'id', d.slug, 'parent', p.slug, 'status', nullif(d.status, 'active'), 'process', nullif(d.process, '')
        ))::text
        FROM departments_department d LEFT JOIN departments_department p ON p.id = d.parent_id
        ORDER BY d.slug COLLATE "C"
    """,
    "ties": f"""
        WITH sides AS ({sided("departments_tieside", "tie")}),
             objectives AS ({objectives_named("departments_tieobjective", "tie")})
        SELECT r.id, json_strip_nulls(json_build_object(
            'id', r.id::text, 'kind', r.kind, 'departments', sides.slugs, 'objectives', objectives.ids,
            'audiences', to_json(r.audiences), 'markets', to_json(r.markets),
            'platforms', to_json(r.platforms), 'benefits', to_json(r.benefits),
            'starts', r.starts_on, 'ends', r.ends_on, 'status', nullif(r.status, 'active')
        ))::text
        FROM departments_tie r LEFT JOIN sides ON sides.id = r.id LEFT JOIN objectives ON objectives.id = r.id
        ORDER BY r.id
    """,  # noqa: S608 - names of ours
}
"""Few records, in the plain layout of the method, sorted by code or id."""

DAY = "coalesce({} - '0001-01-01'::date + 1, 0)::bigint"
STATUS = f"array_position(ARRAY{list(STATUSES)}, status::text) - 1"


def links(table: str, record: str, other: str, *more: str) -> str:
    """The two ends of a table of links, and what else is wanted."""
    wanted = (f"{record}_id", f"{other}_id", *(f"{column}::bigint" for column in more))
    return f"SELECT {', '.join(f'array_agg({column})' for column in wanted)} FROM {table}"  # noqa: S608 - names of ours


COLUMNS = {
    "accounts": f"""
        SELECT array_agg(id), array_agg(platform_id), array_agg(({STATUS})::bigint),
               array_agg({DAY.format("last_post_on")}), json_agg(handle), json_agg(contact), json_agg(why_care)
        FROM channels_account
    """,  # noqa: S608 - names of ours
    "account_departments": links("channels_accountdepartment", "account", "department", "position", "id"),
    "account_audiences": links("channels_accountaudience", "account", "audience"),
    "account_markets": links("channels_accountmarket", "account", "market"),
    "account_objectives": links("channels_accountobjective", "account", "objective"),
    "objectives": f"""
        SELECT array_agg(id), array_agg(benefit_id), array_agg((status = 'active')::int::bigint),
               array_agg({DAY.format("starts_on")}), array_agg({DAY.format("ends_on")}) FROM departments_objective
    """,  # noqa: S608 - names of ours
    "objective_departments": links("departments_objectivedepartment", "objective", "department", "position", "id"),
    "objective_audiences": links("departments_objectiveaudience", "objective", "audience"),
    "objective_markets": links("departments_objectivemarket", "objective", "market"),
    "default_audiences": links("departments_defaultaudience", "department", "audience"),
    "default_markets": links("departments_defaultmarket", "department", "market"),
}
"""Many records, as arrays side by side, in no order."""
