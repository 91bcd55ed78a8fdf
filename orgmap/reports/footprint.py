"""Meeting places of a few records, in plain Python: what a page computes live. METHOD 1.2 and 1.10."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

from django.db import connection

from departments.models import Audience, Department, Market
from departments.models.department import DefaultAudience, DefaultMarket

Place = tuple[str, int, int, str]
"""Kind, audience, market (0 where the catalogue has none), and the platform or benefit."""
ANYWHERE = 0
KINDS = {"audience": 1, "channel": 1, "purpose": 1}
ACCOUNTS = "account"
OBJECTIVES = "objective"


@dataclass(frozen=True)
class Tree:
    """A catalogue tree: for each node the leaves below it, for each leaf its weight."""

    codes: Mapping[str, int]
    leaves: Mapping[int, frozenset[int]]
    weights: Mapping[int, Fraction]

    @classmethod
    def of(cls, rows: Iterable[tuple[int, str, int | None, object]]) -> "Tree":
        parents = {}
        codes, weights = {}, {}
        for pk, code, parent, weight in rows:
            parents[pk], codes[code], weights[pk] = parent, pk, Fraction(str(weight))
        below: dict[int, set[int]] = defaultdict(set)
        for leaf in parents.keys() - set(parents.values()):
            node: int | None = leaf
            while node is not None:
                below[node].add(leaf)
                node = parents[node]
        return cls(codes, {node: frozenset(found) for node, found in below.items()}, weights)

    def expand(self, nodes: Iterable[int]) -> frozenset[int]:
        """All leaves below some nodes."""
        return frozenset().union(*(self.leaves[node] for node in nodes))

    def expand_codes(self, codes: Iterable[str]) -> frozenset[int]:
        """All leaves below the nodes with these codes; unknown ones are ignored."""
        return self.expand(self.codes[code] for code in codes if code in self.codes)

    @cached_property
    def all(self) -> frozenset[int]:
        return self.expand(self.leaves)


@dataclass(frozen=True)
class Catalogue:
    """The words that places are made of, and what departments say by default."""

    audiences: Tree
    markets: Tree
    default_audiences: Mapping[int, tuple[int, ...]]
    default_markets: Mapping[int, tuple[int, ...]]
    closed: frozenset[int]
    """Departments that own nothing any more."""

    @cached_property
    def everywhere(self) -> frozenset[int]:
        """All markets; one that stands for all where the catalogue has none."""
        return self.markets.all or frozenset({ANYWHERE})


def catalogue() -> Catalogue:
    """The catalogue as it stands. Five queries."""
    usual_audiences: dict[int, tuple[int, ...]] = {}
    for department, audience in DefaultAudience.objects.values_list("department_id", "audience_id"):
        usual_audiences[department] = (*usual_audiences.get(department, ()), audience)
    usual_markets: dict[int, tuple[int, ...]] = {}
    for department, market in DefaultMarket.objects.values_list("department_id", "market_id"):
        usual_markets[department] = (*usual_markets.get(department, ()), market)
    return Catalogue(
        Tree.of(Audience.objects.values_list("pk", "code", "parent_id", "weight")),
        Tree.of(Market.objects.values_list("pk", "code", "parent_id", "weight")),
        usual_audiences,
        usual_markets,
        frozenset(Department.objects.exclude(status=Department.Status.ACTIVE).values_list("pk", flat=True)),
    )


@dataclass(frozen=True)
class Record:
    """A visible account or a live objective with its effective audiences and markets."""

    pk: int
    kind: str
    detail: str
    """Its platform or its benefit."""
    departments: tuple[int, ...]
    """The active ones."""
    audiences: frozenset[int]
    markets: frozenset[int]

    def places(self, words: Catalogue) -> Iterator[Place]:
        """Where its departments meet people through it."""
        special = "channel" if self.kind == ACCOUNTS else "purpose"
        for audience in self.audiences:
            for market in self.markets:
                yield "audience", audience, market, ""
                yield special, audience, market, self.detail


@dataclass(frozen=True)
class Weights:
    """How much each place counts. METHOD 1.2: kind times audience times market."""

    kinds: Mapping[str, Fraction]
    words: Catalogue

    @classmethod
    def of(cls, overrides: Mapping[str, object], words: Catalogue) -> "Weights":
        return cls(laid_over(KINDS, overrides.get("kinds")), words)

    def counts(self, place: Place) -> bool:
        """A kind without weight has no places; a leaf without weight keeps its own."""
        return bool(self.kinds[place[0]])

    def of_place(self, place: Place) -> float:
        kind, audience, market, _ = place
        market_weight = self.words.markets.weights.get(market, Fraction(1))
        return float(self.kinds[kind] * self.words.audiences.weights[audience] * market_weight)


def laid_over(usual: Mapping[str, object], overrides: object) -> dict[str, Fraction]:
    """The method's numbers with the organisation's own laid over them."""
    given = {key: value for key, value in overrides.items() if value is not None} if isinstance(overrides, dict) else {}
    return {key: Fraction(str(value)) for key, value in {**usual, **given}.items()}


def records(
    kind: str,
    words: Catalogue,
    *,
    as_of: date,
    department: int | None = None,
    pks: list[int] | None = None,
) -> list[Record]:
    """Visible accounts or live objectives: of a department, or with some keys."""
    with connection.cursor() as cursor:
        cursor.execute(QUERIES[kind], {"department": department, "pks": pks, "as_of": as_of.isoformat()})
        rows = cursor.fetchall()
    memo: dict[tuple[object, ...], tuple[frozenset[int], frozenset[int]]] = {}
    found = []
    for pk, detail, sides, named_audiences, named_markets in rows:
        first = sides[0] if sides else 0
        here = tuple(named_audiences or words.default_audiences.get(first, ()))
        where = tuple(named_markets or words.default_markets.get(first, ()))
        if (here, where) not in memo:
            memo[here, where] = (
                words.audiences.expand(here),
                words.markets.expand(where) if where else words.everywhere,
            )
        owners = tuple(unit for unit in dict.fromkeys(sides or ()) if unit not in words.closed)
        if owners or kind == ACCOUNTS:
            found.append(Record(pk, kind, detail, owners, *memo[here, where]))
    return found


def query(kind: str, table: str, sides: str, detail: str, counts: str) -> str:
    """Records that count, with their departments in order and the audiences and markets that they name."""
    return f"""
        WITH picked AS MATERIALIZED (
            SELECT {kind}_id AS id FROM {sides} WHERE department_id = %(department)s
            UNION SELECT unnest(%(pks)s::bigint[])
        ), sides AS (
            SELECT {kind}_id AS id, array_agg(department_id ORDER BY position, {sides}.id) AS units
            FROM {sides} JOIN picked ON picked.id = {kind}_id GROUP BY 1
        ), audiences AS (
            SELECT {kind}_id AS id, array_agg(audience_id ORDER BY audience_id) AS nodes
            FROM {table}audience JOIN picked ON picked.id = {kind}_id GROUP BY 1
        ), markets AS (
            SELECT {kind}_id AS id, array_agg(market_id ORDER BY market_id) AS nodes
            FROM {table}market JOIN picked ON picked.id = {kind}_id GROUP BY 1
        )
        SELECT record.id, detail.code, sides.units, audiences.nodes, markets.nodes
        FROM picked JOIN {table} record ON record.id = picked.id JOIN {detail}
        LEFT JOIN sides ON sides.id = record.id LEFT JOIN audiences ON audiences.id = record.id
        LEFT JOIN markets ON markets.id = record.id
        WHERE {counts}
        ORDER BY record.id
    """  # noqa: S608 - names of ours


QUERIES = {
    ACCOUNTS: query(
        ACCOUNTS,
        "channels_account",
        "channels_accountdepartment",
        "channels_platform detail ON detail.id = record.platform_id",
        "record.status IN ('active', 'dormant')",
    ),
    OBJECTIVES: query(
        OBJECTIVES,
        "departments_objective",
        "departments_objectivedepartment",
        "departments_benefit detail ON detail.id = record.benefit_id",
        "record.status = 'active' AND (record.starts_on IS NULL OR record.starts_on <= %(as_of)s)"
        " AND (record.ends_on IS NULL OR record.ends_on >= %(as_of)s)",
    ),
}
