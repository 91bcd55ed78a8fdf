"""A bounded report is the whole one, cut: nothing else changes, and what is left out is counted."""

from collections import Counter

from hypothesis import given, settings

from orgmap.reports.engine import Bounds, prepare, report
from tests.engine.organisations import organisations

ABOUT_PAIRS = {"one_owner", "joint_objective", "hand_off"}


@settings(max_examples=25, deadline=None)
@given(organisations())
def test_bounds_cut_places_records_and_steps_and_count_them(plain):
    prepared = prepare(plain)
    whole, cut = report(prepared), report(prepare(plain), bounds=Bounds(places=2, records=1, steps=1))
    del whole["alignment"]["by_touchpoint"], whole["sprawl"]["flags"]

    assert cut.pop("action_counts") == dict(Counter(row["action"] for row in whole["actions"]))
    kept = cut.pop("actions")
    for row in whole["actions"]:
        if row["action"] in ABOUT_PAIRS:
            del row["because"][2:]
    assert kept == [row for row in whole.pop("actions") if row in kept]
    for row in whole["pairs"]:
        row["count"] = len(row["touchpoints"])
        del row["touchpoints"][2:]
        for place in row["touchpoints"]:
            place["records"] = {unit: len(records) for unit, records in place["evidence"].items()}
            place["evidence"] = {unit: records[:1] for unit, records in place["evidence"].items()}
    assert cut == whole
