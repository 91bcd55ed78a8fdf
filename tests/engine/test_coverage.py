"""Both ways of evaluating ties give the same coverage."""

import numpy as np
from hypothesis import given, settings

from orgmap.reports.engine import prepare
from orgmap.reports.engine.coverage import coverage
from tests.examples import examples

from .organisations import organisations


@settings(max_examples=examples(50))
@given(organisations())
def test_pairs_laid_out_one_by_one_are_covered_as_those_looked_up_together(organisation) -> None:
    prepared = prepare(organisation)

    together = coverage(prepared.tied, prepared.footprints, dense=-1)

    assert np.array_equal(together.starts, prepared.coverage.starts)
    assert np.array_equal(together.touchpoint, prepared.coverage.touchpoint)
    assert np.array_equal(together.rank, prepared.coverage.rank)
