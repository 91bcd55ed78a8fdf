"""The facts: the whole organisation in the method's plain layout, read in a few queries of one moment."""

import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from itertools import chain
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from channels.models import Account, AccountAudience, AccountDepartment, AccountMarket, AccountObjective, Platform
from departments.models import Audience, Benefit, Department, Market, Objective, ObjectiveDepartment, Tie, TieSide
from departments.models.department import DefaultAudience, DefaultMarket
from departments.models.objective import ObjectiveAudience, ObjectiveMarket
from departments.models.tie import TieObjective
from orgmap.reports.models import Policy

FACTS = (
    Account, AccountAudience, AccountDepartment, AccountMarket, AccountObjective, Platform,
    Audience, Benefit, Market, Department, DefaultAudience, DefaultMarket,
    Objective, ObjectiveAudience, ObjectiveDepartment, ObjectiveMarket, Tie, TieObjective, TieSide, Policy,
)  # fmt: skip
"""The records that figures are made of. Changes to others (people, holders, sampled figures) leave figures alone."""

SOURCES = [f"{model._meta.db_table}event" for model in FACTS]
"""The names under which the history counts changes to those records."""

METHOD = "1"
"""Counted up when the same facts come to give other figures, so that the next roll-up is not taken for unchanged."""

PARTS = ("departments", "accounts", "objectives", "ties")
CATALOGUE_PARTS = ("audiences", "markets", "platforms", "benefits")


@dataclass(frozen=True)
class Facts:
    """The organisation of one moment.

    ``organisation`` is the plain layout; ``texts`` the same records as JSON texts, part by part. ``seen`` is the
    database's own snapshot in which they were read, ``collected_at`` its clock just after. The same facts on the same
    day have the same ``input_hash``.
    """

    organisation: dict[str, Any]
    texts: dict[str, list[str]]
    collected_at: datetime
    seen: str
    input_hash: str
    catalogue_version: str

    def to_bytes(self) -> bytes:
        """The facts for another process, compressed."""
        head = {"as_of": self.organisation["as_of"], "policy": self.organisation["policy"], "texts": self.texts}
        head |= {"collected_at": self.collected_at.isoformat(), "seen": self.seen}
        head |= {"input_hash": self.input_hash, "catalogue_version": self.catalogue_version}
        return zlib.compress(json.dumps(head).encode(), 1)

    @classmethod
    def from_bytes(cls, packed: bytes) -> "Facts":
        """The facts back from `to_bytes`."""
        head = json.loads(zlib.decompress(packed))
        return cls(
            organisation=organisation_of(head.pop("as_of"), head.pop("policy"), head["texts"]),
            collected_at=datetime.fromisoformat(head.pop("collected_at")),
            **head,
        )


def collect(as_of: date) -> Facts:
    """Reads the facts as they stand on a day. Ten queries, whatever the size; nobody is kept waiting."""
    with one_moment(), connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp(), pg_current_snapshot()::text, set_config('jit', 'off', true)")
        collected_at, seen, _ = cursor.fetchone()
        overrides = Policy.objects.values_list("overrides", flat=True).first() or {}
        texts = {part: read(cursor, QUERIES[part]) for part in (*CATALOGUE_PARTS, *PARTS)}
    return Facts(
        organisation=organisation_of(as_of.isoformat(), overrides, texts),
        texts=texts,
        collected_at=collected_at,
        seen=seen,
        input_hash=fingerprint(
            METHOD, as_of.isoformat(), json.dumps(overrides, sort_keys=True), *chain.from_iterable(texts.values())
        ),
        catalogue_version=fingerprint(*(row for part in CATALOGUE_PARTS for row in texts[part])),
    )


def organisation_of(as_of: str, policy: dict[str, Any], texts: dict[str, list[str]]) -> dict[str, Any]:
    """The plain layout from the JSON texts of its records."""
    parsed = {part: json.loads(f"[{','.join(rows)}]") for part, rows in texts.items()}
    return {
        "as_of": as_of,
        "policy": policy,
        "catalogue": {part: parsed[part] for part in CATALOGUE_PARTS},
        **{part: parsed[part] for part in PARTS},
    }


@contextmanager
def one_moment() -> Iterator[None]:
    """A view of the database that does not move. Inside a caller's transaction, that one's view is used."""
    own = not connection.in_atomic_block
    with transaction.atomic():
        if own:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def read(cursor: CursorWrapper, query: str) -> list[str]:
    """The JSON texts that a query gives, in its order."""
    cursor.execute(query)
    return [text for (text,) in cursor.fetchall()]


def fingerprint(*texts: str) -> str:
    """SHA-256 of some texts; where one ends and the next begins counts too."""
    digest = sha256()
    for text in texts:
        digest.update(text.encode())
        digest.update(b"\x1e")
    return digest.hexdigest()


def tree(table: str) -> str:
    """A catalogue tree, by code."""
    return f"""
        SELECT json_strip_nulls(json_build_object(
            'id', c.code, 'parent', p.code, 'weight', CASE WHEN c.weight <> 1 THEN trim_scale(c.weight) END
        ))::text
        FROM {table} c LEFT JOIN {table} p ON p.id = c.parent_id ORDER BY c.code COLLATE "C"
    """  # noqa: S608 - a table name of ours


def listed(table: str, record: str, category: str, categories: str) -> str:
    """For each record the codes of a category that it names, sorted."""
    return f"""
        SELECT r.{record}_id AS id, json_agg(c.code ORDER BY c.code COLLATE "C") AS codes
        FROM {table} r JOIN {categories} c ON c.id = r.{category}_id GROUP BY 1
    """  # noqa: S608 - table names of ours


