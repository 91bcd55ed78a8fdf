"""Who else stands on a department's meeting places, counted by the database. METHOD 1.2, 1.3 and 1.10.

Markets are bits. What a department holds is one row of bits for each audience and platform or benefit: its records laid
over one another. The database counts the bits that are also mine; no record of another department reaches this process.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db import connection

from orgmap.reports.footprint import ACCOUNTS, OBJECTIVES, Catalogue, Place, Weights
from orgmap.reports.neighbour_ties import Rule, Tie

Row = tuple[str, int, str, float]
"""Kind, audience, platform or benefit, and what each of its places weighs."""


@dataclass(frozen=True)
class Ground:
    """A department's places with what each weighs."""

    weights: Mapping[Place, float]
    words: Catalogue

    @classmethod
    def of(cls, places: Iterable[Place], weights: Weights, words: Catalogue) -> "Ground":
        return cls({place: weights.of_place(place) for place in places if weights.counts(place)}, words)

    @cached_property
    def markets(self) -> list[int]:
        return sorted({market for _, _, market, _ in self.weights})

    @cached_property
    def rows(self) -> list[tuple[Row, str]]:
        """Places that differ in nothing but their market, with their markets as bits."""
        alike: dict[Row, set[int]] = defaultdict(set)
        for (kind, audience, market, detail), weight in self.weights.items():
            alike[kind, audience, detail, weight].add(market)
        return [(row, self.bits(alike[row])) for row in sorted(alike)]

    def bits(self, markets: Collection[int]) -> str:
        """Some markets as bits; those that are none of mine are left out."""
        return "".join("1" if market in markets else "0" for market in self.markets)

    def parameters(self) -> dict[str, Any]:
        """What the query asks for."""
        audiences, markets = self.words.audiences.leaves, self.words.markets.leaves
        leaves = {audience for _, audience, _, _ in self.weights}
        nodes = [(node, leaf) for node, below in audiences.items() for leaf in below & leaves]
        return {
            "nodes": [node for node, _ in nodes],
            "leaves": [leaf for _, leaf in nodes],
            "markets": list(markets),
            "market_bits": [self.bits(below) for below in markets.values()],
            "everywhere": self.bits(self.words.everywhere),
            "kinds": [kind for (kind, _, _, _), _ in self.rows],
            "audiences": [audience for (_, audience, _, _), _ in self.rows],
            "details": [detail for (_, _, detail, _), _ in self.rows],
            "weights": [weight for (_, _, _, weight), _ in self.rows],
            "bits": [bits for _, bits in self.rows],
        }

    @cached_property
    def by_audience(self) -> dict[int, list[int]]:
        """The numbers of the rows of each audience."""
        found: dict[int, list[int]] = defaultdict(list)
        for number, ((_, audience, _, _), _) in enumerate(self.rows):
            found[audience].append(number)
        return found

    def covered(self, held: Sequence[int], agreed: Iterable[Tie]) -> float:
        """What the strongest agreement about each held place covers; agreements come strongest first.

        ``held`` has the bits of each row.
        """
        left, total = list(held), 0.0
        for tie in agreed:
            for rule in tie.rules:
                for number, through in self.let_through(rule).items():
                    if met := left[number] & through:
                        total += met.bit_count() * self.rows[number][0][3] * float(tie.strength)
                        left[number] ^= met
        return total

    def let_through(self, rule: Rule) -> dict[int, int]:
        """The places that something is about, as bits of the rows that it touches."""
        if rule not in self._let_through:
            bits = int(self.bits(self.markets if rule.markets is None else rule.markets), 2)
            audiences = self.by_audience.keys() if rule.audiences is None else self.by_audience.keys() & rule.audiences
            self._let_through[rule] = {
                number: bits
                for audience in audiences
                for number in self.by_audience[audience]
                if bits and rule.is_about(self.rows[number][0][0], self.rows[number][0][2])
            }
        return self._let_through[rule]

    @cached_property
    def _let_through(self) -> dict[Rule, dict[int, int]]:
        return {}


@dataclass(frozen=True)
class Met:
    """A department that holds some of these places."""

    unit: int
    slug: str
    places: int
    shared: float
    held: list[int] | None
    """The bits that it holds of each row; only for those that were asked about."""


def met(
    ground: Ground, as_of: date, *, among: Sequence[int], asked: Sequence[int], limit: int | None
) -> tuple[list[Met], int]:
    """Those of some departments that share a place, and how many they are. One query.

    Of the departments that were not asked about, only as many as ``limit`` are given: those that share most.
    """
    if not ground.weights:
        return [], 0
    given = {"as_of": as_of.isoformat(), "among": list(among), "asked": list(asked), "limit": limit}
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, ground.parameters() | given)
        rows = cursor.fetchall()
    found = []
    for unit, slug, places, shared, numbers, bits, _ in rows:
        held = None
        if numbers is not None:
            held = [0] * len(ground.rows)
            for number, text in zip(numbers, bits, strict=True):
                held[number - 1] = int(text, 2)
        found.append(Met(unit, slug, places, shared, held))
    return found, rows[0][-1] if rows else 0


