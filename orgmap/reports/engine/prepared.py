"""The facts that all stages share: read once, held as records and as arrays."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from .arrays import Flags, Floats
from .common import Common
from .coverage import Coverage, TiedPairs, Totals, coverage, tied_pairs, totals
from .layout import read_organisation
from .meetings import Meetings, inside_divisions, meetings
from .organisation import Organisation
from .policy import rounded
from .ties import Tie
from .touchpoints import Footprints, footprints
from .units import Units, units


@dataclass(frozen=True)
class Ground:
    """The map alone at one reporting level: who stands where and meets whom, whatever is agreed."""

    common: Common
    level: int | None
    units: Units
    footprints: Footprints
    meetings: Meetings


@dataclass(frozen=True)
class Prepared(Ground):
    """An organisation at one reporting level: footprints, ties lifted to units, and what they cover."""

    ties: tuple[Tie, ...]
    tied: TiedPairs
    coverage: Coverage

    @property
    def organisation(self) -> Organisation:
        """The records."""
        return self.common.organisation

    @cached_property
    def inside(self) -> Any:
        """(divisions, touchpoints) sparse counts of the eligible pairs that meet within one division."""
        return inside_divisions(self.footprints, self.units)

    @cached_property
    def tau(self) -> int:
        """The strength from which a pair counts as coordinated, in billionths."""
        return rounded(self.organisation.policy.high_coverage)

    @property
    def coordinating(self) -> Flags:
        """(ties,) by rank: whether the tie reaches tau."""
        found: Flags = self.tied.ranking.billionths >= self.tau
        return found

    @cached_property
    def totals(self) -> Totals:
        """What is covered, added up by touchpoint and by pair."""
        return totals(self.coverage, self.footprints.places.weight, self.meetings.omega)

    @property
    def covered(self) -> Floats:
        """(touchpoints,) sum of omega x c over the pairs that meet there."""
        return self.totals.places * self.meetings.omega


def prepare(plain: object, level: int | None = None) -> Prepared:
    """Reads an organisation and lays out its facts at a level.

    plain: the plain layout, an organisation already read, or its `Common`, which several levels share. O(entries +
    ties x scope). Raises MalformedOrganisation.
    """
    common = plain if isinstance(plain, Common) else Common(read_organisation(plain))
    on = ground(common, level)
    pairs = tied_pairs(common.ranking, on.units)
    cover = coverage(pairs, on.footprints, common.scopes)
    return Prepared(common, level, on.units, on.footprints, on.meetings, common.ties, pairs, cover)


def ground(common: Common, level: int | None) -> Ground:
    """The map of an organisation at a level."""
    at = units(common.organisation, level)
    where = footprints(common.entries, at)
    return Ground(common, level, at, where, meetings(where, at))
