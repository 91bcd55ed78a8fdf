"""What no level changes: computed once for an organisation, shared by all its levels."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .bounds import Bounds
from .coverage import Scopes
from .findings import Findings, findings
from .organisation import Organisation
from .steps import Row, steps
from .ties import Ranking, Tie, ties
from .touchpoints import Entries, entries


@dataclass(frozen=True)
class Common:
    """An organisation with what was found out about it, each when it is first asked for.

    bounds: with them, rows of sprawl name no more accounts than they say: those that go beyond name none.
    """

    organisation: Organisation
    bounds: Bounds | None = None

    @cached_property
    def entries(self) -> Entries:
        """Where records and departments stand."""
        return entries(self.organisation)

    @cached_property
    def record_names(self) -> "np.typing.NDArray[np.object_]":
        """(records,) what results call accounts and objectives, in the order of entries."""
        known = self.organisation
        names = [f"account:{key}" for key in known.accounts.ids]
        return np.array([*names, *(f"objective:{key}" for key in known.objectives.ids)], dtype=object)

    @cached_property
    def ties(self) -> tuple[Tie, ...]:
        """The ties that count today, by id."""
        return ties(self.organisation)

    @cached_property
    def ranking(self) -> Ranking:
        """The same by rank."""
        return Ranking.of(self.ties)

    @cached_property
    def scopes(self) -> Scopes:
        """What the ties are about."""
        return Scopes(self.ranking.rules, self.entries.places)

    @cached_property
    def findings(self) -> Findings:
        """Sprawl as far as it is the same at every level."""
        return findings(self.organisation, self.entries, None if self.bounds is None else self.bounds.ids)

    def steps(self, most: int | None) -> tuple[list[Row], dict[str, int]]:
        """What to do about accounts and objectives: at most so many of each kind, and how many more there are."""
        if most not in self._steps:
            self._steps[most] = steps(self.organisation, self.findings, most)
        return self._steps[most]

    @cached_property
    def _steps(self) -> dict[int | None, tuple[list[Row], dict[str, int]]]:
        return {}
