"""The engine against the plain implementation, on random organisations at several levels."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgmap.reports.engine import analyse
from tests.examples import examples

from . import plain
from .comparing import differences
from .organisations import seeded


@pytest.mark.parametrize("level", [None, 1, 2, 3])
@settings(max_examples=examples(50))
@given(seed=st.integers(0, 2**32 - 1))
def test_the_engine_equals_the_plain_implementation(level: int | None, seed: int) -> None:
    organisation = seeded(seed)

    found = analyse(organisation, level)

    found.pop("actions")
    assert list(differences(found, plain.analyse(organisation, level))) == []
