"""Measures of an undirected graph without weights, each as published; the silo report applies them. METHOD 1.6."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import scipy.sparse as sp

from .arrays import Floats, Ints, spread, summed


@dataclass(frozen=True)
class Graph:
    """Nodes 0..n-1 and edges (edges, 2), each once, first < second."""

    nodes: int
    edges: Ints

    @cached_property
    def matrix(self) -> Any:
        """(nodes, nodes) sparse, symmetric, ones."""
        first, second = self.edges[:, 0], self.edges[:, 1]
        rows, columns = np.concatenate((first, second)), np.concatenate((second, first))
        return sp.csr_array((np.ones(len(rows)), (rows, columns)), shape=(self.nodes, self.nodes))

    @cached_property
    def degrees(self) -> Ints:
        """(nodes,) how many edges each has."""
        return np.bincount(self.edges.ravel(), minlength=self.nodes).astype(np.int64)

    @cached_property
    def shared(self) -> tuple[Ints, Ints]:
        """(edge, node) for every neighbour that both ends of an edge have. O(edges x smaller degree)."""
        first, second = self.edges.T
        smaller = self.degrees[first] <= self.degrees[second]
        walked, asked = np.where(smaller, first, second), np.where(smaller, second, first)
        positions, edge = spread(self.matrix.indptr[walked].astype(np.int64), self.degrees[walked])
        node = self.matrix.indices[positions].astype(np.int64)
        known = np.sort(np.concatenate((first * self.nodes + second, second * self.nodes + first)))
        wanted = asked[edge] * self.nodes + node
        both = known[np.minimum(np.searchsorted(known, wanted), len(known) - 1)] == wanted if len(known) else edge > 0
        return edge[both], node[both]

    @cached_property
    def adjacent(self) -> list[list[int]]:
        """Neighbours of every node, ascending."""
        found: list[list[int]] = [[] for _ in range(self.nodes)]
        for first, second in self.edges.tolist():
            found[first].append(second)
            found[second].append(first)
        return [sorted(some) for some in found]


def components(graph: Graph) -> list[list[int]]:
    """Connected components: larger first, then by first node; members ascending."""
    seen, found = [False] * graph.nodes, []
    for root in range(graph.nodes):
        if not seen[root]:
            seen[root], island = True, [root]
            for node in island:  # it grows meanwhile
                for other in graph.adjacent[node]:
                    if not seen[other]:
                        seen[other] = True
                        island.append(other)
            found.append(sorted(island))
    return _by_size(found)


def keystones(graph: Graph) -> dict[int, list[list[int]]]:
    """Articulation points, each with the pieces into which its own component falls without it (Tarjan 1972).

    Pieces are ordered as components are. O(nodes + edges) plus the length of the answer.
    """
    order: list[int] = []
    entered, low, size = ([-1] * graph.nodes, [0] * graph.nodes, [1] * graph.nodes)
    pieces: dict[int, list[tuple[int, int]]] = {}
    spans: dict[int, tuple[int, int]] = {}
    for root in range(graph.nodes):
        if entered[root] >= 0:
            continue
        first = len(order)
        cut: dict[int, list[tuple[int, int]]] = {}
        _search(graph, root, order, entered, low, size, cut)
        if len(cut.get(root, ())) < 2:
            cut.pop(root, None)
        for node in cut:
            spans[node] = (first, len(order))
        pieces.update(cut)
    found = np.array(order, dtype=np.int64)
    return {node: _pieces(found, entered[node], pieces[node], spans[node]) for node in sorted(pieces)}


def _search(
    graph: Graph,
    root: int,
    order: list[int],
    entered: list[int],
    low: list[int],
    size: list[int],
    cut: dict[int, list[tuple[int, int]]],
) -> None:
    """Depth first from a root; `cut` receives (start, stop) in `order` of each subtree that hangs on one node only."""
    entered[root] = low[root] = len(order)
    order.append(root)
    trail = [(root, -1, iter(graph.adjacent[root]))]
    while trail:
        node, parent, rest = trail[-1]
        for other in rest:
            if entered[other] < 0:
                entered[other] = low[other] = len(order)
                order.append(other)
                trail.append((other, node, iter(graph.adjacent[other])))
                break
            if other != parent:
                low[node] = min(low[node], entered[other])
        else:
            trail.pop()
            size[node] = len(order) - entered[node]
            if parent >= 0:
                low[parent] = min(low[parent], low[node])
                if low[node] >= entered[parent]:
                    cut.setdefault(parent, []).append((entered[node], entered[node] + size[node]))


def _pieces(order: Ints, at: int, subtrees: list[tuple[int, int]], span: tuple[int, int]) -> list[list[int]]:
    found = [np.sort(order[start:stop]).tolist() for start, stop in subtrees]
    left = np.zeros(len(order), dtype=bool)
    left[slice(*span)] = True
    left[at] = False
    for start, stop in subtrees:
        left[start:stop] = False
    rest = np.sort(order[left]).tolist()
    return _by_size([*found, rest] if rest else found)


def _by_size(groups: Any) -> list[list[int]]:
    return sorted(groups, key=lambda group: (-len(group), group[0]))


def effective_sizes(graph: Graph) -> Floats:
    """(nodes,) circles that a node reaches: k - 2t/k, t ties among its k neighbours; 0 where it has none.

    Borgatti 1997.
    """
    degrees, count = graph.degrees, np.bincount(graph.shared[0], minlength=len(graph.edges))
    among = summed(graph.edges.ravel(), np.repeat(count, 2), graph.nodes)  # 2t
    found: Floats = degrees.astype(np.float64) - np.divide(among, degrees, out=np.zeros(graph.nodes), where=degrees > 0)
    return found


def constraints(graph: Graph) -> Floats:
    """(nodes,) how far a node's contacts are bound to one another; nan where it has none. Burt 1992.

    Sum over its neighbours j of (p_ij + sum_q p_iq p_qj)^2, p_ij = 1 / degree of i.
    """
    degrees, (edge, node) = graph.degrees, graph.shared
    share = np.divide(1.0, degrees, out=np.zeros(graph.nodes), where=degrees > 0)
    bound = 1 + np.bincount(edge, weights=share[node], minlength=len(graph.edges))
    ends = graph.edges.ravel()
    found = np.bincount(ends, weights=(np.repeat(bound, 2) * share[ends]) ** 2, minlength=graph.nodes)
    return np.where(degrees > 0, found, np.nan)


def modularity(graph: Graph, groups: Sequence[int] | Ints) -> float | None:
    """How far edges stay within groups beyond chance, in [-1/2, 1]; None without edges. Newman and Girvan 2004."""
    count = len(graph.edges)
    if not count:
        return None
    of = np.asarray(groups, dtype=np.int64)
    first, second = of[graph.edges[:, 0]], of[graph.edges[:, 1]]
    inside = np.bincount(first[first == second], minlength=int(of.max()) + 1)
    ends = np.bincount(of, weights=graph.degrees, minlength=int(of.max()) + 1)
    return float((inside / count - (ends / (2 * count)) ** 2).sum())


def external_internal(within: int, across: int) -> float | None:
    """(E - I) / (E + I), each tie once, in [-1, 1]; None without ties. Krackhardt and Stern 1988."""
    return (across - within) / (across + within) if across + within else None
