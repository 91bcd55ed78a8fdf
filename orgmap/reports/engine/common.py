"""What no level changes: computed once for an organisation, shared by all its levels."""

from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any, TypeVar

import numpy as np

from .arrays import Flags, Ragged
from .bounds import Bounds
from .findings import Findings, Found, flags, search
from .organisation import Accounts, Objectives, Organisation
from .removable import Serving
from .scopes import Scopes
from .steps import Kept, steps
from .ties import Ranking, Tie, ties
from .touchpoints import Entries, entries


@dataclass(frozen=True)
class Common:
    """An organisation with what was found out about it, each when it is first asked for.

    bounds: with them, rows of sprawl name no more accounts than they say, those that go beyond name none; and there are
    no more steps of one kind.
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
    def raised(self) -> Flags:
        """(accounts, flags) what is amiss with each."""
        return flags(self.organisation)

    @cached_property
    def serving(self) -> Serving:
        """Which accounts serve which places."""
        return Serving(self.organisation, self.entries)

    @cached_property
    def found(self) -> Found:
        """What takes long to find out about accounts."""
        return search(self.organisation, self.serving, self.raised)

    def remember(self, found: Found) -> None:
        """Take over what another process found out about the same organisation."""
        vars(self)["found"] = found

    @cached_property
    def findings(self) -> Findings:
        """Sprawl as far as it is the same at every level."""
        return Findings(self.organisation, self.serving, self.raised, self.found)

    @cached_property
    def steps(self) -> tuple[Kept, dict[str, int]]:
        """What to do about accounts and objectives, and how many steps of each kind there are without bounds."""
        return steps(self.organisation, self.findings, None if self.bounds is None else self.bounds.steps)

    def without_records(self) -> "Common":
        """As far as levels are concerned: who stands where, and no longer by which records. It needs little memory."""
        known, entries = self.organisation, self.entries
        found = Common(
            replace(known, accounts=emptied(known.accounts), objectives=emptied(known.objectives)), self.bounds
        )
        vars(found)["entries"] = replace(entries, owners=NONE, meeting=NONE, own=NONE)
        return found


NONE = Ragged(np.zeros(1, dtype=np.int64), np.zeros(0, dtype=np.int64))
Records = TypeVar("Records", Accounts, Objectives)


def emptied(records: Records) -> Records:
    """The same without a record."""
    columns: dict[str, Any] = {}
    for field in fields(records):
        column = getattr(records, field.name)
        if isinstance(column, Ragged):
            columns[field.name] = NONE
        else:
            columns[field.name] = column[:0].copy() if isinstance(column, np.ndarray) else ()
    return replace(records, **columns)
