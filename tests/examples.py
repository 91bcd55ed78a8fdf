"""Random examples: the suite tries each property with the same ones in every run; `make fuzz` looks for new ones.

A run that fails can so be repeated, and a fault that nobody knows yet is found by those who look for it, not by whoever
happens to run the tests next. No example has a time limit: machines differ.
"""

import os

from hypothesis import HealthCheck, Phase, settings

FUZZ = int(os.environ.get("FUZZ", "0"))
"""So many times as many examples, and others each time; 0 in the suite."""


def examples(count: int) -> int:
    """How many examples to try where the suite tries this many."""
    return count * max(1, FUZZ)


def load() -> None:
    """Say so to Hypothesis, before any property is read."""
    settings.register_profile(
        "suite",
        derandomize=not FUZZ,
        database=None,
        deadline=None,
        max_examples=examples(100),
        phases=[phase for phase in Phase if phase is not Phase.explain],  # it traces every line
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )
    settings.load_profile("suite")
