"""The silo report: who agrees with whom, within and across divisions, and who holds it all together. METHOD 1.6."""

from typing import Any

import numpy as np

from .alignment import ratio
from .arrays import Floats, Ints, added, summed
from .graph import Graph, components, constraints, effective_sizes, external_internal, keystones, modularity
from .prepared import Prepared


def silos(prepared: Prepared, high: list[int]) -> dict[str, Any]:
    """The block `silos`. high: how many pairs are `high` within and across divisions (from the pair stage)."""
    units = prepared.units
    edges = edges_of(prepared)
    edge_ends = np.bincount(edges.ravel(), minlength=len(units.ids)) > 0
    present = np.diff(prepared.footprints.held.indptr) > 0
    nodes = np.flatnonzero(present | edge_ends)
    names = [units.ids[unit] for unit in nodes.tolist()]
    graph = Graph(len(nodes), np.searchsorted(nodes, edges).reshape(-1, 2))
    division = units.division[nodes]
    exposed = np.diff(prepared.meetings.partners.indptr)[nodes] > 0
    alone = graph.degrees == 0
    same = division[graph.edges[:, 0]] == division[graph.edges[:, 1]]
    within, across, divisions = _indices(prepared, np.unique(division))
    return {
        "within": within,
        "across": across,
        "silo_gap": None if within is None or across is None else within - across,
        "divisions": divisions,
        "islands": [[names[node] for node in island] for island in components(graph)],
        "isolates_exposed": [names[node] for node in np.flatnonzero(alone & exposed).tolist()],
        "isolates_harmless": [names[node] for node in np.flatnonzero(alone & ~exposed).tolist()],
        "unregistered": [units.ids[unit] for unit in np.flatnonzero(~(present | edge_ends)).tolist()],
        "ei_actual": external_internal(int(same.sum()), int((~same).sum())),
        "ei_needed": external_internal(high[0], high[1]),
        "keystones": [
            {"unit": names[node], "would_split_into": [[names[member] for member in piece] for piece in pieces]}
            for node, pieces in keystones(graph).items()
        ],
        "brokers": _brokers(graph, names, division),
        "edges": [[names[first], names[second]] for first, second in graph.edges.tolist()],
        "modularity_of_chart": modularity(graph, division),
    }


def edges_of(prepared: Prepared) -> Ints:
    """Tied pairs whose strongest tie reaches tau, by unit positions; sorted."""
    tied = prepared.tied
    strong = prepared.coordinating[tied.ties.values[tied.ties.starts[:-1]]] if len(tied) else np.zeros(0, dtype=bool)
    return np.stack((tied.first[strong], tied.second[strong]), axis=1)


def _brokers(graph: Graph, names: list[str], division: Ints) -> dict[str, Any]:
    circles, constraint = effective_sizes(graph), constraints(graph)
    return {
        names[node]: {
            "ties": len(graph.adjacent[node]),
            "circles": float(circles[node]),
            "constraint": float(constraint[node]),
            "divisions": len(set(division[graph.adjacent[node]].tolist()) - {int(division[node])}),
        }
        for node in np.flatnonzero(graph.degrees).tolist()
    }


def _indices(prepared: Prepared, shown: Ints) -> tuple[float | None, float | None, dict[str, Any]]:
    """ALIGNMENT within and across divisions, and inside and outside each one shown."""
    units, meeting, tied = prepared.units, prepared.meetings, prepared.tied
    omega, counts = meeting.omega, meeting.counts.astype(np.float64)
    by_pair = prepared.totals.by_omega
    same = units.division[tied.first] == units.division[tied.second]
    inside = np.asarray(prepared.inside.sum(axis=0)).ravel()
    outside = meeting.pairs - inside
    within = ratio(float(by_pair[same].sum()), added(inside, omega), bool(added(inside, counts)))
    across = ratio(float(by_pair[~same].sum()), added(outside, omega), bool(added(outside, counts)))
    count = len(units.divisions)
    covered_inside = summed(units.division[tied.first[same]], by_pair[same], count)
    leaving = np.where(same, 0.0, by_pair)
    covered_outside = _by_division(leaving, units.division[tied.first], count) + _by_division(
        leaving, units.division[tied.second], count
    )
    weight_inside, weight_outside = _division_sums(prepared, omega)
    count_inside, count_outside = _division_sums(prepared, counts)
    found = {}
    for at in shown.tolist():
        found[units.divisions[at]] = {
            "inside": ratio(float(covered_inside[at]), float(weight_inside[at]), bool(count_inside[at])),
            "outside": ratio(float(covered_outside[at]), float(weight_outside[at]), bool(count_outside[at])),
        }
    return within, across, found


def _division_sums(prepared: Prepared, values: Floats) -> tuple[Floats, Floats]:
    """(divisions,) values summed over the meetings inside each division, and over those that leave it."""
    units, meeting = prepared.units, prepared.meetings
    inside = np.asarray(prepared.inside @ values)
    total = _by_division(np.asarray(meeting.partners @ values), units.division, len(units.divisions))
    return inside, total - 2 * inside


def _by_division(values: Floats, division: Ints, count: int) -> Floats:
    return summed(division, values, count)
