"""The method's own nineteen worked examples."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from orgmap.reports.engine import analyse

from .comparing import TOLERANCE, differences

EXAMPLES = Path(__file__).resolve().parents[3] / "shared" / "method" / "examples"
FILES = sorted(EXAMPLES.glob("*.json"))
MISSING = pytest.param(None, marks=pytest.mark.skip(reason="The method's examples are not beside this checkout."))


def read(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))


def at(result: Any, path: str) -> Any:
    for step in path.split("/"):
        result = result[int(step)] if isinstance(result, list) else result[step]
    return result


@pytest.mark.parametrize("path", FILES or [MISSING], ids=lambda path: path.stem if path else "missing")
def test_the_whole_result_of_an_example_is_the_printed_one(path: Path) -> None:
    example = read(path)

    found = json.loads(json.dumps(analyse(example["in"], example["level"])))

    assert list(differences(found, example["out"])) == []


@pytest.mark.parametrize("path", FILES or [MISSING], ids=lambda path: path.stem if path else "missing")
def test_the_facts_worked_out_by_hand_hold(path: Path) -> None:
    example = read(path)

    found = analyse(example["in"], example["level"])

    for place, expected in example["hand"].items():
        value = at(found, place)
        if isinstance(value, float):
            assert abs(value - float(Fraction(str(expected)))) <= TOLERANCE, place
        else:
            assert value == expected, place