def sided(table: str, record: str) -> str:
    """For each record its departments in their order, and the first of them."""
    return f"""
        SELECT r.{record}_id AS id, json_agg(d.slug ORDER BY r.position, r.id) AS slugs,
               (array_agg(d.id ORDER BY r.position, r.id))[1] AS first,
               (array_agg(d.slug ORDER BY r.position, r.id))[1] AS slug
        FROM {table} r JOIN departments_department d ON d.id = r.department_id GROUP BY 1
    """  # noqa: S608 - table names of ours


def linked(table: str, record: str) -> str:
    """For each record the objectives that it serves or is about."""
    return f"""
        SELECT {record}_id AS id, json_agg(objective_id::text ORDER BY objective_id) AS ids FROM {table} GROUP BY 1
    """  # noqa: S608 - a table name of ours


DEFAULTS = f"""
    default_audiences AS ({listed("departments_defaultaudience", "department", "audience", "departments_audience")}),
    default_markets AS ({listed("departments_defaultmarket", "department", "market", "departments_market")})
"""

EFFECTIVE = """
    'audiences', coalesce(audiences.codes, default_audiences.codes),
    'markets', coalesce(markets.codes, default_markets.codes),
    'placed_by', CASE WHEN audiences.codes IS NULL AND default_audiences.codes IS NOT NULL
                        OR markets.codes IS NULL AND default_markets.codes IS NOT NULL THEN sides.slug END
"""
"""Audiences and markets as they count: a record that names none takes its first department's defaults (METHOD 1.10)."""

JOINED = """
    LEFT JOIN sides ON sides.id = r.id
    LEFT JOIN audiences ON audiences.id = r.id
    LEFT JOIN markets ON markets.id = r.id
    LEFT JOIN default_audiences ON default_audiences.id = sides.first
    LEFT JOIN default_markets ON default_markets.id = sides.first
"""

QUERIES = {
    "audiences": tree("departments_audience"),
    "markets": tree("departments_market"),
    "platforms": "SELECT json_build_object('id', code)::text FROM channels_platform ORDER BY code COLLATE \"C\"",
    "benefits": "SELECT json_build_object('id', code)::text FROM departments_benefit ORDER BY code COLLATE \"C\"",
    "departments": """
        SELECT json_strip_nulls(json_build_object(
            'id', d.slug, 'parent', p.slug, 'status', nullif(d.status, 'active'), 'process', nullif(d.process, '')
        ))::text
        FROM departments_department d LEFT JOIN departments_department p ON p.id = d.parent_id
        ORDER BY d.slug COLLATE "C"
    """,
    "accounts": f"""
        WITH sides AS MATERIALIZED ({sided("channels_accountdepartment", "account")}),
             audiences AS MATERIALIZED (
                {listed("channels_accountaudience", "account", "audience", "departments_audience")}),
             markets AS MATERIALIZED ({listed("channels_accountmarket", "account", "market", "departments_market")}),
             objectives AS MATERIALIZED ({linked("channels_accountobjective", "account")}), {DEFAULTS}
        SELECT json_strip_nulls(json_build_object(
            'id', r.id::text, 'platform', platform.code, 'handle', r.handle, 'departments', sides.slugs,
            'status', nullif(r.status, 'active'), {EFFECTIVE}, 'objectives', objectives.ids,
            'last_post', r.last_post_on, 'contact', nullif(r.contact, ''), 'audience_gets', nullif(r.why_care, '')
        ))::text
        FROM channels_account r JOIN channels_platform platform ON platform.id = r.platform_id {JOINED}
        LEFT JOIN objectives ON objectives.id = r.id
        ORDER BY r.id
    """,  # noqa: S608 - names of ours
    "objectives": f"""
        WITH sides AS MATERIALIZED ({sided("departments_objectivedepartment", "objective")}),
             audiences AS MATERIALIZED (
                {listed("departments_objectiveaudience", "objective", "audience", "departments_audience")}),
             markets AS MATERIALIZED (
                {listed("departments_objectivemarket", "objective", "market", "departments_market")}), {DEFAULTS}
        SELECT json_strip_nulls(json_build_object(
            'id', r.id::text, 'benefit', benefit.code, 'departments', sides.slugs, {EFFECTIVE},
            'starts', r.starts_on, 'ends', r.ends_on, 'status', CASE WHEN r.status <> 'active' THEN 'ended' END
        ))::text
        FROM departments_objective r JOIN departments_benefit benefit ON benefit.id = r.benefit_id {JOINED}
        ORDER BY r.id
    """,  # noqa: S608 - names of ours
    "ties": f"""
        WITH sides AS ({sided("departments_tieside", "tie")}),
             objectives AS ({linked("departments_tieobjective", "tie")})
        SELECT json_strip_nulls(json_build_object(
            'id', r.id::text, 'kind', r.kind, 'departments', sides.slugs, 'objectives', objectives.ids,
            'audiences', to_json(r.audiences), 'markets', to_json(r.markets),
            'platforms', to_json(r.platforms), 'benefits', to_json(r.benefits),
            'starts', r.starts_on, 'ends', r.ends_on, 'status', nullif(r.status, 'active')
        ))::text
        FROM departments_tie r LEFT JOIN sides ON sides.id = r.id LEFT JOIN objectives ON objectives.id = r.id
        ORDER BY r.id
    """,  # noqa: S608 - names of ours
}
