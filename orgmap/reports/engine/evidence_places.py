"""Records and ties behind figures about meeting places: who put units there, and which agreements cover them."""

from collections.abc import Iterable, Sequence

import numpy as np

from .arrays import Flags, Ints, distinct, take
from .graph import Graph, components
from .pair_rows import shared_places
from .policy import rounded
from .prepared import Prepared
from .silos import edges_of
from .ties import Tie
from .touchpoints import KINDS, PURPOSE

Steps = list[str]
SIZE_OF_A = ("size_a", "share_a", "overlap", "jaccard", "quadrant", "one_owner")
SIZE_OF_B = ("size_b", "share_b", "overlap", "jaccard", "quadrant", "one_owner")


class Places:
    """Sets of touchpoints as flags, and the record ids behind them."""

    def __init__(self, prepared: Prepared) -> None:
        self.prepared = prepared

    @property
    def everywhere(self) -> Flags:
        """All touchpoints."""
        return np.ones(len(self.prepared.footprints.places), dtype=bool)

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
        where = self.prepared.footprints.places
        values = {"kind": where.kind, "audience": where.audience, "market": where.market}[name]
        names = {"kind": KINDS, "audience": where.scale.audiences, "market": where.scale.markets}[name]
        found: Flags = values == names.index(value)
        return found

    def benefit(self, name: str) -> Flags:
        """Purpose touchpoints of one benefit."""
        return self.prepared.footprints.places.purposes(name)

    def touchpoint(self, written: str) -> Flags:
        """One touchpoint, by its written form."""
        found = np.zeros(len(self.prepared.footprints.places), dtype=bool)
        found[self.prepared.footprints.places.names.index(written)] = True
        return found

    def behind(self, places: Flags, units: Sequence[int] | None = None) -> list[str]:
        """Records that put anybody at these touchpoints, and ties that cover one of them for a pair (with such a unit).

        The records are everybody's, since the weight of a meeting depends on how many meet there.
        """
        entries, tied = self.prepared.coverage, self.prepared.tied
        here = places[entries.touchpoint]
        if units is not None:
            here &= np.isin(tied.first[entries.pair], units) | np.isin(tied.second[entries.pair], units)
        ties = [tied.ranked[rank] for rank in np.unique(entries.rank[here]).tolist()]
        return [*self.records(places, range(len(self.prepared.units.ids))), *self.tie_ids(ties)]

    def records(self, places: Flags, units: Iterable[int]) -> list[str]:
        """Records that put the units at these touchpoints."""
        entries, common = self.prepared.common.entries, self.prepared.common
        here = distinct(take(entries.at_place, np.flatnonzero(places)).values)
        owned = take(entries.owners, here)
        mine = here[owned.rows[np.isin(self.prepared.units.of[owned.values], list(units))]]
        return sorted(set(common.record_names[mine].tolist()))

    def of_unit(self, unit: str) -> list[str]:
        """Everything behind one unit's index: its records where it meets others, theirs there, and its ties."""
        at = self.prepared.units.index[unit]
        places = np.zeros(len(self.prepared.footprints.places), dtype=bool)
        partners = self.prepared.meetings.partners
        places[partners.indices[partners.indptr[at] : partners.indptr[at + 1]]] = True
        return self.behind(places, [at])

    def of_pair(self, first: str, second: str, figure: str = "") -> list[str]:
        """Both sides' records where the pair meets, and its ties; all of a side's, for a figure that its size is in."""
        a, b = sorted((self.prepared.units.index[first], self.prepared.units.index[second]))
        whole = [at for at, sizes in ((a, SIZE_OF_A), (b, SIZE_OF_B)) if figure in sizes]
        places = np.zeros(len(self.prepared.footprints.places), dtype=bool)
        places[shared_places(self.prepared, a, b).place] = True
        ties = self.tie_ids(self.prepared.tied.between(a, b))
        return [*self.records(places, (a, b)), *self.records(self.everywhere, whole), *ties]

    def ties_between(self, first: str, second: str) -> list[str]:
        """The ties of one pair."""
        a, b = sorted((self.prepared.units.index[first], self.prepared.units.index[second]))
        return self.tie_ids(self.prepared.tied.between(a, b))

    @property
    def edges(self) -> Ints:
        """(edges, 2) the pairs whose strongest tie reaches tau."""
        return edges_of(self.prepared)

    def edge_ties(self, units: Iterable[int] | None = None, *, within: bool = False) -> list[str]:
        """The ties that make the edges of the graph, or those edges that touch these units, or lie within them."""
        edges = self.edges
        if units is not None:
            here = np.isin(edges, list(units))
            edges = edges[here.all(axis=1) if within else here.any(axis=1)]
        found = {tie for a, b in edges.tolist() for tie in self.prepared.tied.between(a, b)}
        return self.tie_ids(tie for tie in found if rounded(tie.strength) >= self.prepared.tau)

    def broker(self, unit: str, figure: str) -> list[str]:
        """The edges of a unit; for its circles also those among its neighbours, for constraint all that these have."""
        at, edges = self.prepared.units.index[unit], self.edges
        circle = {at, *edges[(edges == at).any(axis=1)].ravel().tolist()}
        if figure == "constraint":
            return self.edge_ties(circle)
        return self.edge_ties(circle, within=True) if figure == "circles" else self.edge_ties([at])

    def island(self, unit: str) -> list[int]:
        """All units that edges connect with one."""
        units, at = self.prepared.units, self.prepared.units.index[unit]
        groups = components(Graph(len(units.ids), self.edges))
        return [node for group in groups if at in group for node in group]

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
        """The members' records in a topic's scope, and the ties that cover something of it for one of them."""
        where = self.prepared.footprints.places
        scope = self.field("audience", audience) & ((where.kind != PURPOSE) | self.benefit(benefit)) & self.contested
        chosen = [self.prepared.units.index[unit] for unit in members]
        ties = [record for record in self.behind(scope, chosen) if record.startswith("tie:")]
        return [*self.records(scope, chosen), *ties]

    def tie_ids(self, ties: Iterable[Tie]) -> list[str]:
        """A declared tie as `tie:<id>`, with the objectives that set its scope; a derived one as its account, or as its
        objective with the accounts that lend it their platforms."""
        organisation, names = self.prepared.organisation, self.prepared.common.record_names
        objectives = {key: at for at, key in enumerate(organisation.objectives.ids)}
        declared = {tie.id: tie.objectives for tie in organisation.ties}
        found: set[str] = set()
        for tie in ties:
            if tie.kind == "co_managed":
                found.add(tie.id)
            elif tie.kind == "joint_objective":
                channels = organisation.channels[objectives[tie.id.removeprefix("objective:")]]
                found |= {tie.id, *names[channels].tolist()}
            else:
                about = (organisation.objectives.ids[at] for at in declared[tie.id])
                found |= {f"tie:{tie.id}", *(f"objective:{key}" for key in about)}
        return sorted(found)
