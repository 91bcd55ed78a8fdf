"""Tables printed in the literature that the method names. METHOD section 3."""

import networkx as nx
import numpy as np
import pytest

from orgmap.reports.engine import analyse
from orgmap.reports.engine.graph import Graph, constraints, effective_sizes, external_internal, modularity
from orgmap.reports.engine.sprawl import hhi

# Breiger 1974, after Davis, Gardner and Gardner 1941: co-membership of the first six women
FIRST_WOMEN = [
    "Evelyn Jefferson", "Laura Mandeville", "Theresa Anderson", "Brenda Rogers", "Charlotte McDowd", "Frances Anderson",
]  # fmt: skip
CO_MEMBERSHIP = [
    [8, 6, 7, 6, 3, 4],
    [6, 7, 6, 6, 3, 4],
    [7, 6, 8, 6, 4, 4],
    [6, 6, 6, 7, 4, 4],
    [3, 3, 4, 4, 4, 2],
    [4, 4, 4, 4, 2, 4],
]
EVENTS_ATTENDED_BY = [3, 3, 6, 4, 8, 8, 10, 14, 12, 5, 4, 6, 3, 3]


def graph_of(source: nx.Graph) -> tuple[Graph, list[object]]:
    names = sorted(source.nodes)
    edges = sorted(tuple(sorted((names.index(a), names.index(b)))) for a, b in source.edges)
    return Graph(len(names), np.array(edges, dtype=np.int64)), names


def women_as_departments() -> dict[str, object]:
    """Each woman a department, each event an audience that she meets on one account."""
    women = nx.davis_southern_women_graph()
    top = women.graph["top"]
    return {
        "as_of": "2026-11-22",
        "policy": {"kinds": {"channel": 0, "purpose": 0}},
        "catalogue": {"audiences": [{"id": event} for event in women.graph["bottom"]]},
        "departments": [{"id": name} for name in top],
        "accounts": [
            {"id": f"x{at}", "departments": [name], "platform": "x", "audiences": sorted(women[name])}
            for at, name in enumerate(top)
        ],
    }


def test_shared_touchpoints_are_breigers_co_membership() -> None:
    result = analyse(women_as_departments())
    pairs = {frozenset((row["a"], row["b"])): row for row in result["pairs"]}

    shared = [
        [
            pairs[frozenset((a, b))]["shared"]
            if a != b
            else next(
                row["size_a"] if row["a"] == a else row["size_b"]
                for row in result["pairs"]
                if a in (row["a"], row["b"])
            )
            for b in FIRST_WOMEN
        ]
        for a in FIRST_WOMEN
    ]

    assert shared == CO_MEMBERSHIP


def test_evelyn_and_laura_overlap_by_six_sevenths() -> None:
    result = analyse(women_as_departments())

    row = next(r for r in result["pairs"] if (r["a"], r["b"]) == ("Evelyn Jefferson", "Laura Mandeville"))

    assert (row["shared"], row["overlap"], row["jaccard"]) == (6.0, 6 / 7, 2 / 3)


def test_the_other_product_counts_who_attended_each_event() -> None:
    result = analyse(women_as_departments())
    rows = {row["touchpoint"].split("|")[1]: len(row["units"]) for row in result["alignment"]["by_touchpoint"]}

    assert [rows[f"E{number}"] for number in range(1, 15)] == EVENTS_ATTENDED_BY


def test_borgattis_holes_example_has_his_figures() -> None:
    source = nx.Graph(
        [("A", "B"), ("A", "F"), ("A", "G"), ("A", "E"), ("E", "G"), ("F", "G"), ("B", "G"), ("B", "D"), ("D", "G"),
         ("G", "C")]
    )  # fmt: skip
    graph, names = graph_of(source)
    sizes, bound = effective_sizes(graph), constraints(graph)

    assert [round(float(sizes[names.index(who)]), 2) for who in "GAC"] == [4.67, 2.5, 1.0]
    assert [round(float(bound[names.index(who)]), 3) for who in "GAC"] == [0.4, 0.595, 1.0]


def test_the_karate_club_in_four_parts_has_modularity_0_4198() -> None:
    graph, _ = graph_of(nx.karate_club_graph())
    parts = [
        {0, 1, 2, 3, 7, 11, 12, 13, 17, 19, 21},
        {4, 5, 6, 10, 16},
        {8, 9, 14, 15, 18, 20, 22, 26, 29, 30, 32, 33},
        {23, 24, 25, 27, 28, 31},
    ]

    found = modularity(graph, [next(at for at, part in enumerate(parts) if node in part) for node in range(34)])

    assert found == pytest.approx(0.4198, abs=5e-5)


def test_shares_of_30_30_20_20_have_a_concentration_of_2600() -> None:
    assert hhi([30, 30, 20, 20]) == pytest.approx(0.26)


def test_an_internal_tie_counts_once_in_the_external_internal_index() -> None:
    assert external_internal(within=1, across=3) == 0.5
    assert external_internal(within=3, across=0) == -1.0
    assert external_internal(within=0, across=0) is None


def test_graph_measures_equal_those_of_networkx() -> None:
    source = nx.gnp_random_graph(40, 0.08, seed=7)
    graph, names = graph_of(source)
    sizes, bound = effective_sizes(graph), constraints(graph)
    theirs, theirs_bound = nx.effective_size(source), nx.constraint(source)

    for node in names:
        if source.degree[node]:
            assert sizes[node] == pytest.approx(theirs[node])
            assert bound[node] == pytest.approx(theirs_bound[node])
