"""A bounded report is the whole one, cut: nothing else changes, and what is left out is counted."""

from collections import Counter
from itertools import accumulate

from hypothesis import given, settings
from hypothesis import strategies as st

from orgmap.reports.engine import Bounds, Common, prepare, report
from orgmap.reports.engine.layout import read_organisation
from orgmap.reports.shared import Shared
from orgmap.reports.steps import unpacked
from tests.engine.organisations import organisations
from tests.examples import examples

ABOUT_PAIRS = {"one_owner", "joint_objective", "hand_off"}


@settings(max_examples=examples(25))
@given(organisations())
def test_bounds_cut_places_records_and_steps_and_count_them(plain):
    prepared = prepare(plain)
    bounds = Bounds(places=2, records=1, steps=1)
    common = Common(read_organisation(plain), bounds)
    whole, cut = report(prepared), report(prepare(common, None), bounds=bounds)
    del whole["alignment"]["by_touchpoint"], whole["sprawl"]["flags"]

    shared = common.findings.whole
    del shared["flags"]
    assert {block: whole["sprawl"].pop(block) for block in shared} == shared
    kept = cut.pop("actions")
    steps, counts = common.steps
    assert Counter(row["action"] for row in kept) + Counter(counts) == Counter(
        row["action"] for row in whole["actions"]
    )
    kept += unpacked(steps)
    for row in whole["actions"]:
        if row["action"] in ABOUT_PAIRS:
            del row["because"][2:]
    assert sorted((row for row in whole.pop("actions") if row in kept), key=repr) == sorted(kept, key=repr)
    for row in cut["pairs"]:
        row["touchpoints"] = Shared.from_bytes(row["touchpoints"].to_bytes()).rows(row["a"], row["b"])
    for row in whole["pairs"]:
        row["count"] = len(row["touchpoints"])
        del row["touchpoints"][2:]
        for place in row["touchpoints"]:
            place["records"] = {unit: len(records) for unit, records in place["evidence"].items()}
            place["evidence"] = {unit: records[:1] for unit, records in place["evidence"].items()}
    assert cut == whole


@settings(max_examples=examples(25))
@given(organisations(), st.integers(0, 12))
def test_lists_that_name_accounts_are_cut_where_they_would_name_too_many(plain, most):
    findings = Common(read_organisation(plain)).findings
    for whole, cut, key in (
        (findings.crowded(), findings.crowded(most), "accounts"),
        (findings.removable(), findings.removable(most), "covered_by"),
    ):
        named = accumulate(len(row[key]) for row in whole)
        assert cut == [row for row, so_far in zip(whole, named, strict=True) if so_far <= most]
