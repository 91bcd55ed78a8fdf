"""What holds for every organisation. METHOD section 4."""

import copy
import json
import random
from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from orgmap.reports.engine import (
    Organisation,
    analyse,
    headline,
    merged,
    pair_block,
    pair_facts,
    prepare,
    report,
    trend,
)
from orgmap.reports.engine.pairs import PairFacts, all_pairs
from tests.examples import examples

from .comparing import differences
from .organisations import crowded, levels, organisations

everywhere = settings(max_examples=examples(25))
near = pytest.approx


def numbers(value: Any) -> Any:
    return None if value is None else near(value, abs=1e-9)


def by_pair(result: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    return {(row["a"], row["b"]): row for row in result["pairs"]}


@everywhere
@given(organisations(), levels())
def test_every_share_lies_between_0_and_1(organisation: dict[str, Any], level: int | None) -> None:
    result = analyse(organisation, level)
    alignment, silos, sprawl = result["alignment"], result["silos"], result["sprawl"]

    shares = [value for key, value in result["completeness"].items() if key != "unknown_ids"]
    shares += [alignment["alignment"], result["benefits"]["coverage"], silos["within"], silos["across"], sprawl["hhi"]]
    shares += [row["alignment"] for row in (*alignment["by_unit"].values(), *alignment["by_touchpoint"])]
    shares += [value for values in alignment["by"].values() for value in values.values()]
    shares += [value for row in silos["divisions"].values() for value in row.values()]
    for row in result["pairs"]:
        shares += [row[key] for key in ("share_a", "share_b", "overlap", "jaccard", "coverage", "tie_strength")]
    for row in (sprawl["total"], *sprawl["by_unit"].values(), *sprawl["by_platform"].values()):
        shares += [value for key, value in row.items() if key not in ("accounts", "effective_owners")]

    assert [value for value in shares if value is not None and not -1e-12 <= value <= 1 + 1e-12] == []


@everywhere
@given(organisations(), levels())
def test_overlap_is_the_larger_share_and_jaccard_never_above_it(
    organisation: dict[str, Any], level: int | None
) -> None:
    for row in analyse(organisation, level)["pairs"]:
        if row["overlap"] is not None:
            assert row["overlap"] == numbers(max(row["share_a"], row["share_b"]))
            assert row["jaccard"] <= row["overlap"] + 1e-12


@everywhere
@given(organisations(), levels())
def test_every_pair_figure_is_the_sum_of_its_evidence_from_both_sides(
    organisation: dict[str, Any], level: int | None
) -> None:
    for row in analyse(organisation, level)["pairs"]:
        places = row["touchpoints"]
        assert row["shared"] == numbers(sum(place["weight"] for place in places))
        assert row["covered"] == numbers(sum(place["weight"] * place["coverage"] for place in places))
        assert row["gap"] == numbers(sum(place["weight"] * (1 - place["coverage"]) for place in places))
        for place in places:
            assert sorted(place["evidence"]) == [row["a"], row["b"]]
            assert all(records == sorted(set(records)) and records for records in place["evidence"].values())


@everywhere
@given(organisations(), levels())
def test_the_company_is_the_weighted_mean_of_its_units_and_of_its_touchpoints(
    organisation: dict[str, Any], level: int | None
) -> None:
    alignment = analyse(organisation, level)["alignment"]
    units = [row for row in alignment["by_unit"].values() if row["weight"]]
    places = [row for row in alignment["by_touchpoint"] if row["weight"]]

    assert (alignment["alignment"] is None) == (not places)
    if places:
        for rows in (units, places):
            total = sum(row["weight"] for row in rows)
            assert alignment["alignment"] == numbers(sum(row["weight"] * row["alignment"] for row in rows) / total)
        assert sum(row["weight"] for row in units) == numbers(sum(row["weight"] for row in places))


@everywhere
@given(organisations(), levels(), st.integers(0, 99))
def test_input_order_changes_no_byte(organisation: dict[str, Any], level: int | None, seed: int) -> None:
    expected = json.dumps(analyse(organisation, level))
    dice, shuffled = random.Random(seed), copy.deepcopy(organisation)

    for rows in (
        *shuffled["catalogue"].values(),
        *(shuffled[k] for k in ("departments", "accounts", "objectives", "ties")),
    ):
        dice.shuffle(rows)
    for row in (*shuffled["accounts"], *shuffled["objectives"]):
        for key in ("audiences", "markets"):
            if row[key]:
                dice.shuffle(row[key])
    for tie in shuffled["ties"]:
        dice.shuffle(tie["departments"])

    assert json.dumps(analyse(shuffled, level)) == expected


@everywhere
@given(organisations(), levels())
def test_a_renaming_that_keeps_the_order_changes_only_names(organisation: dict[str, Any], level: int | None) -> None:
    def renamed(value: Any) -> Any:
        if isinstance(value, dict):
            return {renamed(key) if key in departments else key: renamed(item) for key, item in value.items()}
        if isinstance(value, list):
            return [renamed(item) for item in value]
        return f"{value[0]}1{value[1:]}" if isinstance(value, str) and value in departments else value

    departments = {row["id"] for row in organisation["departments"]}
    expected = renamed(analyse(organisation, level))

    assert list(differences(analyse(renamed(organisation), level), expected)) == []


@everywhere
@given(organisations(), levels(), st.randoms(use_true_random=False))
def test_a_new_tie_lowers_nothing_and_touches_no_other_pair(
    organisation: dict[str, Any], level: int | None, dice: random.Random
) -> None:
    units = [row["id"] for row in organisation["departments"]]
    assume(len(units) > 1)
    members = dice.sample(units, min(dice.choice((2, 3)), len(units)))
    before = prepare(organisation, level)
    changed = copy.deepcopy(organisation)
    changed["ties"].append({"id": "a new one", "kind": "hand_off", "departments": members})
    after = report(prepare(changed, level))
    active = dict(zip(before.organisation.active, before.units.of.tolist(), strict=True))
    old, joined = report(before), {before.units.ids[active[member]] for member in members if member in active}

    for pair, row in by_pair(old).items():
        now = by_pair(after)[pair]
        if set(pair) <= joined:
            assert now["covered"] >= row["covered"] - 1e-12
            assert now["tie_strength"] >= row["tie_strength"]
        else:
            assert now == row
    for unit, row in old["alignment"]["by_unit"].items():
        if row["alignment"] is not None:
            assert after["alignment"]["by_unit"][unit]["alignment"] >= row["alignment"] - 1e-12


@everywhere
@given(organisations())
def test_a_new_department_changes_no_existing_pair(organisation: dict[str, Any]) -> None:
    audiences = [row["id"] for row in organisation["catalogue"]["audiences"]]
    before = by_pair(analyse(organisation))
    changed = copy.deepcopy(organisation)
    changed["departments"].append({"id": "newcomer"})
    changed["accounts"].append({"id": "newest", "platform": "x", "departments": ["newcomer"], "audiences": audiences})

    after = by_pair(analyse(changed))

    assert {pair: after[pair] for pair in before} == before


@everywhere
@given(organisations(), levels())
def test_registering_a_place_twice_changes_no_overlap(organisation: dict[str, Any], level: int | None) -> None:
    changed = copy.deepcopy(organisation)
    once = [row for row in organisation["accounts"] if len(row["departments"]) < 2]
    changed["accounts"] += [row | {"id": f"{row['id']} again", "objectives": []} for row in once]

    before, after = by_pair(analyse(organisation, level)), by_pair(analyse(changed, level))

    assert after.keys() == before.keys()
    for pair, row in before.items():
        assert [after[pair][key] for key in ("shared", "overlap", "jaccard", "coverage", "gap")] == [
            row[key] for key in ("shared", "overlap", "jaccard", "coverage", "gap")
        ]


@everywhere
@given(organisations())
def test_a_coarser_level_never_creates_a_contested_touchpoint(organisation: dict[str, Any]) -> None:
    contested = [
        {row["touchpoint"] for row in analyse(organisation, level)["alignment"]["by_touchpoint"]}
        for level in (1, 2, 3, None)
    ]

    assert all(coarse <= fine for coarse, fine in combinations(contested, 2))


@settings(max_examples=examples(30))
@given(st.integers(0, 2**32 - 1))
def test_a_proposed_group_once_formed_delivers_exactly_the_promised_index(seed: int) -> None:
    organisation = crowded(random.Random(seed))
    organisation["policy"].pop("strength", None)
    result = analyse(organisation)
    assume(result["proposals"])
    for number, group in enumerate(result["proposals"]):
        organisation["ties"].append(
            {
                "id": f"proposed {number}",
                "kind": "working_group",
                "departments": group["members"],
                "audiences": [group["audience"]],
                "benefits": [group["benefit"]],
            }
        )
        after = analyse(organisation)
        assert after["alignment"]["alignment"] == numbers(group["alignment_after"])
        assert 0 < group["closes"] <= 1 + 1e-12
        assert group["lead"] in group["members"]


@everywhere
@given(organisations(), organisations(), levels())
def test_the_parts_of_the_trend_add_up(before: dict[str, Any], after: dict[str, Any], level: int | None) -> None:
    after["policy"] = before["policy"]

    found = trend(prepare(before, level), prepare(after, level))

    if found.change is not None:
        assert found.agreements + found.map_changed == numbers(found.change)
        assert found.after - found.before == found.change


@everywhere
@given(organisations(), levels())
def test_the_map_part_is_0_when_only_ties_changed(organisation: dict[str, Any], level: int | None) -> None:
    changed = organisation | {"ties": organisation["ties"][1:]}

    found = trend(prepare(changed, level), prepare(organisation, level))

    assert found.map_changed in (0, None)
    assert (found.change is None) == (headline(prepare(organisation, level)) is None)


@everywhere
@given(organisations())
def test_removing_the_removable_loses_no_place_and_no_purpose(organisation: dict[str, Any]) -> None:
    gone = {row["account"] for row in analyse(organisation)["sprawl"]["removable"]}
    before = prepare(organisation).organisation
    after = prepare(
        organisation | {"accounts": [row for row in organisation["accounts"] if row["id"] not in gone]}
    ).organisation

    def served(facts: Organisation) -> set[Any]:
        places = set()
        for at in range(len(facts.accounts)):
            purposes = {
                facts.benefits[facts.objectives.benefit[objective]] for objective in facts.accounts.objectives[at]
            } | {""}
            places |= {
                (facts.platforms[facts.accounts.platform[at]], audience, market, purpose)
                for audience in facts.accounts.audiences[at].tolist()
                for market in facts.accounts.markets[at].tolist()
                for purpose in purposes
            }
        return places

    assert served(after) == served(before)
    assert after.channels.lengths.astype(bool).tolist() == before.channels.lengths.astype(bool).tolist()


@everywhere
@given(organisations(), levels(), st.sampled_from((None, 0, 1, 3)), st.randoms(use_true_random=False))
def test_blocks_in_any_order_and_from_another_process_give_the_same_bytes(
    organisation: dict[str, Any], level: int | None, top: int | None, dice: random.Random
) -> None:
    prepared = prepare(organisation, level)
    facts = PairFacts.from_bytes(pair_facts(prepared).to_bytes())
    rows = [(at, at + 1) for at in range(facts.units)]
    parts = [json.loads(json.dumps(pair_block(facts, start, stop, top))) for start, stop in rows]
    dice.shuffle(parts)

    assert json.dumps(report(prepared, parts, top)) == json.dumps(analyse(organisation, level, top))
    one, other = merged(parts, facts, top), all_pairs(facts, top)
    assert [one[key] for key in ("quadrants", "high", "pairs")] == [
        other[key] for key in ("quadrants", "high", "pairs")
    ]


@everywhere
@given(organisations(), levels(), st.integers(0, 5))
def test_top_cuts_the_list_of_pairs_and_nothing_else(organisation: dict[str, Any], level: int | None, top: int) -> None:
    whole, cut = analyse(organisation, level), analyse(organisation, level, top)

    assert cut["pairs"] == whole["pairs"][:top]
    assert {k: v for k, v in cut.items() if k not in ("pairs", "actions")} == {
        k: v for k, v in whole.items() if k not in ("pairs", "actions")
    }


@everywhere
@given(organisations(), st.sampled_from(("1/3", 0.1, "7/10", 3)))
def test_a_number_reads_the_same_as_integer_float_or_fraction(organisation: dict[str, Any], weight: Any) -> None:
    exact, same = copy.deepcopy(organisation), copy.deepcopy(organisation)
    for rows in exact["catalogue"]["audiences"], exact["catalogue"]["markets"]:
        for row in rows:
            row["weight"] = weight
    for rows in same["catalogue"]["audiences"], same["catalogue"]["markets"]:
        for row in rows:
            row["weight"] = float(Fraction(str(weight)))

    assert list(differences(analyse(same), analyse(exact))) == []
