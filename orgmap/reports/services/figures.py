"""From facts to figures at every level that is kept. Loads the engine: for workers and commands only."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from django.conf import settings

from orgmap.core.freed import give_back
from orgmap.core.uncollected import uncollected
from orgmap.reports.engine import Bounds, Common, Organisation, Prepared, headline, prepare, report
from orgmap.reports.engine.prepared import ground
from orgmap.reports.engine.trend import Lent, split
from orgmap.reports.engine.units import Units, units
from orgmap.reports.facts import Facts
from orgmap.reports.map.grid import MOST, OPENEST, TOP, openest
from orgmap.reports.services.beside import cores
from orgmap.reports.services.sheets import Held, accounts_sheet, grid_of, grids, held, touchpoint_sheet
from orgmap.reports.services.siblings import siblings

LEVEL_UP_TO = 500
ROOMY = Bounds(places=400, records=25, steps=20_000, ids=100_000)
KEPT = Bounds(places=200, records=8, steps=20_000, ids=100_000)
ROOMY_UP_TO = 10_000
"""So many visible accounts have a report with longer lists."""


@dataclass(frozen=True)
class LevelFigures:
    """One level as it is published: the engine's result, and what it was made of."""

    prepared: Prepared
    result: dict[str, Any]
    siblings: bytes | None
    """The pairs that the map shows without their places, packed; none where all are kept with them."""
    widest: list[tuple[str, bytes]]
    """The packed grid of the widest gaps, where the map draws no more units than those."""

    @property
    def level(self) -> int | None:
        """None where each department is a unit."""
        return self.prepared.level

    @property
    def units(self) -> Units:
        """The units of the level."""
        return self.prepared.units

    @property
    def order(self) -> list[str]:
        """Units as one reads an organisation chart: each right below the one above it, siblings by id."""
        return sorted(self.units.ids, key=lambda unit: self.units.line(unit)[::-1])


@dataclass(frozen=True)
class LevelPlaces:
    """What is published of a level and asks for no pairs."""

    trend: dict[str, float | None] | None
    touchpoints: bytes
    """The contested places, packed."""
    sheets: list[tuple[str, bytes]]
    """What the map draws from: the department below which the units hang, and its packed grid."""
    accounts: bytes | None
    """The visible accounts as packed columns; at the finest level only."""


@dataclass(frozen=True)
class Before:
    """What the trend compares with: an earlier snapshot.

    then: its facts, read under today's policy: figures compare only under the same one. stood: its index at its levels,
    where the engine would find the same again.
    """

    then: Common
    stood: Mapping[int | None, float | None]

    @classmethod
    def of(
        cls, facts: Facts, policy: object, stood: Mapping[int | None, float | None], asked: Iterable[int | None]
    ) -> "Before":
        """No more is read and kept than is asked for: where all indices are known, only who stands where."""
        if stood.keys() >= set(asked):
            return cls(Common(facts.without_ties().read(policy)).without_records(), stood)
        return cls(Common(facts.read(policy)), stood)


@dataclass(frozen=True)
class Source:
    """What the figures of all levels are made of.

    compared: finds what the trend compares with at some levels, once that is asked for. blocks: the pairs of the finest
    level, where other processes computed them.
    """

    now: Common
    compared: Callable[[list[int | None]], Before | None] = lambda _: None
    blocks: list[dict[str, Any]] | None = None

    @classmethod
    def of(
        cls,
        facts: Facts,
        compared: Callable[[list[int | None]], Before | None] = lambda _: None,
        blocks: list[dict[str, Any]] | None = None,
    ) -> "Source":
        """Reads the facts."""
        organisation = facts.read()
        return cls(Common(organisation, ROOMY if len(organisation.accounts) <= ROOMY_UP_TO else KEPT), compared, blocks)

    @cached_property
    def before(self) -> Before | None:
        """What the trend compares with."""
        return self.compared(self.levels)

    @cached_property
    def levels(self) -> list[int | None]:
        """The levels whose figures are kept, coarsest first."""
        return levels(self.now.organisation)

    @cached_property
    def held(self) -> Held:
        """What the map's grids are made of."""
        return held(self.now)

    @property
    def is_large(self) -> bool:
        """Whether the figures are worth two processes."""
        return len(self.now.organisation.accounts) > settings.ROLLUP_BESIDE_ABOVE and cores() > 1

    def lay_out_records(self) -> None:
        """Work out where records stand, before they are looked at in different processes."""
        _ = self.now.entries, self.now.raised

    def lay_out(self) -> None:
        """Work out what several levels need, before they are computed in different processes."""
        now = self.now
        _ = now.ranking.rules_of, now.scopes.listed, self.held, now.record_names, now.entries.places.names
        if self.lent is not None:
            _ = self.lent.ranking.rules_of, self.lent.scopes.listed

    @cached_property
    def lent(self) -> Lent | None:
        """Today's agreements on the places of the earlier facts."""
        return None if self.before is None else Lent.of(self.now, self.before.then)

    def moved(self, prepared: Prepared) -> dict[str, float | None] | None:
        """How far the index moved at a level, and why."""
        if self.before is None:
            return None
        level, then, stood = prepared.level, self.before.then, self.before.stood
        if level in stood:
            return asdict(split(stood[level], ground(then, level), prepared, self.lent))
        laid_out = prepare(then, level)
        return asdict(split(headline(laid_out), laid_out, prepared, self.lent))

    def prepared(self, level: int | None) -> Prepared:
        """One level laid out."""
        with uncollected():
            found = prepare(self.now, level)
        give_back()
        return found

    def figures(self, prepared: Prepared) -> LevelFigures:
        """The figures of one level."""
        with uncollected():
            blocks = self.blocks if prepared.level is None else None
            result = report(prepared, blocks, top=top_of(prepared), bounds=self.now.bounds)
            give_back()
            kept = [(row["a"], row["b"]) for row in result["pairs"]]
            drawn = openest(kept)
            is_part = top_of(prepared) is not None
            widest = [(OPENEST, grid_of(prepared, self.held, drawn).to_bytes())] if is_part and len(drawn) > 1 else []
            others = siblings(prepared, kept, drawn).to_bytes() if is_part else None
            return LevelFigures(prepared, result, others, widest)

    def places(self, prepared: Prepared) -> LevelPlaces:
        """What else is published of it."""
        with uncollected():
            trend = self.moved(prepared)
            give_back()
            return LevelPlaces(
                trend=trend,
                touchpoints=touchpoint_sheet(prepared).to_bytes(),
                sheets=[(below, grid.to_bytes()) for below, grid in grids(prepared, self.held)],
                accounts=accounts_sheet(self.now.organisation).to_bytes() if prepared.level is None else None,
            )


def levels(known: Organisation) -> list[int | None]:
    """The levels whose figures are kept: those that roll something up and have at most 500 units, and the finest."""
    finest = len(units(known, None).ids)
    found: list[int | None] = []
    level = 1
    while (count := len(units(known, level).ids)) < finest and count <= LEVEL_UP_TO:
        found.append(level)
        level += 1
    return [*found, None]


def top_of(prepared: Prepared) -> int | None:
    """How many pairs are kept: all where few units stand, else the 200 largest gaps."""
    return None if len(prepared.units.ids) <= MOST else TOP


def parent_unit(found: Units, unit: str) -> str:
    """The active department directly above a unit; empty for a root."""
    return found.parents[unit] or ""
