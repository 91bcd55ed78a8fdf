"""What the index is without one agreement: from its members' records alone, as from the whole organisation."""

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgmap.reports.engine import Effect, effect, headline, prepare
from tests.engine.comparing import TOLERANCE
from tests.engine.organisations import crowded, organisation
from tests.examples import examples


def part(plain: dict[str, Any], departments: set[str]) -> dict[str, Any]:
    """The records of some departments and what is linked to them: what a report keeps of those."""
    own = {
        part: [row for row in plain[part] if departments & set(row["departments"])]
        for part in ("accounts", "objectives")
    }
    linked = {key for row in (*own["accounts"], *plain["ties"]) for key in row.get("objectives") or ()}
    mine = {row["id"] for row in own["objectives"]}
    return {
        **plain,
        "accounts": [
            row for row in plain["accounts"] if row in own["accounts"] or mine & set(row.get("objectives") or ())
        ],
        "objectives": [row for row in plain["objectives"] if row in own["objectives"] or row["id"] in linked],
    }


def loss(whole: Any, found: Effect) -> float:
    """What taking the agreement away takes from the index, with the weights of the whole organisation."""
    omega = dict(zip(whole.footprints.places.names, whole.meetings.omega.tolist(), strict=True))
    total = float(whole.meetings.omega @ whole.meetings.pairs)
    return sum(share * omega[place] for place, share in found.adds().items()) / total if total else 0.0


@settings(max_examples=examples(150))
@given(st.integers(0, 10**9), st.sampled_from([None, 1, 2]), st.booleans())
def test_taking_one_tie_away_costs_what_its_effect_says(seed: int, level: int | None, many: bool) -> None:
    plain = (crowded if many else organisation)(random.Random(seed))
    whole = prepare(plain, level)
    for tie in whole.ties:
        if tie.kind in ("co_managed", "joint_objective"):
            continue
        concerned = whole.units.positions(tie.members)
        below = {
            department
            for department, unit in zip(whole.organisation.active, whole.units.of.tolist(), strict=True)
            if unit in concerned
        }
        found = effect(part(plain, below), tie.id, level)
        assert found is not None
        rest = {**plain, "ties": [row for row in plain["ties"] if row["id"] != tie.id]}
        with_it, without_it = headline(whole), headline(prepare(rest, level))
        if with_it is None or without_it is None:
            assert with_it is without_it
        else:
            assert loss(whole, found) == pytest.approx(with_it - without_it, abs=TOLERANCE)


def two() -> dict[str, Any]:
    """Care and Brand meet customers in the UK and agreed that complaints go to Care; Brand's objective is its own."""
    return {
        "as_of": "2026-11-22",
        "policy": {},
        "catalogue": {"audiences": [{"id": "customers"}], "markets": [{"id": "uk"}], "platforms": [], "benefits": []},
        "departments": [{"id": "brand"}, {"id": "care"}],
        "accounts": [
            {"id": "1", "platform": "x", "handle": "a", "departments": ["care"], "audiences": ["customers"]},
            {"id": "2", "platform": "x", "handle": "b", "departments": ["brand"], "audiences": ["customers"]},
        ],
        "objectives": [
            {"id": "7", "departments": ["brand"], "benefit": "B01", "audiences": ["customers"]},
        ],
        "ties": [
            {"id": "3", "kind": "hand_off", "departments": ["care", "brand"], "platforms": ["x"], "benefits": []},
            {"id": "4", "kind": "liaison", "departments": ["care", "brand"], "platforms": ["x"]},
        ],
    }


def test_an_effect_names_places_pairs_and_records():
    found = effect(two(), "3")
    assert found is not None
    assert (found.pairs, found.meeting, found.alone, found.places) == (
        1,
        1,
        1.0,
        ["audience|customers|uk|", "channel|customers|uk|x"],
    )
    assert found.records() == ["account:1", "account:2", "objective:7"]
    assert found.rows(1) == [
        {
            "touchpoint": "audience|customers|uk|",
            "pairs": 1,
            "others": 0.5,
            "units": {"brand": (["account:2", "objective:7"], 2), "care": (["account:1"], 1)},
        }
    ]


def test_a_weaker_tie_adds_nothing_where_a_stronger_one_holds():
    found = effect(two(), "4")
    assert found is not None
    assert found.adds() == {"audience|customers|uk|": 0.0, "channel|customers|uk|x": 0.0}


def test_a_tie_that_does_not_count_today_has_no_effect():
    plain = two()
    plain["ties"][0]["ends"] = "2026-01-01"
    assert effect(plain, "3") is None


def test_only_pairs_that_share_a_place_meet():
    plain = two()
    plain["departments"].append({"id": "people"})
    plain["ties"][0]["departments"].append("people")
    found = effect(plain, "3")
    assert found is not None
    assert (found.pairs, found.meeting) == (3, 1)
