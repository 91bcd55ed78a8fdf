"""Articulation points and the pieces they hold together."""

import networkx as nx
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from orgmap.reports.engine.graph import Graph, components, keystones
from tests.examples import examples


@settings(max_examples=examples(150))
@given(st.integers(1, 14), st.floats(0, 0.4), st.integers(0, 2**16))
def test_keystones_and_their_pieces_are_those_of_taking_each_node_away(count: int, chance: float, seed: int) -> None:
    source = nx.gnp_random_graph(count, chance, seed=seed)
    graph = Graph(count, np.array(sorted(source.edges), dtype=np.int64).reshape(-1, 2))

    expected = {}
    for node in nx.articulation_points(source):
        island = source.subgraph(nx.node_connected_component(source, node) - {node})
        pieces = [sorted(piece) for piece in nx.connected_components(island)]
        expected[node] = sorted(pieces, key=lambda piece: (-len(piece), piece[0]))

    assert keystones(graph) == expected


def test_a_chain_of_thousands_needs_no_deep_recursion() -> None:
    count = 5000
    chain = Graph(count, np.stack((np.arange(count - 1), np.arange(1, count)), axis=1))

    assert [len(part) for part in components(chain)] == [count]
    assert [len(piece) for piece in keystones(Graph(3, np.array([[0, 1], [1, 2]])))[1]] == [1, 1]
