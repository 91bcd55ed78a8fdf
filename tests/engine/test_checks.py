"""The small tables beside the report, and the trend."""

import inspect

import pytest

from orgmap.reports.engine import call_deflection, five_questions, prepare, read_organisation, stakeholder_grid, trend

from .small import account, objective, organisation, tie


def test_a_complete_record_answers_five_questions() -> None:
    facts = read_organisation(
        organisation(
            "a",
            accounts=[account("x1", "a", objectives=["o"], audience_gets="answers within a day")],
            objectives=[objective("o", "a")],
        )
    )

    assert five_questions("x1", facts) == dict.fromkeys(("who", "what", "where", "when", "why"), True)


def test_an_empty_record_answers_none() -> None:
    facts = read_organisation(
        organisation("a", accounts=[account("x1", audiences=[], contact=" ", last_post=None, audience_gets=" ")])
    )

    assert five_questions("x1", facts) == dict.fromkeys(("who", "what", "where", "when", "why"), False)


def test_an_account_that_only_listens_says_when_by_its_listening_date() -> None:
    facts = read_organisation(
        organisation("a", accounts=[account("x1", "a", last_post=None, listening_on="2026-10-01")])
    )

    assert five_questions("x1", facts)["when"] is True


def test_the_stakeholder_grid_shows_roots_of_audiences_by_process() -> None:
    facts = read_organisation(
        organisation(
            {"id": "a", "process": "sales"},
            {"id": "b", "process": "marketing"},
            accounts=[account("x1", "b", objectives=["o1"])],
            objectives=[objective("o1", "a"), objective("o2", "b", audiences=["press"])],
            catalogue={"audiences": [{"id": "customers"}, {"id": "buyers", "parent": "customers"}, {"id": "press"}]},
        )
    )

    assert stakeholder_grid(facts, ("sales", "marketing")) == {
        "customers": {"sales": "staffed", "marketing": "none"},
        "press": {"sales": "none", "marketing": "declared"},
    }


def test_call_deflection_shows_its_inputs_and_has_no_default_rate() -> None:
    found = call_deflection(answers=1200, deflection_rate=0.25, cost=4000)

    assert found.saving == 1200 * 0.25 * 35 - 4000
    assert found.sum == "1,200 answers × 25% × 35.00 − 4,000.00 = 6,500.00"
    assert inspect.signature(call_deflection).parameters["deflection_rate"].default is inspect.Parameter.empty


def test_a_deflection_rate_above_1_is_refused() -> None:
    with pytest.raises(ValueError, match="25 is not a share between 0 and 1"):
        call_deflection(answers=1, deflection_rate=25, cost=0)


def test_the_trend_tells_agreements_from_a_changed_map() -> None:
    two = [account("xa", "a"), account("xb", "b")]
    before = prepare(organisation("a", "b", accounts=two))
    after = prepare(
        organisation(
            "a", "b", "c", accounts=[*two, account("xc", "c")], ties=[tie("t", "a", "b", audiences=["buyers"])]
        )
    )

    found = trend(before, after)

    assert (found.before, found.agreements) == (0.0, 1.0)
    assert found.after == pytest.approx(1 / 3)
    assert found.map_changed == pytest.approx(-2 / 3)


def test_a_pair_that_the_other_side_lacks_is_covered_0() -> None:
    tied = organisation(
        "a",
        {"id": "b"},
        accounts=[account("xa", "a"), account("xb", "b")],
        ties=[tie("t", "a", "b", audiences=["buyers"])],
    )
    related = tied | {"departments": [{"id": "a"}, {"id": "b", "parent": "a"}, {"id": "c"}]}
    related["accounts"] = [*tied["accounts"], account("xc", "c")]

    found = trend(prepare(tied), prepare(related))

    assert (found.before, found.agreements, found.after) == (1.0, -1.0, 0.0)


def test_there_is_no_trend_where_nothing_was_contested() -> None:
    alone = prepare(organisation("a", accounts=[account("xa", "a")]))
    contested = prepare(organisation("a", "b", accounts=[account("xa", "a"), account("xb", "b")]))

    assert trend(alone, contested).change is None
    assert trend(alone, contested).after == 0.0