def held_by(kind: str, table: str, sides: str, detail: str, counts: str) -> str:
    """The markets of a kind of records as bits: by department, audience, and platform or benefit.

    A record that names no audience or no market takes its first department's.
    """
    first = f"""
        NOT EXISTS (SELECT FROM {sides} other WHERE other.{kind}_id = side.{kind}_id
                    AND (other.position, other.id) < (side.position, side.id))
    """
    return f"""
        {kind}_places AS MATERIALIZED (
            SELECT record.id, leaf, detail.code AS detail
            FROM (
                SELECT {kind}_id AS id, leaf FROM {table}audience JOIN nodes ON node = audience_id
                UNION ALL
                SELECT side.{kind}_id, leaf FROM departments_defaultaudience usual
                JOIN nodes ON node = usual.audience_id
                JOIN {sides} side ON side.department_id = usual.department_id
                WHERE {first}
                AND NOT EXISTS (SELECT FROM {table}audience own WHERE own.{kind}_id = side.{kind}_id)
            ) speaks
            JOIN {table} record ON record.id = speaks.id JOIN {detail} WHERE {counts}
        ), {kind}_named AS MATERIALIZED (
            SELECT {kind}_id AS id, bit_or(bits) AS bits FROM {table}market JOIN markets ON node = market_id
            WHERE {kind}_id IN (SELECT id FROM {kind}_places) GROUP BY 1
        ), {kind}_usual AS MATERIALIZED (
            SELECT side.{kind}_id AS id, bit_or(bits) AS bits FROM departments_defaultmarket usual
            JOIN markets ON node = usual.market_id
            JOIN {sides} side ON side.department_id = usual.department_id
            WHERE {first} GROUP BY 1
        ), {kind}_held AS MATERIALIZED (
            SELECT side.department_id AS unit, leaf, detail,
                   bit_or(coalesce(named.bits, usual.bits, %(everywhere)s::varbit)) AS bits
            FROM {kind}_places places JOIN {sides} side ON side.{kind}_id = places.id
            LEFT JOIN {kind}_named named ON named.id = places.id
            LEFT JOIN {kind}_usual usual ON usual.id = places.id
            WHERE side.department_id = ANY(%(among)s::bigint[]) GROUP BY 1, 2, 3
        )
    """  # noqa: S608 - names of ours


ACCOUNTS_HELD = held_by(
    ACCOUNTS,
    "channels_account",
    "channels_accountdepartment",
    "channels_platform detail ON detail.id = record.platform_id",
    "record.status IN ('active', 'dormant')",
)
OBJECTIVES_HELD = held_by(
    OBJECTIVES,
    "departments_objective",
    "departments_objectivedepartment",
    "departments_benefit detail ON detail.id = record.benefit_id",
    "record.status = 'active' AND (record.starts_on IS NULL OR record.starts_on <= %(as_of)s)"
    " AND (record.ends_on IS NULL OR record.ends_on >= %(as_of)s)",
)
COUNTED = f"""
    WITH nodes AS MATERIALIZED (
        SELECT * FROM unnest(%(nodes)s::bigint[], %(leaves)s::bigint[]) AS each(node, leaf)
    ), markets AS MATERIALIZED (
        SELECT * FROM unnest(%(markets)s::bigint[], %(market_bits)s::varbit[]) AS each(node, bits)
    ), mine AS MATERIALIZED (
        SELECT * FROM unnest(%(kinds)s::text[], %(audiences)s::bigint[], %(details)s::text[], %(bits)s::varbit[],
            %(weights)s::float8[]) WITH ORDINALITY AS each(kind, leaf, detail, bits, weight, number)
    ), {ACCOUNTS_HELD}, {OBJECTIVES_HELD}, held AS (
        SELECT 'audience' AS kind, unit, leaf, '' AS detail, bit_or(bits) AS bits
        FROM (SELECT unit, leaf, bits FROM account_held UNION ALL SELECT unit, leaf, bits FROM objective_held) AS each
        GROUP BY unit, leaf
        UNION ALL SELECT 'channel', unit, leaf, detail, bits FROM account_held
        UNION ALL SELECT 'purpose', unit, leaf, detail, bits FROM objective_held
    ), common AS (
        SELECT unit, number, weight, held.bits & mine.bits AS bits FROM held JOIN mine USING (kind, leaf, detail)
    ), counted AS (
        SELECT unit, sum(bit_count(bits))::int AS places, sum(bit_count(bits) * weight) AS shared,
               array_agg(number) FILTER (WHERE unit = ANY(%(asked)s::bigint[])) AS numbers,
               array_agg(bits::text) FILTER (WHERE unit = ANY(%(asked)s::bigint[])) AS held
        FROM common GROUP BY 1
    )
    SELECT unit, slug, places, shared, numbers, held, total FROM (
        SELECT counted.*, slug, count(*) OVER () AS total,
               row_number() OVER (PARTITION BY numbers IS NULL
                                  ORDER BY round(shared::numeric, 9) DESC, slug COLLATE "C") AS turn
        FROM counted JOIN departments_department ON id = unit WHERE places > 0
    ) AS each
    WHERE numbers IS NOT NULL OR %(limit)s::bigint IS NULL OR turn <= %(limit)s
"""  # noqa: S608 - names of ours
