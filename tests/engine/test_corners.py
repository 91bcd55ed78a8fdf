"""Sentences of the method's "Exact." paragraphs, one test each where a worked example does not show them."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest

from orgmap.reports.engine import analyse

from .small import account, objective, organisation, tie


def places_of(result: dict[str, Any], *, unit: str) -> int:
    row = next((r for r in result["pairs"] if unit in (r["a"], r["b"])), None)
    return 0 if row is None else int(row["size_a"] if row["a"] == unit else row["size_b"])


def tied(*ties: dict[str, Any], more: Sequence[dict[str, Any]] = (), **rest: Any) -> dict[str, Any]:
    """a and b both have an account on x and an objective, all with buyers in the UK."""
    return analyse(
        organisation(
            "a", "b",
            accounts=[account("xa", "a"), account("xb", "b"), *more],
            objectives=[objective("oa", "a"), objective("ob", "b"), objective("old", "a", ends="2026-01-01")],
            ties=list(ties),
            **rest,
        )
    )  # fmt: skip


# 1.1
def test_both_end_days_of_a_tie_count() -> None:
    assert tied(tie("t", "a", "b", starts="2026-11-22", ends="2026-11-22"))["pairs"][0]["ties"] == ["t"]
    assert tied(tie("t", "a", "b", starts="2026-11-23"))["pairs"][0]["ties"] == []
    assert tied(tie("t", "a", "b", ends="2026-11-21"))["pairs"][0]["ties"] == []


def test_a_proposed_tie_does_not_count() -> None:
    assert tied(tie("t", "a", "b", status="proposed"))["pairs"][0]["ties"] == []


def test_an_account_of_a_closed_department_stays_as_an_orphan() -> None:
    result = analyse(organisation("a", {"id": "b", "status": "closed"}, accounts=[account("xb", "b")]))

    assert result["units"] == ["a"]
    assert result["sprawl"]["flags"]["xb"]["orphan"] is True
    assert result["sprawl"]["hhi"] is None


def test_unknown_ids_in_lists_are_ignored_and_counted() -> None:
    result = analyse(
        organisation(
            "a",
            accounts=[account("x1", "a", "ghost", audiences=["buyers", "aliens"], objectives=["wish"])],
            ties=[tie("t", "a", "ghost", markets=["mars"])],
        )
    )

    assert result["completeness"]["unknown_ids"] == 5
    assert result["alignment"]["touchpoints"] == 2


def test_a_record_that_names_only_unknown_markets_has_no_place() -> None:
    result = analyse(organisation("a", accounts=[account("x1", "a", markets=["mars"])]))

    assert result["alignment"]["touchpoints"] == 0
    assert result["sprawl"]["flags"]["x1"]["unplaced"] is True


def test_a_catalogue_without_markets_has_one() -> None:
    result = analyse(
        organisation("a", "b", accounts=[account("x1", "a", markets=[]), account("x2", "b", markets=["*"])],
                     catalogue={"markets": []})
    )  # fmt: skip

    assert [row["touchpoint"] for row in result["alignment"]["by_touchpoint"]] == [
        "audience|buyers|*|", "channel|buyers|*|x",
    ]  # fmt: skip


def test_platforms_and_benefits_need_not_stand_in_the_catalogue() -> None:
    both = [account("x1", "a", platform="telex"), account("x2", "b", platform="telex")]
    result = analyse(organisation("a", "b", accounts=both, objectives=[objective("o", "a", benefit="B99")]))

    assert result["pairs"][0]["touchpoints"][1]["touchpoint"] == "channel|buyers|uk|telex"
    assert list(result["benefits"]["by_benefit"]) == ["B1", "B2"]


def test_a_partial_policy_merges_key_by_key() -> None:
    policy = tied(policy={"kinds": {"channel": "1/2"}, "strength": {"liaison": 1}, "min_shared": None})["policy"]

    assert policy["kinds"] == {"audience": 1, "channel": "1/2", "purpose": 1}
    assert (policy["strength"]["liaison"], policy["strength"]["hand_off"], policy["min_shared"]) == (1, 1, 2)


# 1.2
def test_a_closed_parent_is_skipped_when_levels_are_counted() -> None:
    tree = (
        "root",
        {"id": "gone", "parent": "root", "status": "closed"},
        {"id": "team", "parent": "gone"},
        {"id": "cell", "parent": "team"},
    )

    assert analyse(organisation(*tree), 2)["units"] == ["root", "team"]
    assert analyse(organisation(*tree), 1)["units"] == ["root"]
    assert analyse(organisation(*tree))["units"] == ["cell", "root", "team"]


def test_weights_above_a_leaf_do_not_count_and_a_leaf_of_weight_0_keeps_its_touchpoints() -> None:
    audiences = [{"id": "all", "weight": 9}, {"id": "buyers", "parent": "all", "weight": 0}, {"id": "press"}]
    result = analyse(
        organisation("a", "b", accounts=[account("x1", "a", audiences=["all"]), account("x2", "b")],
                     catalogue={"audiences": audiences})
    )  # fmt: skip
    row = result["pairs"][0]

    assert (result["alignment"]["contested"], result["alignment"]["alignment"]) == (2, None)
    assert (row["shared"], row["overlap"], row["coverage"], row["gap"]) == (0.0, None, None, 0.0)
    assert result["alignment"]["by"]["kind"] == {"audience": None, "channel": None}


def test_a_kind_of_weight_0_has_no_touchpoints() -> None:
    assert tied(policy={"kinds": {"audience": 0}})["alignment"]["touchpoints"] == 2


def test_touchpoints_sort_field_by_field_not_as_texts() -> None:
    audiences = [{"id": "a"}, {"id": "a b"}]
    everywhere = {"audiences": ["a", "a b"], "markets": ["uk"]}
    result = analyse(
        organisation("a", "b", accounts=[account("x1", "a", **everywhere), account("x2", "b", **everywhere)],
                     catalogue={"audiences": audiences})
    )  # fmt: skip

    rows = [row["touchpoint"] for row in result["alignment"]["by_touchpoint"]]

    assert rows[:2] == ["audience|a|uk|", "audience|a b|uk|"]


# 1.3
@pytest.mark.parametrize(
    ("members", "scoped", "expected"), [(8, True, 6 / 7), (25, True, 1 / 4), (8, False, 1 / 7), (2, False, 1 / 2)]
)
def test_ties_thin_out_with_their_size(members: int, scoped: bool, expected: float) -> None:
    units = [f"d{number:02}" for number in range(members)]
    group = tie("t", *units, kind="working_group") | ({"audiences": ["buyers"]} if scoped else {})

    assert analyse(organisation(*units, ties=[group]))["pairs"][0]["tie_strength"] == pytest.approx(expected)


def test_objectives_of_a_tie_set_its_scope_and_filters_are_ignored() -> None:
    row = tied(tie("t", "a", "b", objectives=["oa"], audiences=[]))["pairs"][0]

    assert [place["coverage"] for place in row["touchpoints"]] == [1.0, 1.0, 1.0]


def test_a_tie_that_names_only_ended_or_unknown_objectives_does_not_count() -> None:
    assert tied(tie("t", "a", "b", objectives=["old", "wish"]))["pairs"][0]["ties"] == []


def test_an_empty_list_of_objectives_is_as_good_as_none() -> None:
    assert tied(tie("t", "a", "b", objectives=[]))["pairs"][0]["tie_strength"] == 0.5


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"platforms": []}, [1.0, 0.0, 1.0]),
        ({"benefits": ["B2"]}, [1.0, 1.0, 0.0]),
        ({"markets": []}, [0.0, 0.0, 0.0]),
        ({"audiences": ["aliens"]}, [0.0, 0.0, 0.0]),
        ({"platforms": ["x"], "benefits": None}, [1.0, 1.0, 1.0]),
    ],
)
def test_each_filter_of_a_tie_applies_to_its_own_kinds(filters: dict[str, Any], expected: list[float]) -> None:
    result = tied(tie("t", "a", "b", **filters))

    assert [place["coverage"] for place in result["pairs"][0]["touchpoints"]] == expected
    assert result["silos"]["edges"] == [["a", "b"]]


def test_a_co_managed_account_without_a_place_is_an_edge() -> None:
    result = analyse(organisation("a", "b", accounts=[account("x1", "a", "b", audiences=[])]))

    assert result["silos"]["edges"] == [["a", "b"]]
    assert (result["pairs"][0]["quadrant"], result["pairs"][0]["overlap"]) == ("bridged", None)


def test_a_joint_objective_covers_the_platforms_of_the_visible_accounts_linked_to_it() -> None:
    accounts = [
        account("xa", "a", objectives=["o"]),
        account("xb", "b"),
        account("ya", "a", platform="y", objectives=["o"], status="retired"),
        account("yb", "b", platform="y"),
        account("yc", "a", platform="y"),
    ]
    result = analyse(organisation("a", "b", accounts=accounts, objectives=[objective("o", "a", "b")]))

    assert {place["touchpoint"]: place["tie"] for place in result["pairs"][0]["touchpoints"]} == {
        "audience|buyers|uk|": "objective:o",
        "channel|buyers|uk|x": "objective:o",
        "channel|buyers|uk|y": None,
        "purpose|buyers|uk|B1": "objective:o",
    }


def test_related_units_get_no_tie_and_no_edge_but_n_counts_before_the_roll_up() -> None:
    tree = ("root", {"id": "a", "parent": "root"}, {"id": "b", "parent": "root"})
    result = analyse(organisation(*tree, ties=[tie("t", "root", "a", "b", kind="working_group")]))

    assert [(row["a"], row["b"], row["tie_strength"]) for row in result["pairs"]] == [("a", "b", 0.5)]
    assert analyse(organisation(*tree, ties=[tie("t", "root", "a")]))["pairs"] == []


# 1.4, 1.5, 1.6
def test_thresholds_are_inclusive() -> None:
    row = tied(tie("t", "a", "b", kind="liaison", audiences=["buyers"]), policy={"min_shared": 3})["pairs"][0]

    assert (row["coverage"], row["quadrant"]) == (0.5, "aligned")


def test_an_isolate_that_meets_nobody_is_harmless_and_one_without_anything_unregistered() -> None:
    accounts = [account("xa", "a"), account("xb", "b"), account("xc", "c", audiences=["press"])]
    silos = analyse(organisation("a", "b", "c", "d", accounts=accounts))["silos"]

    assert (silos["isolates_exposed"], silos["isolates_harmless"], silos["unregistered"]) == (["a", "b"], ["c"], ["d"])


def test_with_several_roots_the_root_is_the_division() -> None:
    tree = ({"id": "a"}, {"id": "a1", "parent": "a"}, {"id": "a2", "parent": "a"}, {"id": "b"})
    accounts = [account("x1", "a1"), account("x2", "a2"), account("x3", "b")]

    silos = analyse(organisation(*tree, accounts=accounts))["silos"]

    assert silos["divisions"] == {"a": {"inside": 0.0, "outside": 0.0}, "b": {"inside": None, "outside": 0.0}}


# 1.7
@pytest.mark.parametrize(("last_post", "dormant"), [("2026-08-24", False), ("2026-08-23", True), ("2027-01-01", False)])
def test_day_90_is_alive(last_post: str, dormant: bool) -> None:
    flags = analyse(organisation("a", accounts=[account("x1", "a", last_post=last_post)]))["sprawl"]["flags"]["x1"]

    assert flags["dormant"] is dormant


def test_unknown_activity_is_not_dormant_and_a_dormant_account_is_not_unknown() -> None:
    accounts = [account("x1", "a", last_post=None), account("x2", "a", last_post=None, status="dormant")]
    flags = analyse(organisation("a", accounts=accounts))["sprawl"]["flags"]

    assert [flags[key]["dormant"] for key in ("x1", "x2")] == [False, True]
    assert [flags[key]["activity_unknown"] for key in ("x1", "x2")] == [True, False]


def test_the_last_account_of_an_objective_is_never_removable() -> None:
    objectives = [objective("o1", "a"), objective("o2", "a")]
    accounts = [account("x1", "a", objectives=["o1"]), account("x2", "a", objectives=["o2"])]

    assert analyse(organisation("a", accounts=accounts, objectives=objectives))["sprawl"]["removable"] == []


def test_removable_accounts_are_visited_dormant_first_unknown_posts_before_old_ones() -> None:
    dormant = {"status": "dormant"}
    accounts = [
        account("x1", "a", objectives=["o"], last_post="2025-01-01"),
        account("x2", "a", last_post="2025-06-01", **dormant),
        account("x3", "a", last_post=None, **dormant),
        account("x4", "a", objectives=["o"]),
    ]
    rows = analyse(organisation("a", accounts=accounts, objectives=[objective("o", "a")]))["sprawl"]["removable"]

    assert rows == [
        {"account": "x3", "covered_by": ["x1", "x2", "x4"]},
        {"account": "x2", "covered_by": ["x1", "x4"]},
        {"account": "x1", "covered_by": ["x4"]},
    ]


def test_a_tie_names_the_smallest_id_of_equally_strong_ones() -> None:
    row = tied(tie("t2", "a", "b", audiences=["buyers"]), tie("t10", "a", "b", audiences=["buyers"]))["pairs"][0]

    assert {place["tie"] for place in row["touchpoints"]} == {"t10"}
    assert row["ties"] == ["t10", "t2"]


def test_records_placed_by_default_are_counted_apart() -> None:
    result = analyse(organisation("a", accounts=[account("x1", "a"), account("x2", "a", placed_by="a")]))

    assert result["completeness"]["accounts_placed"] == 0.5
    assert result["completeness"]["accounts_placed_by_default"] == 0.5


def test_extra_keys_of_records_are_ignored() -> None:
    assert analyse(organisation({"id": "a", "name": "Brand", "head": 7}))["units"] == ["a"]
    assert places_of(tied(), unit="a") == 3


# 1.4
@pytest.mark.parametrize("top", [None, 1])
def test_pairs_that_share_more_than_billionths_in_an_integer_are_still_compared(top: int | None) -> None:
    heavy = organisation(
        "a", "b", "c",
        accounts=[account("xa", "a"), account("xb", "b"), account("xc", "c", audiences=["press"]),
                  account("ya", "a", audiences=["press"])],
        catalogue={"audiences": [{"id": "buyers", "weight": 10**12}, {"id": "press"}]},
    )  # fmt: skip

    first = analyse(heavy, top=top)["pairs"][0]

    assert (first["a"], first["b"], first["shared"]) == ("a", "b", 2e12)
    assert (first["quadrant"], first["one_owner"]) == ("left_right_hand", True)


@pytest.mark.parametrize(("weight", "leaves"), [("100000000/13", 13), ("99999999/7", 7), ("1000000/3", 3)])
def test_thresholds_and_gaps_hold_where_weights_are_thirds_of_millions(weight: str, leaves: int) -> None:
    names = [f"audience {number}" for number in range(leaves)]
    row = analyse(
        organisation(
            "a", "b",
            accounts=[account("xa", "a", audiences=names), account("xb", "b", audiences=names)],
            ties=[tie("t", "a", "b", audiences=names)],
            catalogue={"audiences": [{"id": name, "weight": weight} for name in names]},
            policy={"min_shared": str(2 * leaves * Fraction(weight))},
        )
    )["pairs"][0]  # fmt: skip

    assert (row["quadrant"], row["one_owner"], row["gap"]) == ("aligned", True, 0.0)


def test_where_no_strength_is_asked_for_a_pair_without_a_tie_is_coordinated_but_no_edge() -> None:
    result = tied(policy={"high_coverage": 0})

    assert (result["pairs"][0]["coverage"], result["pairs"][0]["quadrant"]) == (0.0, "aligned")
    assert (result["alignment"]["blind"], result["silos"]["edges"]) == (0, [])
    assert result["silos"]["isolates_exposed"] == ["a", "b"]


@pytest.mark.parametrize(("tau", "quadrant"), [("1/2", "left_right_hand"), (0, "aligned")])
def test_a_high_pair_without_a_coverage_counts_as_covered_by_nothing(tau: Any, quadrant: str) -> None:
    result = analyse(
        organisation(
            "a", "b",
            accounts=[account("xa", "a"), account("xb", "b", audiences=["press"])],
            ties=[tie("t", "a", "b", audiences=["buyers"])],
            policy={"min_shared": 0, "high_overlap": 0, "high_coverage": tau},
        )
    )  # fmt: skip
    row = result["pairs"][0]

    assert (row["shared"], row["overlap"], row["coverage"], row["quadrant"]) == (0.0, 0.0, None, quadrant)


def test_where_all_departments_are_closed_accounts_stay_and_nothing_else() -> None:
    gone = [{"id": "a", "status": "closed"}, {"id": "b", "status": "closed"}]
    result = analyse(organisation(*gone, accounts=[account("xa", "a", "b")], ties=[tie("t", "a", "b")]))

    assert (result["units"], result["pairs"], result["silos"]["islands"]) == ([], [], [])
    assert result["completeness"]["departments_registered"] is None
    assert (result["sprawl"]["total"]["accounts"], result["sprawl"]["total"]["orphan"]) == (1, 1.0)
    assert result["sprawl"]["by_platform"]["x"]["effective_owners"] is None


def test_a_tie_that_bears_the_name_of_a_derived_one_stands_beside_it() -> None:
    row = tied(tie("account:xs", "a", "b"), more=[account("xs", "a", "b")])["pairs"][0]

    assert row["ties"] == ["account:xs", "account:xs"]
    assert (row["coverage"], row["tie_strength"]) == (pytest.approx(5 / 6), 1.0)


# 5
def test_a_group_names_objectives_of_its_topic_that_have_no_known_market() -> None:
    units = ["a", "b", "c"]
    goals = [objective(f"o{unit}", unit) for unit in units]
    nowhere = objective("nowhere", "a", markets=["mars"])
    group = analyse(organisation(*units, objectives=[*goals, nowhere]))["proposals"][0]

    assert group["objectives"] == ["nowhere", "oa", "ob", "oc"]


def test_groups_of_no_member_are_not_proposed() -> None:
    together = organisation("a", "b", objectives=[objective("o", "a", "b")], policy={"group_min": 0})

    assert all(len(group["members"]) > 1 for group in analyse(together)["proposals"])
