"""Every figure of a result leads to the records behind it, by one call."""

import random
from collections.abc import Iterator
from typing import Any

import pytest

from orgmap.reports.engine import NoSuchFigure, evidence, neighbours, pair_detail, prepare, report

from .organisations import crowded, seeded
from .small import account, objective, organisation, tie

NO_FIGURES = {"as_of", "units", "policy"}
PREFIXES = ("account:", "objective:", "tie:", "department:", "pair:")


def figures(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The path of every number in a result."""
    if isinstance(value, dict):
        for key, item in value.items():
            if path or key not in NO_FIGURES:
                yield from figures(item, (*path, key))
    elif isinstance(value, list):
        for at, item in enumerate(value):
            yield from figures(item, (*path, str(at)))
    elif value is not None:
        yield path


def example() -> dict[str, Any]:
    return organisation(
        "brand",
        "care",
        "hr",
        accounts=[
            account("xb", "brand", objectives=["ob"]),
            account("xc", "care", last_post="2026-01-01"),
            account("xs", "brand", "care", platform="y", contact=""),
            account("xh", "hr", audiences=["press"]),
        ],
        objectives=[objective("ob", "brand"), objective("oc", "care")],
        ties=[tie("t", "brand", "care", audiences=["buyers"], kind="liaison")],
    )


def test_every_figure_of_a_result_has_evidence_that_is_named_by_record() -> None:
    for seed in range(12):
        made = seeded(seed)
        for level in (None, 2):
            prepared = prepare(made, level)
            result = report(prepared)
            for path in figures(result):
                found = evidence(prepared, path, result)
                assert found == sorted(set(found))
                assert all(record.startswith(PREFIXES) for record in found), path


def test_a_figure_above_0_is_never_without_evidence() -> None:
    prepared = prepare(crowded(random.Random(4)))
    result = report(prepared)
    assert result["proposals"]

    for path in figures(result):
        value: Any = result
        for step in path:
            value = value[int(step)] if isinstance(value, list) else value[step]
        if isinstance(value, int | float) and value > 0 and path[-1] != "unknown_ids":
            assert evidence(prepared, path, result) != [], path


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("completeness/accounts_with_objective", ["account:xb"]),
        ("completeness/departments_registered", ["department:brand", "department:care", "department:hr"]),
        (
            "alignment/alignment",
            ["account:xb", "account:xc", "account:xs", "objective:ob", "objective:oc", "tie:t"],
        ),
        ("alignment/by/kind/purpose", ["objective:ob", "objective:oc", "tie:t"]),
        (
            "alignment/by_touchpoint/channel|buyers|uk|y",
            ["account:xs"],
        ),
        ("alignment/by_unit/hr", []),
        ("quadrants/aligned", ["pair:brand|care"]),
        ("pairs/brand/care/gap", ["account:xb", "account:xc", "account:xs", "objective:ob", "objective:oc", "tie:t"]),
        ("silos/brokers/brand/circles", ["account:xs", "tie:t"]),
        ("silos/edges", ["account:xs", "tie:t"]),
        ("sprawl/total/dormant", ["account:xc"]),
        ("sprawl/by_unit/care/orphan", ["account:xs"]),
        ("sprawl/by_platform/y/accounts", ["account:xs"]),
        ("sprawl/silent_objectives", ["objective:oc"]),
        ("sprawl/surplus", ["account:xb", "account:xc"]),
        ("sprawl/flags/xc/dormant", ["account:xc"]),
        ("benefits/grid/care/B1", ["objective:oc"]),
        ("benefits/by_benefit/B1/units", ["account:xb", "objective:ob", "objective:oc"]),
        ("benefits/by_benefit/B1/alignment", ["objective:ob", "objective:oc", "tie:t"]),
    ],
)
def test_the_records_behind_a_figure(path: str, expected: list[str]) -> None:
    assert evidence(prepare(example()), path) == expected


def test_rows_can_be_named_by_number_when_the_result_is_passed() -> None:
    prepared = prepare(example())
    result = report(prepared)

    assert evidence(prepared, "pairs/0/gap", result) == evidence(prepared, "pairs/brand/care/gap")


def test_two_departments_with_numbers_for_names_are_a_pair_and_no_row() -> None:
    prepared = prepare(organisation("311", "1", "care", accounts=[account("x", "1"), account("y", "311")]))
    result = report(prepared)

    assert evidence(prepared, "pairs/1/311/gap", result) == ["account:x", "account:y"]
    assert evidence(prepared, "pairs/0/gap", result) == ["account:x", "account:y"]


@pytest.mark.parametrize(
    "path",
    ["", "nonsense", "alignment/nonsense", "pairs/brand/nobody", "sprawl/total/weather", "pairs/7", "sprawl/nose"],
)
def test_a_path_that_names_nothing_is_refused(path: str) -> None:
    prepared = prepare(example())

    with pytest.raises(NoSuchFigure):
        evidence(prepared, path, report(prepared))


def test_one_pair_comes_from_its_two_footprints_as_in_the_whole_result() -> None:
    for seed in range(15):
        prepared = prepare(seeded(seed))
        for row in report(prepared)["pairs"]:
            assert pair_detail(prepared, row["b"], row["a"]) == row


def test_related_units_are_no_pair() -> None:
    prepared = prepare(organisation("a", {"id": "b", "parent": "a"}))

    assert pair_detail(prepared, "a", "b") is None
    assert pair_detail(prepared, "a", "a") is None


def test_the_neighbours_of_a_unit_are_its_rows_in_the_whole_result() -> None:
    for seed in range(15):
        prepared = prepare(seeded(seed))
        rows = report(prepared)["pairs"]
        for unit in prepared.units.ids:
            assert neighbours(prepared, unit) == [row for row in rows if unit in (row["a"], row["b"])]
