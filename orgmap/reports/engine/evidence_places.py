"""Records and ties behind figures about meeting places: who put units there, and which agreements cover them."""

from collections.abc import Iterable, Sequence

import numpy as np

from .arrays import Flags
from .graph import Graph, components
from .pair_rows import Evidence
from .policy import rounded
from .prepared import Prepared
from .ties import Tie
from .touchpoints import KINDS, PURPOSE

Steps = list[str]


class Places:
    """Sets of touchpoints as flags, and the record ids behind them."""

    def __init__(self, prepared: Prepared) -> None:
        self.prepared = prepared
        self.evidence = Evidence(prepared)

    @property
    def everywhere(self) -> Flags:
        """All touchpoints."""
        return np.ones(len(self.prepared.footprints), dtype=bool)

    @property
    def contested(self) -> Flags:
        """Touchpoints where an eligible pair meets."""
        return self.prepared.meetings.contested

    @property
    def blind(self) -> Flags:
        """Contested touchpoints where no pair reaches tau."""
        entries = self.prepared.coverage
        found = self.contested.copy()
        found[entries.touchpoint[self.prepared.coordinating[entries.rank]]] = False
        return found

    def field(self, name: str, value: str) -> Flags:
        """Touchpoints of one kind, audience or market."""
        where = self.prepared.footprints
        values = {"kind": where.kind, "audience": where.audience, "market": where.market}[name]
        names = {"kind": KINDS, "audience": where.scale.audiences, "market": where.scale.markets}[name]
        found: Flags = values == names.index(value)
        return found

    def benefit(self, name: str) -> Flags:
        """Purpose touchpoints of one benefit."""
        where = self.prepared.footprints
        found: Flags = (where.kind == PURPOSE) & (where.detail == where.scale.positions[3].get(name, -1))
        return found

    def touchpoint(self, written: str) -> Flags:
        """One touchpoint, by its written form."""
        found = np.zeros(len(self.prepared.footprints), dtype=bool)
        found[self.prepared.footprints.names.index(written)] = True
        return found

    def behind(self, places: Flags, units: Iterable[int] | None = None) -> list[str]:
        """Records that put units (all) at these touchpoints, and ties that cover any of them for such a pair."""
        chosen = range(len(self.prepared.units.ids)) if units is None else list(units)
        found = self.records(places, chosen)
        entries, tied = self.prepared.coverage, self.prepared.tied
        here = places[entries.touchpoint]
        if units is not None:
            mine = np.isin(tied.first[entries.pair], chosen) | np.isin(tied.second[entries.pair], chosen)
            here &= mine
        return [*found, *tie_ids(tied.ranked[rank] for rank in np.unique(entries.rank[here]).tolist())]

    def records(self, places: Flags, units: Iterable[int]) -> list[str]:
        """Records that put the units at these touchpoints."""
        found: set[str] = set()
        for unit in units:
            for index, names in self.evidence.of(unit).items():
                if places[index]:
                    found.update(names)
        return sorted(found)

    def of_unit(self, unit: str) -> list[str]:
        """Everything behind one unit's index: its records where it meets others, theirs there, and its ties."""
        at = self.prepared.units.index[unit]
        places = np.zeros(len(self.prepared.footprints), dtype=bool)
        partners = self.prepared.meetings.partners
        places[partners.indices[partners.indptr[at] : partners.indptr[at + 1]]] = True
        return self.behind(places, [at])

    def of_pair(self, first: str, second: str) -> list[str]:
        """Both sides' records where the pair meets, and all its ties."""
        a, b = sorted((self.prepared.units.index[first], self.prepared.units.index[second]))
        shared = self.evidence.of(a).keys() & self.evidence.of(b).keys()
        places = np.zeros(len(self.prepared.footprints), dtype=bool)
        places[list(shared)] = True
        return [*self.records(places, (a, b)), *tie_ids(self.prepared.tied.of(a, b))]

    def ties_between(self, first: str, second: str) -> list[str]:
        """The ties of one pair."""
        a, b = sorted((self.prepared.units.index[first], self.prepared.units.index[second]))
        return tie_ids(self.prepared.tied.of(a, b))

    def edge_ties(self, units: Sequence[str] | None = None) -> list[str]:
        """The ties that make the edges of the graph, or those edges that touch these units."""
        tied = self.prepared.tied
        found: set[Tie] = set()
        chosen = None if units is None else {self.prepared.units.index[unit] for unit in units}
        for a, b in zip(tied.first.tolist(), tied.second.tolist(), strict=True):
            if chosen is None or a in chosen or b in chosen:
                found.update(t for t in tied.of(a, b) if rounded(t.strength) >= self.prepared.tau)
        return tie_ids(found)

    def island(self, unit: str) -> list[str]:
        """All units that edges connect with one."""
        tied, units = self.prepared.tied, self.prepared.units
        strong = np.array(
            [rounded(tied.ranked[tied.ties[at][0]].strength) >= self.prepared.tau for at in range(len(tied))],
            dtype=bool,
        )
        edges = np.stack((tied.first[strong], tied.second[strong]), axis=1)
        at = units.index[unit]
        return [units.ids[node] for group in components(Graph(len(units.ids), edges)) if at in group for node in group]

    def across_divisions(self, *, inside: bool | None) -> list[str]:
        """Behind the index within (True), across (False) or both (None)."""
        meeting = self.prepared.meetings
        within = np.asarray(self.prepared.inside.sum(axis=0)).ravel()
        places = self.contested if inside is None else within > 0 if inside else meeting.pairs > within
        return self.behind(places)

    def of_division(self, division: str, *, inside: bool | None) -> list[str]:
        """Behind one division's index inside (True), outside (False) or both (None)."""
        units, meeting = self.prepared.units, self.prepared.meetings
        at = units.divisions.index(division)
        own = np.flatnonzero(units.division == at)
        pairs_inside = np.zeros(len(self.contested))
        row = self.prepared.inside[[at]].tocoo()
        pairs_inside[row.coords[1]] = row.data
        meetings = np.asarray(meeting.partners[own].sum(axis=0)).ravel()
        places = meetings > 0 if inside is None else pairs_inside > 0 if inside else meetings > 2 * pairs_inside
        return self.behind(places, own.tolist())

    def of_topic(self, benefit: str, audience: str, members: Iterable[str]) -> list[str]:
        """The members' records in a topic's scope."""
        where = self.prepared.footprints
        scope = self.field("audience", audience) & ((where.kind != PURPOSE) | self.benefit(benefit))
        return self.behind(scope & self.contested, [self.prepared.units.index[unit] for unit in members])


def tie_ids(ties: Iterable[Tie]) -> list[str]:
    """Ids of ties: a derived one is its account or objective, a declared one `tie:<id>`."""
    derived = ("co_managed", "joint_objective")
    return sorted({tie.id if tie.kind in derived else f"tie:{tie.id}" for tie in ties})
